import { z } from 'zod'
import { bilingual } from '../bilingual.ts'
import { bounds } from '../bounds.ts'
import { email, type Field, type Problems, paragraph } from '../fields.ts'
import { awaited, nameOf, scribes, steers } from '../session/people.ts'
import type { PersonId } from '../session/types.ts'
import { slug } from '../slug.ts'
import { mean } from '../statistics.ts'
import type { Block } from '../summary/chapter.ts'
import { postLine } from '../summary/post-line.ts'
import { type Bilingual, said, say, type Text, type ViewData } from '../text.ts'
import { type Decision, type Draft, type Phase, refuse, type Scene, type Viewer } from './contract.ts'

const question = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('scale'),
      id: slug(31),
      text: bilingual,
      choices: z.array(bilingual).min(2).max(7),
    })
    .strict(),
  z.object({ kind: z.literal('text'), id: slug(31), text: bilingual }).strict(),
])
type Question = z.infer<typeof question>

const options = z
  .object({
    questions: z.array(question).max(10).default([]),
    /** The kit's social-network text, a sentence an entry; one whose value is missing is left out. */
    post: z.array(postLine).max(12).default([]),
  })
  .strict()
type Options = z.infer<typeof options>

const answer = z.object({
  email: z.string(),
  consent: z.boolean(),
  feedback: z.record(z.string()),
  edits: z.number().int(),
})
type Answer = z.infer<typeof answer>

const shared = z.object({})
type Shared = z.infer<typeof shared>

const input = z.discriminatedUnion('do', [
  /** The card: `email`, `consent`, and `q-<question>` for each question of the script. */
  z.object({ do: z.literal('feedback-save') }).passthrough(),
  /** Typed in the chat: writing one's address there is the consent, as the reply says. */
  z.object({ do: z.literal('email-give'), email: z.string() }),
])
type Input = z.infer<typeof input>
type Event = { type: 'feedback-given'; who: PersonId; given: Omit<Answer, 'edits'> }
type Here = Scene<Options, Answer, Shared>

/** Thanks, what comes next, addresses given with consent, and the feedback questionnaire (kit §3, #1.7). */
export const conclusion: Phase<Options, Answer, Shared, Input, Event> = {
  kind: 'conclusion',
  options,
  answer,
  shared,
  input,
  late: 'after-close',
  begin: () => ({}),
  decide: (ask, by, scene) => decide(ask, by, scene),
  evolve: ({ who, given }, slice) => ({
    ...slice,
    answers: { ...slice.answers, [who]: { ...given, edits: (slice.answers[who]?.edits ?? 0) + 1 } },
  }),
  task: (scene, viewer) =>
    say(viewer.sees === 'person' && scene.answers[viewer.id] ? 'conclusion.task-done' : 'conclusion.task'),
  forget: (given) => ({ ...given, email: '', consent: false }),
  body: (scene, viewer) => body(scene, viewer),
  form: (scene, viewer, draft) => form(scene, viewer, draft),
  chapter: (scene) => ({ id: scene.segment.id, title: scene.segment.title, blocks: blocks(scene) }),
}

/** Addresses given with consent; for the organisers only. */
export const addresses = (answers: Record<PersonId, unknown>): { who: PersonId; email: string }[] =>
  Object.entries(answers).flatMap(([who, raw]) => {
    const given = answer.safeParse(raw)
    return given.success && given.data.consent && given.data.email ? [{ who, email: given.data.email }] : []
  })

function decide(ask: Input, by: PersonId, scene: Here): Decision<Event> {
  if (!scene.session.participants[by]) return refuse('join-first')
  const mine = scene.answers[by] ?? { email: '', consent: false, feedback: {} }
  if (ask.do === 'email-give') {
    const given = email(ask.email)
    if ('problem' in given) return refuse('invalid', { problems: { email: given.problem } })
    return { events: [kept(by, { ...mine, email: given.value, consent: true })] }
  }
  const { given, problems } = read(ask, scene.options)
  return Object.keys(problems).length ? refuse('invalid', { problems }) : { events: [kept(by, given)] }
}

const kept = (who: PersonId, { email: address, consent, feedback }: Omit<Answer, 'edits'>): Event => ({
  type: 'feedback-given',
  who,
  given: { email: address, consent, feedback },
})

/** Every question may be left empty; an address needs the consent box, and the box needs an address. */
function read(
  ask: Extract<Input, { do: 'feedback-save' }>,
  opts: Options,
): { given: Omit<Answer, 'edits'>; problems: Problems } {
  const problems: Problems = {}
  const take = (id: string, field: Field): string => {
    if ('value' in field) return field.value
    problems[id] = field.problem
    return ''
  }
  const address = take('email', email(ask.email, false))
  const consent = ask.consent === 'true'
  if (address && !consent) problems.consent = say('conclusion.consent-needed')
  if (consent && !address && !problems.email) problems.email = say('conclusion.email-needed')
  const feedback = Object.fromEntries(
    opts.questions.map((one) => [one.id, take(`q-${one.id}`, answerTo(one, ask[`q-${one.id}`]))]),
  )
  return { given: { email: address, consent, feedback }, problems }
}

