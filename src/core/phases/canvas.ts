import { z } from 'zod'
import { bounds } from '../bounds.ts'
import {
  type Answer,
  answer,
  type CanvasScene,
  citable,
  editsOf,
  type Heading,
  headingOf,
  isTaken,
  type Options,
  options,
  type Proposal,
  type proposal,
  proposalsOf,
  type Shared,
  shared,
  sourcesOf,
  subjectOf,
  textOf,
  type Written,
} from '../canvas.ts'
import { canvasViews } from '../canvas-views.ts'
import { clarityInput, evolveClarity } from '../clarity.ts'
import { gather, paragraph } from '../fields.ts'
import { nameOf, scribes, steers } from '../session/people.ts'
import type { PersonId } from '../session/types.ts'
import type { Block } from '../summary/chapter.ts'
import type { CanvasPart } from '../summary/part.ts'
import type { Amendable, Retext } from '../summary/review.ts'
import { said, say, type Text } from '../text.ts'
import { type Decision, type Item, isRefusal, type Offer, type Phase, refuse, sourceIn } from './contract.ts'

const many = z.string().default('')
const input = z.discriminatedUnion('do', [
  ...clarityInput.options,
  z.object({ do: z.literal('propose'), heading: z.string().default(''), text: z.string().default('') }),
  z.object({ do: z.literal('proposal-withdraw'), proposal: z.string() }),
  z.object({ do: z.literal('proposal-take'), proposal: z.string() }),
  z.object({ do: z.literal('proposal-aside'), proposal: z.string() }),
  /**
   * `sources` and `ideas`: what was ticked, separated by commas. With `add`, or where nothing was written, the texts that
   * were ticked are put after the text.
   */
  z.object({
    do: z.literal('heading-write'),
    heading: z.string(),
    text: z.string().default(''),
    sources: many,
    ideas: many,
    was: z.coerce.number().int().optional(),
    add: z.coerce.boolean().default(false),
  }),
  /** From the dialog, with what was written there, which is kept. */
  z.object({
    do: z.literal('heading-later'),
    heading: z.string(),
    text: z.string().optional(),
    sources: many,
    ideas: many,
    was: z.coerce.number().int().optional(),
  }),
  /** The whole canvas at once: an input `f-<heading>` for each; `versions` are those that were read, `titre:0 va:2`. */
  z.object({ do: z.literal('canvas-write'), versions: many }).passthrough(),
  z.object({ do: z.literal('page-next'), page: z.coerce.number().optional() }),
  z.object({ do: z.literal('page-back'), page: z.coerce.number().optional() }),
])
type Input = z.infer<typeof input>
type Event =
  | { type: 'signalled'; who: PersonId; page: number; signal: 'clear' | 'question' }
  | { type: 'proposed'; who: PersonId; proposal: z.infer<typeof proposal> }
  | { type: 'withdrawn'; who: PersonId; proposal: string }
  | { type: 'heading-written'; heading: string; written: Written }
  | { type: 'put-aside'; proposal: string; on: boolean }
  | { type: 'left-for-later'; heading: string; on: boolean }
  | { type: 'page-turned'; page: number }
/** The commitment canvas, filled in together: anyone proposes, the organising team writes (kit §3, #2.6 and #3.3). */
export const canvas: Phase<Options, Answer, Shared, Input, Event> = {
  kind: 'canvas',
  options,
  answer,
  shared,
  input,
  late: 'until-close',
  begin: () => ({ headings: {}, later: [], aside: [], page: 0 }),
  takes: ({ walk, headings }) =>
    walk
      ? {
          shape: 'canvas',
          fields: headings.map(({ id, label, max }) => ({ key: id, label, max, needed: false })),
        }
      : null,
  decide: (ask, by, scene) => decide(ask, by, scene),
  evolve: (event, slice) => evolve(event, slice),
  ...canvasViews,
  harvest: (scene) =>
    scene.options.headings.flatMap((one) => (textOf(scene, one.id) ? [toItem(scene, one)] : [])),
  contributions: (scene) => proposalsOf(scene).map(contribution),
  offers: (scene) => offer(scene),
  chapter: (scene) => ({ id: scene.segment.id, title: scene.segment.title, blocks: blocks(scene) }),
  part: (scene) => part(scene),
  texts: (scene) => [
    ...scene.options.headings.map((one) => amendable(scene, one)),
    ...proposalsOf(scene).map((one) => proposed(scene, one)),
  ],
  retext: (scene, change) => ({
    answers: reproposed(scene.answers, change),
    shared: retexted(scene, change),
  }),
}

