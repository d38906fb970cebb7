import { z } from 'zod'
import { bilingual } from '../bilingual.ts'
import { subjectOffer } from '../brought.ts'
import { entryOf } from '../entry-of.ts'
import type { Problems } from '../fields.ts'
import {
  byRank,
  inCorner,
  opinions,
  type Placement,
  type Point,
  placement,
  restsOnOne,
} from '../placement.ts'
import { awaited, nameOf, steers } from '../session/people.ts'
import type { PersonId } from '../session/types.ts'
import type { SubjectLine, SubjectsPart } from '../summary/part.ts'
import { said, say, type Text, type ViewData } from '../text.ts'
import {
  type Decision,
  type Draft,
  type Item,
  isRefusal,
  type Left,
  type MatrixPicture,
  type Phase,
  refuse,
  type Scene,
  sourceIn,
  type Viewer,
} from './contract.ts'

const axis = z.object({ title: bilingual, question: bilingual, low: bilingual, high: bilingual }).strict()

const options = z
  .object({
    /** Segment whose cards are placed. */
    from: z.string(),
    scale: z.object({ min: z.number().int(), max: z.number().int() }).strict().default({ min: 1, max: 5 }),
    x: axis,
    y: axis,
    /** Name of the corner where both axes are high. */
    corner: bilingual,
    /**
     * The agreement rule, declared before anyone votes: a card is agreed on an axis when at least `share` of its votes
     * stand within `within` points of their median.
     */
    agreement: z.object({ within: z.number().min(0), share: z.number().min(0).max(1) }).strict(),
    perPage: z.number().int().min(1).max(10).default(4),
  })
  .strict()
type Options = z.infer<typeof options>

const vote = z.object({ x: z.number().nullable(), y: z.number().nullable() })
type Vote = z.infer<typeof vote>
const answer = z.object({ votes: z.record(vote), edits: z.number().int() })
type Answer = z.infer<typeof answer>

const point = z.object({ x: z.number(), y: z.number() })
const shared = z.object({ revealed: z.boolean(), placed: z.record(point), priority: z.array(z.string()) })
type Shared = z.infer<typeof shared>

const chosen = { x: z.coerce.number().optional(), y: z.coerce.number().optional() }
const input = z.discriminatedUnion('do', [
  /** One page of ratings: inputs `d-<card>` (desirability) and `f-<card>` (feasibility). */
  z.object({ do: z.literal('rate-save'), page: z.coerce.number().int().min(0).default(0) }).passthrough(),
  z.object({ do: z.literal('reveal') }),
  z.object({ do: z.literal('place'), card: z.string(), x: z.coerce.number(), y: z.coerce.number() }),
  z.object({ do: z.literal('unplace'), card: z.string() }),
  /** From the dialog, with the place chosen there: one that was changed is kept with the mark. */
  z.object({ do: z.literal('prioritise'), card: z.string(), ...chosen }),
  z.object({ do: z.literal('deprioritise'), card: z.string(), ...chosen }),
])
type Input = z.infer<typeof input>
type Event =
  | { type: 'rated'; who: PersonId; votes: Record<string, Vote> }
  | { type: 'votes-revealed' }
  | { type: 'card-placed'; card: string; at: Point | null }
  | { type: 'priority-set'; card: string; on: boolean }
type Here = Scene<Options, Answer, Shared>

/** Desirability against feasibility: private ratings, then every card at its mean (kit §3, #1.6). */
export const matrix: Phase<Options, Answer, Shared, Input, Event> = {
  kind: 'matrix',
  options,
  answer,
  shared,
  input,
  begin: () => ({ revealed: false, placed: {}, priority: [] }),
  decide: (ask, by, scene) => decide(ask, by, scene),
  evolve: (event, slice) => evolve(event, slice),
  task: (scene, viewer) => task(scene, viewer),
  body: (scene, viewer) => body(scene, viewer),
  form: (scene, viewer, draft) => form(scene, viewer, draft),
  dialog: (name, scene, by, draft) => (name === 'place' ? placeDialog(scene, by, draft) : null),
  picture: (scene) => (scene.shared.revealed ? picture(scene) : null),
  announces: (event) => event.type === 'votes-revealed',
  harvest: (scene) => ranked(scene).map((one) => toItem(one, scene)),
  leaves: (scene) => leaves(scene),
  offers: (scene) =>
    scene.shared.revealed
      ? ranked(scene).map((one) => subjectOffer(scene.segment.id, toItem(one, scene)))
      : [],
  chapter: (scene) => ({
    id: scene.segment.id,
    title: scene.segment.title,
    blocks: scene.shared.revealed
      ? resultBlocks(scene)
      : [{ block: 'text', text: say('matrix.not-revealed') }],
  }),
  part: (scene) => part(scene),
}

