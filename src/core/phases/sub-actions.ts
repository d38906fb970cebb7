import { z } from 'zod'
import { bounds } from '../bounds.ts'
import { entryOf } from '../entry-of.ts'
import { gather, line, type Problems } from '../fields.ts'
import { nameOf, scribes, steers } from '../session/people.ts'
import type { PersonId } from '../session/types.ts'
import {
  type Answer,
  answer,
  authorsOf,
  completed,
  contribution,
  endOnly,
  type Here,
  headingsIn,
  headingsOf,
  type Idea,
  ideaOf,
  ideasOf,
  ideaText,
  live,
  madeFrom,
  type Options,
  options,
  pairKey,
  regiven,
  retexted,
  type Shared,
  type SubAction,
  shared,
  starterOf,
  subActionOf,
  textOf,
  toItem,
  unused,
} from '../sub-actions.ts'
import { authorsText, headingText, subActionViews } from '../sub-actions-views.ts'
import type { Block } from '../summary/chapter.ts'
import type { SubActionsPart } from '../summary/part.ts'
import { said, say } from '../text.ts'
import { type Decision, type Phase, refuse } from './contract.ts'

const raw = z.string().default('')
/** `sources`: ideas by id or number, with a comma between them; `heading`: one of the canvas, or `none`. */
const written = {
  title: z.string().optional(),
  sentence: z.string().optional(),
  sources: raw,
  heading: raw,
}
const which = { action: z.string() }
const input = z.discriminatedUnion('do', [
  z.object({ do: z.literal('starter-give'), starter: raw, text: raw }),
  z.object({ do: z.literal('starter-edit'), idea: z.string(), text: raw }),
  /** One's own ideas at once: `ideas` lists their numbers, each has its input `i-<number>`. */
  z.object({ do: z.literal('starters-edit'), ideas: raw }).passthrough(),
  z.object({ do: z.literal('starter-withdraw'), idea: z.string() }),
  z.object({ do: z.literal('sub-action-add'), author: raw, ...written }),
  /** The dialog sends every field and `was`, the version it showed; what a typed line leaves out stays as it is. */
  z.object({
    do: z.literal('sub-action-edit'),
    was: z.coerce.number().int().optional(),
    ...which,
    ...written,
  }),
  /** From the dialog, with the text written there, which is kept with the merge. */
  z.object({
    do: z.literal('sub-action-merge'),
    with: raw,
    was: z.coerce.number().int().optional(),
    ...which,
    ...written,
  }),
  z.object({ do: z.literal('sub-action-remove'), ...which }),
  z.object({ do: z.literal('sub-action-restore'), ...which }),
  z.object({ do: z.literal('sub-actions-apart'), with: z.string(), ...which }),
  /** Turns the card to the whole list, and back; a button says which of the two it means. */
  z.object({ do: z.literal('sweep'), to: z.enum(['list', 'ideas']).optional() }),
  z.object({ do: z.literal('nothing-missing') }),
  z.object({ do: z.literal('see-one') }),
])
type Input = z.infer<typeof input>
type InputOf<K extends Input['do']> = Extract<Input, { do: K }>
type Event =
  | { type: 'idea-given'; who: PersonId; starter: string; text: string; number: number }
  | { type: 'ideas-rewritten'; who: PersonId; texts: Record<string, string> }
  | { type: 'idea-withdrawn'; who: PersonId; idea: string }
  | { type: 'sub-action-written'; one: SubAction }
  | { type: 'told-apart'; pair: string }
  | { type: 'swept'; round: number | null }
  | { type: 'sweep-answered'; who: PersonId; round: number; sees: 'nothing' | 'one' }