function decide(ask: Input, by: PersonId, scene: CanvasScene): Decision<Event> {
  switch (ask.do) {
    case 'clear':
    case 'question':
      return { events: [{ type: 'signalled', who: by, page: scene.shared.page, signal: ask.do }] }
    case 'propose':
      return propose(ask, by, scene)
    case 'proposal-withdraw':
      return withdraw(ask.proposal, by, scene)
    case 'page-next':
    case 'page-back':
      return turn(ask, by, scene)
    default:
      return scribes(scene.session, by) ? write(ask, by, scene) : refuse('organisers-only')
  }
}

type Writing = Extract<
  Input,
  { do: 'proposal-take' | 'proposal-aside' | 'heading-write' | 'heading-later' | 'canvas-write' }
>

function write(ask: Writing, by: PersonId, scene: CanvasScene): Decision<Event> {
  switch (ask.do) {
    case 'proposal-take':
      return take(ask.proposal, by, scene)
    case 'proposal-aside':
      return putAside(ask.proposal, scene)
    case 'heading-write':
      return writeHeading(ask, by, scene)
    case 'heading-later':
      return leaveForLater(ask, by, scene)
    case 'canvas-write':
      return writeAll(ask, by, scene)
  }
}

function evolve(event: Event, slice: { answers: Record<PersonId, Answer>; shared: Shared }) {
  const { answers, shared: state } = slice
  switch (event.type) {
    case 'signalled':
      return { ...slice, answers: signalled(answers, event) }
    case 'proposed':
      return {
        ...slice,
        answers: { ...answers, [event.who]: withProposal(answers[event.who], event.proposal) },
      }
    case 'withdrawn':
      return { ...slice, answers: without(answers, event) }
    case 'heading-written':
      return {
        ...slice,
        shared: {
          ...state,
          headings: { ...state.headings, [event.heading]: event.written },
          later: state.later.filter((one) => one !== event.heading),
        },
      }
    case 'put-aside':
      return { ...slice, shared: { ...state, aside: toggled(state.aside, event.proposal, event.on) } }
    case 'left-for-later':
      return { ...slice, shared: { ...state, later: toggled(state.later, event.heading, event.on) } }
    case 'page-turned':
      return { ...slice, shared: { ...state, page: event.page } }
  }
}

const nothing: Answer = { proposals: [], made: 0, signals: {} }

function signalled(answers: Record<PersonId, Answer>, event: Extract<Event, { type: 'signalled' }>) {
  const { signals } = evolveClarity(answers, event)[event.who] ?? nothing
  return { ...answers, [event.who]: { ...(answers[event.who] ?? nothing), signals } }
}

const withProposal = (before: Answer = nothing, one: z.infer<typeof proposal>): Answer => ({
  ...before,
  proposals: [...before.proposals, one],
  made: before.made + 1,
})

function without(answers: Record<PersonId, Answer>, event: Extract<Event, { type: 'withdrawn' }>) {
  const before = answers[event.who]
  if (!before) return answers
  const proposals = before.proposals.filter((one) => one.id !== event.proposal)
  return { ...answers, [event.who]: { ...before, proposals } }
}

const toggled = (list: string[], one: string, on: boolean): string[] =>
  on ? [...list.filter((other) => other !== one), one] : list.filter((other) => other !== one)

