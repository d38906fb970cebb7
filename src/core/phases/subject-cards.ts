import { z } from 'zod'
import { bounds } from '../bounds.ts'
import { subjectOffer } from '../brought.ts'
import { entryOf } from '../entry-of.ts'
import { gather, line } from '../fields.ts'
import {
  decideFloor,
  emptyFloor,
  evolveFloor,
  type FloorEvent,
  type FloorScene,
  floor,
  floorAlarm,
  floorDialog,
  floorGoesOn,
  floorInput,
  floorTask,
  floorView,
  ringFloor,
  shiftFloor,
} from '../floor.ts'
import { probableTwins } from '../likeness.ts'
import { contributors, nameOf, scribes, steers } from '../session/people.ts'
import { type PersonId, personId } from '../session/types.ts'
import type { SubjectsPart } from '../summary/part.ts'
import type { Amendable, Retext } from '../summary/review.ts'
import { said, say, type Text, type ViewData } from '../text.ts'
import {
  type Decision,
  type Draft,
  type Item,
  isRefusal,
  type Left,
  type Phase,
  refuse,
  type Scene,
  sourceIn,
  type Viewer,
} from './contract.ts'

const options = z
  .object({
    /** Segment whose contributions are revealed. */
    from: z.string(),
    turnSeconds: z.number().min(10).max(1800).default(120),
  })
  .strict()
type Options = z.infer<typeof options>

const card = z.object({
  id: z.string(),
  /** As people call it aloud; never given twice. */
  number: z.number().int(),
  title: z.string(),
  sentence: z.string(),
  authors: z.array(personId),
  sources: z.array(z.string()),
  state: z.enum(['on', 'merged', 'removed']),
  into: z.string().nullable(),
  editedBy: z.array(personId),
  /** Grows at each edit, so that nobody overwrites what she has not seen. */
  edits: z.number().int().default(0),
})
export type Card = z.infer<typeof card>

const shared = z.object({
  floor,
  shown: z.array(personId),
  cards: z.record(card),
  /** Pairs the facilitator said are two different subjects. */
  apart: z.array(z.string()),
})
type Shared = z.infer<typeof shared>

const text = { title: z.string().default(''), sentence: z.string().default('') }
const input = z.discriminatedUnion('do', [
  ...floorInput.options,
  z.object({ do: z.literal('cards-show-all') }),
  z.object({ do: z.literal('card-edit'), card: z.string(), was: z.coerce.number().optional(), ...text }),
  z.object({ do: z.literal('card-add'), author: z.string().default(''), ...text }),
  /** From the dialog, with the text written there, which is kept with the merge. */
  z.object({
    do: z.literal('card-merge'),
    card: z.string(),
    with: z.string().default(''),
    was: z.coerce.number().optional(),
    title: z.string().optional(),
    sentence: z.string().optional(),
  }),
  z.object({ do: z.literal('card-remove'), card: z.string() }),
  z.object({ do: z.literal('card-restore'), card: z.string() }),
  z.object({ do: z.literal('cards-apart'), card: z.string(), with: z.string() }),
])
type Input = z.infer<typeof input>
type Event =
  | FloorEvent
  | { type: 'cards-shown'; authors: PersonId[]; cards: Card[] }
  | { type: 'card-written'; card: Card }
  | { type: 'cards-merged'; into: string; from: string }
  | { type: 'cards-told-apart'; pair: string }
type Here = Scene<Options, never, Shared>

