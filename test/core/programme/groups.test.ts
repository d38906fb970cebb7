import { describe, expect, it } from 'vitest'
import { carryOut, emptyMeeting, lastSession, type Meeting, type Verdict } from '../../../src/core/meeting.ts'
import {
  asGroup,
  type Planned,
  plannedAnyDay,
  plannedGroup,
  plannedNow,
  pointedOut,
} from '../../../src/core/programme/launch.ts'
import type { Ask } from '../../../src/core/session/asks.ts'
import type { Session } from '../../../src/core/session/types.ts'
import { say } from '../../../src/core/text.ts'
import { programmeView } from '../../../src/core/views/index.ts'
import { lobbyView } from '../../../src/core/views/lobby.ts'
import {
  asOf,
  calendar,
  home,
  kitFormats,
  lobbyOf,
  played,
  playedTo,
  programmeOf,
} from '../../support/groups.ts'
import { joining, person, twoPm } from '../../support/stage.ts'

const programme = programmeOf()
const homes = [{ home, programme }]
const hour = 3_600_000

describe('which group a meeting is', () => {
  it('is at first the group that no meeting has launched yet', () => {
    const [first, second] = [1, 2].map((group) => asOf(lobbyOf().session(), programme, group))
    const held = [first, second].flatMap((one) => one ?? [])
    const asked = { format: 'format-1', now: twoPm }
    expect(plannedNow(homes, { ...asked, held: [] })?.as.group).toBe(1)
    expect(plannedNow(homes, { ...asked, held })?.as.group).toBe(3)
  })

  it('is still to be held where it was cancelled before it began', () => {
    const cancelled = asOf(lobbyOf().does('marie', { do: 'cancel' }).session(), programme, 1)
    expect(plannedNow(homes, { format: 'format-1', now: twoPm, held: [cancelled] })?.as.group).toBe(1)
  })

  it('is pointed out where another meeting was launched as the same group', () => {
    const planned = plannedGroup(homes, { format: 'format-1', now: twoPm, group: 2 })
    if (!planned) throw new Error('not planned')
    const held = [asOf(lobbyOf().session(), programme, 2)]
    const elsewhere = pointedOut(planned, held, '19:another')
    const { lobby } = launchedAs(elsewhere)
    expect(lobby().again).toEqual(say('lobby.planned-again', { group: 2 }))
    expect(pointedOut(planned, held, held[0]?.meetingId ?? '').as.again).toBe(false)
    expect(pointedOut(planned, [asOf(lobbyOf().session(), programme, 1)], '19:another').as.again).toBe(false)
  })

  it('is the one that is named, on another day too, with the guests of that group', () => {
    const asked = { format: 'format-1', now: twoPm + 72 * hour, group: 2 }
    expect(plannedNow(homes, { ...asked, held: [] })).toBeNull()
    expect(plannedGroup(homes, asked)?.as).toMatchObject({ group: 2, expected: [{ name: 'Léa Martin' }] })
  })

  it('is none where the programme has no such group, or the workshop only one', () => {
    expect(plannedGroup(homes, { format: 'format-1', now: twoPm, group: 4 })).toBeNull()
    expect(plannedGroup(homes, { format: 'format-2', now: twoPm, group: 1 })).toBeNull()
    const { prepared } = asOf(lobbyOf().session(), programme, 1)
    expect(prepared && asGroup(prepared, programme, 4)).toBeNull()
  })
})

const at = twoPm - 60_000
const group = (number: number) => plannedGroup(homes, { format: 'format-1', now: at, group: number })

/** A meeting in which Marie has launched, as the group that is planned there. */
function launchedAs(planned: Planned | null) {
  let meeting: Meeting = emptyMeeting('19:meeting')
  const does = (by: string, ask: Ask, prepared: Planned | null = null): Verdict => {
    const command = { by, at, ask, key: null, ...(prepared ? { prepared } : {}) }
    const verdict = carryOut(meeting, command, kitFormats)
    if (verdict.done === true) meeting = verdict.meeting
    return verdict
  }
  const session = (): Session => {
    const last = lastSession(meeting)
    if (!last) throw new Error('no session')
    return last
  }
  const lobby = () =>
    lobbyView({ session: session(), slot: 'lobby', viewer: person('marie'), now: at, draft: {} }).data
  does('marie', { do: 'launch', format: 'format-1', name: 'Marie Durand' }, planned)
  return { does, session, lobby }
}

describe('a workshop launched on another day than the one it was planned for', () => {
  const day = 24 * hour
  it('is the nearest that nobody holds, before or after its time', () => {
    const held = [asOf(lobbyOf().session(), programme, 1)]
    const late = { format: 'format-1', now: twoPm + 3 * day, held }
    expect(plannedNow(homes, late)).toBeNull()
    expect(plannedAnyDay(homes, late)?.as.group).toBe(2)
    expect(plannedAnyDay(homes, { ...late, now: twoPm - 40 * day })?.as.group).toBe(2)
    expect(plannedAnyDay([{ home, programme: { ...programme, droppedAt: 1 } }], late)).toBeNull()
  })

  it('may be said to be it by those who facilitate, once', () => {
    const { does, session } = launchedAs(null)
    does('paul', joining('paul'))
    expect(does('paul', { do: 'choose-planned' }, group(1))).toMatchObject({
      refusal: { refusal: 'facilitator-only' },
    })
    expect(does('marie', { do: 'choose-planned' })).toMatchObject({ refusal: { refusal: 'none-planned' } })
    expect(does('marie', { do: 'choose-planned' }, group(1))).toMatchObject({ done: true })
    expect(session()).toMatchObject({ prepared: { group: 1 }, plannedOtherDay: null })
    expect(does('marie', { do: 'choose-planned' }, group(2))).toMatchObject({
      refusal: { refusal: 'planned-already' },
    })
    expect(session().prepared?.group).toBe(1)
  })
})

