import { merged } from '../../src/core/programme/merged.ts'
import type { Programme } from '../../src/core/programme/types.ts'
import { liveSlot } from '../../src/core/session/effects.ts'
import type { Session } from '../../src/core/session/types.ts'
import { said, say } from '../../src/core/text.ts'
import {
  type CardView,
  dialogView,
  type ProgrammeDraft,
  type ProgrammePage,
  programmeView,
  viewOf,
} from '../../src/core/views/index.ts'
import {
  asOf,
  calendar,
  home,
  kitFormats,
  lobbyOf,
  played,
  playedTo,
  programmeOf,
  rated,
} from '../support/groups.ts'
import { person, twoPm } from '../support/stage.ts'
import type { Look } from './scenes.ts'

/** Several groups of one workshop: the dashboard in each state, and the subjects brought together. */
export function groupScenes(seen: Look, text = 'Ouvrir les données de la ville') {
  const programme = programmeOf(text)
  const look = (name: string, view: CardView | null) => {
    if (!view) throw new Error(`nothing to see: ${name}`)
    seen(name, view)
  }
  const minutes = (count: number) => twoPm + count * 60_000
  const page = (
    name: ProgrammePage,
    held: Session[],
    { draft = {}, now = minutes(70), lang = 'fr' as const, of = programme }: Shown = {},
  ) => programmeView(name, { programme: of, home, held, lang, now, calendar, formats: kitFormats, draft })

  const lobby = asOf(lobbyOf().session(), programme, 3)
  const silent = asOf(playedTo('identifier', []).session(), programme, 1)
  const round = asOf(playedTo('qualifier', [{ title: text, votes: [] }]).session(), programme, 2)
  const paused = playedTo('classer', [{ title: text, votes: [] }])
  const stopped = asOf(paused.does('marie', { do: 'pause' }).session(), programme, 3)
  const putOff = asOf(paused.does('marie', { do: 'adjourn' }).session(), programme, 3)
  look('programme-board-empty', page('board', [], { now: minutes(-60) }))
  look('programme-board', page('board', [lobby, silent, round], { now: minutes(12) }))
  look('programme-board-en', page('board', [lobby, silent, round], { now: minutes(40), lang: 'en' }))

  const first = asOf(
    played([
      {
        title: text,
        votes: [
          [5, 4],
          [4, 4],
          [5, 3],
        ],
        priority: true,
      },
      {
        title: 'Les menus des cantines',
        votes: [
          [2, 2],
          [3, 2],
          [2, 3],
        ],
      },
      {
        title: 'Le budget en clair',
        votes: [
          [5, 1],
          [1, 5],
        ],
      },
    ]).session(),
    programme,
    1,
  )
  const second = asOf(
    played([
      {
        title: 'Les menus des cantines scolaires',
        votes: [
          [5, 5],
          [4, 5],
        ],
      },
      { title: 'Les horaires des piscines', votes: [[3, 4]] },
    ]).session(),
    programme,
    2,
  )
  const third = asOf(rated([{ title: 'Un conseil des enfants', votes: [[4, 4]] }]).session(), programme, 3)
  look('programme-board-closing', page('board', [first, second, stopped]))
  look('programme-board-put-off', page('board', [first, second, putOff]))
  look('programme-merged-none', page('merged', []))
  look('programme-merged', page('merged', [first, second, third]))
  const [menus, others] = merged(home, programme, [first, second], twoPm).twins.flatMap(({ a, b }) =>
    [a, b].map(({ of }) => of[0]?.reference ?? ''),
  )
  const pair = { one: said(text), other: said('Les menus des cantines scolaires') }
  const same = { ...programme, same: [[menus ?? '', others ?? '']] }
  look(
    'programme-merged-united',
    page('merged', [first, second, third], { of: same, draft: { notice: say('merged.united', pair) } }),
  )
  const distinct = { ...programme, distinct: same.same }
  look(
    'programme-merged-apart',
    page('merged', [first, second, third], {
      of: distinct,
      draft: {
        notice: say('merged.told-apart', pair),
      },
    }),
  )
  look('programme-merged-apart-en', page('merged', [first, second, third], { of: distinct, lang: 'en' }))
  look(
    'programme-merged-refused',
    page('merged', [first, second], {
      draft: {
        typed: { one: '1-0-1', other: '1-0-1' },
        problems: { one: say('merged.choose-two') },
        notice: say('merged.choose-two'),
        isRefusal: true,
      },
    }),
  )
  look('lobby-group', viewOf(lobby, 'lobby', person('marie'), minutes(-2)))
  look('lobby-group-again', viewOf(preparedAs(lobby, { again: true }), 'lobby', person('marie'), minutes(-2)))
  const otherDay = { ...lobby, prepared: null, plannedOtherDay: minutes(3 * 24 * 60) }
  look('lobby-other-day', viewOf(otherDay, 'lobby', person('marie'), minutes(-2)))
  const inRehearsal = (name: string, session: Session, slot: string, now: number) => {
    const rehearsed = preparedAs(session, { rehearsal: true })
    look(name, viewOf(rehearsed, slot, person('marie'), now))
  }
  inRehearsal('lobby-rehearsal', lobby, 'lobby', minutes(-2))
  inRehearsal('step-rehearsal', silent, liveSlot(silent), minutes(12))
  inRehearsal('summary-rehearsal', first, liveSlot(first), minutes(70))
  look(
    'dialog-group',
    dialogView('group', null, {
      session: lobby,
      slot: 'lobby',
      viewer: person('marie'),
      now: minutes(-2),
      draft: {},
      by: 'marie',
    }),
  )
}

const preparedAs = (session: Session, how: Partial<Session['prepared']>): Session => ({
  ...session,
  prepared: session.prepared && { ...session.prepared, ...how },
})

interface Shown {
  draft?: ProgrammeDraft
  now?: number
  lang?: 'fr' | 'en'
  of?: Programme
}
