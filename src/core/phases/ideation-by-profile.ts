import { z } from 'zod'
import { bilingual } from '../bilingual.ts'
import { bounds } from '../bounds.ts'
import { broughtText } from '../brought.ts'
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
import {
  decidePool,
  evolveOwn,
  evolvePool,
  inputIds,
  isShown,
  type OwnIdeas,
  ownIdeas,
  type PoolEvent,
  type PoolScene,
  pool,
  pooled,
  pooledTexts,
  poolInput,
  retextedOwn,
  retextedPool,
  reveal,
  sealedAuthors,
} from '../idea-pool.ts'
import { awaited, contributors, nameOf, scribes, steers } from '../session/people.ts'
import type { PersonId } from '../session/types.ts'
import {
  beginSilence,
  evolveSilence,
  ringSilence,
  type SilenceEvent,
  type SilenceScene,
  shiftSilence,
  silence,
  silenceAlarm,
  silenceInput,
  silenceView,
} from '../silence.ts'
import type { Block } from '../summary/chapter.ts'
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
  type Viewer,
} from './contract.ts'

const asked = z.array(bilingual).max(12).default([])
const options = z
  .object({
    /** Length of the silence, in minutes, within the segment. */
    silentMinutes: z.number().positive().max(60),
    perPerson: z.number().int().min(1).max(bounds.ideasPerPerson).default(3),
    turnSeconds: z.number().min(10).max(1800).default(60),
    /** Those asked of everyone, then those of each profile. */
    questions: z
      .object({ common: asked, agent: asked, 'civil-society': asked, citizen: asked })
      .strict()
      .default({}),
    /** What the facilitator may throw in when nothing comes, in order. */
    hints: z.array(bilingual).max(20).default([]),
  })
  .strict()
type Options = z.infer<typeof options>

const shared = z.object({
  silence,
  floor,
  pool,
  /** What was thrown in so far: the place of one of the script's, or the facilitator's own words. */
  hints: z.array(z.union([z.number().int(), z.string()])),
})
type Shared = z.infer<typeof shared>

const raw = z.string().default('')
const input = z.discriminatedUnion('do', [
  ...floorInput.options,
  silenceInput,
  ...poolInput.options,
  z.object({ do: z.literal('hint') }),
  z.object({ do: z.literal('hint-own'), text: raw }),
])
type Input = z.infer<typeof input>
type InputOf<K extends Input['do']> = Extract<Input, { do: K }>
type Event = FloorEvent | SilenceEvent | PoolEvent | { type: 'hint-thrown'; hint: number | string }
type Here = Scene<Options, OwnIdeas, Shared>

/** Each person writes her ideas in silence, on the questions of her profile; then they are pooled turn by turn (kit §3, #2.5). */
export const ideationByProfile: Phase<Options, OwnIdeas, Shared, Input, Event> = {
  kind: 'ideation-by-profile',
  options,
  answer: ownIdeas,
  shared,
  input,
  begin: ({ session }) => ({
    silence: null,
    floor: emptyFloor(contributors(session).map((one) => one.id)),
    pool: [],
    hints: [],
  }),
  decide: (ask, by, scene) => decide(ask, by, scene),
  evolve: (event, slice) =>
    event.type === 'own-kept'
      ? { ...slice, answers: { ...slice.answers, [event.who]: evolveOwn(slice.answers[event.who], event) } }
      : { ...slice, shared: evolve(event, slice.shared) },
  task: (scene, viewer) => task(scene, viewer),
  body: (scene, viewer) => body(scene, viewer),
  form: (scene, viewer, draft) => form(scene, viewer, draft),
  dialog: (name, scene, by, draft) => dialog(name, scene, by, draft),
  late: 'until-close',
  harvest: (scene) => pooled(poolOf(scene)),
  contributions: (scene) => pooled(poolOf(scene)),
  leaves: (scene) => leaves(scene),
  announces: (event) => event.type === 'own-shown' && event.first,
  alarm: (state) => soonest(silenceAlarm(state.silence), floorAlarm(state.floor)),
  ring: (state, now) => [...ringSilence(state.silence, now), ...ringFloor(state.floor, now)],
  shift: (state, by) => ({
    ...state,
    silence: shiftSilence(state.silence, by),
    floor: shiftFloor(state.floor, by),
  }),
  chapter: (scene) => ({ id: scene.segment.id, title: scene.segment.title, blocks: blocks(scene) }),
  texts: (scene) => pooledTexts(poolOf(scene)),
  retext: ({ answers, shared: state }, change) => ({
    answers: retextedOwn(answers, change),
    shared: { ...state, pool: retextedPool(state.pool, change) },
  }),
}