interface Placed extends Placement {
  item: Item
  priority: boolean
}

function decide(ask: Input, by: PersonId, scene: Here): Decision<Event> {
  if (ask.do === 'rate-save') return rate(ask, by, scene)
  if (!steers(scene.session, by)) return refuse('facilitator-only')
  switch (ask.do) {
    case 'reveal':
      return reveal(scene)
    case 'place':
      return place(ask, scene)
    case 'unplace':
      return entryOf(scene.shared.placed, ask.card)
        ? { events: [{ type: 'card-placed', card: ask.card, at: null }], move: 'place' }
        : refuse('already')
    case 'prioritise':
    case 'deprioritise':
      return prioritise(ask, scene)
  }
}

function evolve(event: Event, slice: { answers: Record<string, Answer>; shared: Shared }) {
  switch (event.type) {
    case 'rated':
      return {
        ...slice,
        answers: { ...slice.answers, [event.who]: merged(slice.answers[event.who], event.votes) },
      }
    case 'votes-revealed':
      return { ...slice, shared: { ...slice.shared, revealed: true } }
    case 'card-placed':
      return { ...slice, shared: { ...slice.shared, placed: placedWith(slice.shared.placed, event) } }
    case 'priority-set':
      return { ...slice, shared: { ...slice.shared, priority: toggled(slice.shared.priority, event) } }
  }
}

const merged = (before: Answer | undefined, votes: Record<string, Vote>): Answer => ({
  votes: { ...before?.votes, ...votes },
  edits: (before?.edits ?? 0) + 1,
})

function placedWith(
  placed: Shared['placed'],
  { card, at }: { card: string; at: Point | null },
): Shared['placed'] {
  const { [card]: _before, ...rest } = placed
  return at ? { ...rest, [card]: at } : rest
}

const toggled = (priority: string[], { card, on }: { card: string; on: boolean }): string[] =>
  on ? [...priority.filter((one) => one !== card), card] : priority.filter((one) => one !== card)

function rate(ask: Extract<Input, { do: 'rate-save' }>, by: PersonId, scene: Here): Decision<Event> {
  if (scene.shared.revealed) return refuse('shown-already')
  const person = scene.session.participants[by]
  if (!person) return refuse('join-first')
  if (!person.contributes) return refuse('participants-only')
  const problems: Problems = {}
  const votes: Record<string, Vote> = {}
  for (const { id } of cards(scene)) {
    const given = [ask[`d-${id}`], ask[`f-${id}`]]
    if (given.every((one) => one === undefined)) continue
    const y = rating(given[0], scene.options)
    const x = rating(given[1], scene.options)
    if (y === undefined) problems[`d-${id}`] = say('matrix.choose')
    if (x === undefined) problems[`f-${id}`] = say('matrix.choose')
    if (x !== undefined && y !== undefined) votes[id] = { x, y }
  }
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  if (Object.keys(votes).length === 0) return refuse('unknown')
  return { events: [{ type: 'rated', who: by, votes }] }
}

/** A whole point of the scale, null for "I do not know", undefined when nothing valid was chosen. */
function rating(raw: unknown, { scale }: Options): number | null | undefined {
  if (raw === 'none') return null
  if (typeof raw !== 'string' || !/^-?\d{1,3}$/.test(raw)) return undefined
  const value = Number(raw)
  return value >= scale.min && value <= scale.max ? value : undefined
}

function reveal(scene: Here): Decision<Event> {
  if (scene.shared.revealed) return refuse('already')
  if (cards(scene).length === 0) return refuse('invalid', { problems: { card: say('matrix.nothing') } })
  return { events: [{ type: 'votes-revealed' }], move: 'reveal' }
}

/** Ratings that were given, and that nobody was shown. */
function leaves(scene: Here): Left | null {
  const count = Object.values(scene.answers).filter(({ votes }) => Object.keys(votes).length).length
  if (scene.shared.revealed || count === 0) return null
  return {
    text: say('matrix.left', { count }),
    show: { verb: 'reveal', title: say('matrix.reveal'), command: say('command.reveal') },
  }
}