describe('to say which group is meeting', () => {
  it('is for those who facilitate: it changes who is expected, and keeps what was written here', () => {
    const { does, session, lobby } = launchedAs(group(1))
    does('marie', { do: 'prepare', objective: 'Écrit dans la réunion.' })
    does('paul', joining('paul'))
    expect(lobby()).toMatchObject({ several: true, planned: { with: { group: 1 } } })
    expect(does('paul', { do: 'choose-group', group: 2 }, group(2))).toMatchObject({
      refusal: { refusal: 'facilitator-only' },
    })
    expect(does('marie', { do: 'choose-group', group: 2 }, group(2))).toMatchObject({ done: true })
    expect(lobby()).toMatchObject({ planned: { with: { group: 2 } } })
    expect(JSON.stringify(lobby().expected)).toContain('Léa Martin')
    expect(session().context).toMatchObject({
      objective: 'Écrit dans la réunion.',
      subject: 'Ouvrir les données',
    })
  })

  it('is also for the one who prepared the programme, where others facilitate', () => {
    const planned = group(1)
    const { does, session } = launchedAs(planned && { ...planned, as: { ...planned.as, owner: 'ada' } })
    expect(does('ada', { do: 'choose-group', group: 2 }, group(2))).toMatchObject({ done: true })
    expect(session().prepared?.group).toBe(2)
  })

  it('names a dozen of those who are missing, and counts the others', () => {
    const planned = group(1)
    const expected = Array.from({ length: 20 }, (_, index) => ({
      name: `Personne ${index + 1}`,
      confirmed: true,
    }))
    const { lobby } = launchedAs(planned && { ...planned, as: { ...planned.as, expected } })
    const told = JSON.stringify(lobby().expected)
    expect(told).toContain('Personne 12"')
    expect(told).not.toContain('Personne 13"')
    expect(told).toContain('{"say":"lobby.expected-more","with":{"count":8}}')
  })

  it('is of a workshop that did not take place, where it was cancelled before it began', () => {
    const { does, lobby } = launchedAs(group(1))
    does('marie', { do: 'cancel' })
    expect(lobby().task).toEqual(say('lobby.task-cancelled'))
  })

  it('is refused for a group that nobody planned, and once the workshop is over', () => {
    const { does, session } = launchedAs(group(2))
    expect(does('marie', { do: 'choose-group', group: 9 })).toMatchObject({
      refusal: { refusal: 'no-such-group', with: { group: 9 } },
    })
    does('marie', { do: 'start' })
    does('marie', { do: 'end' })
    expect(does('marie', { do: 'choose-group', group: 1 }, group(1))).toMatchObject({
      refusal: { refusal: 'closed' },
    })
    expect(session().prepared?.group).toBe(2)
  })

  it('gives a workshop that was launched unprepared what the programme says, where nothing is written', () => {
    const { does, session } = launchedAs(null)
    does('marie', { do: 'prepare', subject: 'Écrit dans la réunion' })
    const planned = group(3)
    const context = planned && { ...planned.context, objective: 'Choisir ensemble.' }
    does('marie', { do: 'choose-group', group: 3 }, planned && context ? { ...planned, context } : null)
    expect(session()).toMatchObject({
      prepared: { group: 3 },
      context: { subject: 'Écrit dans la réunion', objective: 'Choisir ensemble.' },
    })
  })
})

describe('the dashboard', () => {
  const drawn = (held: Session[], now = twoPm + 20 * 60_000): string =>
    JSON.stringify(
      programmeView('board', {
        programme,
        home,
        held,
        lang: 'fr',
        now,
        calendar,
        formats: kitFormats,
        draft: {},
      }),
    )

  it('counts, and holds nothing that people wrote in silence', () => {
    const title = 'Les menus des cantines'
    const silent = asOf(
      playedTo('identifier', [])
        .says('paul', { do: 'ideas-done', title1: title, sentence1: 'Une phrase.' })
        .session(),
      programme,
      1,
    )
    const board = drawn([silent])
    expect(board).toContain('"silent-ideation.progress","with":{"done":1,"total":3}')
    expect(board).not.toContain(title)
  })

  it('tells who has spoken where people speak in turn', () => {
    const round = asOf(playedTo('tour-de-table', []).session(), programme, 1)
    expect(drawn([round])).toContain('"floor.progress"')
  })

  it('shows both meetings of a group that was launched twice, and no rehearsal', () => {
    const first = asOf(lobbyOf().session(), programme, 1)
    const again = { ...first, id: '2', launchedAt: first.launchedAt + 1 }
    const rehearsed = first.prepared && {
      ...first,
      id: '3',
      prepared: { ...first.prepared, rehearsal: true },
    }
    const count = (board: string) => board.match(/board\.state-lobby/gu)?.length
    expect(count(drawn([first, again, ...(rehearsed ? [rehearsed] : [])]))).toBe(2)
  })

  it('gives the documents of a workshop that is over, and does not offer to join it any more', () => {
    const over = asOf(played([{ title: 'Un sujet', votes: [] }]).session(), programme, 1)
    expect(drawn([over])).toContain('"closed":true')
    expect(drawn([])).toContain('https://teams.example/l/1')
    expect(drawn([over])).not.toContain('https://teams.example/l/1')
  })
})
