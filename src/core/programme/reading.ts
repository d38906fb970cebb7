import type { Field, Problems } from '../fields.ts'
import { type Say, say } from '../text.ts'

/** What a card or a typed line sent, not looked at yet. */
export type Raw = Record<string, unknown>

/** Undefined where it was not sent: what is kept stays. */
export const textOf = (raw: Raw, key: string): string | undefined => {
  const value = raw[key]
  return typeof value === 'string' ? value : undefined
}

export const oneOf = <T extends string>(known: readonly T[], given: string): T | undefined =>
  known.find((one) => one === given)

/** A whole number within these, or the sentence that says so. */
export function countOf(raw: string, { min, max }: { min: number; max: number }): number | { problem: Say } {
  const value = Number(raw.trim())
  return raw.trim() !== '' && Number.isInteger(value) && value >= min && value <= max
    ? value
    : { problem: say('programme.count', { min, max }) }
}

export const problemsIn = (fields: (readonly [string, Field])[]): Problems =>
  Object.fromEntries(fields.flatMap(([key, field]) => ('problem' in field ? [[key, field.problem]] : [])))
