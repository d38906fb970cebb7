import { z } from 'zod'
import { localeFile } from './assets.ts'
import type { CardInput } from './simulate-cards.ts'
import { pick } from './simulate-chance.ts'
import type { Language } from './views.ts'

const someTexts = z.array(z.string()).min(1)

const personaSchema = z.object({
  id: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  position: z.string(),
  organisation: z.string(),
  profile: z.enum(['agent', 'civil-society', 'citizen']),
  reason: z.string(),
  subjects: z.array(z.object({ title: z.string(), sentence: z.string() })).min(1),
  /** Commitments this person would make: one to three. */
  ideas: someTexts.max(3),
  /** Sub-actions, as the end of a sentence. */
  actions: someTexts,
  phrases: someTexts,
  /** From 0, severe, to 1, generous. */
  generosity: z.number().min(0).max(1),
})

/** What may be written where a label, or an identifier, holds one of these; without any, wherever else. */
const listSchema = z.object({ about: z.array(z.string()).default([]), texts: someTexts })
const lists = z.array(listSchema)

const saysSchema = z.object({ prompts: lists, headings: lists, starters: lists, steps: lists })

export type Persona = z.infer<typeof personaSchema>

/** Who is played, by number, and what all of them may say. */
export interface Part {
  persona: Persona
  seat: number
  says: z.infer<typeof saysSchema>
}

export function personas(language: Language): Persona[] {
  return castIn(language).map(({ persona }) => persona)
}

export function partOf(persona: string, language: Language): Part | undefined {
  return castIn(language).find((part) => part.persona.id === persona)
}

const casts = new Map<Language, Part[]>()

function castIn(language: Language): Part[] {
  const known = casts.get(language)
  if (known) return known
  const file = z.object({ personas: z.array(personaSchema), says: saysSchema })
  const { personas, says } = file.parse(localeFile(language, 'personas'))
  const cast = personas.map((persona, seat) => ({ persona, seat, says }))
  casts.set(language, cast)
  return cast
}

interface Sheet {
  part: Part
  /** What was chosen in the other fields. */
  chosen: Map<string, string>
  turn: number
}

/** What this person writes in a field of a shared sheet, '' when they leave it; undefined where there is no sheet. */
export function sheetText(input: CardInput, inputs: CardInput[], sheet: Sheet): string | undefined {
  if (input.id.startsWith('p-')) return promptText(input, inputs, sheet)
  if (input.id !== 'text') return undefined
  const { part, turn } = sheet
  const { seat, says, persona } = part
  // Whoever comes to a heading comes at another turn, or nine seats further: nobody says what another said.
  const heading = labelOf('heading', inputs, sheet)
  if (heading) return fitting(says.headings, heading, 2 * turn + Math.floor(seat / 9))
  const starter = labelOf('starter', inputs, sheet)
  if (starter)
    return fitting(says.starters, starter, turn + 3 * Math.floor(seat / 9)) ?? pick(persona.actions, turn)
  const step = labelOf('step', inputs, sheet)
  return step && fitting(says.steps, step, seat + 5 * turn)
}

/** One to three sentences of the sheet a time, not the same for everyone. */
function promptText(input: CardInput, inputs: CardInput[], { part, turn }: Sheet): string | undefined {
  const { seat, says } = part
  const prompts = inputs.filter((each) => each.id.startsWith('p-'))
  const count = 1 + (seat % 3)
  const place = (prompts.indexOf(input) - seat - count * turn) % prompts.length
  const rank = place < 0 ? place + prompts.length : place
  if (rank >= count) return ''
  return fitting(says.prompts, `${input.label} ${input.id}`, 3 * Math.floor(seat / 5) + rank)
}

/** The title and the identifier of what was chosen there. */
function labelOf(id: string, inputs: CardInput[], { chosen }: Sheet): string | undefined {
  const value = chosen.get(id)
  const choice = inputs.find((input) => input.id === id)?.choices.find((each) => each.value === value)
  return choice && `${choice.title} ${choice.value}`
}

function fitting(from: z.infer<typeof lists>, label: string, index: number): string | undefined {
  const words = ` ${plain(label).replace(/-/g, ' ')} `
  const list = from.find(
    ({ about }) => about.length === 0 || about.some((each) => words.includes(` ${each} `)),
  )
  return list && pick(list.texts, index)
}

/** Lower case letters without accents; a hyphen for anything else. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')
}
