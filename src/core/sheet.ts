import { z } from 'zod'
import { bounds } from './bounds.ts'
import { type Field, gather, line } from './fields.ts'
import { type Decision, refuse } from './phases/contract.ts'
import { scribes } from './session/people.ts'
import { type PersonId, personId, type Session } from './session/types.ts'
import type { Retext } from './summary/review.ts'
import { type Bilingual, said, say } from './text.ts'

/** A sheet of sentences to complete: what people give to each prompt, and what the organisers compose from it. */
export interface SheetScene {
  session: Session
  prompts: { id: string; label: Bilingual }[]
  given: Record<PersonId, GivenTexts>
  composed: Record<string, Composed>
}

/** The sheet's title is composed as its prompts are; no prompt may take its name. */
export const titleId = 'title'

/** What one person gave, in order. A text that was withdrawn leaves its place empty, so that the others keep theirs. */
export const givenTexts = z.object({
  texts: z.array(z.object({ prompt: z.string(), text: z.string(), number: z.number().int() })),
})
export type GivenTexts = z.infer<typeof givenTexts>

export const composed = z.object({
  text: z.string(),
  /** Ids of the texts it was made from. */
  sources: z.array(z.string()),
  /** Who wrote it down. */
  by: personId,
  /** Never the same twice, even after an undo: nobody overwrites what she has not seen. */
  version: z.number().int(),
})
export type Composed = z.infer<typeof composed>

/** One text on the sheet. */
export interface Given {
  id: string
  who: PersonId
  prompt: string
  text: string
  /** As people call it aloud; never given twice. */
  number: number
}

const raw = z.string().default('')
export const sheetInput = z.discriminatedUnion('do', [
  /** The form: an input `p-<prompt>` for each prompt. */
  z.object({ do: z.literal('prompts-give') }).passthrough(),
  /** Typed in the chat: one prompt, by its number. */
  z.object({ do: z.literal('prompt-give'), prompt: z.string(), text: raw }),
  /** One's own texts, by id or by number. */
  z.object({ do: z.literal('text-edit'), text: z.string(), own: raw }),
  z.object({ do: z.literal('text-remove'), text: z.string() }),
  /** `was` is the version the dialog showed, `sources` the ids ticked there; typed in the chat, there is neither. */
  z.object({
    do: z.literal('compose'),
    prompt: z.string(),
    text: raw,
    sources: z.string().optional(),
    was: z.coerce.number().optional(),
  }),
  /** Adds the text of a contribution to what is composed, and keeps it as a source. */
  z.object({ do: z.literal('compose-from'), source: z.string() }),
])
export type SheetInput = z.infer<typeof sheetInput>
type InputOf<K extends SheetInput['do']> = Extract<SheetInput, { do: K }>

export type SheetEvent =
  | { type: 'texts-given'; who: PersonId; texts: GivenTexts['texts'] }
  | { type: 'text-changed'; who: PersonId; number: number; text: string }
  | { type: 'composed'; prompt: string; composed: Composed }

export function decideSheet(ask: SheetInput, by: PersonId, scene: SheetScene): Decision<SheetEvent> {
  switch (ask.do) {
    case 'prompts-give':
      return give(ask, by, scene)
    case 'prompt-give':
      return giveOne(ask, by, scene)
    case 'text-edit':
      return editOwn(ask, by, scene)
    case 'text-remove':
      return withdraw(ask, by, scene)
    case 'compose':
      return compose(ask, by, scene)
    case 'compose-from':
      return composeFrom(ask.source, by, scene)
  }
}

/** What one person gave, after she gave more or changed a text; a text changed to nothing is withdrawn. */
export function evolveGiven(
  before: GivenTexts | undefined,
  event: Exclude<SheetEvent, { type: 'composed' }>,
): GivenTexts {
  const texts = before?.texts ?? []
  if (event.type === 'texts-given') return { texts: [...texts, ...event.texts] }
  return { texts: texts.map((one) => (one.number === event.number ? { ...one, text: event.text } : one)) }
}

/** Every text that stands, in the order it was given. */
export const standing = (given: SheetScene['given']): Given[] =>
  Object.keys(given)
    .flatMap((who) => textsOf(given, who))
    .sort((a, b) => a.number - b.number)

export const textsOf = (given: SheetScene['given'], who: PersonId): Given[] =>
  (given[who]?.texts ?? [])
    .map((one, index) => ({ ...one, who, id: `${who}#${index + 1}` }))
    .filter((one) => one.text !== '')

/** By its id, as a card sends it, or by its number, as people type it. */
export const called = (texts: Given[], name: string): Given | undefined =>
  texts.find((one) => one.id === name) ?? texts.find((one) => String(one.number) === name)

/** Whether something was composed from it. */
export const isTaken = (id: string, written: SheetScene['composed']): boolean =>
  Object.values(written).some((one) => one.sources.includes(id))

