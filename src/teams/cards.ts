import type { Json } from '../core/patch.ts'
import type { Address, Lang, Text, ViewData } from '../core/text.ts'
import { speak, words } from '../locales/index.ts'
import { templateOf } from './card-templates.ts'
import { markdown, plain } from './card-text.ts'

/** What to show, and on which card: a name under `cards/`, with its phase after a colon for a frame (`step:memo`). */
export interface CardView {
  card: string
  data: { [key: string]: ViewData }
}

export interface CardContext {
  lang: Lang
  zone: string
  /** The public address of a picture or a document. */
  address(what: Address): string
  /** Put in the data of every action: the meeting, session, segment and nonce it belongs to. */
  stamp: Record<string, string | number | null>
}

export type CardJson = { [key: string]: Json }

/** Actions visible on a row; the rest goes behind "…" (Teams shows six). */
const maxActions = 6

/** The Adaptive Card of a view for one reader. Everything people wrote is shown as they typed it. */
export function cardOf(view: CardView, context: CardContext): CardJson {
  const data = localised(view.data, context) as CardJson
  const card: CardJson = templateOf(view.card, context.lang).expand({
    $root: { t: words(context.lang), ...data },
  })
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    lang: context.lang,
    ...(finished(card, 'card', context) as CardJson),
    msteams: { width: 'Full' },
  }
}

/** Nothing to say is an empty text: the templates test that, and what stays empty is not drawn. */
function localised(value: ViewData, context: CardContext): Json {
  if (value === null) return ''
  if (typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((one) => localised(one, context))
  if (isAddress(value)) return context.address(value)
  if (isText(value)) return speak(value, { lang: context.lang, zone: context.zone, mark: true })
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, localised(one, context)]))
}

const isAddress = (value: object): value is Address =>
  tells(value, 'picture', 'string') ||
  tells(value, 'document', 'string') ||
  tells(value, 'ownData', 'string') ||
  tells(value, 'paper', 'string')

const isText = (value: object): value is Text =>
  tells(value, 'said', 'string') ||
  tells(value, 'say', 'string') ||
  (tells(value, 'in', 'string') && 'text' in value) ||
  ('days' in value && Array.isArray(value.days)) ||
  ('listing' in value && Array.isArray(value.listing)) ||
  ('lines' in value && Array.isArray(value.lines) && isAlone(value)) ||
  ((tells(value, 'time', 'number') ||
    tells(value, 'day', 'number') ||
    tells(value, 'lasting', 'number') ||
    tells(value, 'date', 'string') ||
    tells(value, 'month', 'string')) &&
    isAlone(value)) ||
  (tells(value, 'fr', 'string') && tells(value, 'en', 'string'))

const tells = (value: object, key: string, type: 'string' | 'number'): boolean =>
  typeof Object(value)[key] === type

const isAlone = (value: object): boolean => Object.keys(value).length === 1

/** Walks the expanded card once; undefined is what is not drawn. `place` is the property the value stands in. */
function finished(value: Json, place: string, context: CardContext): Json | undefined {
  if (value === null) return undefined
  if (typeof value === 'string') return plain(value)
  if (typeof value !== 'object') return value
  if (Array.isArray(value)) return finishedList(value, place, context)
  if (typeof value.type === 'string' && value.type.startsWith('Action.')) return action(value, place, context)
  const element = propertiesOf(value, place, context)
  return isEmpty(element) ? undefined : element
}

function finishedList(list: Json[], place: string, context: CardContext): Json[] {
  const items = list.map((one) => finished(one, place, context)).filter((one) => one !== undefined)
  return place === 'actions'
    ? items.map((one, index) => (index < maxActions - 1 ? one : tucked(one, items.length)))
    : items
}

const tucked = (one: Json, count: number): Json =>
  count > maxActions && isObject(one) ? { ...one, mode: 'secondary' } : one

function propertiesOf(node: CardJson, place: string, context: CardContext): CardJson {
  const drawn: CardJson = {}
  for (const [key, value] of Object.entries(node)) {
    const shown =
      typeof value === 'string' && readsMarkdown(node, key, place)
        ? markdown(value)
        : finished(value, key, context)
    if (shown !== undefined && (shown !== '' || mayBeEmpty.has(key))) drawn[key] = shown
  }
  return drawn
}

const mayBeEmpty = new Set(['text', 'title', 'value'])

/** Where a host reads Markdown: text blocks, facts, and the message under a field. Everything else is plain. */
const readsMarkdown = (node: CardJson, key: string, place: string): boolean =>
  (node.type === 'TextBlock' && key === 'text') || place === 'facts' || key === 'errorMessage'

const contentOf: Record<string, string> = {
  TextBlock: 'text',
  TextRun: 'text',
  RichTextBlock: 'inlines',
  Container: 'items',
  Column: 'items',
  ColumnSet: 'columns',
  ActionSet: 'actions',
  FactSet: 'facts',
  Image: 'url',
}

function isEmpty(element: CardJson): boolean {
  const key = contentOf[String(element.type)]
  if (!key) return false
  const content = element[key]
  return content === undefined || content === '' || (Array.isArray(content) && content.length === 0)
}

/** Stamps an action. One that runs on the bot's side also gets a form older clients understand. */
function action(node: CardJson, place: string, context: CardContext): CardJson {
  const { data, fallback: _none, ...rest } = node
  const drawn = propertiesOf(rest, place, context)
  if (node.type !== 'Action.Execute' && node.type !== 'Action.Submit') return drawn
  const own = isObject(data ?? null) ? (propertiesOf(data as CardJson, 'data', context) as CardJson) : {}
  const verb = node.verb ?? own.verb
  const stamped = { ...context.stamp, ...own, ...(verb === undefined ? {} : { verb }) }
  const sent = { associatedInputs: 'none', ...drawn, data: stamped }
  if (node.type === 'Action.Submit' || place === 'action') return sent
  const { verb: _verb, ...older } = sent as CardJson
  return { ...sent, fallback: { ...older, type: 'Action.Submit' } }
}

const isObject = (value: Json): value is CardJson =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
