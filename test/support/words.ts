import type { Json } from '../../src/core/patch.ts'

/** What came over the wire, read by whoever checks it: nothing here is the bot's. */
export type Card = { [key: string]: Json }

/** What stands at a place in what came over the wire: `at(card, 'refresh', 'userIds')`. */
export function at(value: Json | undefined, ...path: (string | number)[]): Json | undefined {
  const [key, ...rest] = path
  if (key === undefined || value === undefined) return value
  if (Array.isArray(value)) return at(value[Number(key)], ...rest)
  return at(recordIn(value)[key], ...rest)
}

/** The action with this verb, wherever it stands in a card, with the data it would send. */
export function actionIn(card: Json | undefined, verb: string): Card | undefined {
  if (typeof card !== 'object' || card === null) return undefined
  const isIt =
    String(at(card, 'type')).startsWith('Action.') &&
    [at(card, 'verb'), at(card, 'data', 'verb')].includes(verb)
  if (isIt) return recordIn(card)
  for (const part of Object.values(card)) {
    const found = actionIn(part, verb)
    if (found) return found
  }
  return undefined
}

/** Every text a person reads on a card, one a line. */
export function wordsIn(card: Json | undefined): string {
  if (Array.isArray(card)) return card.map(wordsIn).filter(Boolean).join('\n')
  if (typeof card !== 'object' || card === null) return ''
  const own = ['text', 'title', 'value', 'label', 'placeholder', 'altText'].map((key) => card[key])
  const parts = Object.entries(card).flatMap(([key, part]) =>
    ['data', 'refresh', 'fallback'].includes(key) ? [] : [wordsIn(part)],
  )
  return [...own.filter((word) => typeof word === 'string'), ...parts].filter(Boolean).join('\n')
}

export const recordIn = (value: Json | undefined): Card =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