/** Ideas are pooled within the segment: once it is over, what would never be shown is not taken. */
function decide(ask: Input, by: PersonId, scene: Here): Decision<Event> {
  const writes = ask.do === 'own-save' || ask.do === 'own-done' || ask.do === 'own-reopen'
  if (!scene.current) return refuse(writes ? 'too-late' : 'not-now')
  switch (ask.do) {
    case 'silence':
      return beginSilence(by, silenceOf(scene))
    case 'own-save':
    case 'own-done':
    case 'own-reopen':
    case 'own-show-all':
    case 'heard-add':
      return decidePool(ask, by, poolOf(scene))
    case 'hint':
      return nextHint(by, scene)
    case 'hint-own':
      return ownHint(ask, by, scene)
    default:
      return withReveal(decideFloor(ask, by, floorOf(scene)), scene)
  }
}

function evolve(event: Exclude<Event, { type: 'own-kept' }>, state: Shared): Shared {
  switch (event.type) {
    case 'silence-began':
    case 'silence-rang':
      return { ...state, silence: evolveSilence(state.silence, event) }
    case 'own-shown':
    case 'idea-heard':
      return { ...state, pool: evolvePool(state.pool, event) }
    case 'hint-thrown':
      return { ...state, hints: [...state.hints, event.hint] }
    case 'floor-handed':
      return {
        ...state,
        floor: evolveFloor(state.floor, event),
        silence: state.silence && { ...state.silence, rang: true },
      }
    default:
      return { ...state, floor: evolveFloor(state.floor, event) }
  }
}

/** Handing the floor to someone shows what she wrote: it is the facilitator's gesture that breaks the seal. */
function withReveal(decision: Decision<FloorEvent>, scene: Here): Decision<Event> {
  if (isRefusal(decision)) return decision
  const to = decision.events.flatMap((event) => (event.type === 'floor-handed' && event.to ? [event.to] : []))
  return { ...decision, events: [...decision.events, ...reveal(to, poolOf(scene))] }
}

function nextHint(by: PersonId, scene: Here): Decision<Event> {
  if (!steers(scene.session, by)) return refuse('facilitator-only')
  if (hintsLeft(scene) === 0)
    return refuse('invalid', { problems: { text: say('ideation-by-profile.no-hint-left') } })
  const hint = scene.options.hints.length - hintsLeft(scene)
  return { events: [{ type: 'hint-thrown', hint }], move: 'hint' }
}

function ownHint(ask: InputOf<'hint-own'>, by: PersonId, scene: Here): Decision<Event> {
  if (!steers(scene.session, by)) return refuse('facilitator-only')
  if (scene.shared.hints.length >= bounds.hints) return refuse('full', { with: { max: bounds.hints } })
  const { values, problems } = gather({ text: line(ask.text, bounds.sentence) })
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  return { events: [{ type: 'hint-thrown', hint: values.text }], move: 'hint-own' }
}

const hintsLeft = ({ options: opts, shared: state }: Here): number =>
  opts.hints.length - state.hints.filter((one) => typeof one === 'number').length

const soonest = (...moments: (number | null)[]): number | null => {
  const due = moments.filter((one) => one !== null)
  return due.length ? Math.min(...due) : null
}

const poolOf = (scene: Here): PoolScene => ({
  session: scene.session,
  perPerson: scene.options.perPerson,
  own: scene.answers,
  pool: scene.shared.pool,
})

function leaves(scene: Here): Left | null {
  const count = sealedAuthors(poolOf(scene)).length
  if (count === 0) return null
  return {
    text: say('ideation-by-profile.sealed-left', { count }),
    show: {
      verb: 'own-show-all',
      title: say('ideation-by-profile.show-all'),
      command: say('command.show-all'),
    },
  }
}

const silenceOf = (scene: Here): SilenceScene => ({
  session: scene.session,
  silence: scene.shared.silence,
  minutes: scene.options.silentMinutes,
  now: scene.now,
})