/** Sentences are completed live, and sub-actions formulated from them; then the list is gone through (kit §3, #3.5). */
export const subActions: Phase<Options, Answer, Shared, Input, Event> = {
  kind: 'sub-actions',
  options,
  answer,
  shared,
  input,
  begin: () => ({ list: {}, apart: [], sweep: null }),
  decide: (ask, by, scene) => decide(ask, by, scene),
  evolve: (event, slice) => evolve(event, slice),
  ...subActionViews,
  harvest: (scene) => live(scene.shared).map((one) => toItem(scene, one)),
  contributions: (scene) => ideasOf(scene).map((one) => contribution(scene, one)),
  announces: (event) => event.type === 'swept' && event.round !== null,
  chapter: (scene) => ({ id: scene.segment.id, title: scene.segment.title, blocks: blocks(scene) }),
  part: (scene) => part(scene),
  texts: (scene) => [
    ...live(scene.shared).flatMap((one) => [textOf(scene, one, 'title'), textOf(scene, one, 'sentence')]),
    ...ideasOf(scene).map((one) => ideaText(scene, one)),
  ],
  retext: ({ answers, shared: state }, change) => ({
    answers: regiven(answers, change),
    shared: retexted(state, change),
  }),
}

function decide(ask: Input, by: PersonId, scene: Here): Decision<Event> {
  switch (ask.do) {
    case 'starter-give':
      return give(ask, by, scene)
    case 'starter-edit':
      return editOne(ask, by, scene)
    case 'starters-edit':
      return editOwn(ask, by, scene)
    case 'starter-withdraw':
      return withdraw(ask.idea, by, scene)
    case 'sweep':
      return sweep(ask, by, scene)
    case 'nothing-missing':
    case 'see-one':
      return answerSweep(ask, by, scene)
    default:
      return scribes(scene.session, by) ? formulate(ask, by, scene) : refuse('organisers-only')
  }
}

type Formulating = InputOf<
  | 'sub-action-add'
  | 'sub-action-edit'
  | 'sub-action-merge'
  | 'sub-action-remove'
  | 'sub-action-restore'
  | 'sub-actions-apart'
>

function formulate(ask: Formulating, by: PersonId, scene: Here): Decision<Event> {
  switch (ask.do) {
    case 'sub-action-add':
      return add(ask, by, scene)
    case 'sub-action-edit':
      return edit(ask, by, scene)
    case 'sub-action-merge':
      return merge(ask, by, scene)
    case 'sub-action-remove':
      return setState(ask.action, 'removed', scene)
    case 'sub-action-restore':
      return setState(ask.action, 'on', scene)
    case 'sub-actions-apart':
      return tellApart(ask, scene)
  }
}

function evolve(event: Event, slice: { answers: Record<PersonId, Answer>; shared: Shared }) {
  const { answers, shared: state } = slice
  switch (event.type) {
    case 'idea-given':
    case 'ideas-rewritten':
    case 'idea-withdrawn':
    case 'sweep-answered':
      return {
        ...slice,
        answers: { ...answers, [event.who]: after(answers[event.who] ?? nothing, event) },
      }
    case 'sub-action-written':
      return { ...slice, shared: { ...state, list: { ...state.list, [event.one.id]: event.one } } }
    case 'told-apart':
      return { ...slice, shared: { ...state, apart: [...state.apart, event.pair] } }
    case 'swept':
      return { ...slice, shared: { ...state, sweep: event.round } }
  }
}

const nothing: Answer = { ideas: [], made: 0, sweep: null }

function after(given: Answer, event: Extract<Event, { who: PersonId }>): Answer {
  switch (event.type) {
    case 'idea-given': {
      const { who, starter, text, number } = event
      const made = given.made + 1
      return { ...given, made, ideas: [...given.ideas, { id: `${who}#${made}`, number, starter, text }] }
    }
    case 'ideas-rewritten':
      return {
        ...given,
        ideas: given.ideas.map((one) => ({ ...one, text: event.texts[one.id] ?? one.text })),
      }
    case 'idea-withdrawn':
      return { ...given, ideas: given.ideas.filter(({ id }) => id !== event.idea) }
    case 'sweep-answered':
      return { ...given, sweep: { round: event.round, sees: event.sees } }
  }
}

