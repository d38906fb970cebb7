import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { type Format, readFormat } from '../../src/core/format.ts'
import { carryOut, emptyMeeting, hear, type Meeting } from '../../src/core/meeting.ts'
import type { Draft, Viewer } from '../../src/core/phases/contract.ts'
import { theRoom } from '../../src/core/phases/contract.ts'
import type { Ask, Told } from '../../src/core/session/asks.ts'
import { liveSlot } from '../../src/core/session/effects.ts'
import type { Brought, Session } from '../../src/core/session/types.ts'
import { say } from '../../src/core/text.ts'
import {
  type CardView,
  dialogView,
  helpView,
  noticeView,
  viewOf,
  welcomeView,
} from '../../src/core/views/index.ts'
import { formatOf } from '../support/stage.ts'
import { canvasScenes } from './scenes-canvas.ts'
import { documentScenes } from './scenes-documents.ts'
import { groupScenes } from './scenes-groups.ts'
import { ideationScenes } from './scenes-ideation-by-profile.ts'
import { meetingScenes } from './scenes-meeting.ts'
import { ownDataScenes } from './scenes-own-data.ts'
import { programmeScenes } from './scenes-programme.ts'
import { reformulationScenes } from './scenes-reformulation.ts'
import { reviewScenes } from './scenes-review.ts'
import { roadmapScenes } from './scenes-roadmap.ts'
import { subActionScenes } from './scenes-sub-actions.ts'
import { subjectScenes } from './scenes-subject.ts'

/** A card as someone sees it at some moment of a workshop played by the real engine. */
export interface Scene {
  name: string
  view: CardView
}

export const people = [
  {
    id: 'u1',
    first: 'Nadia',
    last: 'Benali',
    position: 'Cheffe de projet',
    organisation: 'Préfecture du Rhône',
  },
  {
    id: 'u2',
    first: 'Camille',
    last: 'Durand',
    position: 'Chargée de mission',
    organisation: 'Ville de Lyon',
  },
  {
    id: 'u3',
    first: 'Olivier',
    last: 'N’Diaye',
    position: '',
    organisation: 'Association Quartiers vivants',
  },
  { id: 'u4', first: 'Jeanne', last: 'de La Rochefoucauld-Montbel', position: 'Habitante', organisation: '' },
  { id: 'u5', first: 'سلمى', last: 'الحداد', position: 'Juriste', organisation: 'Collectif Données claires' },
  {
    id: 'u6',
    first: 'Paul',
    last: 'Martin',
    position: 'Agent d’accueil',
    organisation: 'Caisse d’allocations familiales',
  },
]

const subjects = [
  [
    'Un budget que chacun comprend',
    'Publier le budget de la commune en images, avec les choix faits et leurs raisons.',
  ],
  [
    'Des démarches relues par leurs usagers',
    'Faire relire chaque formulaire par cinq usagers avant sa mise en ligne.',
  ],
  ['Budget compréhensible par chacun', 'Publier en images le budget de la commune et les raisons des choix.'],
  [
    'Les délais d’attente aux guichets',
    'Afficher en ligne, heure par heure, l’attente dans chaque accueil public du département.',
  ],
  [
    'Un jury citoyen pour les cantines',
    'Tirer au sort des parents et des élèves pour choisir les menus et les fournisseurs.',
  ],
]

export const start = Date.UTC(2026, 10, 23, 13, 0)
const minute = 60_000

export function formatOne(): Format {
  const file = new URL('../../src/formats/format-1.yaml', import.meta.url)
  const read = readFormat(parse(readFileSync(file, 'utf8')))
  if ('mistakes' in read) throw new Error(JSON.stringify(read.mistakes))
  return read.format
}

export interface Words {
  names?: typeof people
  subjects?: string[][]
}

