import { z } from 'zod'
import type { JsonObject } from './views.ts'

/** What a card asks of whoever reads it. Pure: a card in, its buttons and boxes out. */
export interface CardInput {
  id: string
  type: string
  label: string
  choices: { title: string; value: string }[]
  isMultiSelect: boolean
  isRequired: boolean
  maxLength: number
  value: string
  valueOn: string
}

export interface Offer {
  id?: string
  verb: string
  data: JsonObject
  inputs: CardInput[]
}

/** The `Action.Execute` buttons of a card, wherever they are, each with the inputs it would send. */
export function offersIn(card: unknown): Offer[] {
  return offersUnder(card, [])
}

/** Whether an element of this id can be seen. */
export const holds = (card: unknown, id: string): boolean =>
  nodesOf(card).some((node) => z.object({ id: z.literal(id) }).safeParse(node).success)

const data = z
  .record(z.unknown())
  .default({})
  .transform((value) => value as JsonObject)

const executeSchema = z.object({
  type: z.literal('Action.Execute'),
  id: z.string().optional(),
  verb: z.string(),
  data,
  associatedInputs: z.string().optional(),
  isEnabled: z.boolean().default(true),
})

const inputSchema = z.object({
  id: z.string(),
  type: z.string().startsWith('Input.'),
  label: z.string().default(''),
  choices: z.array(z.object({ title: z.string(), value: z.string() })).default([]),
  isMultiSelect: z.boolean().default(false),
  isRequired: z.boolean().default(false),
  maxLength: z.number().default(500),
  value: z.coerce.string().default(''),
  valueOn: z.string().default('true'),
})

/** A button sends the inputs of its own card and of those it is nested in. */
function offersUnder(card: unknown, inherited: CardInput[]): Offer[] {
  const nodes = nodesOf(card)
  const inputs = [...inherited, ...nodes.flatMap((node) => inputSchema.safeParse(node).data ?? [])]
  return nodes.flatMap((node) => [...offerOf(node, inputs), ...offersUnder(shownCard(node), inputs)])
}

function offerOf(node: unknown, inputs: CardInput[]): Offer[] {
  const found = executeSchema.safeParse(node)
  if (!found.success || !found.data.isEnabled) return []
  const { id, verb, data, associatedInputs } = found.data
  return [{ ...(id ? { id } : {}), verb, data, inputs: associatedInputs === 'none' ? [] : inputs }]
}

const hidden = z.object({ isVisible: z.literal(false) })

/** Every object of the card that can be seen, but not those of the cards its buttons unfold. */
function nodesOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf)
  if (typeof value !== 'object' || value === null || hidden.safeParse(value).success) return []
  const { card: _shown, refresh: _refresh, fallback: _fallback, data: _data, ...rest } = value as JsonObject
  return [value, ...Object.values(rest).flatMap(nodesOf)]
}

function shownCard(node: unknown): unknown {
  const found = z.object({ type: z.literal('Action.ShowCard'), card: z.unknown() }).safeParse(node)
  return found.data?.card
}
