import { z } from 'zod'
import { bilingual } from '../bilingual.ts'
import { bounds } from '../bounds.ts'
import { gather, line, type Problems } from '../fields.ts'
import { awaited, nameOf } from '../session/people.ts'
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
import type { Amendable, Retext } from '../summary/review.ts'
import { said, say, type Text, type ViewData } from '../text.ts'
import {
  type Decision,
  type Draft,
  type Item,
  type Phase,
  refuse,
  type Scene,
  type Viewer,
} from './contract.ts'

const options = z
  .object({
    /** Length of the silence itself, in minutes, within the segment. */
    silentMinutes: z.number().positive().max(60),
    perPerson: z.number().int().min(1).max(bounds.subjectsPerPerson).default(bounds.subjectsPerPerson),
    /** Name of the idea sheet, in place of the kit's. */
    questionsTitle: bilingual.optional(),
    /** The idea sheet's questions. */
    questions: z.array(bilingual).max(12).default([]),
    examples: z
      .array(z.object({ title: bilingual, sentence: bilingual }).strict())
      .max(8)
      .default([]),
  })
  .strict()
type Options = z.infer<typeof options>

const idea = z.object({ title: z.string(), sentence: z.string() })
const answer = z.object({ ideas: z.array(idea), done: z.boolean(), edits: z.number().int() })
type Answer = z.infer<typeof answer>
type Idea = z.infer<typeof idea>

const shared = z.object({ silence })
type Shared = z.infer<typeof shared>

const raw = z.string().default('')
const written = { title1: raw, sentence1: raw, title2: raw, sentence2: raw }
const input = z.discriminatedUnion('do', [
  /** Keeps what is written; the person may still change it. */
  z.object({ do: z.literal('ideas-save'), ...written }),
  /** Keeps what is written, if the card sent it, and tells the room "I have finished". */
  z.object({ do: z.literal('ideas-done'), ...written }),
  z.object({ do: z.literal('ideas-reopen') }),
  silenceInput,
])
type Input = z.infer<typeof input>
type Event = SilenceEvent | { type: 'ideas-kept'; who: PersonId; ideas: Idea[]; done: boolean }
type Here = Scene<Options, Answer, Shared>

/** Each person writes one or two subjects, alone and in silence; nobody else sees them (kit §3, #1.4). */
export const silentIdeation: Phase<Options, Answer, Shared, Input, Event> = {
  kind: 'silent-ideation',
  options,
  answer,
  shared,
  input,
  exemplified: true,
  begin: () => ({ silence: null }),
  decide(ask, by, scene) {
    switch (ask.do) {
      case 'silence':
        return beginSilence(by, silenceOf(scene))
      case 'ideas-reopen':
        return reopen(by, scene)
      case 'ideas-save':
      case 'ideas-done':
        return keep(ask, by, scene)
    }
  },
  evolve: (event, slice) =>
    event.type === 'ideas-kept'
      ? { ...slice, answers: { ...slice.answers, [event.who]: kept(slice.answers[event.who], event) } }
      : { ...slice, shared: { silence: evolveSilence(slice.shared.silence, event) } },
  task: (scene, viewer) => task(scene, viewer),
  body: (scene, viewer) => body(scene, viewer),
  form: (scene, viewer, draft) => form(scene, viewer, draft),
  late: 'until-close',
  sealed: true,
  harvest: (scene) =>
    Object.entries(scene.answers).flatMap(([who, { ideas }]) =>
      ideas.map((one, index) => item(who, one, index)),
    ),
  alarm: ({ silence: state }) => silenceAlarm(state),
  ring: ({ silence: state }, now) => ringSilence(state, now),
  shift: ({ silence: state }, by) => ({ silence: shiftSilence(state, by) }),
  chapter: (scene) => ({
    id: scene.segment.id,
    title: scene.segment.title,
    blocks: [{ block: 'facts', facts: figures(scene) }],
  }),
  texts: (scene) => texts(scene),
  retext: ({ answers, shared: state }, change) => ({ answers: retexted(answers, change), shared: state }),
}

/** How far a person is: the room sees this, and nothing of what she wrote. */
const stateOf = (scene: Here, who: PersonId): 'done' | 'writing' | 'waiting' => {
  const given = scene.answers[who]
  if (!given) return 'waiting'
  return given.done ? 'done' : 'writing'
}