/** Each author's subjects are shown at her turn, explained in two minutes at most, and become cards (kit §3, #1.5). */
export const subjectCards: Phase<Options, never, Shared, Input, Event> = {
  kind: 'subject-cards',
  options,
  answer: z.never(),
  shared,
  input,
  begin: (scene) => ({
    floor: emptyFloor(writersFirst(scene)),
    shown: [],
    cards: {},
    apart: [],
  }),
  decide: (ask, by, scene) => decide(ask, by, scene),
  evolve: (event, slice) => ({ ...slice, shared: evolve(event, slice.shared) }),
  task: (scene, viewer) => floorTask(floorOf(scene), viewer, mineTask(scene, viewer)),
  body: (scene, viewer) => body(scene, viewer),
  dialog: (name, scene, by, draft) => dialog(name, scene, by, draft),
  harvest: ({ shared: state }) => live(state).map(toItem),
  leaves: (scene) => leaves(scene),
  offers: (scene) => live(scene.shared).map((one) => subjectOffer(scene.segment.id, toItem(one))),
  reveals: ({ shown }) => shown,
  alarm: ({ floor: state }) => floorAlarm(state),
  ring: ({ floor: state }, now) => ringFloor(state, now),
  shift: (state, by) => ({ ...state, floor: shiftFloor(state.floor, by) }),
  chapter: (scene) => ({
    id: scene.segment.id,
    title: scene.segment.title,
    blocks: [
      {
        block: 'table',
        head: [
          say('summary.number'),
          say('summary.subject'),
          say('summary.sentence'),
          say('summary.authors'),
        ],
        rows: live(scene.shared).map((one) => [
          said(String(one.number)),
          said(one.title),
          said(one.sentence),
          authorsText(scene, one),
        ]),
      },
      ...mergedBlock(scene),
      ...sealedBlock(scene),
    ],
  }),
  took: ({ shared: state }) => [
    ...new Set([
      ...Object.keys(state.floor.spoke),
      ...Object.values(state.cards).flatMap(({ authors }) => authors),
    ]),
  ],
  part: (scene) => part(scene),
  texts: (scene) => live(scene.shared).flatMap((one) => [textOf(one, 'title'), textOf(one, 'sentence')]),
  retext: ({ answers, shared: state }, change) => ({ answers, shared: retexted(state, change) }),
}

/** The cards on the board, by number. */
export const live = (state: Shared): Card[] =>
  Object.values(state.cards)
    .filter((one) => one.state === 'on')
    .sort((a, b) => a.number - b.number)

function decide(ask: Input, by: PersonId, scene: Here): Decision<Event> {
  switch (ask.do) {
    case 'cards-show-all':
      return showAll(by, scene)
    case 'card-edit':
      return edit(ask, by, scene)
    case 'card-add':
      return add(ask, by, scene)
    case 'card-merge':
      return merge(ask, by, scene)
    case 'card-remove':
      return setState(ask.card, 'removed', by, scene)
    case 'card-restore':
      return setState(ask.card, 'on', by, scene)
    case 'cards-apart':
      return tellApart(ask, by, scene)
    default:
      return withReveal(decideFloor(ask, by, floorOf(scene)), scene)
  }
}

function evolve(event: Event, state: Shared): Shared {
  switch (event.type) {
    case 'cards-shown':
      return {
        ...state,
        shown: [...state.shown, ...event.authors],
        cards: { ...state.cards, ...Object.fromEntries(event.cards.map((one) => [one.id, one])) },
      }
    case 'card-written':
      return { ...state, cards: { ...state.cards, [event.card.id]: event.card } }
    case 'cards-merged':
      return mergeInto(state, event.into, event.from)
    case 'cards-told-apart':
      return { ...state, apart: [...state.apart, event.pair] }
    default:
      return { ...state, floor: evolveFloor(state.floor, event) }
  }
}

/** Handing the floor to someone shows what she wrote: it is the facilitator's gesture that breaks the seal. */
function withReveal(decision: Decision<FloorEvent>, scene: Here): Decision<Event> {
  if (isRefusal(decision)) return decision
  const to = decision.events.flatMap((event) => (event.type === 'floor-handed' && event.to ? [event.to] : []))
  return { ...decision, events: [...decision.events, ...reveal(to, scene)] }
}

function showAll(by: PersonId, scene: Here): Decision<Event> {
  if (!steers(scene.session, by)) return refuse('facilitator-only')
  const events = reveal(sealedAuthors(scene), scene)
  return events.length ? { events, move: 'cards-show-all' } : refuse('already')
}

function reveal(authors: PersonId[], scene: Here): Event[] {
  const fresh = authors.filter((who) => !scene.shared.shown.includes(who))
  if (fresh.length === 0) return []
  const first = nextNumber(scene.shared)
  const cards = scene
    .harvest(scene.options.from)
    .filter((one) => one.authors.some((who) => fresh.includes(who)))
    .map((one, index) => {
      const shown = { ...one, sources: [sourceIn(scene.options.from, one.id)] }
      return newCard(shown, `c${scene.session.count}-${index}`, first + index)
    })
  return [{ type: 'cards-shown', authors: fresh, cards }]
}

