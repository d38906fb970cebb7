import { z } from 'zod'
import { bounds } from '../bounds.ts'
import { entryOf } from '../entry-of.ts'
import { line } from '../fields.ts'
import {
  type Answer,
  answer,
  estimatesOf,
  type Here,
  leftOut,
  type Options,
  openEstimates,
  options,
  rowsOf,
  type Shared,
  type Step,
  shared,
  stepsOf,
  subActions,
  toItem,
} from '../roadmap.ts'
import { roadmapBody, roadmapDialog, roadmapForm, roadmapTask } from '../roadmap-cards.ts'
import { type Fields, fieldsOf, placed, readStep, standsAfter } from '../roadmap-fields.ts'
import { roadmapPart } from '../roadmap-part.ts'
import { retextedEstimate, retextedStep, roadmapTexts } from '../roadmap-texts.ts'
import { horizonText, pictureOf, warningTexts } from '../roadmap-told.ts'
import { nameOf, scribes } from '../session/people.ts'
import type { PersonId } from '../session/types.ts'
import type { Block } from '../summary/chapter.ts'
import { said, say, type Text } from '../text.ts'
import { type Decision, type Phase, refuse } from './contract.ts'

const raw = z.string().default('')
const part = z.string().optional()
const written = {
  title: raw,
  deliverable: raw,
  lead: raw,
  start: raw,
  end: raw,
  months: raw,
  /** Ids, with a comma between them. */
  needs: raw,
  takes: raw,
  estimates: raw,
  /** The step it comes after, or `first`. */
  after: raw,
}
const input = z.discriminatedUnion('do', [
  z.object({ do: z.literal('step-add'), ...written }),
  /** From the dialog, which sends every field: an empty one is left out by clients. `stood` is the place it showed. */
  z.object({
    do: z.literal('step-edit'),
    step: z.string(),
    was: z.coerce.number().optional(),
    stood: part,
    ...written,
  }),
  /** Typed in the chat: what is not named stays as it is. */
  z.object({
    do: z.literal('step-set'),
    step: z.string(),
    title: part,
    deliverable: part,
    lead: part,
    start: part,
    end: part,
    months: part,
    needs: part,
  }),
  z.object({ do: z.literal('step-remove'), step: z.string() }),
  /** By its id, or typed by the beginning of its title: a step that was removed has no number. */
  z.object({ do: z.literal('step-restore'), step: z.string() }),
  z.object({ do: z.literal('step-move'), step: z.string(), after: z.string() }),
  z.object({ do: z.literal('estimate-give'), step: raw, text: raw }),
  z.object({ do: z.literal('estimate-withdraw'), estimate: z.coerce.number().int() }),
])
type Input = z.infer<typeof input>
type InputOf<K extends Input['do']> = Extract<Input, { do: K }>
type Event =
  | { type: 'step-written'; step: Step }
  | { type: 'steps-ordered'; order: string[] }
  | { type: 'estimate-given'; who: PersonId; about: string; text: string; at: number }
  | { type: 'estimate-withdrawn'; who: PersonId; n: number }

/** Sub-actions become steps, in order, with a length and a deliverable; the canvas is finalised (kit §3, #3.6). */
export const roadmap: Phase<Options, Answer, Shared, Input, Event> = {
  kind: 'roadmap',
  horizon: true,
  options,
  answer,
  shared,
  input,
  begin: () => ({ steps: {}, order: [] }),
  decide: (ask, by, scene) => decide(ask, by, scene),
  evolve: (event, slice) => evolve(event, slice),
  task: (scene, viewer) => roadmapTask(scene, viewer),
  body: (scene, viewer) => roadmapBody(scene, viewer),
  form: (scene, viewer, draft) => roadmapForm(scene, viewer, draft),
  dialog: (name, scene, by, draft) => (name === 'step' ? roadmapDialog(scene, by, draft) : null),
  picture: (scene) => pictureOf(scene),
  harvest: (scene) => rowsOf(scene).map((row) => toItem(row, scene)),
  contributions: (scene) =>
    estimatesOf(scene).map(({ id, who, text }) => ({
      id,
      title: '',
      sentence: text,
      authors: [who],
      sources: [],
    })),
  chapter: (scene) => ({ id: scene.segment.id, title: scene.segment.title, blocks: blocks(scene) }),
  part: (scene) => roadmapPart(scene),
  texts: (scene) => roadmapTexts(scene),
  retext: ({ answers, shared: state }, change) => ({
    answers: retextedEstimate(answers, change),
    shared: retextedStep(state, change),
  }),
}

