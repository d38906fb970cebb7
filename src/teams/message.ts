import type { Json } from '../core/patch.ts'
import type { Address, Text, ViewData } from '../core/text.ts'
import { speak } from '../locales/index.ts'
import type { View } from '../ports.ts'
import { type CardJson, cardOf } from './cards.ts'

export interface Drawing {
  /** IANA time zone in which times of day are told. */
  zone: string
  /** The public address of a picture or a document. */
  address(what: Address): string
}

/** Personal versions are served on their own to so many people at most (the platform's limit). */
const personalLimit = 60

/** What the bot sends, as the platform takes it. */
export interface Message {
  type: 'message'
  attachments: { contentType: string; content: CardJson }[]
  summary?: string
  text?: string
  entities?: Mention[]
}

interface Mention {
  type: 'mention'
  text: string
  mentioned: { id: string; name: string }
}

/** The message that shows a view: its card, its personal refresh, who is named, and a line for notifications. */
export function messageOf(view: View, drawing: Drawing): Message {
  const named = view.mentions.map(mention)
  const line = lineOf(view, drawing.zone)
  return {
    type: 'message',
    attachments: [
      { contentType: 'application/vnd.microsoft.card.adaptive', content: cardFor(view, drawing) },
    ],
    ...(line ? { summary: line } : {}),
    ...(named.length ? { text: named.map((one) => one.text).join(', '), entities: named } : {}),
  }
}

/** The card of a view as a message or an invoke response carries it. */
export function cardFor(view: View, { zone, address }: Drawing): CardJson {
  const { lang, stamp } = view
  const card = cardOf(view, { lang, zone, address, stamp })
  return { ...card, ...refreshOf(view), ...namedIn(card, view) }
}

/** What the message weighs for the platform, which counts UTF-16. */
export const weightOf = (message: object): number => JSON.stringify(message).length * 2

/** The refresh data seen after an edit can be the old card's: only stable ids go there. */
function refreshOf({ personalFor, stamp }: View): { refresh?: Json } {
  if (personalFor.length === 0) return {}
  const data = { ...stamp, verb: 'refresh' }
  const action = { type: 'Action.Execute', verb: 'refresh', title: 'refresh', data }
  return { refresh: { action, userIds: personalFor.slice(0, personalLimit) } }
}

/** A mention counts in a card only where its text stands in it, letter for letter. */
function namedIn(card: CardJson, view: View): { msteams?: Json } {
  const drawn = JSON.stringify(card)
  const entities = view.mentions
    .map(mention)
    .filter((one) => drawn.includes(JSON.stringify(one.text).slice(1, -1)))
  if (entities.length === 0) return {}
  const msteams = typeof card.msteams === 'object' && !Array.isArray(card.msteams) ? card.msteams : {}
  return { msteams: { ...msteams, entities: entities.map((one) => ({ ...one })) } }
}

/** People choose their own names: nothing of a name may work as markup. */
function mention({ id, name }: View['mentions'][number]): Mention {
  const shown =
    name
      .replace(/[<>&[\]()*_~`#|\\\p{Cc}]+/gu, ' ')
      .replace(/\s+/gu, ' ')
      .trim() || '…'
  return { type: 'mention', text: `<at>${shown}</at>`, mentioned: { id, name: shown } }
}

/** The card's title, or its one sentence. */
function lineOf({ data, lang }: View, zone: string): string {
  const line = data.title ?? data.text
  return isText(line) ? speak(line, { lang, zone }) : ''
}

const isText = (value: ViewData | undefined): value is Text =>
  typeof value === 'object' &&
  value !== null &&
  ('say' in value || 'said' in value || ('fr' in value && 'en' in value))