function place(ask: Extract<Input, { do: 'place' }>, scene: Here): Decision<Event> {
  if (!scene.shared.revealed) return refuse('not-now')
  if (!cards(scene).some((one) => one.id === ask.card)) return refuse('unknown')
  const { min, max } = scene.options.scale
  const problems: Problems = {}
  for (const key of ['x', 'y'] as const)
    if (!(ask[key] >= min && ask[key] <= max)) problems[key] = say('matrix.out-of-scale', { min, max })
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  return { events: [{ type: 'card-placed', card: ask.card, at: { x: ask.x, y: ask.y } }], move: 'place' }
}

function prioritise(
  { do: verb, card, x, y }: Extract<Input, { do: 'prioritise' | 'deprioritise' }>,
  scene: Here,
): Decision<Event> {
  const on = verb === 'prioritise'
  if (!scene.shared.revealed) return refuse('not-now')
  if (!cards(scene).some((one) => one.id === card)) return refuse('unknown')
  if (scene.shared.priority.includes(card) === on) return refuse('already')
  const marked: Event = { type: 'priority-set', card, on }
  const named = { move: on ? 'prioritise' : 'deprioritise' }
  if (x === undefined || y === undefined || shownAt(card, x, y, scene)) return { events: [marked], ...named }
  const decision = place({ do: 'place', card, x, y }, scene)
  return isRefusal(decision) ? decision : { events: [...decision.events, marked], ...named }
}

/** The place the dialog proposed, which was left as it was. */
function shownAt(card: string, x: number, y: number, scene: Here): boolean {
  const at = placed(scene).find(({ item }) => item.id === card)?.at
  return at != null && nearestStep(at.x) === String(x) && nearestStep(at.y) === String(y)
}

/** Cards are moved by halves of a point. */
const nearestStep = (value: number | undefined): string =>
  value === undefined ? '' : String(Math.round(value * 2) / 2)

const cards = (scene: Here): Item[] => scene.harvest(scene.options.from)

const placed = (scene: Here): Placed[] =>
  cards(scene).map((item) => {
    const ballots = Object.values(scene.answers).flatMap((one) => one.votes[item.id] ?? [])
    return {
      ...placement(ballots, scene.shared.placed[item.id], scene.options.agreement),
      item,
      priority: scene.shared.priority.includes(item.id),
    }
  })

const ranked = (scene: Here): Placed[] => placed(scene).sort(byRank)

const mostDivided = (all: Placed[]): Placed[] =>
  all.filter((one) => one.divided).sort((a, b) => b.spread - a.spread)

/** What later segments get: with its place once the room has seen it. */
const toItem = (one: Placed, { shared: { revealed }, options: { from, x, y } }: Here): Item => ({
  ...one.item,
  sources: [sourceIn(from, one.item.id)],
  priority: one.priority,
  votes: revealed ? opinions(one.votes) : 0,
  ...(revealed && one.at ? { mean: one.at, axes: { x: x.title, y: y.title } } : {}),
})

function ratedBy(scene: Here, who: PersonId): 'done' | 'writing' | 'waiting' {
  const votes = scene.answers[who]?.votes
  if (!votes) return 'waiting'
  return cards(scene).every((one) => votes[one.id]) ? 'done' : 'writing'
}

function task(scene: Here, viewer: Viewer): Text {
  if (scene.shared.revealed) return say('matrix.task-revealed')
  if (cards(scene).length === 0) return say('matrix.task-nothing')
  if (viewer.sees === 'person' && scene.session.participants[viewer.id]?.contributes === false)
    return say('matrix.task-neutral')
  const mine = viewer.sees === 'person' ? ratedBy(scene, viewer.id) : 'waiting'
  return say(mine === 'done' ? 'matrix.task-done' : 'matrix.task')
}

