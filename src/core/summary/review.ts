import type { PersonId, Session } from '../session/types.ts'
import type { Text } from '../text.ts'

/** A text of the session that may be mended when it is over. */
export interface Amendable {
  /** Item of the segment, and which of its texts. */
  item: string
  key: string
  /** What it is, for someone who chooses among many: « Sujet 3 », « Mon engagement porte sur… ». */
  label: Text
  /** Which text of it, where it has several: « Titre », « Description ». */
  field: Text | null
  text: string
  /** Who said it, and may signal a correction. */
  authors: PersonId[]
  /** Characters at most. */
  max: number
  /** May not be emptied. */
  needed: boolean
}

export interface Retext {
  item: string
  key: string
  text: string
}

/** Grows each time a mended text enters the documents: « édition 2 ». */
export const editionOf = ({ review }: Session): number =>
  1 + review.amendments.filter((one) => one.state === 'accepted').length