/** A meeting one can play with, a command at a time. */
export function play(words: Words = {}, format = formatOne()) {
  const formats = { [format.id]: format }
  const names = words.names ?? people
  let meeting: Meeting = hear(
    emptyMeeting('m1'),
    {
      tell: 'roster',
      people: names.map((one) => ({ id: one.id, name: `${one.first} ${one.last}`, present: true })),
    },
    start,
  )
  let now = start
  const session = (): Session => {
    const last = meeting.sessions.at(-1)
    if (!last) throw new Error('no session')
    return last
  }
  const act = (by: string, ask: Ask, material?: Brought | null) => {
    const more = material === undefined ? {} : { material }
    const verdict = carryOut(meeting, { by, at: now, ask, key: null, ...more }, formats)
    if (verdict.done === false)
      throw new Error(`${by} ${JSON.stringify(ask)}: ${JSON.stringify(verdict.refusal)}`)
    if (verdict.done === true) meeting = verdict.meeting
  }
  return {
    session,
    act,
    brings: (by: string, material: Brought | null) => act(by, { do: 'bring', offer: 'any' }, material),
    names,
    formats,
    subjects: words.subjects ?? subjects,
    now: () => now,
    phase: (by: string, input: Record<string, unknown>, segment?: string) =>
      act(by, { do: 'phase', input, ...(segment ? { segment } : {}) }),
    told: (told: Told) => {
      meeting = hear(meeting, told, now)
    },
    wait: (minutes: number) => {
      now += minutes * minute
      meeting = hear(meeting, { tell: 'wake' }, now)
    },
    view: (slot: string, who: string | null, draft: Draft = {}): CardView => {
      const viewer: Viewer = who === null ? theRoom : { sees: 'person', id: who }
      const view = viewOf(session(), slot, viewer, now, draft)
      if (!view) throw new Error(`nothing to see in ${slot}`)
      return view
    },
    live: () => liveSlot(session()),
    form: () => liveSlot(session()).replace('step/', 'form/'),
    dialog: (name: string, by: string, draft: Draft = {}): CardView => {
      const viewer: Viewer = { sees: 'person', id: by }
      const segment = liveSlot(session()).split('/')[1] ?? null
      const view = dialogView(name, segment, {
        session: session(),
        slot: liveSlot(session()),
        viewer,
        now,
        draft,
        by,
      })
      if (!view) throw new Error(`no dialog ${name}`)
      return view
    },
  }
}

export type Game = ReturnType<typeof play>
export type Look = (name: string, view: CardView) => void

export const joinAsk = (one: (typeof people)[number]): Ask => ({
  do: 'join',
  firstName: one.first,
  lastName: one.last,
  position: one.position,
  organisation: one.organisation,
  profile: one.organisation.startsWith('Association') ? 'civil-society' : 'agent',
  lang: 'fr',
  contributes: '',
})

/** Every card there is, in the states that matter. */
export function scenes(words: Words = {}): Scene[] {
  const game = play(words)
  const seen: Scene[] = []
  const look = (name: string, view: CardView) => seen.push({ name, view })
  const long = 'x'.repeat(130)
  standing(game, look)
  programmeScenes(look, words.subjects?.[0]?.[0])
  groupScenes(look, words.subjects?.[0]?.[0])
  lobby(game, look)
  openings(game, look)
  writing(game, look, long)
  sharing(game, look)
  rating(game, look)
  closing(game, look)
  for (const tell of stories) tell(words, look)
  return seen
}

/** The exercises the other formats are made of, each played in a workshop of its own. */
const stories: ((words: Words, look: Look) => void)[] = [
  meetingScenes,
  subjectScenes,
  reformulationScenes,
  ideationScenes,
  canvasScenes,
  subActionScenes,
  roadmapScenes,
]

/** One exercise alone: Nadia (`u1`) facilitates, Paul (`u6`) takes notes, `u2` to `u5` take part; it is running. */
export function playing(segments: Parameters<typeof formatOf>[0], words: Words = {}): Game {
  const game = play(words, formatOf(segments))
  const [host, ...others] = game.names
  if (!host) throw new Error('nobody')
  game.act(host.id, { do: 'launch', format: 'test-format', name: `${host.first} ${host.last}`, lang: 'fr' })
  game.act(host.id, joinAsk(host))
  for (const one of others.slice(0, 4)) game.act(one.id, joinAsk(one))
  game.act(host.id, { do: 'name-role', person: 'u6', role: 'note-taker' })
  game.act(host.id, { do: 'start' })
  return game
}