function give(ask: Record<string, unknown>, by: PersonId, scene: SheetScene): Decision<SheetEvent> {
  if (!scene.session.participants[by]?.contributes) return refuse('participants-only')
  const fields = scene.prompts.map(({ id }): [string, Field] => [
    `p-${id}`,
    line(ask[`p-${id}`], bounds.sentence, false),
  ])
  const { values, problems } = gather(Object.fromEntries(fields))
  const written = scene.prompts.flatMap(({ id }) => {
    const text = values[`p-${id}`]
    return text ? [{ prompt: id, text }] : []
  })
  const first = fields[0]?.[0] ?? ''
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  if (written.length === 0) return refuse('invalid', { problems: { [first]: say('reformulation.nothing') } })
  if (textsOf(scene.given, by).length + written.length > bounds.textsPerPerson)
    return refuse('invalid', {
      problems: { [first]: say('reformulation.too-many', { max: bounds.textsPerPerson }) },
    })
  const number = nextNumber(scene.given)
  const texts = written.map((one, index) => ({ ...one, number: number + index }))
  return { events: [{ type: 'texts-given', who: by, texts }] }
}

function giveOne(ask: InputOf<'prompt-give'>, by: PersonId, scene: SheetScene): Decision<SheetEvent> {
  const id = promptCalled(ask.prompt, scene)
  return id === undefined || id === titleId ? refuse('unknown') : give({ [`p-${id}`]: ask.text }, by, scene)
}

function editOwn(ask: InputOf<'text-edit'>, by: PersonId, scene: SheetScene): Decision<SheetEvent> {
  const mine = called(textsOf(scene.given, by), ask.text)
  if (!mine) return refuse('unknown')
  const { values, problems } = gather({ own: line(ask.own, bounds.sentence) })
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  return { events: [{ type: 'text-changed', who: by, number: mine.number, text: values.own }] }
}

function withdraw(ask: InputOf<'text-remove'>, by: PersonId, scene: SheetScene): Decision<SheetEvent> {
  const mine = called(textsOf(scene.given, by), ask.text)
  if (!mine) return refuse('unknown')
  if (isTaken(mine.id, scene.composed)) return refuse('taken')
  return { events: [{ type: 'text-changed', who: by, number: mine.number, text: '' }] }
}

function compose(ask: InputOf<'compose'>, by: PersonId, scene: SheetScene): Decision<SheetEvent> {
  if (!scribes(scene.session, by)) return refuse('organisers-only')
  const prompt = promptCalled(ask.prompt, scene)
  if (prompt === undefined) return refuse('unknown')
  const before = scene.composed[prompt]
  const { values, problems } = gather({ text: composedField(prompt, ask.text) })
  if (ask.was !== undefined && ask.was !== (before?.version ?? 0))
    problems.text = before
      ? say('reformulation.changed', { text: said(before.text) })
      : say('reformulation.emptied')
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  const written = { text: values.text, sources: ticked(ask, scene, before), by, version: scene.session.count }
  return { events: [{ type: 'composed', prompt, composed: written }], move: 'compose' }
}

/** A dialog sends nothing when nothing is ticked; words typed in the chat leave the sources as they are. */
function ticked({ sources, was }: InputOf<'compose'>, scene: SheetScene, before?: Composed): string[] {
  if (was === undefined && sources === undefined) return before?.sources ?? []
  const known = standing(scene.given).map((one) => one.id)
  return [...new Set((sources ?? '').split(','))].filter((one) => known.includes(one))
}

function composeFrom(name: string, by: PersonId, scene: SheetScene): Decision<SheetEvent> {
  if (!scribes(scene.session, by)) return refuse('organisers-only')
  const taken = called(standing(scene.given), name)
  if (!taken) return refuse('unknown')
  const { id, prompt } = taken
  const before = scene.composed[prompt]
  if (before?.sources.includes(id)) return refuse('already')
  const { values, problems } = gather({ text: composedField(prompt, joined(before?.text ?? '', taken.text)) })
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  const sources = [...(before?.sources ?? []), id]
  const written = { text: values.text, sources, by, version: scene.session.count }
  return { events: [{ type: 'composed', prompt, composed: written }], move: 'compose-from' }
}

const composedField = (prompt: string, text: string): Field =>
  line(text, prompt === titleId ? bounds.title : bounds.composed)

/** One text after the other: a comma between them, unless the first ends its own sentence. */
function joined(before: string, text: string): string {
  if (before === '') return text
  return /[.!?…;,:]$/u.test(before) ? `${before} ${text}` : `${before}, ${text}`
}

const nextNumber = (given: SheetScene['given']): number =>
  Object.values(given)
    .flatMap((one) => one.texts)
    .reduce((max, one) => Math.max(max, one.number), 0) + 1

/** A prompt by its id, or by its place on the sheet. */
const promptCalled = (name: string, { prompts }: SheetScene): string | undefined =>
  name === titleId ? titleId : (prompts.find(({ id }) => id === name) ?? prompts[Number(name) - 1])?.id

/** A sentence mended when the session is over; one that is empty again was never composed. */
export function retexted(
  written: SheetScene['composed'],
  { item, key, text, by, version }: Retext,
): SheetScene['composed'] {
  if (key !== 'text') return written
  const { [item]: before, ...others } = written
  if (text === '') return others
  return { ...written, [item]: { text, sources: before?.sources ?? [], by: before?.by ?? by, version } }
}

/** A text someone gave, mended; what was composed from it stays as it was composed. */
export function regiven(given: SheetScene['given'], { item, key, text }: Retext): SheetScene['given'] {
  const one = standing(given).find(({ id }) => id === item)
  if (!one || key !== 'given') return given
  const { who, number } = one
  return { ...given, [who]: evolveGiven(given[who], { type: 'text-changed', who, number, text }) }
}