function give(ask: InputOf<'starter-give'>, by: PersonId, scene: Here): Decision<Event> {
  if (!scene.session.participants[by]?.contributes) return refuse('participants-only')
  const mine = scene.answers[by] ?? nothing
  if (mine.ideas.length >= bounds.proposals) return refuse('full', { with: { max: bounds.proposals } })
  const starter = namedStarter(ask.starter, scene)
  const text = starter ? endOnly(ask.text, starter) : ask.text
  const { values, problems } = gather({ text: line(text, bounds.sentence) })
  if (!starter) problems.starter = say('sub-actions.choose-starter')
  if (!starter || Object.keys(problems).length) return refuse('invalid', { problems })
  const number = Object.values(scene.answers).reduce((sum, one) => sum + one.made, 0) + 1
  return { events: [{ type: 'idea-given', who: by, starter: starter.id, text: values.text, number }] }
}

/** By its id or its place; where there is only one, it need not be said. */
function namedStarter(name: string, scene: Here) {
  const { starters } = scene.options
  if (name === '') return starters.length === 1 ? starters[0] : undefined
  return starterOf(scene, name) ?? starters[Number(name) - 1]
}

function editOne(ask: InputOf<'starter-edit'>, by: PersonId, scene: Here): Decision<Event> {
  const one = ideaOf(scene, ask.idea)
  if (!one) return refuse('unknown')
  return one.who === by ? rewrite([{ one, raw: ask.text, field: 'text' }], by, scene) : notYours
}

function editOwn(ask: InputOf<'starters-edit'>, by: PersonId, scene: Here): Decision<Event> {
  const listed = ask.ideas.split(',')
  const changes = ideasOf(scene)
    .filter(({ who, number }) => who === by && listed.includes(String(number)))
    .map((one) => ({ one, raw: ask[`i-${one.number}`], field: `i-${one.number}` }))
  return changes.length ? rewrite(changes, by, scene) : refuse('unknown')
}

const notYours = refuse('invalid', { problems: { text: say('sub-actions.not-yours') } })

/** What a sub-action was made from stays as it was read. */
function rewrite(
  changes: { one: Idea; raw: unknown; field: string }[],
  by: PersonId,
  scene: Here,
): Decision<Event> {
  const { values, problems } = gather(
    Object.fromEntries(changes.map(({ field, raw: text }) => [field, line(text, bounds.sentence)])),
  )
  const changed = changes.filter(({ one, field }) => values[field] !== one.text)
  for (const { one, field } of changed)
    if (madeFrom(scene, one).length) problems[field] = say('sub-actions.used-already')
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  if (changed.length === 0) return { events: [] }
  const texts = Object.fromEntries(changed.map(({ one, field }) => [one.id, values[field] ?? one.text]))
  return { events: [{ type: 'ideas-rewritten', who: by, texts }] }
}

function withdraw(name: string, by: PersonId, scene: Here): Decision<Event> {
  const one = ideaOf(scene, name)
  if (!one) return refuse('unknown')
  if (one.who !== by) return notYours
  if (madeFrom(scene, one).length) return refuse('taken')
  return { events: [{ type: 'idea-withdrawn', who: by, idea: one.id }] }
}

function add(ask: InputOf<'sub-action-add'>, by: PersonId, scene: Here): Decision<Event> {
  if (isFull(scene)) return full
  const heard = entryOf(scene.session.participants, ask.author) ? [ask.author] : []
  const { one, problems } = reworded(ask, { ...blank(scene), heard }, by, scene)
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  return { events: [{ type: 'sub-action-written', one }], move: 'sub-action-add' }
}