function propose(ask: Extract<Input, { do: 'propose' }>, by: PersonId, scene: CanvasScene): Decision<Event> {
  if (!scene.session.participants[by]?.contributes) return refuse('participants-only')
  const mine = scene.answers[by] ?? nothing
  if (mine.proposals.length >= bounds.proposals) return refuse('full', { with: { max: bounds.proposals } })
  const known = headingOf(scene, ask.heading)
  const { values, problems } = gather({ text: paragraph(ask.text, known?.max ?? bounds.heading) })
  if (!known) problems.heading = say('canvas.choose-heading')
  if (!known || Object.keys(problems).length) return refuse('invalid', { problems })
  const number = Object.values(scene.answers).reduce((sum, one) => sum + one.made, 0) + 1
  const one = { id: `${by}#${mine.made + 1}`, number, heading: known.id, text: values.text }
  return { events: [{ type: 'proposed', who: by, proposal: one }] }
}

/** What stands in the canvas stays there: its author may still say so aloud. */
function withdraw(id: string, by: PersonId, scene: CanvasScene): Decision<Event> {
  const one = proposalsOf(scene).find((each) => each.id === id)
  if (!one || one.who !== by) return refuse('unknown')
  if (isTaken(scene, one)) return refuse('taken')
  return { events: [{ type: 'withdrawn', who: by, proposal: id }] }
}

function take(id: string, by: PersonId, scene: CanvasScene): Decision<Event> {
  const one = proposalsOf(scene).find((each) => each.id === id)
  if (!one) return refuse('unknown')
  if (isTaken(scene, one)) return refuse('already')
  const before = textOf(scene, one.heading)
  const text = before ? `${before}\n${one.text}` : one.text
  const sources = [...sourcesOf(scene, one.heading), sourceIn(scene.segment.id, one.id)]
  return rewritten(one.heading, { text, sources }, { by, scene, move: 'proposal-take' })
}

function putAside(id: string, scene: CanvasScene): Decision<Event> {
  if (!proposalsOf(scene).some((one) => one.id === id)) return refuse('unknown')
  const on = !scene.shared.aside.includes(id)
  return { events: [{ type: 'put-aside', proposal: id, on }], move: on ? 'proposal-aside' : 'proposal-back' }
}

function leaveForLater(
  ask: Extract<Input, { do: 'heading-later' }>,
  by: PersonId,
  scene: CanvasScene,
): Decision<Event> {
  const id = ask.heading
  if (!headingOf(scene, id)) return refuse('unknown')
  const on = !scene.shared.later.includes(id)
  const left: Event = { type: 'left-for-later', heading: id, on }
  const named = { move: on ? 'heading-later' : 'heading-resumed' }
  if (ask.text === undefined || ask.text.trim() === textOf(scene, id)) return { events: [left], ...named }
  const { text } = ask
  const written = writeHeading({ ...ask, do: 'heading-write', text, add: false }, by, scene)
  return isRefusal(written) ? written : { events: [...written.events, left], ...named }
}

function writeHeading(
  ask: Extract<Input, { do: 'heading-write' }>,
  by: PersonId,
  scene: CanvasScene,
): Decision<Event> {
  const known = headingOf(scene, ask.heading)
  if (!known) return refuse('unknown')
  const chosen = [...ask.sources.split(','), ...ask.ideas.split(',')]
  const ticked = citable(scene, known.id).filter(({ key }) => chosen.includes(key))
  const kept = sourcesOf(scene, known.id)
  const adds = ask.add || ask.text.trim() === ''
  const added = adds ? ticked.filter(({ key }) => !kept.includes(key)).map(({ text }) => text) : []
  const whole = [ask.text, ...added].filter((part) => part.trim() !== '').join('\n')
  if (ask.was !== undefined && ask.was !== editsOf(scene, known.id))
    return refuse('invalid', {
      problems: { text: say('canvas.changed', { text: said(textOf(scene, known.id)) }) },
    })
  const { values, problems } = gather({ text: paragraph(whole, known.max, false) })
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  const offered = citable(scene, known.id).map(({ key }) => key)
  const sources = [...kept.filter((key) => !offered.includes(key)), ...ticked.map(({ key }) => key)]
  return rewritten(known.id, { text: values.text, sources }, { by, scene, move: 'heading-write' })
}

