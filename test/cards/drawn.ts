import MarkdownIt from 'markdown-it'
import type { Json } from '../../src/core/patch.ts'
import type { Address } from '../../src/core/text.ts'
import type { CardView } from '../../src/core/views/index.ts'
import { type CardJson, cardOf } from '../../src/teams/cards.ts'

/** A view as the bot would send it, with addresses anyone can recognise. */
export const draw = (view: CardView): CardJson =>
  cardOf(view, {
    lang: view.lang,
    zone: 'Europe/Paris',
    stamp: view.stamp,
    address: (of) => `https://bot.example/${placeOf(of)}`,
  })

function placeOf(of: Address): string {
  if ('paper' in of) return of.paper
  return 'picture' in of ? of.picture : 'ownData' in of ? 'own-data' : of.copy
}

/** Every object of a card, the fallbacks left out. */
export function nodesOf(value: Json): CardJson[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf)
  if (typeof value !== 'object' || value === null) return []
  const { fallback: _fallback, data: _data, ...rest } = value
  return [value, ...Object.values(rest).flatMap(nodesOf)]
}

export const typed = (card: CardJson, type: string): CardJson[] =>
  nodesOf(card).filter((node) => typeof node.type === 'string' && node.type.startsWith(type))

/** What a person reads on a card, text by text: Markdown rendered where Teams renders it. */
export function readOn(card: CardJson): string[] {
  return nodesOf(card)
    .flatMap((node) => {
      if (node.type === 'TextBlock') return [rendered(String(node.text))]
      if (node.type === 'TextRun') return [String(node.text)]
      return ['title', 'label', 'placeholder', 'value', 'altText'].flatMap((key) =>
        typeof node[key] === 'string' ? [String(node[key])] : [],
      )
    })
    .map((text) => text.replace(/[\u2068\u2069]/g, ''))
}

const markdown = new MarkdownIt()

/** The text of the HTML that comes out, tags gone. */
function rendered(text: string): string {
  return markdown
    .render(text)
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim()
}
