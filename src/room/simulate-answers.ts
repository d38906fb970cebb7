import { z } from 'zod'
import { localeFile } from './assets.ts'
import type { CardInput } from './simulate-cards.ts'
import type { JsonObject, Language, Pace } from './views.ts'

const personaSchema = z.object({
  id: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  position: z.string(),
  organisation: z.string(),
  profile: z.enum(['agent', 'civil-society', 'citizen']),
  reason: z.string(),
  subjects: z.array(z.object({ title: z.string(), sentence: z.string() })).min(1),
  phrases: z.array(z.string()).min(1),
  /** From 0, severe, to 1, generous. */
  generosity: z.number().min(0).max(1),
})

export type Persona = z.infer<typeof personaSchema>

export function personas(language: Language): Persona[] {
  return z.object({ personas: z.array(personaSchema) }).parse(localeFile(language, 'personas')).personas
}

/** Fills a form as this persona would. The same persona rates the same subject the same way. */
export function fill(inputs: CardInput[], persona: Persona, language: Language): JsonObject {
  return Object.fromEntries(inputs.map((input) => [input.id, answer(input, persona, language)]))
}

function answer(input: CardInput, persona: Persona, language: Language): string {
  if (input.type === 'Input.ChoiceSet') return choose(input, persona, language)
  if (input.type === 'Input.Toggle') return input.valueOn
  if (input.type === 'Input.Text') return write(input, persona)
  return input.value
}

function write(input: CardInput, persona: Persona): string {
  const known = knownText(persona)[input.id]
  const text = known ?? input.value ?? ''
  if (text || input.id in knownText(persona)) return text.slice(0, input.maxLength)
  return pick(persona.phrases, hash(persona.id + input.id)).slice(0, input.maxLength)
}

function knownText(persona: Persona): Record<string, string> {
  const [first, second] = persona.subjects
  const speaksTwice = hash(persona.id) % 5 < 3
  return {
    firstName: persona.firstName,
    lastName: persona.lastName,
    position: persona.position,
    organisation: persona.organisation,
    reason: persona.reason,
    email: `${plain(persona.firstName)}.${plain(persona.lastName)}@exemple.example`,
    title1: first?.title ?? '',
    sentence1: first?.sentence ?? '',
    title2: speaksTwice ? (second?.title ?? '') : '',
    sentence2: speaksTwice ? (second?.sentence ?? '') : '',
  }
}

function choose(input: CardInput, persona: Persona, language: Language): string {
  const values = input.choices.map((choice) => choice.value)
  if (values.length === 0) return input.value
  const known: Record<string, string> = { profile: persona.profile, lang: language }
  const wanted = known[input.id]
  if (wanted && values.includes(wanted)) return wanted
  if (/^[df]-/.test(input.id)) return pick(values, rate(input.id, persona, values.length))
  return pick(values, hash(persona.id + input.id))
}

/** Some subjects everyone sees alike; others divide the room along people's generosity. */
function rate(id: string, persona: Persona, steps: number): number {
  const common = (hash(id) % 100) / 100
  const divides = hash(`${id}?`) % 3 === 0
  const own = divides ? (persona.generosity < 0.5 ? 0.05 : 0.95) : common * 0.7 + persona.generosity * 0.3
  const wobble = ((hash(persona.id + id) % 100) / 100 - 0.5) * 0.35
  return Math.round(Math.min(1, Math.max(0, own + wobble)) * (steps - 1))
}

const paceFactor: Record<Pace, number> = { slow: 1.6, normal: 1, fast: 0.45 }

/** Room time, in milliseconds, before pressing: to speak, to fill a form, or just to click. */
export function thinkingTime(verb: string, inputs: CardInput[], pace: Pace, random: () => number): number {
  const [least, most] = secondsFor(verb, inputs)
  return (least + random() * (most - least)) * 1000 * paceFactor[pace]
}

function secondsFor(verb: string, inputs: CardInput[]): [number, number] {
  if (verb === 'floor-done') return [20, 70]
  if (inputs.length === 0) return [3, 15]
  return [30, 120]
}

const pick = <T>(list: T[], index: number): T => list[index % list.length] as T

/** FNV-1a: spread well enough, and the same everywhere. */
function hash(text: string): number {
  let sum = 2166136261
  for (let index = 0; index < text.length; index++) {
    sum = Math.imul(sum ^ text.charCodeAt(index), 16777619) >>> 0
  }
  return sum
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\P{ASCII}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')
}
