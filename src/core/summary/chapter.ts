import type { Picture } from '../phases/contract.ts'
import type { Text } from '../text.ts'

/** One part of the summary. Every text in it is a contribution, a figure computed from them, or the script's own words. */
export interface Chapter {
  /** Segment it tells, or the name of a general chapter. */
  id: string
  title: Text
  blocks: Block[]
}

export type Block =
  | { block: 'text'; text: Text }
  | { block: 'facts'; facts: { label: Text; value: Text }[] }
  | { block: 'list'; title?: Text; items: Text[] }
  | { block: 'table'; title?: Text; head: Text[]; rows: Text[][] }
  /** `alt` carries the same information; a document that shows no picture leaves the block out: a table says it too. */
  | { block: 'picture'; picture: Picture; alt: Text }
