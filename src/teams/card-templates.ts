import { readFileSync } from 'node:fs'
import { Template } from 'adaptivecards-templating'
import type { Json } from '../core/patch.ts'
import type { Lang } from '../core/text.ts'
import { words } from '../locales/index.ts'

const folder = new URL('../../cards/', import.meta.url)
const prepared = new Map<string, Template>()

/**
 * The template of a card, read and prepared once in each language, whose words are put in then. `step:memo` is the frame `step` with, at its `{ "$include": "phase" }`,
 * the content of `phases/memo`; any other include names a file of the folder.
 */
export function templateOf(card: string, lang: Lang): Template {
  const name = `${lang} ${card}`
  const known = prepared.get(name)
  if (known) return known
  const [frame = '', phase = ''] = card.split(':')
  const template = new Template(worded(composed(read(frame), phase), lang))
  prepared.set(name, template)
  return template
}

function composed(node: Json, phase: string): Json {
  if (Array.isArray(node)) return node.flatMap((item) => included(item, phase) ?? [composed(item, phase)])
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, composed(value, phase)]))
}

function included(item: Json, phase: string): Json[] | null {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return null
  const name = item.$include
  if (typeof name !== 'string') return null
  const content = composed(read(name === 'phase' ? `phases/${phase}` : name), phase)
  return Array.isArray(content) ? content : [content]
}

/** A quarter of a card's expressions are our own words, the same each time. */
function worded(node: Json, lang: Lang): Json {
  if (typeof node === 'string') return wordedText(node, lang)
  if (typeof node !== 'object' || node === null) return node
  if (Array.isArray(node)) return node.map((item) => worded(item, lang))
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, worded(value, lang)]))
}

/** Where other expressions stand beside them, they are left as they are: a text could read as part of these. */
function wordedText(text: string, lang: Lang): string {
  const ours = words(lang)
  const said = text.replace(word, (whole, section: string, key: string) => ours[section]?.[key] ?? whole)
  return said.includes('${') ? text : said
}

const word = /\$\{\$root\.t\.(\w+)\.(\w+)\}/gu

const read = (name: string): Json => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'))