function edit(ask: Extract<Input, { do: 'card-edit' }>, by: PersonId, scene: Here): Decision<Event> {
  if (!scribes(scene.session, by)) return refuse('organisers-only')
  const before = entryOf(scene.shared.cards, ask.card)
  if (!before) return refuse('unknown')
  const { values, problems } = gather(cardFields(ask))
  if (ask.was !== undefined && ask.was !== before.edits)
    problems.title = say('subject-cards.changed', {
      title: said(before.title),
      sentence: said(before.sentence),
    })
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  const editedBy = [...new Set([...before.editedBy, by])]
  return {
    events: [{ type: 'card-written', card: { ...before, ...values, editedBy, edits: before.edits + 1 } }],
    move: 'card-edit',
  }
}

function add(ask: Extract<Input, { do: 'card-add' }>, by: PersonId, scene: Here): Decision<Event> {
  if (!scribes(scene.session, by)) return refuse('organisers-only')
  if (live(scene.shared).length >= bounds.cards) return refuse('full', { with: { max: bounds.cards } })
  const known = entryOf(scene.session.participants, ask.author) !== undefined
  if (!known && ask.author !== '' && ask.author !== nobody) return refuse('unknown-person')
  const { values, problems } = gather(cardFields(ask))
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  const authors = known ? [ask.author] : []
  const id = `c${scene.session.count}-0`
  const heard = { id, ...values, authors, sources: [] }
  const fresh = { ...newCard(heard, id, nextNumber(scene.shared)), editedBy: [by] }
  return { events: [{ type: 'card-written', card: fresh }], move: 'card-add' }
}

function merge(ask: Extract<Input, { do: 'card-merge' }>, by: PersonId, scene: Here): Decision<Event> {
  const { card: into, with: from, title, sentence } = ask
  if (!scribes(scene.session, by)) return refuse('organisers-only')
  if (from === '') return refuse('invalid', { problems: { with: say('subject-cards.merge-which') } })
  const on = (id: string) => entryOf(scene.shared.cards, id)?.state === 'on'
  if (into === from || !on(into) || !on(from)) return refuse('unknown')
  const merged: Event = { type: 'cards-merged', into, from }
  if (title === undefined || sentence === undefined) return { events: [merged], move: 'card-merge' }
  const written = edit({ ...ask, do: 'card-edit', title, sentence }, by, scene)
  return isRefusal(written) ? written : { events: [...written.events, merged], move: 'card-merge' }
}

function tellApart(ask: Extract<Input, { do: 'cards-apart' }>, by: PersonId, scene: Here): Decision<Event> {
  if (!scribes(scene.session, by)) return refuse('organisers-only')
  const [one, other] = [ask.card, ask.with].map((id) => entryOf(scene.shared.cards, id))
  if (!one || !other || one === other) return refuse('unknown')
  return { events: [{ type: 'cards-told-apart', pair: pairKey(one.id, other.id) }], move: 'cards-apart' }
}

/** A card that was removed is on no list any more: it is put back by its number. */
function setState(called: string, state: 'on' | 'removed', by: PersonId, scene: Here): Decision<Event> {
  if (!scribes(scene.session, by)) return refuse('organisers-only')
  const { cards } = scene.shared
  const before =
    entryOf(cards, called) ?? Object.values(cards).find(({ number }) => String(number) === called)
  if (!before || before.state === 'merged') return refuse('unknown')
  if (before.state === state) return refuse('already')
  return {
    events: [{ type: 'card-written', card: { ...before, state } }],
    move: state === 'on' ? 'card-restore' : 'card-remove',
  }
}

/** The kept card takes over the authors and the sources of the other: everyone keeps credit. */
function mergeInto(state: Shared, into: string, from: string): Shared {
  const kept = state.cards[into]
  const gone = state.cards[from]
  if (!kept || !gone) return state
  const union = <T>(a: T[], b: T[]) => [...new Set([...a, ...b])]
  return {
    ...state,
    cards: {
      ...state.cards,
      [into]: {
        ...kept,
        authors: union(kept.authors, gone.authors),
        sources: union(kept.sources, gone.sources),
      },
      [from]: { ...gone, state: 'merged', into },
    },
  }
}