function standing(game: Game, look: Look) {
  look('welcome', welcomeView('meeting', game.formats, 'fr'))
  look('welcome-personal', welcomeView('personal', game.formats, 'en'))
  look('welcome-unknown', welcomeView('personal', game.formats, 'fr', say('welcome.unknown')))
  look(
    'help',
    helpView('fr', [
      { name: 'now', commands: ['next', 'card-edit', 'place'] },
      { name: 'facilitators', commands: ['pause', 'extend'] },
      { name: 'everyone', commands: ['help', 'join', 'clear', 'done'] },
    ]),
  )
  look(
    'help-private',
    helpView('fr', [{ name: 'everyone', commands: ['help', 'join', 'clear', 'done', 'email'] }], {
      lead: say('private.how-silent-ideation', { max: 2 }),
      hint: say('help.in-private-here'),
    }),
  )
  look('notice-good', noticeView(say('typed.done-note'), 'fr', 'good'))
  look('notice-attention', noticeView(say('refusal.no-session'), 'fr', 'attention', say('typed.try-launch')))
}

function lobby(game: Game, look: Look) {
  const [host, ...others] = game.names
  if (!host) return
  game.act(host.id, { do: 'launch', format: 'format-1', name: `${host.first} ${host.last}`, lang: 'fr' })
  look('lobby-empty', game.view('lobby', 'u2'))
  look('join', game.view('join', 'u2'))
  look(
    'join-problems',
    game.view('join', 'u2', {
      typed: { firstName: '', lastName: 'x', profile: '' },
      problems: { firstName: say('problem.empty'), profile: say('problem.choice') },
      notice: say('refusal.invalid'),
    }),
  )
  const long = say('problem.long', { length: 305, max: 80 })
  look(
    'join-long-name',
    game.view('join', 'u2', {
      typed: { firstName: 'x'.repeat(305), lastName: 'Roux', profile: 'citizen' },
      problems: { firstName: long },
      notice: long,
    }),
  )
  game.act(host.id, joinAsk(host))
  game.act(host.id, {
    do: 'prepare',
    subject: 'La transparence des services publics locaux',
    objective: 'Faire émerger deux ou trois sujets pour le prochain plan d’action.',
    background: '',
    deliverable: '',
    nextSteps: '',
    contact: '',
    questionnaire: 'https://exemple.gouv.fr/questionnaire',
  })
  for (const one of others.slice(0, 4)) game.act(one.id, joinAsk(one))
  game.act(host.id, { do: 'name-role', person: 'u6', role: 'note-taker' })
  look('lobby-room', game.view('lobby', null))
  look('lobby-facilitator', game.view('lobby', host.id))
  look('join-receipt', game.view('join', 'u2'))
  look('join-facilitator', game.view('join', host.id, { edit: true }))
  look('dialog-join', game.dialog('join', 'u2'))
  look('dialog-prepare', game.dialog('prepare', host.id))
  look('dialog-team', game.dialog('team', host.id))
}

function openings(game: Game, look: Look) {
  game.act('u1', { do: 'start' })
  game.phase('u2', { do: 'clear' })
  game.phase('u3', { do: 'question' })
  look('introduction', game.view(game.live(), 'u2'))
  look('dialog-guide', game.dialog('guide', 'u1'))
  game.act('u1', { do: 'next' })
  game.act('u1', { do: 'undo' })
  look('dialog-more', game.dialog('more', 'u1'))
  look('introduction-facilitator', game.view(game.live(), 'u1'))
  game.act('u1', { do: 'note', text: 'Rappeler la date du prochain comité.\nPrévoir un support imprimé.' })
  look(
    'dialog-note',
    game.dialog('note', 'u1', { typed: { text: '' }, problems: { text: say('problem.empty') } }),
  )
  game.wait(8.5)
  look('introduction-warned', game.view(game.live(), 'u2'))
  game.wait(4)
  look('introduction-over-facilitator', game.view(game.live(), 'u1', { notice: say('refusal.already') }))
  look('ring', game.view(ringOf(game), 'u2'))
  look('ring-facilitator', game.view(ringOf(game), 'u1'))
  const before = game.live()
  game.act('u1', { do: 'next' })
  look('past', game.view(before, 'u2'))
  look('past-refused', game.view(before, 'u2', { notice: say('refusal.not-now') }))
  game.phase('u2', {
    do: 'reason',
    reason: 'Je reçois chaque jour des personnes qui ne comprennent pas nos courriers.',
  })
  look('tour-facilitator-speaks', game.view(game.live(), 'u1'))
  game.phase('u1', { do: 'floor-done' })
  look('tour-mine', game.view(game.live(), 'u2'))
  look('tour-waiting', game.view(game.live(), 'u4'))
  look('tour-facilitator', game.view(game.live(), 'u1'))
  look('tour-room', game.view(game.live(), null))
  look('tour-outsider', game.view(game.live(), 'someone'))
  look('dialog-floor', game.dialog('floor', 'u1'))
  look('dialog-reason', game.dialog('reason', 'u3'))
  game.act('u1', { do: 'pause' })
  look('tour-paused-facilitator', game.view(game.live(), 'u1'))
  game.act('u1', { do: 'resume' })
  game.act('u1', { do: 'next' })
  look('memo', game.view(game.live(), 'u2'))
  look('memo-facilitator', game.view(game.live(), 'u1'))
  game.phase('u1', { do: 'page-next' })
  game.phase('u1', { do: 'page-next' })
  look('memo-page-3', game.view(game.live(), 'u3'))
}