function edit(ask: InputOf<'sub-action-edit'>, by: PersonId, scene: Here): Decision<Event> {
  const before = subActionOf(scene.shared, ask.action)
  if (!before || before.state === 'merged') return refuse('unknown')
  const { one, problems } = reworded(ask, before, by, scene)
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  return { events: [{ type: 'sub-action-written', one }], move: 'sub-action-edit' }
}

/** The kept one takes over the ideas, the headings and the voices of the other: everyone keeps credit. */
function merge(ask: InputOf<'sub-action-merge'>, by: PersonId, scene: Here): Decision<Event> {
  if (ask.with === '') return refuse('invalid', { problems: { with: say('sub-actions.merge-which') } })
  const into = subActionOf(scene.shared, ask.action)
  const from = subActionOf(scene.shared, ask.with)
  if (into?.state !== 'on' || from?.state !== 'on' || into === from) return refuse('unknown')
  const { one, problems } =
    ask.was === undefined ? { one: into, problems: {} } : reworded(ask, into, by, scene)
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  const version = scene.session.count
  const kept = {
    ...one,
    ideas: union(one.ideas, from.ideas),
    headings: union(one.headings, from.headings),
    heard: union(one.heard, from.heard),
    version,
  }
  const gone: SubAction = { ...from, state: 'merged', into: into.id, version }
  return {
    events: [kept, gone].map((each) => ({ type: 'sub-action-written', one: each })),
    move: 'sub-action-merge',
  }
}

const union = (a: string[], b: string[]): string[] => [...new Set([...a, ...b])]

function setState(name: string, state: 'on' | 'removed', scene: Here): Decision<Event> {
  const before = subActionOf(scene.shared, name)
  if (!before || before.state === 'merged') return refuse('unknown')
  if (before.state === state) return refuse('already')
  if (state === 'on' && isFull(scene)) return full
  return {
    events: [{ type: 'sub-action-written', one: { ...before, state, version: scene.session.count } }],
    move: state === 'on' ? 'sub-action-restore' : 'sub-action-remove',
  }
}

function tellApart(ask: InputOf<'sub-actions-apart'>, { shared: state }: Here): Decision<Event> {
  const [a, b] = [subActionOf(state, ask.action), subActionOf(state, ask.with)]
  if (!a || !b || a === b) return refuse('unknown')
  return { events: [{ type: 'told-apart', pair: pairKey(a.id, b.id) }], move: 'sub-actions-apart' }
}

const full = refuse('full', { with: { max: bounds.subActions } })
const isFull = (scene: Here): boolean => live(scene.shared).length >= bounds.subActions

const blank = ({ session, shared: { list } }: Here): SubAction => ({
  id: `a${session.count}`,
  number: Object.values(list).reduce((max, one) => Math.max(max, one.number), 0) + 1,
  title: '',
  sentence: '',
  ideas: [],
  headings: [],
  heard: [],
  state: 'on',
  into: null,
  editedBy: [],
  version: 0,
})

interface Written {
  was?: number | undefined
  title?: string | undefined
  sentence?: string | undefined
  sources: string
  heading: string
}

/** The sub-action as it is now written, and what is to mend before it may be kept. */
function reworded(
  ask: Written,
  before: SubAction,
  by: PersonId,
  scene: Here,
): { one: SubAction; problems: Problems } {
  const whole = ask.was !== undefined
  const { values, problems } = gather({
    title: line(ask.title ?? (whole ? '' : before.title), bounds.title),
    sentence: line(ask.sentence ?? (whole ? '' : before.sentence), bounds.sentence, false),
  })
  const names = ask.sources.split(/[,\s]+/u).filter(Boolean)
  const ideas = names.flatMap((name) => ideaOf(scene, name)?.id ?? [])
  if (ideas.length < names.length) problems.sources = say('sub-actions.idea-gone')
  if (!['', 'none'].includes(ask.heading) && !headingsOf(scene).some(({ id }) => id === ask.heading))
    problems.heading = say('problem.choice')
  if (whole && ask.was !== before.version) problems.title = say('sub-actions.changed', toldOf(before))
  const one = {
    ...before,
    ...values,
    ideas: whole || names.length ? [...new Set(ideas)] : before.ideas,
    headings: headingsAfter(ask.heading, before),
    editedBy: union(before.editedBy, [by]),
    version: scene.session.count,
  }
  return { one, problems }
}