const cardFields = (ask: { title: string; sentence: string }) => ({
  title: line(ask.title, bounds.title),
  sentence: line(ask.sentence, bounds.sentence),
})

const nextNumber = (state: Shared): number =>
  Object.values(state.cards).reduce((max, one) => Math.max(max, one.number), 0) + 1

const newCard = (one: Item, id: string, number: number): Card => ({
  id,
  number,
  title: one.title,
  sentence: one.sentence,
  authors: one.authors,
  sources: one.sources,
  state: 'on',
  into: null,
  editedBy: [],
  edits: 0,
})

const toItem = (one: Card): Item => ({
  id: one.id,
  title: one.title,
  sentence: one.sentence,
  authors: one.authors,
  sources: one.sources,
  number: one.number,
})

/** What the dialog sends where a subject is nobody’s in particular. */
const nobody = 'nobody'

const pairKey = (a: string, b: string) => [a, b].sort().join('|')

const sealedAuthors = (scene: Here): PersonId[] => [
  ...new Set(
    scene
      .harvest(scene.options.from)
      .flatMap((one) => one.authors)
      .filter((who) => !scene.shared.shown.includes(who)),
  ),
]

function leaves(scene: Here): Left | null {
  const count = sealedAuthors(scene).length
  if (count === 0) return null
  return {
    text: say('subject-cards.sealed', { count }),
    show: {
      verb: 'cards-show-all',
      title: say('subject-cards.show-all'),
      command: say('command.show-all'),
    },
  }
}

/** Those who wrote speak first; the others may still have a subject to say aloud. */
function writersFirst(scene: Omit<Here, 'shared'>): PersonId[] {
  const wrote = new Set(scene.harvest(scene.options.from).flatMap((one) => one.authors))
  const people = contributors(scene.session).map((one) => one.id)
  const absent = [...wrote].filter((who) => !people.includes(who))
  return [...people.filter((who) => wrote.has(who)), ...people.filter((who) => !wrote.has(who)), ...absent]
}

const floorOf = (scene: Here): FloorScene => ({
  session: scene.session,
  floor: scene.shared.floor,
  people: contributors(scene.session).map((one) => one.id),
  turn: scene.options.turnSeconds * 1000,
  now: scene.now,
})

const mineTask = (scene: Here, viewer: Viewer): Text =>
  viewer.sees === 'person' && cardsOf(scene.shared, viewer.id).length === 0
    ? say('subject-cards.task-aloud')
    : say('subject-cards.task-mine', { turn: { lasting: scene.options.turnSeconds * 1000 } })

const cardsOf = (state: Shared, who: PersonId | null): Card[] =>
  live(state).filter((one) => who !== null && one.authors.includes(who))

function authorsText(scene: Here, one: Card): Text {
  if (one.authors.length === 0) return say('subject-cards.heard')
  return { listing: one.authors.map((who) => nameOf(scene.session, who)) }
}

const cardView = (scene: Here, one: Card): { [key: string]: ViewData } => ({
  id: one.id,
  number: String(one.number),
  title: said(one.title),
  sentence: said(one.sentence),
  authors: authorsText(scene, one),
})

function body(scene: Here, viewer: Viewer): { [key: string]: ViewData } {
  const { session, shared: state } = scene
  const writes = viewer.sees === 'person' && scribes(session, viewer.id)
  const speaking = cardsOf(state, state.floor.speaker)
  const sealed = sealedAuthors(scene)
  const twins = probableTwins(live(state)).filter(({ a, b }) => !state.apart.includes(pairKey(a.id, b.id)))
  return {
    floor: floorView(floorOf(scene), viewer),
    leads: floorGoesOn(floorOf(scene)),
    speaking: speaking.map((one) => cardView(scene, one)),
    others: live(state)
      .filter((one) => !speaking.includes(one))
      .map((one) => cardView(scene, one)),
    count: say('subject-cards.count', { count: live(state).length }),
    writes,
    sealed: sealed.length ? say('subject-cards.sealed', { count: sealed.length }) : null,
    mayShowAll: sealed.length > 0 && viewer.sees === 'person' && steers(session, viewer.id),
    twins: writes
      ? twins.slice(0, 2).map(({ a, b }) => ({
          keep: a.id,
          with: b.id,
          text: say('subject-cards.twins', {
            a: a.number,
            b: b.number,
            titleA: said(a.title),
            titleB: said(b.title),
          }),
        }))
      : [],
  }
}