function keep(
  ask: Extract<Input, { do: 'ideas-save' | 'ideas-done' }>,
  by: PersonId,
  scene: Here,
): Decision<Event> {
  if (!scene.session.participants[by]?.contributes) return refuse('participants-only')
  if (scene.revealed(by)) return refuse('shown-already')
  if (!stillTaken(scene)) return refuse('too-late')
  const done = ask.do === 'ideas-done'
  const fields = [ask.title1, ask.sentence1, ask.title2, ask.sentence2]
  const mine = scene.answers[by]
  if (done && mine?.ideas.length && fields.every((text) => text.trim() === ''))
    return { events: [{ type: 'ideas-kept', who: by, ideas: mine.ideas, done }] }
  const { ideas, problems } = read(ask, scene.options.perPerson)
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  return { events: [{ type: 'ideas-kept', who: by, ideas, done }] }
}

/** Until the segment that shares these subjects is over: what would never be shown is not taken. */
function stillTaken({ session, segment, current }: Here): boolean {
  const { position } = session.steer
  if (current || position.status === 'lobby' || position.status === 'closed') return current
  return session.format.segments
    .slice(position.index)
    .some(
      ({ options: its }) =>
        typeof its === 'object' && its !== null && 'from' in its && its.from === segment.id,
    )
}

function reopen(by: PersonId, scene: Here): Decision<Event> {
  const mine = scene.answers[by]
  if (!mine) return refuse('not-now')
  if (scene.revealed(by)) return refuse('shown-already')
  return { events: [{ type: 'ideas-kept', who: by, ideas: mine.ideas, done: false }] }
}

const silenceOf = ({ session, shared: state, options: opts, now }: Here): SilenceScene => ({
  session,
  silence: state.silence,
  minutes: opts.silentMinutes,
  now,
})

/** The second subject may be left empty; a half-filled subject is pointed out, field by field. */
function read(
  ask: z.infer<z.ZodObject<typeof written>>,
  perPerson: number,
): { ideas: Idea[]; problems: Problems } {
  const pairs = [
    { title: 'title1', sentence: 'sentence1', needed: true },
    { title: 'title2', sentence: 'sentence2', needed: false },
  ] as const
  const ideas: Idea[] = []
  const problems: Problems = {}
  for (const pair of pairs.slice(0, perPerson)) {
    const started = pair.needed || ask[pair.title].trim() !== '' || ask[pair.sentence].trim() !== ''
    if (!started) continue
    const found = gather({
      title: line(ask[pair.title], bounds.title),
      sentence: line(ask[pair.sentence], bounds.sentence),
    })
    if (found.problems.title) problems[pair.title] = found.problems.title
    if (found.problems.sentence) problems[pair.sentence] = found.problems.sentence
    ideas.push(found.values)
  }
  return { ideas, problems }
}

const kept = (before: Answer | undefined, event: Extract<Event, { type: 'ideas-kept' }>): Answer => ({
  ideas: event.ideas,
  done: event.done,
  edits: (before?.edits ?? 0) + 1,
})

const item = (who: PersonId, one: Idea, index: number): Item => ({
  id: `${who}#${index + 1}`,
  title: one.title,
  sentence: one.sentence,
  authors: [who],
  sources: [],
})

function task(scene: Here, viewer: Viewer): Text {
  if (viewer.sees === 'person' && scene.session.participants[viewer.id]?.contributes === false)
    return say('silent-ideation.task-neutral')
  const mine = viewer.sees === 'person' ? scene.answers[viewer.id] : undefined
  if (!mine) return say('silent-ideation.task', { count: scene.options.perPerson })
  return say(mine.done ? 'silent-ideation.task-done' : 'silent-ideation.task-writing')
}

function body(scene: Here, viewer: Viewer): { [key: string]: ViewData } {
  const people = awaited(scene.session, (who) => stateOf(scene, who) !== 'waiting').map((one) => one.id)
  const done = people.filter((who) => stateOf(scene, who) === 'done')
  return {
    questionsTitle: scene.options.questionsTitle ?? say('silent-ideation.questions-title'),
    questions: scene.options.questions,
    people: people.map((who) => ({ name: nameOf(scene.session, who), state: stateOf(scene, who) })),
    progress: say('silent-ideation.progress', { done: done.length, total: people.length }),
    everyoneDone: people.length > 0 && done.length === people.length,
    ...silenceView(silenceOf(scene), viewer),
    leads: !scene.shared.silence,
    nobody: people.length === 0,
  }
}

