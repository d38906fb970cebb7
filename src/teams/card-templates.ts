import { readFileSync } from 'node:fs'
import { Template } from 'adaptivecards-templating'
import type { Json } from '../core/patch.ts'

const folder = new URL('../../cards/', import.meta.url)
const prepared = new Map<string, Template>()

/**
 * The template of a card, read and prepared once. `step:memo` is the frame `step` with, at its `{ "$include": "phase" }`,
 * the content of `phases/memo`; any other include names a file of the folder.
 */
export function templateOf(card: string): Template {
  const known = prepared.get(card)
  if (known) return known
  const [frame = '', phase = ''] = card.split(':')
  const template = new Template(composed(read(frame), phase))
  prepared.set(card, template)
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

const read = (name: string): Json => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'))