function decide(ask: Input, by: PersonId, scene: Here): Decision<Event> {
  if (ask.do === 'estimate-give') return give(ask, by, scene)
  if (ask.do === 'estimate-withdraw') return withdraw(ask, by, scene)
  if (!scribes(scene.session, by)) return refuse('organisers-only')
  switch (ask.do) {
    case 'step-add':
      return add(ask, by, scene)
    case 'step-edit':
    case 'step-set': {
      const before = entryOf(scene.shared.steps, ask.step)
      return before ? write(ask, before, by, scene) : refuse('unknown')
    }
    case 'step-remove':
      return remove(ask.step, scene)
    case 'step-restore':
      return isFull(scene) ? full : restore(ask.step, scene)
    case 'step-move':
      return move(ask, scene)
  }
}

function evolve(event: Event, slice: { answers: Record<PersonId, Answer>; shared: Shared }) {
  const { answers, shared: state } = slice
  switch (event.type) {
    case 'step-written':
      return {
        ...slice,
        shared: { ...state, steps: { ...state.steps, [event.step.id]: event.step } },
      }
    case 'steps-ordered':
      return { ...slice, shared: { ...state, order: event.order } }
    case 'estimate-given':
      return { ...slice, answers: { ...answers, [event.who]: withEstimate(answers[event.who], event) } }
    case 'estimate-withdrawn':
      return { ...slice, answers: { ...answers, [event.who]: without(event.n, answers[event.who]) } }
  }
}

function withEstimate(
  given: Answer = { estimates: [], count: 0 },
  { about, text, at }: Extract<Event, { type: 'estimate-given' }>,
): Answer {
  const n = given.count + 1
  return { estimates: [...given.estimates, { n, about, text, at }], count: n }
}

const without = (n: number, given: Answer = { estimates: [], count: 0 }): Answer => ({
  ...given,
  estimates: given.estimates.filter((one) => one.n !== n),
})

const full = refuse('full', { with: { max: bounds.steps } })
const isFull = (scene: Here): boolean => stepsOf(scene.shared).length >= bounds.steps

const newStep = ({ session }: Here): Step => ({
  id: `step${session.count}`,
  title: '',
  deliverable: '',
  lead: '',
  start: '',
  end: '',
  months: null,
  needs: [],
  takes: [],
  estimates: [],
  state: 'on',
  editedBy: [],
  version: 0,
})

/** Typed by the numbers of sub-actions that do not exist, there is nothing to make a step of. */
function add(ask: InputOf<'step-add'>, by: PersonId, scene: Here): Decision<Event> {
  if (isFull(scene)) return full
  if (ask.title === '' && ask.takes !== '' && !takesAny(ask.takes, scene)) return refuse('unknown')
  return write(ask, newStep(scene), by, scene)
}

const takesAny = (takes: string, scene: Here): boolean =>
  subActions(scene).some((one) => takes.split(',').includes(one.id))

function write(
  ask: InputOf<'step-add' | 'step-edit' | 'step-set'>,
  before: Step,
  by: PersonId,
  scene: Here,
): Decision<Event> {
  const given = ask.do === 'step-set' ? { ...fieldsOf(before), ...changed(ask) } : ask
  const { step, order, problems } = readStep(given, before, scene)
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  const kept = {
    ...step,
    editedBy: [...new Set([...before.editedBy, by])],
    version: scene.session.count,
  }
  return {
    events: [
      { type: 'step-written', step: kept },
      ...(order ? [{ type: 'steps-ordered' as const, order }] : []),
    ],
    move: ask.do === 'step-add' ? 'step-add' : 'step-edit',
  }
}

/** What was typed, and what it puts out of date: a length replaces an end, an end replaces a length. */
function changed({ do: _verb, step: _step, ...given }: InputOf<'step-set'>): Partial<Fields> {
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  if (given.months !== undefined) return { end: '', ...named }
  return given.end === undefined ? named : { months: '', ...named }
}

function remove(id: string, scene: Here): Decision<Event> {
  const before = entryOf(scene.shared.steps, id)
  if (!before) return refuse('unknown')
  if (before.state === 'removed') return refuse('already')
  return { events: [{ type: 'step-written', step: { ...before, state: 'removed' } }], move: 'step-remove' }
}