const ringOf = (game: Game): string => game.session().steps.findLast((slot) => slot.startsWith('ring/')) ?? ''

function writing(game: Game, look: Look, long: string) {
  game.act('u1', { do: 'next' })
  look('ideation-facilitator', game.view(game.live(), 'u1'))
  game.phase('u1', { do: 'silence' })
  look('ideation-form', game.view(game.form(), 'u2'))
  look(
    'ideation-form-problems',
    game.view(game.form(), 'u2', {
      typed: { title1: long, sentence1: '' },
      problems: { title1: say('problem.long', { length: 130, max: 120 }), sentence1: say('problem.empty') },
    }),
  )
  const [a, b, c, d, e] = game.subjects
  const typed = { title1: a?.[0] ?? '', sentence1: a?.[1] ?? '' }
  look('ideation-form-newcomer', game.view(game.form(), 'newcomer', { typed, joins: true }))
  look('ideation-form-given-back', game.view(game.form(), 'u5', { typed, notice: say('join.go-on') }))
  game.phase('u2', { do: 'ideas-done', title1: a?.[0], sentence1: a?.[1], title2: b?.[0], sentence2: b?.[1] })
  game.phase('u3', { do: 'ideas-save', title1: c?.[0], sentence1: c?.[1] })
  game.phase('u4', { do: 'ideas-done', title1: d?.[0], sentence1: d?.[1] })
  look('ideation', game.view(game.live(), 'u3'))
  look('ideation-receipt-done', game.view(game.form(), 'u2'))
  look('ideation-receipt-saved', game.view(game.form(), 'u3'))
  game.phase('u5', { do: 'ideas-done', title1: e?.[0], sentence1: e?.[1] })
  look('ideation-note-taker', game.view(game.live(), 'u6'))
}

/** The facilitator went on without showing any subject: there is nothing to rank, and she comes back. */
function unseen(game: Game, look: Look) {
  game.act('u1', { do: 'next', anyway: 'true' })
  look('matrix-nothing-facilitator', game.view(game.live(), 'u1'))
  look('matrix-nothing', game.view(game.live(), 'u2'))
  look('matrix-form-nothing', game.view(game.form(), 'u2'))
  game.act('u1', { do: 'back' })
}

function sharing(game: Game, look: Look) {
  const form = game.form()
  game.act('u1', { do: 'next' })
  unseen(game, look)
  look('cards-before', game.view(game.live(), 'u1'))
  game.phase('u1', { do: 'floor-done' })
  look('cards-mine', game.view(game.live(), 'u2'))
  look('ideation-locked', game.view(form, 'u2'))
  game.phase('u2', { do: 'floor-done' })
  look('cards-facilitator', game.view(game.live(), 'u1'))
  look('cards-note-taker', game.view(game.live(), 'u6'))
  look('cards-listening', game.view(game.live(), 'u4'))
  const card = cardsOf(game)[0]?.id ?? ''
  look('dialog-card-edit', game.dialog('card-edit', 'u1', { about: card }))
  look(
    'dialog-card-edit-problem',
    game.dialog('card-edit', 'u1', {
      about: card,
      typed: { title: '', sentence: 'x' },
      problems: { title: say('problem.empty') },
    }),
  )
  look('dialog-card-add', game.dialog('card-add', 'u6'))
  look('dialog-onward', game.dialog('onward', 'u1'))
  look('dialog-more-unseen', game.dialog('more', 'u1'))
  look('cards-refused', game.view(game.live(), 'u1', { notice: leftUnseen }))
  game.phase('u1', { do: 'cards-show-all' })
  look('cards-all', game.view(game.live(), 'u2'))
  look('dialog-onward-shown', game.dialog('onward', 'u1'))
}

