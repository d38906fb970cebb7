import { describe, expect, it } from 'vitest'
import { frenchCalendar } from '../../../src/calendar.ts'
import { carryOut, carryOutPlan, emptyMeeting, type Meeting } from '../../../src/core/meeting.ts'
import type { ProgrammeAsk } from '../../../src/core/programme/asks.ts'
import { plannedAs, plannedNow } from '../../../src/core/programme/launch.ts'
import { rehearsalOf } from '../../../src/core/programme/rehearse.ts'
import type { Session } from '../../../src/core/session/types.ts'
import { loadFormats } from '../../../src/formats/index.ts'

const calendar = frenchCalendar('Europe/Paris')
const now = calendar.instantOf('2026-11-25', '10:00')
const loaded = await loadFormats(null)
const formats = 'formats' in loaded ? loaded.formats : {}
const home = 'a:claire'

function having(meeting: Meeting, ask: ProgrammeAsk, at = now): Meeting {
  const verdict = carryOutPlan(
    meeting,
    { ask, by: '29:claire', at, lang: 'fr', calendar, key: null },
    formats,
  )
  if (verdict.done !== true) throw new Error(JSON.stringify(verdict))
  return verdict.meeting
}

const homesIn = ({ programmes }: Meeting) => programmes.map((programme) => ({ home, programme }))
const twoSteps = (): Meeting =>
  having(emptyMeeting(home), { do: 'programme-begin', from: 'novice', to: 'canvas', people: '9' })
const found = (
  meeting: Meeting,
  workshop: number | null = null,
  held: Session[] = [],
  programme: string | null = null,
) => rehearsalOf(homesIn(meeting), { programme, workshop, held, now })

/** The session that a launch of a sitting of the programme makes, for real or not. */
function heldFor(meeting: Meeting, step: number, rehearsal: boolean): Session {
  const programme = meeting.programmes[0]
  if (!programme) throw new Error('no programme')
  const prepared = plannedAs({ home, programme, sitting: { step, group: 1, at: now, link: '' } }, rehearsal)
  const launched = carryOut(
    emptyMeeting('19:meeting'),
    {
      ask: { do: 'launch', format: 'format-1', name: 'Claire' },
      by: '29:claire',
      at: now,
      key: null,
      prepared,
    },
    formats,
  )
  const session = launched.done === true ? launched.meeting.sessions[0] : undefined
  if (!session) throw new Error('not launched')
  return session
}

describe('what is rehearsed', () => {
  it('is the first workshop of the path that was not held yet, and rehearsals count for nothing', () => {
    const meeting = twoSteps()
    expect(found(meeting)).toMatchObject({ format: 'format-1', as: { step: 0, rehearsal: true } })
    expect(found(meeting, null, [heldFor(meeting, 0, true)])).toMatchObject({ format: 'format-1' })
    expect(found(meeting, null, [heldFor(meeting, 0, false)])).toMatchObject({ format: 'format-2' })
    const both = [0, 1].map((step) => heldFor(meeting, step, false))
    expect(found(meeting, null, both)).toMatchObject({ format: 'format-2' })
  })

  it('is another one by its number, when the path has it', () => {
    expect(found(twoSteps(), 2)).toMatchObject({ format: 'format-2', as: { step: 1 } })
    expect(found(twoSteps(), 3)).toEqual({ lacks: 'workshop', workshops: 2 })
    expect(found(twoSteps(), 0)).toEqual({ lacks: 'workshop', workshops: 2 })
  })

  it('comes from the programme she last worked on, those set aside left out', () => {
    const begin = { do: 'programme-begin', from: 'subject', to: 'canvas', people: '8' } as const
    const two = having(twoSteps(), begin, now + 1000)
    expect(found(two)).toMatchObject({ as: { programme: '2' } })
    const touched = having(two, { do: 'programme-team', p: '1', referent: 'Claire' }, now + 2000)
    expect(found(touched)).toMatchObject({ as: { programme: '1', team: [{ name: 'Claire' }] } })
    const dropped = having(touched, { do: 'programme-drop', p: '1' }, now + 3000)
    expect(found(dropped)).toMatchObject({ as: { programme: '2' } })
    expect(found(touched, 2, [], '2')).toEqual({ lacks: 'workshop', workshops: 1 })
    expect(found(touched, null, [], '2')).toMatchObject({ as: { programme: '2' } })
    expect(found(dropped, null, [], '1')).toEqual({ lacks: 'number' })
    expect(found(emptyMeeting(home))).toEqual({ lacks: 'programme' })
  })

  it('is ticked off in a programme without dates too, and stays so when they come', () => {
    const ticked = having(twoSteps(), { do: 'programme-tick', p: '1', key: '0/rehearse', on: 'true' })
    const dated = having(ticked, {
      do: 'programme-dates',
      p: '1',
      'date-0-1': '2027-03-11',
      'time-0-1': '14:00',
    })
    expect(dated.programmes[0]?.done).toEqual(['0/rehearse'])
  })

  it('does not hold the sitting: on the day, the launch is still the one that was planned', () => {
    const meeting = having(twoSteps(), {
      do: 'programme-dates',
      p: '1',
      'date-0-1': calendar.dayAt(now + 3_600_000),
      'time-0-1': calendar.timeAt(now + 3_600_000),
    })
    const on = (rehearsal: boolean) =>
      plannedNow(homesIn(meeting), { format: 'format-1', now, held: [heldFor(meeting, 0, rehearsal)] })
    expect(on(true)).toMatchObject({ as: { step: 0, rehearsal: false } })
    expect(on(false)).toBeNull()
  })
})