const floorOf = (scene: Here): FloorScene => ({
  session: scene.session,
  floor: scene.shared.floor,
  people: contributors(scene.session).map((one) => one.id),
  turn: scene.options.turnSeconds * 1000,
  now: scene.now,
})

/** The first turn, or the first ideas shown, end the silent part. */
const pooling = ({ floor: state, pool: ideas }: Shared): boolean =>
  state.speaker !== null ||
  Object.keys(state.spoke).length > 0 ||
  state.passed.length > 0 ||
  ideas.some((one) => typeof one === 'string')

/** How far a person is: the room sees this, and nothing of what she wrote. */
const stateOf = (scene: Here, who: PersonId): 'done' | 'writing' | 'waiting' => {
  const given = scene.answers[who]
  if (!given) return 'waiting'
  return given.done ? 'done' : 'writing'
}

function task(scene: Here, viewer: Viewer): Text {
  const mine = viewer.sees === 'person' ? scene.answers[viewer.id] : undefined
  if (pooling(scene.shared))
    return floorTask(
      floorOf(scene),
      viewer,
      say(mine ? 'ideation-by-profile.task-mine' : 'ideation-by-profile.task-aloud'),
    )
  if (viewer.sees === 'person' && scene.session.participants[viewer.id]?.contributes === false)
    return say('ideation-by-profile.task-neutral')
  if (!mine) return say('ideation-by-profile.task', { count: scene.options.perPerson })
  return say(mine.done ? 'ideation-by-profile.task-done' : 'ideation-by-profile.task-writing')
}

function body(scene: Here, viewer: Viewer): { [key: string]: ViewData } {
  const { session, shared: state } = scene
  const me = viewer.sees === 'person' ? viewer.id : null
  const facilitates = me !== null && steers(session, me)
  const sealed = sealedAuthors(poolOf(scene)).length
  const progress = progressView(scene)
  // Once everyone has finished, silence or not, what comes next is to pool.
  const ready = pooling(state) || progress.everyoneDone
  return {
    ...silenceView(silenceOf(scene), viewer),
    ...(pooling(state) ? { silence: null, silenceAwaited: false } : {}),
    ...(ready ? { maySilence: false } : {}),
    subject: broughtText(session, 'title') ? said(broughtText(session, 'title')) : null,
    pooling: pooling(state),
    floor: floorView(floorOf(scene), viewer),
    showsFloor: pooling(state) || (facilitates && (ready || state.silence !== null)),
    leads: (!state.silence && !pooling(state)) || floorGoesOn(floorOf(scene)),
    ...progress,
    ...questionsView(scene, viewer),
    ...poolView(scene),
    sealed: sealed && pooling(state) ? say('ideation-by-profile.sealed-left', { count: sealed }) : null,
    mayShowAll: facilitates && sealed > 0 && (ready || state.silence?.rang === true),
    mayHear: pooling(state) && me !== null && scribes(session, me),
    hints: state.hints
      .slice(-hintsShown)
      .toReversed()
      .map((one, index) => ({ text: hintText(scene, one), latest: index === 0 })),
    mayHint: facilitates,
    hasHint: hintsLeft(scene) > 0,
  }
}

/** As many as one reads at a glance; the last one thrown in comes first. */
const hintsShown = 3

const hintText = (scene: Here, hint: number | string): Text =>
  typeof hint === 'string' ? said(hint) : (scene.options.hints[hint] ?? said(''))

function progressView(scene: Here) {
  const people = awaited(scene.session, (who) => stateOf(scene, who) !== 'waiting').map((one) => one.id)
  const done = people.filter((who) => stateOf(scene, who) === 'done').length
  return {
    people: people.map((who) => ({ name: nameOf(scene.session, who), state: stateOf(scene, who) })),
    progress: say('silent-ideation.progress', { done, total: people.length }),
    everyoneDone: people.length > 0 && done === people.length,
    nobody: people.length === 0,
  }
}

/** The room gets the questions asked of everyone; who contributes, those of her own profile besides, and no others. */
function questionsView(scene: Here, viewer: Viewer): { [key: string]: ViewData } {
  const { questions } = scene.options
  const person = viewer.sees === 'person' ? scene.session.participants[viewer.id] : undefined
  const own = person?.contributes ? person.profile : null
  return {
    questions: questions.common,
    ownQuestions: own ? questions[own] : [],
    profile: own ? say(`profile.${own}`) : null,
  }
}