function writeAll(
  ask: Extract<Input, { do: 'canvas-write' }>,
  by: PersonId,
  scene: CanvasScene,
): Decision<Event> {
  const given = scene.options.headings.filter(({ id }) => ask[`f-${id}`] !== undefined)
  const { values, problems } = gather(
    Object.fromEntries(given.map(({ id, max }) => [id, paragraph(ask[`f-${id}`], max, false)])),
  )
  const changed = given.filter(({ id }) => values[id] !== undefined && values[id] !== textOf(scene, id))
  const seen = new Map(ask.versions.split(' ').map((one): [string, string] => splitOnce(one)))
  for (const { id } of changed)
    if (seen.has(id) && seen.get(id) !== String(editsOf(scene, id)))
      problems[id] = say('canvas.changed', { text: said(textOf(scene, id)) })
  if (Object.keys(problems).length)
    return refuse('invalid', {
      problems: Object.fromEntries(Object.entries(problems).map(([id, text]) => [`f-${id}`, text])),
    })
  const events = changed.map(({ id }) =>
    writtenEvent(id, { text: values[id] ?? '', sources: sourcesOf(scene, id) }, by, scene),
  )
  return events.length ? { events, move: 'canvas-write' } : { events }
}

function splitOnce(text: string): [string, string] {
  const [key = '', value = ''] = text.split(':')
  return [key, value]
}

const rewritten = (
  id: string,
  content: Pick<Written, 'text' | 'sources'>,
  { by, scene, move }: { by: PersonId; scene: CanvasScene; move: string },
): Decision<Event> => {
  const max = headingOf(scene, id)?.max ?? bounds.heading
  const { problems } = gather({ text: paragraph(content.text, max, false) })
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  return { events: [writtenEvent(id, content, by, scene)], move }
}

const writtenEvent = (
  id: string,
  content: Pick<Written, 'text' | 'sources'>,
  by: PersonId,
  scene: CanvasScene,
): Event => ({
  type: 'heading-written',
  heading: id,
  written: {
    ...content,
    editedBy: [...new Set([...(scene.shared.headings[id]?.editedBy ?? []), by])],
    edits: editsOf(scene, id) + 1,
  },
})

function turn(
  ask: Extract<Input, { do: 'page-next' | 'page-back' }>,
  by: PersonId,
  scene: CanvasScene,
): Decision<Event> {
  if (!steers(scene.session, by)) return refuse('facilitator-only')
  if (ask.page !== undefined && ask.page !== scene.shared.page) return refuse('already')
  const page = scene.shared.page + (ask.do === 'page-next' ? 1 : -1)
  if (!scene.options.walk || page < 0 || page >= scene.options.headings.length) return refuse('not-now')
  return { events: [{ type: 'page-turned', page }], move: 'page' }
}

const contribution = (one: Proposal): Item => ({
  id: one.id,
  title: '',
  sentence: one.text,
  number: one.number,
  authors: [one.who],
  sources: [],
})

function toItem(scene: CanvasScene, { id, label }: Heading): Item {
  const sources = sourcesOf(scene, id)
  const cited = citable(scene, id).filter(({ key }) => sources.includes(key))
  return {
    id,
    label,
    title: '',
    sentence: textOf(scene, id),
    authors: [...new Set(cited.flatMap(({ who }) => who))],
    sources: [...sources, ...subjectOf(scene).sources],
  }
}

/** The canvas as the next format may start from it, once something is written in it. */
function offer(scene: CanvasScene): Offer[] {
  const fields = scene.options.headings.map(({ id, label }) => ({
    key: id,
    label,
    text: textOf(scene, id),
    sources: textOf(scene, id) ? [sourceIn(scene.segment.id, id)] : [],
  }))
  const [first] = fields.filter(({ text }) => text !== '')
  return first ? [{ shape: 'canvas', id: 'canvas', title: first.text, fields }] : []
}