function body(scene: Here, viewer: Viewer): { [key: string]: ViewData } {
  const people = raters(scene)
  const done = people.filter((who) => ratedBy(scene, who) === 'done').length
  const facilitates = viewer.sees === 'person' && steers(scene.session, viewer.id)
  const nothing = cards(scene).length === 0
  const previousHas = comesFromPrevious(scene)
  const before = {
    revealed: scene.shared.revealed,
    axes: [scene.options.y, scene.options.x].map(({ title, question }) => ({ title, question })),
    rule: rule(scene.options),
    facilitates,
    progress: say('matrix.progress', { done, total: people.length }),
    people: people.map((who) => ({ name: nameOf(scene.session, who), state: ratedBy(scene, who) })),
    leads: !scene.shared.revealed && (!nothing || previousHas),
    mayReveal: facilitates && !scene.shared.revealed && !nothing,
    nothing: nothing ? nothingText(scene, facilitates) : null,
    mayGoBack: facilitates && nothing && previousHas,
  }
  return scene.shared.revealed ? { ...before, ...results(scene) } : before
}

/** Those whose ratings are waited for, or given. */
const raters = (scene: Here): PersonId[] =>
  awaited(scene.session, (who) => ratedBy(scene, who) !== 'waiting').map((one) => one.id)

/** What to do about an empty matrix; who cannot do anything about it waits. */
function nothingText({ session, left, options: { from } }: Here, facilitates: boolean): Text {
  const unseen = left(from)
  const step = session.format.segments.find(({ id }) => id === from)?.title ?? said('')
  if (!facilitates) return say(unseen ? 'matrix.nothing-yet' : 'matrix.nothing')
  return unseen
    ? say('matrix.nothing-shown', { left: unseen.text, step, show: unseen.show.title })
    : say('matrix.nothing-given', { step })
}

const comesFromPrevious = ({ session, segment, options: { from } }: Here): boolean => {
  const index = session.format.segments.findIndex(({ id }) => id === segment.id)
  return session.format.segments[index - 1]?.id === from
}

const rule = ({ agreement }: Options): Text =>
  say('matrix.rule', { share: Math.round(agreement.share * 100), within: agreement.within })

/** The axes as the script names them. */
const axes = ({ x, y }: Options) => ({ axisX: x.title, axisY: y.title })

function results(scene: Here): { [key: string]: ViewData } {
  const all = ranked(scene)
  const divided = mostDivided(all)
  const missing = all.filter((one) => !one.at)
  return {
    picture: { picture: scene.segment.id, stamp: stampOf(all) },
    pictureText: pictureText(scene, all),
    cards: all.map((one) => cardView(scene, one)),
    divided: divided.map((one) => ({
      text: say('matrix.divided-card', {
        ...axes(scene.options),
        number: one.item.number ?? 0,
        title: said(one.item.title),
        y: rangeOf(one.votes.y),
        x: rangeOf(one.votes.x),
      }),
    })),
    unplaced: missing.length ? say('matrix.unplaced', { count: missing.length }) : null,
    allPlaced: missing.length === 0,
    priorities: all.filter((one) => one.priority).map((one) => said(one.item.title)),
    hasPriority: all.some((one) => one.priority),
    alone: all.some(restsOnOne) && !all.every(restsOnOne) ? say('matrix.alone-after') : null,
  }
}

function cardView(scene: Here, one: Placed): { [key: string]: ViewData } {
  return {
    id: one.item.id,
    number: String(one.item.number ?? ''),
    title: said(one.item.title),
    at: one.at
      ? say(one.byHand ? 'matrix.at-by-hand' : 'matrix.at', {
          ...axes(scene.options),
          y: tenth(one.at.y),
          x: tenth(one.at.x),
          votes: opinions(one.votes),
          total: raters(scene).length,
        })
      : say('matrix.to-place'),
    placed: one.at !== null,
    divided: one.divided,
    priority: one.priority,
    suggested: standsOut(scene.options, one),
  }
}

/** High on both axes, and not marked as a priority. */
const standsOut = ({ scale }: Options, { at, priority }: Placed): boolean =>
  at !== null && !priority && inCorner(at, scale)

const tenth = (value: number): number => Math.round(value * 10) / 10

const pointText = (scene: Here, one: Placed): Text =>
  one.at
    ? say('matrix.point', {
        ...axes(scene.options),
        number: one.item.number ?? 0,
        title: said(one.item.title),
        y: tenth(one.at.y),
        x: tenth(one.at.x),
      })
    : say('matrix.point-missing', { number: one.item.number ?? 0, title: said(one.item.title) })

const rangeOf = (votes: number[]): Text =>
  votes.length
    ? say('matrix.range', { low: Math.min(...votes), high: Math.max(...votes) })
    : say('matrix.no-vote')

