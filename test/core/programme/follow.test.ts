import { describe, expect, it } from 'vitest'
import { frenchCalendar } from '../../../src/calendar.ts'
import { dutiesOf } from '../../../src/core/duties.ts'
import { carryOutPlan, emptyMeeting, hear, type Meeting } from '../../../src/core/meeting.ts'
import type { ProgrammeAsk } from '../../../src/core/programme/asks.ts'
import { type Decided, decidedIn, notFollowed } from '../../../src/core/programme/decided.ts'
import type { Programme } from '../../../src/core/programme/types.ts'
import { say } from '../../../src/core/text.ts'
import { programmeView, reminderView } from '../../../src/core/views/index.ts'
import { firstPlayed, idOf, thirdPlayed } from '../../support/chained.ts'

const calendar = frenchCalendar('Europe/Paris')
const now = calendar.instantOf('2026-11-25', '10:00')
const played = thirdPlayed()
const decided = decidedIn([played.session()], played.now())

const asking = { by: idOf('marie'), at: now, lang: 'fr' as const, calendar, key: null }

function having(
  meeting: Meeting,
  ask: ProgrammeAsk,
  more: { decided?: Decided; at?: number; by?: string } = {},
) {
  const verdict = carryOutPlan(meeting, { ...asking, ...more, ask }, {})
  if (verdict.done !== true) throw new Error(JSON.stringify(verdict))
  return verdict.meeting
}

const taken = (meeting = emptyMeeting('a:marie'), more: { decided?: Decided; at?: number } = {}): Meeting =>
  having(meeting, { do: 'programme-decided', p: '' }, { decided, ...more })

const one = (meeting: Meeting): Programme => {
  const [programme, ...others] = meeting.programmes
  if (!programme || others.length) throw new Error('not one programme')
  return programme
}

const at = (day: string) => calendar.instantOf(day, '09:00')

const page = (programme: Programme, today: string) =>
  programmeView('hub', {
    programme,
    lang: 'fr',
    now: calendar.instantOf(today, '10:00'),
    calendar,
    formats: {},
    draft: {},
    decided,
  })

describe('the steps of a roadmap', () => {
  it('are followed to their last day, with who leads them and what they give, by someone who prepared nothing', () => {
    const { followUps, path } = one(taken())
    expect(path).toEqual([])
    expect(followUps).toMatchObject([
      {
        text: 'Préparer, publier; puis\\ fêter',
        lead: 'La direction des finances',
        deliverable: 'Un jeu de données, ouvert',
        day: '2027-06-30',
        done: false,
      },
      { text: 'Former', lead: '', day: '2027-12-31' },
    ])
    expect(followUps[0]?.source).toMatch(/^[^|]+\|1\|feuille-de-route\/.+$/u)
  })

  it('come back on their day in one message, which wakes a record that holds nothing else', () => {
    const meeting = taken()
    expect(dutiesOf(null, meeting, now).wakeAt).toBe(at('2027-06-30'))
    const woken = hear(meeting, { tell: 'wake' }, at('2027-06-30'))
    expect(woken.outbox.map(({ slot }) => slot)).toEqual(['reminder/1/2027-06-30'])
    expect(hear(woken, { tell: 'wake' }, at('2027-06-30') + 1).outbox).toHaveLength(1)
    expect(dutiesOf(null, woken, at('2027-06-30')).wakeAt).toBe(at('2027-12-31'))
    const card = JSON.stringify(reminderView(one(woken), '2027-06-30', 'fr')?.data)
    for (const told of ['Préparer, publier', 'La direction des finances', 'Un jeu de données, ouvert'])
      expect(card).toContain(told)
    expect(card).not.toContain('Former')
  })

  it('are never doubled: what was mended since takes the place of what was followed, and is told again on its new day', () => {
    const woken = hear(taken(), { tell: 'wake' }, at('2027-06-30'))
    expect(taken(woken)).toMatchObject({ programmes: [{ followUps: one(woken).followUps }] })
    const [first, ...rest] = decided.steps
    if (!first) throw new Error('no step')
    const later = { steps: [{ ...first, text: 'Fêter', day: '2027-09-30' }, ...rest], next: null }
    expect(notFollowed(later, one(woken))).toHaveLength(1)
    const mended = taken(woken, { decided: later, at: at('2027-07-01') })
    expect(one(mended).followUps.map(({ text, day }) => [text, day])).toEqual([
      ['Fêter', '2027-09-30'],
      ['Former', '2027-12-31'],
    ])
    expect(notFollowed(later, one(mended))).toEqual([])
    expect(dutiesOf(null, mended, at('2027-07-01')).wakeAt).toBe(at('2027-09-30'))
  })

  it('stay ticked off when they are taken again', () => {
    const ticked = having(taken(), { do: 'programme-followed', p: '1', id: '1', on: 'true' })
    expect(one(taken(ticked)).followUps.map(({ done }) => done)).toEqual([true, false])
    expect(dutiesOf(null, ticked, now).wakeAt).toBe(at('2027-12-31'))
  })

  it('that are over when they are taken are shown late, and wake nobody', () => {
    const late = taken(emptyMeeting('a:marie'), { at: calendar.instantOf('2027-08-01', '10:00') })
    expect(dutiesOf(null, late, calendar.instantOf('2027-08-01', '10:00')).wakeAt).toBe(at('2027-12-31'))
    expect(page(one(late), '2027-08-01').data.rows).toMatchObject([{ late: true }, { late: false }])
  })

  it('go into the programme the workshop was prepared in', () => {
    const begun = having(emptyMeeting('a:marie'), { do: 'programme-decided', p: '' }, { decided })
    const again = having(begun, { do: 'programme-decided', p: '1' }, { decided })
    expect(one(again).followUps).toHaveLength(2)
    const stranger = carryOutPlan(
      begun,
      { ...asking, by: 'luc', ask: { do: 'programme-decided', p: '1' }, decided },
      {},
    )
    expect(stranger).toMatchObject({ done: false, refusal: { refusal: 'unknown' } })
  })
})

