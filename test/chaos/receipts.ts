import type { Json } from '../../src/core/patch.ts'
import { type Card, wordsIn } from '../support/connector.ts'
import { isCard } from '../support/seat.ts'
import type { About, Fields } from './ledger.ts'

/**
 * Which of all that someone gave her card says was received; null when it says nothing of the kind. What it says and she
 * never gave is told as it stands.
 */
export function receivedIn(card: Card, about: About, given: readonly Fields[]): Fields | null {
  const words = wordsIn(card)
  if (!words.includes('✓')) return null
  if (about === 'ratings') return ratingsIn(card)
  return given.findLast((one) => Object.values(one).every((text) => words.includes(text))) ?? { words }
}

/** Ratings by subject, as « 4/3 »: the first axis, then the second. */
function ratingsIn(card: Card): Fields {
  const ratings: Fields = {}
  let title = ''
  for (const { text, isBold } of linesOf(card)) {
    if (isBold) title = text.replace(/^n°\s\d+\s–\s/u, '')
    const [, y, x] = /^\D* (\d) · \D* (\d)$/u.exec(text) ?? []
    if (y !== undefined && x !== undefined) ratings[title] = `${y}/${x}`
  }
  return ratings
}

/** Of each input of a form that asks for ratings, the subject above it. */
export function subjectsOf(card: Card): Map<string, string> {
  const above = new Map<string, string>()
  let title = ''
  for (const { text, isBold, id } of linesOf(card)) {
    if (isBold) title = text
    if (id !== '') above.set(id, title)
  }
  return above
}

interface Line {
  text: string
  isBold: boolean
  /** Of an input. */
  id: string
}

/** What stands on a card from top to bottom. */
function linesOf(part: Json | undefined): Line[] {
  if (Array.isArray(part)) return part.flatMap(linesOf)
  if (!isCard(part)) return []
  const type = String(part.type)
  const own =
    type === 'TextRun' || type === 'TextBlock' || type.startsWith('Input.')
      ? [
          {
            text: String(part.text ?? ''),
            isBold: type === 'TextRun' && part.weight === 'Bolder',
            id: type.startsWith('Input.') ? String(part.id) : '',
          },
        ]
      : []
  return [...own, ...Object.values(part).flatMap(linesOf)]
}