/** The ideas of whoever speaks first, then the others, each under the name of who gave them. */
function poolView(scene: Here): { [key: string]: ViewData } {
  const ideas = pooled(poolOf(scene))
  const { speaker } = scene.shared.floor
  const authors = [...new Set(ideas.map((one) => one.authors[0] ?? null))]
  const groups = authors.map((author) => ({
    author: author ? nameOf(scene.session, author) : say('ideation-by-profile.heard'),
    speaks: author !== null && author === speaker,
    ideas: ideas
      .filter((one) => (one.authors[0] ?? null) === author)
      .map((one) => ({ number: String(one.number), text: said(one.sentence) })),
  }))
  return {
    speaking: groups.filter((one) => one.speaks),
    others: groups.filter((one) => !one.speaks),
    count: say('ideation-by-profile.count', { count: ideas.length }),
  }
}

function form(scene: Here, viewer: Viewer, draft: Draft): { [key: string]: ViewData } {
  const me = viewer.sees === 'person' ? viewer.id : null
  const mine = me ? scene.answers[me] : undefined
  const seen = me !== null && isShown(poolOf(scene), me)
  const locked = seen || !scene.current
  const filled = draft.typed === undefined && mine !== undefined && !draft.edit
  return {
    receipt: mine !== undefined && (filled || locked),
    locked,
    lockedBecause: say(seen ? 'ideation-by-profile.locked' : 'ideation-by-profile.over'),
    neutral: me !== null && scene.session.participants[me]?.contributes === false,
    done: mine?.done ?? false,
    ideas: (mine?.ideas ?? []).map((text) => ({ text: said(text) })),
    inputs: inputIds(scene.options.perPerson).map((id, index) => ({
      id,
      label: say('ideation-by-profile.idea', { number: index + 1 }),
      value: said(draft.typed ? (draft.typed[id] ?? '') : (mine?.ideas[index] ?? '')),
      problem: draft.problems?.[id] ?? null,
    })),
    max: say('field.at-most', { max: bounds.sentence }),
    ...questionsView(scene, viewer),
    problems: draft.problems !== undefined,
    version: mine?.edits ?? 0,
  }
}

function dialog(name: string, scene: Here, by: PersonId, draft: Draft): { [key: string]: ViewData } | null {
  const written = {
    text: said(draft.typed?.text ?? ''),
    problem: draft.problems?.text ?? null,
    max: say('field.at-most', { max: bounds.sentence }),
  }
  if (name === 'heard' && scribes(scene.session, by)) return { ...written, ...authorsView(scene, draft) }
  if (!steers(scene.session, by)) return null
  if (name === 'hint') return written
  return name === 'floor' ? floorDialog(floorOf(scene), draft) : null
}

const authorsView = ({ session, shared: state }: Here, draft: Draft): { [key: string]: ViewData } => ({
  people: contributors(session).map((one) => ({ title: nameOf(session, one.id), value: one.id })),
  author: draft.typed?.author ?? state.floor.speaker ?? 'nobody',
})

/** Figures, then the ideas of the room with who gave them; those nobody saw are counted, not told. */
function blocks(scene: Here): Block[] {
  const ideas = pooled(poolOf(scene))
  const writers = Object.values(scene.answers).filter((one) => one.ideas.length > 0).length
  const count = sealedAuthors(poolOf(scene)).reduce(
    (sum, who) => sum + (scene.answers[who]?.ideas.length ?? 0),
    0,
  )
  const fact = (label: Text, value: number) => ({ label, value: said(String(value)) })
  const facts = [
    fact(say('ideation-by-profile.writers'), writers),
    fact(say('ideation-by-profile.pooled'), ideas.length),
  ]
  const rows = ideas.map((one) => [said(String(one.number)), said(one.sentence), authorsText(scene, one)])
  const head = [say('summary.number'), say('ideation-by-profile.idea-head'), say('summary.authors')]
  return [
    { block: 'facts', facts },
    ...(rows.length ? [{ block: 'table' as const, head, rows }] : []),
    ...(count ? [{ block: 'text' as const, text: say('ideation-by-profile.never-shown', { count }) }] : []),
  ]
}

const authorsText = (scene: Here, { authors }: Item): Text =>
  authors[0] ? nameOf(scene.session, authors[0]) : say('ideation-by-profile.heard')