describe('what went by while nobody could be told', () => {
  it('is in one message, each thing with its day', () => {
    const late = hear(taken(), { tell: 'wake' }, at('2028-02-01'))
    expect(late.outbox.map(({ slot }) => slot)).toEqual(['reminder/1/2027-12-31'])
    expect(reminderView(one(late), '2027-12-31', 'fr')?.data.followed).toMatchObject([
      { day: { day: calendar.instantOf('2027-12-31', '09:00') } },
      {
        day: say('programme.was-due', { day: { day: calendar.instantOf('2027-06-30', '09:00') } }),
        late: true,
      },
    ])
  })

  it('is counted beyond a few, so that the card stays short', () => {
    const days = Array.from({ length: 9 }, (_, index) => `2027-01-0${index + 1}`)
    const steps = days.map((day) => ({ text: day, lead: '', deliverable: '', day, source: day }))
    const many = one(taken(emptyMeeting('a:marie'), { decided: { steps, next: null } }))
    const card = reminderView(many, '2027-01-09', 'fr')
    expect(card?.data.followed).toHaveLength(6)
    expect(card?.data.owed).toEqual(say('reminder.owed', { count: 3 }))
  })
})

describe('the next steps as they were announced', () => {
  const first = firstPlayed()
  const announced = decidedIn([first.session()], first.now())

  it('are offered until they are given a day, then come back on it', () => {
    const meeting = taken(emptyMeeting('a:marie'), { decided: announced })
    expect(one(meeting).followUps).toEqual([])
    expect(announced.next?.text).toBe('Le deuxième atelier se tient dans une semaine.')
    const ask = { do: 'programme-follow' as const, p: '1', text: '', date: '', next: announced.next?.source }
    const dated = having(meeting, { ...ask, nextDate: '2027-01-12' }, { decided: announced })
    expect(one(dated).followUps).toMatchObject([{ text: announced.next?.text, day: '2027-01-12' }])
    expect(dutiesOf(null, dated, now).wakeAt).toBe(at('2027-01-12'))
    const empty = carryOutPlan(meeting, { ...asking, ask: { ...ask, nextDate: '' }, decided: announced }, {})
    expect(empty).toMatchObject({ refusal: { problems: { nextDate: { say: 'problem.empty' } } } })
    const unfounded = carryOutPlan(meeting, { ...asking, ask: { ...ask, nextDate: '2027-01-12' } }, {})
    expect(unfounded).toMatchObject({ refusal: { refusal: 'unknown' } })
  })
})