function dialog(name: string, scene: Here, by: PersonId, draft: Draft): { [key: string]: ViewData } | null {
  if (name === 'floor') return steers(scene.session, by) ? floorDialog(floorOf(scene), draft) : null
  if (!scribes(scene.session, by)) return null
  if (name === 'card-add') return addDialog(scene, draft)
  const one = scene.shared.cards[draft.about ?? '']
  return name === 'card-edit' && one ? editDialog(scene, one, draft) : null
}

const editDialog = (scene: Here, one: Card, draft: Draft): { [key: string]: ViewData } => ({
  ...writtenFields(draft, one),
  card: one.id,
  was: one.edits,
  number: String(one.number),
  authors: authorsText(scene, one),
  removed: one.state === 'removed',
  others: live(scene.shared)
    .filter((other) => other.id !== one.id)
    .map((other) => ({
      title: say('subject-cards.choice', { number: other.number, title: said(other.title) }),
      value: other.id,
    })),
})

const addDialog = (scene: Here, draft: Draft): { [key: string]: ViewData } => ({
  ...writtenFields(draft),
  people: contributors(scene.session).map((one) => ({ title: nameOf(scene.session, one.id), value: one.id })),
  author: draft.typed?.author ?? scene.shared.floor.speaker ?? nobody,
})

const writtenFields = (draft: Draft, one?: Card): { [key: string]: ViewData } => ({
  title: said(draft.typed?.title ?? one?.title ?? ''),
  sentence: said(draft.typed?.sentence ?? one?.sentence ?? ''),
  titleProblem: draft.problems?.title ?? null,
  sentenceProblem: draft.problems?.sentence ?? null,
  titleMax: say('field.at-most', { max: bounds.title }),
  sentenceMax: say('field.at-most', { max: bounds.sentence }),
})

/** What was merged stays readable: whose words, and where they went. */
function mergedBlock(scene: Here) {
  const { cards } = scene.shared
  const gone = Object.values(cards).filter((one) => one.state === 'merged')
  if (gone.length === 0) return []
  const items = gone.map((one) =>
    say('subject-cards.merged-line', {
      title: said(one.title),
      sentence: said(one.sentence),
      number: cards[one.into ?? '']?.number ?? 0,
    }),
  )
  return [{ block: 'list' as const, title: say('subject-cards.merged'), items }]
}

function part(scene: Here): SubjectsPart | null {
  const cards = live(scene.shared).map((one) => ({
    id: one.id,
    number: one.number,
    title: one.title,
    sentence: one.sentence,
    authors: one.authors.map((who) => nameOf(scene.session, who)),
    at: null,
    votes: 0,
    priority: false,
    divided: false,
    byHand: false,
    wellPlaced: false,
  }))
  return cards.length
    ? { part: 'subjects', cards, board: null, picture: null, pictureText: null, rule: null }
    : null
}

const textOf = (one: Card, key: 'title' | 'sentence'): Amendable => ({
  item: one.id,
  key,
  label: say('review.subject', { number: one.number }),
  field: key === 'title' ? say('review.title') : say('review.sentence'),
  text: one[key],
  authors: one.authors,
  max: bounds[key],
  needed: true,
  paragraph: false,
})

function retexted(state: Shared, { item, key, text, by }: Retext): Shared {
  const before = state.cards[item]
  if (!before || (key !== 'title' && key !== 'sentence')) return state
  const editedBy = [...new Set([...before.editedBy, by])]
  return {
    ...state,
    cards: { ...state.cards, [item]: { ...before, [key]: text, editedBy, edits: before.edits + 1 } },
  }
}

function sealedBlock(scene: Here) {
  const count = scene
    .harvest(scene.options.from)
    .filter((one) => one.authors.every((who) => !scene.shared.shown.includes(who))).length
  return count ? [{ block: 'text' as const, text: say('subject-cards.never-shown', { count }) }] : []
}