/** Changes whenever the picture does. */
const stampOf = (all: Placed[]): string =>
  all
    .map(
      (one) =>
        `${one.item.number}${one.priority ? 'p' : ''}${one.divided ? 'd' : ''}${one.at ? `${tenth(one.at.x)}_${tenth(one.at.y)}` : ''}`,
    )
    .join('-')
    .replaceAll('.', '')

const picture = (scene: Here): MatrixPicture => ({
  shape: 'matrix',
  scale: scene.options.scale,
  x: scene.options.x,
  y: scene.options.y,
  corner: scene.options.corner,
  points: placed(scene).flatMap((one) =>
    one.at ? [{ number: one.item.number ?? 0, ...one.at, priority: one.priority, divided: one.divided }] : [],
  ),
})

function form(scene: Here, viewer: Viewer, draft: Draft): { [key: string]: ViewData } {
  const me = viewer.sees === 'person' ? viewer.id : null
  const mine = me ? scene.answers[me] : undefined
  const pages = Math.max(1, Math.ceil(cards(scene).length / scene.options.perPage))
  const page = Math.min(draft.page ?? firstUnrated(scene, mine) ?? 0, pages - 1)
  const done = me !== null && ratedBy(scene, me) === 'done'
  return {
    locked: scene.shared.revealed,
    receipt:
      scene.shared.revealed ||
      (done && draft.problems === undefined && (!draft.edit || (draft.page ?? 0) >= pages)),
    editing: draft.edit === true,
    neutral: me !== null && scene.session.participants[me]?.contributes === false,
    mine: ownVotes(scene, mine),
    scaleChoices: choices(scene.options),
    rows: pageCards(scene, page).map((item) => row(scene, item, mine, draft)),
    axisY: scene.options.y.title,
    axisX: scene.options.x.title,
    questionY: scene.options.y.question,
    questionX: scene.options.x.question,
    page,
    pageLabel: pages > 1 ? say('matrix.page', { page: page + 1, pages }) : null,
    last: page === pages - 1,
    problems: draft.problems !== undefined,
    version: mine?.edits ?? 0,
  }
}

function firstUnrated(scene: Here, mine: Answer | undefined): number | undefined {
  const index = cards(scene).findIndex((one) => !mine?.votes[one.id])
  return index < 0 ? undefined : Math.floor(index / scene.options.perPage)
}

const pageCards = (scene: Here, page: number): Item[] =>
  cards(scene).slice(page * scene.options.perPage, (page + 1) * scene.options.perPage)

function row(scene: Here, item: Item, mine: Answer | undefined, draft: Draft): { [key: string]: ViewData } {
  const stored = mine?.votes[item.id]
  const shown = (key: string, value: number | null | undefined) =>
    draft.typed?.[key] ?? (value === null ? 'none' : value === undefined ? '' : String(value))
  return {
    y: `d-${item.id}`,
    x: `f-${item.id}`,
    number: String(item.number ?? ''),
    title: said(item.title),
    sentence: said(item.sentence),
    yValue: shown(`d-${item.id}`, stored?.y),
    xValue: shown(`f-${item.id}`, stored?.x),
    labelY: say('matrix.label', { axis: scene.options.y.title, number: item.number ?? 0 }),
    labelX: say('matrix.label', { axis: scene.options.x.title, number: item.number ?? 0 }),
    yProblem: draft.problems?.[`d-${item.id}`] ?? null,
    xProblem: draft.problems?.[`f-${item.id}`] ?? null,
  }
}

function choices({ scale, x, y }: Options): { [key: string]: ViewData } {
  const points = Array.from({ length: scale.max - scale.min + 1 }, (_, index) => scale.min + index)
  const titled = (low: Text, high: Text): ViewData[] => [
    ...points.map((value) => ({
      value: String(value),
      title:
        value === scale.min
          ? say('matrix.scale-end', { value, label: low })
          : value === scale.max
            ? say('matrix.scale-end', { value, label: high })
            : said(String(value)),
    })),
    { value: 'none', title: say('matrix.no-opinion') },
  ]
  return { x: titled(x.low, x.high), y: titled(y.low, y.high) }
}