/** The empty ones too: that is what is left to complete. */
const amendable = (scene: CanvasScene, one: Heading): Amendable => ({
  item: one.id,
  key: 'text',
  label: one.label,
  field: null,
  text: textOf(scene, one.id),
  authors: toItem(scene, one).authors,
  max: one.max,
  needed: false,
  paragraph: true,
})

/** What people proposed is told under their name. */
const proposed = (scene: CanvasScene, one: Proposal): Amendable => ({
  item: one.id,
  key: 'given',
  label: say('review.contribution', { number: one.number }),
  field: headingOf(scene, one.heading)?.label ?? null,
  text: one.text,
  authors: [one.who],
  max: headingOf(scene, one.heading)?.max ?? bounds.heading,
  needed: true,
  paragraph: true,
})

function reproposed(answers: CanvasScene['answers'], { item, key, text }: Retext): CanvasScene['answers'] {
  const one = proposalsOf({ answers }).find(({ id }) => id === item)
  const given = one && answers[one.who]
  if (!given || key !== 'given') return answers
  const proposals = given.proposals.map((each) => (each.id === item ? { ...each, text } : each))
  return { ...answers, [one.who]: { ...given, proposals } }
}

/** A heading nobody touched keeps what it was carried over from. */
function retexted(scene: CanvasScene, { item, key, text, by }: Retext): Shared {
  const state = scene.shared
  if (!headingOf(scene, item) || key !== 'text') return state
  const sources = sourcesOf(scene, item)
  const editedBy = [...new Set([...(state.headings[item]?.editedBy ?? []), by])]
  const written = { text, sources, editedBy, edits: editsOf(scene, item) + 1 }
  return { ...state, headings: { ...state.headings, [item]: written } }
}

function part(scene: CanvasScene): CanvasPart | null {
  const headings = scene.options.headings.map((one) => ({
    id: one.id,
    label: one.label,
    help: one.help,
    group: one.group,
    text: textOf(scene, one.id),
    authors: toItem(scene, one).authors.map((who) => nameOf(scene.session, who)),
  }))
  return headings.some(({ text }) => text !== '')
    ? { part: 'canvas', subject: subjectOf(scene).title, headings }
    : null
}

function blocks(scene: CanvasScene): Block[] {
  const filled = scene.options.headings.filter(({ id }) => textOf(scene, id) !== '')
  const empty = scene.options.headings.filter((one) => !filled.includes(one))
  const unused = proposalsOf(scene).filter((one) => !isTaken(scene, one) && !standsIn(scene, one))
  return [
    {
      block: 'table',
      head: [say('canvas.heading-label'), say('canvas.heading-text'), say('summary.authors')],
      rows: filled.map((one) => [one.label, said(textOf(scene, one.id)), authorsText(scene, one)]),
    },
    ...(empty.length
      ? [{ block: 'list' as const, title: say('canvas.left-empty'), items: empty.map(({ label }) => label) }]
      : []),
    ...(unused.length
      ? [
          {
            block: 'list' as const,
            title: say('canvas.unused'),
            items: unused.map((one) => proposalLine(scene, one)),
          },
        ]
      : []),
  ]
}

/** Said by several, taken up from one: it stands in the canvas all the same. */
const standsIn = (scene: CanvasScene, one: Proposal): boolean =>
  textOf(scene, one.heading).toLowerCase().includes(one.text.toLowerCase())

function authorsText(scene: CanvasScene, one: Heading): Text {
  const { authors } = toItem(scene, one)
  return authors.length ? { listing: authors.map((who) => nameOf(scene.session, who)) } : said('')
}

const proposalLine = (scene: CanvasScene, one: Proposal): Text =>
  say('canvas.unused-line', {
    label: headingOf(scene, one.heading)?.label ?? said(''),
    text: said(one.text),
    name: nameOf(scene.session, one.who),
  })