/** Sub-actions that another step has taken meanwhile stay there. */
function restore(name: string, scene: Here): Decision<Event> {
  const before = entryOf(scene.shared.steps, name) ?? titled(name, scene)
  if (!before) return refuse('unknown')
  if (before.state === 'on') return refuse('already')
  const taken = new Set(stepsOf(scene.shared).flatMap((one) => one.takes))
  const takes = before.takes.filter((id) => !taken.has(id))
  return { events: [{ type: 'step-written', step: { ...before, takes, state: 'on' } }], move: 'step-restore' }
}

const titled = (name: string, { shared: { steps } }: Here): Step | undefined =>
  Object.values(steps).find(
    (one) => one.state === 'removed' && one.title.toLowerCase().startsWith(name.trim().toLowerCase()),
  )

function move({ step, after }: InputOf<'step-move'>, { shared: state }: Here): Decision<Event> {
  const live = stepsOf(state).map((one) => one.id)
  if (!live.includes(step) || (after !== 'first' && !live.includes(after))) return refuse('unknown')
  if (after === step || standsAfter(step, state) === after) return refuse('already')
  return { events: [{ type: 'steps-ordered', order: placed(step, after, state.order) }], move: 'step-move' }
}

function give({ step: about, text }: InputOf<'estimate-give'>, by: PersonId, scene: Here): Decision<Event> {
  if (!scene.session.participants[by]?.contributes) return refuse('participants-only')
  const mine = scene.answers[by]?.estimates ?? []
  if (mine.length >= bounds.estimatesPerPerson)
    return refuse('full', { with: { max: bounds.estimatesPerPerson } })
  const known =
    about === 'all' || entryOf(scene.shared.steps, about) || subActions(scene).some((one) => one.id === about)
  const field = line(text, bounds.estimate)
  const problems = {
    ...(known ? {} : { step: say('problem.choice') }),
    ...('problem' in field ? { text: field.problem } : {}),
  }
  if ('problem' in field || !known) return refuse('invalid', { problems })
  return { events: [{ type: 'estimate-given', who: by, about, text: field.value, at: scene.now }] }
}

/** What a step has taken up is a source of the roadmap: it stays. */
function withdraw({ estimate: n }: InputOf<'estimate-withdraw'>, by: PersonId, scene: Here): Decision<Event> {
  if (!scene.answers[by]?.estimates.some((one) => one.n === n)) return refuse('unknown')
  const free = openEstimates(scene).some((one) => one.who === by && one.n === n)
  return free ? { events: [{ type: 'estimate-withdrawn', who: by, n }] } : refuse('not-now')
}

function blocks(scene: Here): Block[] {
  const rows = rowsOf(scene)
  if (rows.length === 0) return [{ block: 'text', text: say('roadmap.no-step') }, ...remains(scene)]
  const horizon = horizonText(scene)
  return [
    ...(horizon ? [{ block: 'text' as const, text: horizon }] : []),
    table(scene),
    ...list('roadmap.to-check', warningTexts(rows)),
    ...remains(scene),
  ]
}

function table(scene: Here): Block {
  const rows = rowsOf(scene)
  const numbers = new Map(rows.map(({ step, number }) => [step.id, number]))
  return {
    block: 'table',
    head: [
      say('summary.number'),
      say('roadmap.step'),
      say('roadmap.starts'),
      say('roadmap.ends'),
      say('roadmap.deliverable'),
      say('roadmap.lead'),
      say('roadmap.after-steps'),
    ],
    rows: rows.map(({ step, number, when }) => [
      said(String(number)),
      said(step.title),
      when.span ? { date: when.span.start } : said(''),
      when.span ? ends(when.span.end, when.toEstimate) : said(''),
      said(step.deliverable),
      said(step.lead),
      said(step.needs.flatMap((id) => numbers.get(id) ?? []).join(', ')),
    ]),
  }
}

const ends = (date: string, toEstimate: boolean): Text =>
  toEstimate ? say('roadmap.ends-estimated', { date: { date } }) : { date }

const remains = (scene: Here): Block[] => [
  ...list(
    'roadmap.left-out',
    leftOut(scene).map((one) => said(one.title)),
  ),
  ...list(
    'roadmap.open-estimates',
    openEstimates(scene).map(({ text, who }) =>
      say('roadmap.estimate', { text: said(text), name: nameOf(scene.session, who) }),
    ),
  ),
]

const list = (title: string, items: Text[]): Block[] =>
  items.length ? [{ block: 'list', title: say(title), items }] : []