const toldOf = ({ title, sentence }: SubAction) => ({
  text: said([title, sentence].filter(Boolean).join(' – ')),
})

/** The form holds one heading, the first; those that came by a merge stay behind it. */
function headingsAfter(chosen: string, { headings: [first = '', ...others] }: SubAction): string[] {
  if (chosen === '' || chosen === first) return first ? [first, ...others] : others
  return chosen === 'none' ? others : union([chosen], others)
}

function sweep({ to }: InputOf<'sweep'>, by: PersonId, scene: Here): Decision<Event> {
  if (!steers(scene.session, by)) return refuse('facilitator-only')
  const opens = scene.shared.sweep === null
  if (to !== undefined && (to === 'list') !== opens) return refuse('already')
  if (opens && live(scene.shared).length === 0)
    return refuse('invalid', { problems: { sweep: say('sub-actions.nothing-to-sweep') } })
  const round = opens ? scene.session.count : null
  return { events: [{ type: 'swept', round }], move: opens ? 'sweep' : 'sweep-back' }
}

function answerSweep(
  ask: InputOf<'nothing-missing' | 'see-one'>,
  by: PersonId,
  scene: Here,
): Decision<Event> {
  if (!scene.session.participants[by]?.contributes) return refuse('participants-only')
  const round = scene.shared.sweep
  if (round === null) return refuse('not-now')
  const sees = ask.do === 'see-one' ? 'one' : 'nothing'
  return { events: [{ type: 'sweep-answered', who: by, round, sees }] }
}

function part(scene: Here): SubActionsPart | null {
  const list = live(scene.shared).map((one) => ({
    id: one.id,
    number: one.number,
    title: one.title,
    sentence: one.sentence,
    headings: headingsIn(scene, one).flatMap(({ label }) => label ?? []),
    authors: authorsOf(scene, one).map((who) => nameOf(scene.session, who)),
  }))
  return list.length ? { part: 'sub-actions', list } : null
}

function blocks(scene: Here): Block[] {
  const rows = live(scene.shared)
  const left = unused(scene).map((one) =>
    say('sub-actions.idea-line', { text: completed(scene, one), name: nameOf(scene.session, one.who) }),
  )
  const merged = Object.values(scene.shared.list)
    .filter((one) => one.state === 'merged')
    .map((one) =>
      say('subject-cards.merged-line', {
        title: said(one.title),
        sentence: said(one.sentence),
        number: scene.shared.list[one.into ?? '']?.number ?? 0,
      }),
    )
  return [
    rows.length ? table(scene, rows) : { block: 'text', text: say('sub-actions.none') },
    ...(merged.length ? [{ block: 'list' as const, title: say('subject-cards.merged'), items: merged }] : []),
    ...(left.length ? [{ block: 'list' as const, title: say('sub-actions.unused'), items: left }] : []),
  ]
}

/** The heading has a column where some sub-action serves one. */
function table(scene: Here, rows: SubAction[]): Block {
  const serves = rows.some((one) => headingsIn(scene, one).length > 0)
  return {
    block: 'table',
    head: [
      say('summary.number'),
      say('sub-actions.title'),
      say('sub-actions.precision'),
      ...(serves ? [say('sub-actions.heading')] : []),
      say('sub-actions.given-by'),
    ],
    rows: rows.map((one) => [
      said(String(one.number)),
      said(one.title),
      said(one.sentence),
      ...(serves ? [headingText(scene, one) ?? said('')] : []),
      authorsOf(scene, one).length ? authorsText(scene, one) : say('sub-actions.heard'),
    ]),
  }
}