function answerTo(one: Question, raw: unknown): Field {
  if (one.kind === 'text') return paragraph(raw, bounds.comment, false)
  const value = typeof raw === 'string' ? raw : ''
  if (value === '') return { value }
  const known = /^\d$/.test(value) && Number(value) >= 1 && Number(value) <= one.choices.length
  return known ? { value } : { problem: say('problem.choice') }
}

function body(scene: Here, viewer: Viewer): { [key: string]: ViewData } {
  const { session, answers } = scene
  const people = awaited(session, (who) => answers[who] !== undefined)
  const without = people.filter((one) => !answers[one.id]?.email)
  const team = viewer.sees === 'person' && scribes(session, viewer.id)
  return {
    nextSteps: session.context.nextSteps ? said(session.context.nextSteps) : null,
    contact: session.context.contact ? said(session.context.contact) : null,
    questionnaire: session.context.questionnaire,
    hasQuestionnaire: session.context.questionnaire !== '',
    progress: say('conclusion.progress', {
      done: people.filter((one) => answers[one.id]).length,
      total: people.length,
    }),
    withoutAddress:
      team && without.length
        ? say('conclusion.without-address', {
            names: { listing: without.map((one) => nameOf(session, one.id)) },
          })
        : null,
    hints: viewer.sees === 'person' && steers(session, viewer.id) && session.context.nextSteps === '',
  }
}

function form(scene: Here, viewer: Viewer, draft: Draft): { [key: string]: ViewData } {
  const me = viewer.sees === 'person' ? viewer.id : null
  const mine = me ? scene.answers[me] : undefined
  const typed = (id: string, stored: string | undefined) => said(draft.typed?.[id] ?? stored ?? '')
  return {
    receipt: mine !== undefined && !draft.edit && draft.problems === undefined,
    email: typed('email', mine?.email),
    emailProblem: draft.problems?.email ?? null,
    consent: draft.typed?.consent ?? (mine?.consent ? 'true' : 'false'),
    consentProblem: draft.problems?.consent ?? null,
    hasEmail: Boolean(mine?.email),
    questions: scene.options.questions.map((one) =>
      questionView(one, typed(`q-${one.id}`, mine?.feedback[one.id]), draft),
    ),
    given: scene.options.questions.flatMap((one) => given(one, mine)),
    hasGiven: scene.options.questions.some((one) => mine?.feedback[one.id]),
    questionnaire: scene.session.context.questionnaire,
    hasQuestionnaire: scene.session.context.questionnaire !== '',
    problems: draft.problems !== undefined,
    version: mine?.edits ?? 0,
  }
}

const questionView = (one: Question, value: ViewData, draft: Draft): { [key: string]: ViewData } => ({
  id: `q-${one.id}`,
  scale: one.kind === 'scale',
  text: one.text,
  value,
  problem: draft.problems?.[`q-${one.id}`] ?? null,
  choices:
    one.kind === 'scale'
      ? one.choices.map((choice, index) => ({ title: choice, value: String(index + 1) }))
      : [],
})

function given(one: Question, mine: Answer | undefined): { title: Text; value: Text }[] {
  const value = mine?.feedback[one.id]
  if (!value) return []
  const shown = one.kind === 'scale' ? (one.choices[Number(value) - 1] ?? said(value)) : said(value)
  return [{ title: one.text, value: shown }]
}

/** Feedback in aggregate, without names; free comments without names either. */
const blocks = (scene: Here): Block[] =>
  scene.options.questions.flatMap((one) => aggregate(opinion(one, Object.values(scene.answers))))

/** What people thought of the workshop, in figures and comments that name nobody. */
export interface Opinion {
  question: Bilingual
  /** Empty for a question answered in words. */
  choices: { choice: Bilingual; people: number }[]
  /** Of the ranks of the choices, the first being 1; null where there are none. */
  average: number | null
  comments: string[]
}

export function opinions(script: unknown, answers: Record<PersonId, unknown>): Opinion[] {
  const read = options.safeParse(script)
  const given = Object.values(answers).flatMap((one) => answer.safeParse(one).data ?? [])
  return read.success ? read.data.questions.map((one) => opinion(one, given)) : []
}

function opinion(one: Question, given: Answer[]): Opinion {
  const values = given.map((each) => each.feedback[one.id] ?? '').filter((value) => value !== '')
  if (one.kind === 'text')
    return { question: one.text, choices: [], average: null, comments: unsigned(values) }
  const choices = one.choices.map((choice, index) => ({
    choice,
    people: values.filter((value) => value === String(index + 1)).length,
  }))
  return { question: one.text, choices, average: mean(values.map(Number)), comments: [] }
}

/** In an order that is nobody's, and without the addresses some leave in a text that was promised to name no one. */
const unsigned = (comments: string[]): string[] =>
  comments.map((one) => one.replace(/[^\s@<>()]+@[^\s@<>()]+\.[\p{L}\p{N}]+/gu, '[…]')).toSorted()

function aggregate({ question: title, choices, average, comments }: Opinion): Block[] {
  if (comments.length) return [{ block: 'list', title, items: comments.map(said) }]
  if (average === null) return []
  const rows = choices.map(({ choice, people }) => [choice, said(String(people))])
  return [{ block: 'table', title, head: [say('summary.choice'), say('summary.answers')], rows }]
}