function form(scene: Here, viewer: Viewer, draft: Draft): { [key: string]: ViewData } {
  const me = viewer.sees === 'person' ? viewer.id : null
  const mine = me ? scene.answers[me] : undefined
  const locked = me !== null && scene.revealed(me)
  const filled = draft.typed === undefined && mine !== undefined && !draft.edit
  return {
    receipt: filled || (locked && mine !== undefined),
    locked,
    neutral: me !== null && scene.session.participants[me]?.contributes === false,
    done: mine?.done ?? false,
    ideas: (mine?.ideas ?? []).map((one, index) => ({
      number: say('silent-ideation.subject', { number: index + 1 }),
      title: said(one.title),
      sentence: said(one.sentence),
    })),
    blocks: inputs(scene, mine, draft),
    questionsTitle: scene.options.questionsTitle ?? say('silent-ideation.questions-title'),
    questions: scene.options.questions,
    examples: [...ownExamples(scene), ...scene.options.examples],
    problems: draft.problems !== undefined,
    version: mine?.edits ?? 0,
  }
}

/** The administration's own, one a line: a title, and a sentence after a colon. */
const ownExamples = ({ session }: Here): ViewData[] =>
  session.context.examples
    .split('\n')
    .filter((one) => one.trim() !== '')
    .map((one) => {
      const [title = '', ...sentence] = one.split(/\s*:\s*/u)
      return { title: said(title), sentence: sentence.length ? said(sentence.join(' : ')) : null }
    })

function inputs(scene: Here, mine: Answer | undefined, draft: Draft): ViewData[] {
  return Array.from({ length: scene.options.perPerson }, (_, index) => {
    const titleId = `title${index + 1}`
    const sentenceId = `sentence${index + 1}`
    return {
      titleId,
      sentenceId,
      // Two fields that are called alike could not be told apart without seeing what stands above them.
      titleLabel: say('silent-ideation.title-label', { number: index + 1 }),
      sentenceLabel: say('silent-ideation.sentence-label', { number: index + 1 }),
      heading: say(index === 0 ? 'silent-ideation.first' : 'silent-ideation.second'),
      title: said(draft.typed ? (draft.typed[titleId] ?? '') : (mine?.ideas[index]?.title ?? '')),
      sentence: said(draft.typed ? (draft.typed[sentenceId] ?? '') : (mine?.ideas[index]?.sentence ?? '')),
      titleProblem: draft.problems?.[titleId] ?? null,
      sentenceProblem: draft.problems?.[sentenceId] ?? null,
      titleMax: say('field.at-most', { max: bounds.title }),
      sentenceMax: say('field.at-most', { max: bounds.sentence }),
    }
  })
}

function figures(scene: Here): { label: Text; value: Text }[] {
  const writers = Object.values(scene.answers).filter((one) => one.ideas.length > 0)
  const subjects = writers.reduce((sum, one) => sum + one.ideas.length, 0)
  return [
    { label: say('silent-ideation.writers'), value: said(String(writers.length)) },
    { label: say('silent-ideation.subjects'), value: said(String(subjects)) },
  ]
}

/** Those the room was shown, told where the results come from; what is sealed is in no document. */
const texts = (scene: Here): Amendable[] =>
  Object.entries(scene.answers).flatMap(([who, { ideas }]) =>
    scene.revealed(who)
      ? ideas.flatMap((one, index) => [
          textOf(scene, who, { one, index, key: 'title' }),
          textOf(scene, who, { one, index, key: 'sentence' }),
        ])
      : [],
  )

const textOf = (
  { session }: Here,
  who: PersonId,
  { one, index, key }: { one: Idea; index: number; key: 'title' | 'sentence' },
): Amendable => ({
  item: item(who, one, index).id,
  key,
  label: say('review.written-by', { number: index + 1, name: nameOf(session, who) }),
  field: key === 'title' ? say('review.title') : say('review.sentence'),
  text: one[key],
  authors: [who],
  max: bounds[key],
  needed: true,
  paragraph: false,
})

/** An idea is called by who wrote it and its place: the other people's are left as they are. */
const retexted = (answers: Here['answers'], { item: id, key, text }: Retext): Here['answers'] =>
  Object.fromEntries(
    Object.entries(answers).map(([who, one]) => {
      const at = one.ideas.findIndex((each, index) => item(who, each, index).id === id)
      if (at < 0 || (key !== 'title' && key !== 'sentence')) return [who, one]
      const ideas = one.ideas.map((each, index) => (index === at ? { ...each, [key]: text } : each))
      return [who, { ...one, ideas, edits: one.edits + 1 }]
    }),
  )
