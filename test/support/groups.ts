import { frenchCalendar } from '../../src/calendar.ts'
import { carryOutPlan, emptyMeeting, type Formats } from '../../src/core/meeting.ts'
import type { ProgrammeAsk } from '../../src/core/programme/asks.ts'
import { asGroup, plannedAs } from '../../src/core/programme/launch.ts'
import type { Programme } from '../../src/core/programme/types.ts'
import type { Brought, Session } from '../../src/core/session/types.ts'
import { formatNamed, joining, type Stage, stage, twoPm } from './stage.ts'

/** Three groups of one programme, of which each test plays what it needs. */

export const home = 'a:marie'
export const calendar = frenchCalendar('Europe/Paris')
export const kitFormats: Formats = {
  'format-1': formatNamed('format-1'),
  'format-2': formatNamed('format-2'),
}

/** From nothing to a canvas, in three groups that meet at two. */
export function programmeOf(subject = 'Ouvrir les données'): Programme {
  const day = calendar.dayAt(twoPm)
  const asks: ProgrammeAsk[] = [
    { do: 'programme-begin', from: 'novice', to: 'canvas', people: '24' },
    { do: 'programme-content', p: '1', subject },
    { do: 'programme-invite', p: '1', guests: 'Paul Martin\nLéa Martin\nTom Martin\nInès Faure', group: '' },
    {
      do: 'programme-dates',
      p: '1',
      'date-0-1': day,
      'time-0-1': '14:00',
      'link-0-1': 'https://teams.example/l/1',
    },
  ]
  let meeting = emptyMeeting(home)
  for (const ask of asks) {
    const asking = { by: 'marie', at: twoPm - 60_000, lang: 'fr' as const, calendar, key: null }
    const verdict = carryOutPlan(meeting, { ask, ...asking }, kitFormats)
    if (verdict.done !== true) throw new Error(`${ask.do}: ${JSON.stringify(verdict)}`)
    meeting = verdict.meeting
  }
  const [programme] = meeting.programmes
  if (!programme) throw new Error('no programme')
  return programme
}

/** A session as this group's: what the launch in its meeting would have kept. */
export function asOf(session: Session, programme: Programme, group: number): Session {
  const [sitting] = programme.sittings
  const first = sitting && plannedAs({ home, programme, sitting }, false)
  const planned = first && asGroup(first.as, programme, group)
  if (!planned) throw new Error(`no group ${group}`)
  return { ...session, meetingId: `19:group-${group}`, prepared: planned.as, context: planned.context }
}

/** What one person gave, and how it was rated: desirability, then feasibility, a pair for each voter. */
export interface Given {
  title: string
  votes: [number, number][]
  priority?: true
}

const voters = ['paul', 'lea', 'tom'] as const

/** Format #1 in the lobby with three people. */
export const lobbyOf = (): Stage =>
  voters.reduce(
    (here, name) => here.does(name, joining(name)),
    stage(formatNamed('format-1')).does('marie', { do: 'launch', format: 'format-1', name: 'Marie Durand' }),
  )

/** Up to this segment, each subject given by one person in turn. */
export function playedTo(segment: string, given: Given[], here = lobbyOf()): Stage {
  here.does('marie', { do: 'start' })
  const at = () => {
    const { position } = here.session().steer
    return position.status === 'running' ? here.session().format.segments[position.index]?.id : undefined
  }
  while (at() !== segment) {
    if (at() === 'identifier')
      for (const [index, { title }] of given.entries())
        here.says(voters[index] ?? 'paul', { do: 'ideas-done', title1: title, sentence1: `Pour ${title}.` })
    if (at() === 'qualifier') here.says('marie', { do: 'cards-show-all' })
    here.wait(3).does('marie', { do: 'next', anyway: 'true' })
  }
  return here
}

/** Rated and shown, and over. */
export function played(given: Given[]): Stage {
  const here = rated(given)
  here.says('marie', { do: 'reveal' })
  for (const [index, { priority }] of given.entries())
    if (priority) here.says('marie', { do: 'prioritise', card: cardsOf(here)[index] })
  return here.does('marie', { do: 'end' })
}

/** Rated, and shown to nobody yet. */
export function rated(given: Given[]): Stage {
  const here = playedTo('classer', given)
  const cards = cardsOf(here)
  for (const [index, who] of voters.entries()) {
    const votes = given.flatMap(({ votes: some }, card) => {
      const vote = some[index]
      return vote
        ? [
            [`d-${cards[card]}`, String(vote[0])],
            [`f-${cards[card]}`, String(vote[1])],
          ]
        : []
    })
    if (votes.length) here.says(who, { do: 'rate-save', ...Object.fromEntries(votes) })
  }
  return here
}

/** Ids of the cards, by number. */
function cardsOf(here: Stage): string[] {
  const { cards } = here.session().steer.shared.qualifier as { cards: Record<string, { number: number }> }
  return Object.entries(cards)
    .sort(([, a], [, b]) => a.number - b.number)
    .map(([id]) => id)
}

/** Format #2 from what was brought, at the step that presents it. */
export function startedFrom(brought: Brought | null): Stage {
  const here = stage(formatNamed('format-2')).does('marie', {
    do: 'launch',
    format: 'format-2',
    name: 'Marie Durand',
  })
  here.does('paul', joining('paul')).brings('marie', brought)
  here.does('marie', { do: 'start' })
  for (const _ of [1, 2]) here.does('marie', { do: 'next' })
  return here
}