function ownVotes(scene: Here, mine: Answer | undefined): ViewData[] {
  return cards(scene).flatMap((item) => {
    const given = mine?.votes[item.id]
    return given
      ? [
          {
            title: say('subject-cards.choice', { number: item.number ?? 0, title: said(item.title) }),
            value: say('matrix.own-vote', {
              ...axes(scene.options),
              y: voteText(given.y),
              x: voteText(given.x),
            }),
          },
        ]
      : []
  })
}

const voteText = (value: number | null): Text =>
  value === null ? say('matrix.no-opinion') : said(String(value))

function placeDialog(scene: Here, by: PersonId, draft: Draft): { [key: string]: ViewData } | null {
  const one = placed(scene).find(({ item }) => item.id === draft.about)
  if (!one || !steers(scene.session, by) || !scene.shared.revealed) return null
  return {
    card: one.item.id,
    number: String(one.item.number ?? ''),
    title: said(one.item.title),
    sentence: said(one.item.sentence),
    axisX: scene.options.x.title,
    axisY: scene.options.y.title,
    steps: halves(scene.options),
    x: draft.typed?.x ?? nearestStep(one.at?.x),
    y: draft.typed?.y ?? nearestStep(one.at?.y),
    xProblem: draft.problems?.x ?? null,
    yProblem: draft.problems?.y ?? null,
    priority: one.priority,
    byHand: one.byHand,
  }
}

function halves({ scale }: Options): ViewData[] {
  const count = (scale.max - scale.min) * 2 + 1
  return Array.from({ length: count }, (_, index) => scale.min + index / 2).map((value) => ({
    value: String(value),
    title: say('matrix.step', { value }),
  }))
}

function resultBlocks(scene: Here) {
  const all = ranked(scene)
  const divided = mostDivided(all)
  return [
    {
      block: 'table' as const,
      head: [
        say('summary.number'),
        say('summary.subject'),
        scene.options.y.title,
        scene.options.x.title,
        say('summary.votes'),
        say('summary.marks'),
      ],
      rows: all.map((one) => [
        said(String(one.item.number ?? '')),
        said(one.item.title),
        one.at ? say('matrix.value', { value: tenth(one.at.y) }) : said(''),
        one.at ? say('matrix.value', { value: tenth(one.at.x) }) : said(''),
        said(String(opinions(one.votes))),
        marks(scene.options, one),
      ]),
    },
    { block: 'text' as const, text: rule(scene.options) },
    ...(divided.length
      ? [
          {
            block: 'list' as const,
            title: say('matrix.divided'),
            items: divided.map((one) => said(one.item.title)),
          },
        ]
      : []),
  ]
}

/** The subject sheet: every card, and where it stands once the room has seen it. */
function part(scene: Here): SubjectsPart | null {
  const all = ranked(scene)
  if (all.length === 0) return null
  const { revealed } = scene.shared
  const { x, y, corner, scale } = scene.options
  return {
    part: 'subjects',
    cards: all.map((one) => line(scene, one)),
    board: revealed ? { x: x.title, y: y.title, corner, scale } : null,
    picture: revealed ? picture(scene) : null,
    pictureText: revealed ? pictureText(scene, all) : null,
    rule: revealed ? rule(scene.options) : null,
  }
}

function line(scene: Here, one: Placed): SubjectLine {
  const { revealed } = scene.shared
  return {
    id: one.item.id,
    number: one.item.number ?? 0,
    title: one.item.title,
    sentence: one.item.sentence,
    authors: one.item.authors.map((who) => nameOf(scene.session, who)),
    at: revealed ? one.at : null,
    votes: revealed ? opinions(one.votes) : 0,
    priority: one.priority,
    divided: revealed && one.divided,
    byHand: revealed && one.byHand,
    wellPlaced: revealed && standsOut(scene.options, one),
  }
}

const pictureText = (scene: Here, all: Placed[]): Text =>
  say('matrix.picture-text', {
    ...axes(scene.options),
    list: { listing: all.map((one) => pointText(scene, one)) },
  })

function marks(options: Options, one: Placed): Text {
  const found = [
    ...(one.priority ? [say('matrix.mark-priority')] : []),
    ...(standsOut(options, one) ? [say('matrix.mark-well-placed')] : []),
    ...(one.divided ? [say('matrix.mark-divided')] : []),
    ...(one.byHand ? [say('matrix.mark-by-hand')] : []),
  ]
  return found.length ? { listing: found } : said('')
}