const leftUnseen = say('refusal.left-unseen', {
  left: say('subject-cards.sealed', { count: 2 }),
  show: say('subject-cards.show-all'),
})

const cardsOf = (game: Game): { id: string }[] => {
  const shared = game.session().steer.shared.qualifier as { cards: Record<string, { id: string }> }
  return Object.values(shared.cards)
}

function rating(game: Game, look: Look) {
  game.act('u1', { do: 'next' })
  look('matrix-form', game.view(game.form(), 'u2'))
  look('matrix-form-newcomer', game.view(game.form(), 'newcomer', { joins: true }))
  look('matrix-form-neutral', game.view(game.form(), 'u1'))
  const cards = cardsOf(game)
  const rate = (who: string, values: [number, number][], rated = cards) =>
    game.phase(who, {
      do: 'rate-save',
      ...Object.fromEntries(
        rated.flatMap(({ id }, index) => [
          [`d-${id}`, String(values[index % values.length]?.[0])],
          [`f-${id}`, String(values[index % values.length]?.[1])],
        ]),
      ),
    })
  const first = cards[0]?.id ?? ''
  look(
    'matrix-form-problems',
    game.view(game.form(), 'u2', {
      typed: { [`d-${first}`]: '4' },
      problems: { [`f-${first}`]: say('matrix.choose') },
    }),
  )
  rate('u2', [
    [5, 4],
    [2, 3],
    [4, 4],
  ])
  const butLast = cards.slice(0, -1)
  const third: [number, number][] = [
    [4, 5],
    [5, 1],
    [1, 4],
  ]
  rate('u3', third, butLast)
  look('matrix-receipt', game.view(game.form(), 'u2'))
  look('matrix-edit', game.view(game.form(), 'u2', { edit: true, page: 1 }))
  look('matrix-before', game.view(game.live(), 'u4'))
  look('matrix-before-facilitator', game.view(game.live(), 'u1'))
  look('dialog-onward-matrix', game.dialog('onward', 'u1'))
  const fourth: [number, number][] = [
    [5, 5],
    [1, 4],
    [5, 3],
  ]
  const fifth: [number, number][] = [
    [5, 4],
    [1, 5],
    [2, 2],
  ]
  rate('u4', fourth, butLast)
  rate('u5', fifth, butLast)
  game.phase('u1', { do: 'reveal' })
  game.phase('u1', { do: 'prioritise', card: first })
  game.phase('u1', { do: 'place', card: cards[1]?.id, x: '4.5', y: '2' })
  look('matrix-revealed', game.view(game.live(), 'u2'))
  look('matrix-revealed-facilitator', game.view(game.live(), 'u1'))
  look('matrix-form-locked', game.view(game.form(), 'u2'))
  look('dialog-place', game.dialog('place', 'u1', { about: cards[1]?.id ?? '' }))
}

function closing(game: Game, look: Look) {
  game.act('u1', { do: 'next' })
  look('conclusion-facilitator', game.view(game.live(), 'u1'))
  game.act('u1', {
    do: 'prepare',
    nextSteps: 'Un deuxième atelier le 30 novembre pour formuler l’engagement.',
    contact: 'nadia.benali@exemple.gouv.fr',
  })
  look('conclusion', game.view(game.live(), 'u2'))
  look('conclusion-form', game.view(game.form(), 'u2'))
  look('conclusion-form-newcomer', game.view(game.form(), 'newcomer', { joins: true }))
  look(
    'conclusion-form-problems',
    game.view(game.form(), 'u2', {
      typed: { email: 'camille', consent: 'false' },
      problems: { email: say('problem.email'), consent: say('conclusion.consent-needed') },
      notice: say('refusal.invalid'),
    }),
  )
  game.phase('u2', {
    do: 'feedback-save',
    email: 'camille.durand@exemple.fr',
    consent: 'true',
    'q-satisfaction': '4',
    'q-expression': '3',
    'q-utile': game.subjects[0]?.[1] ?? '',
  })
  look('conclusion-receipt', game.view(game.form(), 'u2'))
  game.wait(2)
  game.act('u1', { do: 'next' })
  look('summary', game.view(game.live(), 'u2'))
  look('summary-facilitator', game.view(game.live(), 'u1'))
  documentScenes(game, look)
  reviewScenes(game, look)
  ownDataScenes(game, look)
}
