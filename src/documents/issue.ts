import type { Session } from '../core/session/types.ts'
import { editionOf } from '../core/summary/review.ts'
import { type Copy, type Lang, say, type Text } from '../core/text.ts'

/** What is made into a document: a session as it stands at a moment, for whom, and how it is told. */
export interface Issue {
  session: Session
  copy: Copy
  lang: Lang
  /** IANA time zone in which times of day are told. */
  zone: string
  /** Milliseconds since the Unix epoch: the day the document carries. */
  now: number
}

/** For whom, of which day and of which edition: what a reader needs to know which of two documents is the later one. */
export const editionText = ({ session, copy, now }: Issue): Text =>
  say(copy === 'organisers' ? 'word.edition-organisers' : 'word.edition-participants', {
    day: { day: now },
    edition: editionOf(session),
  })

/** A file, whole in memory: nothing is ever written half. */
export interface Rendered {
  /** Media type. */
  type: string
  body: Buffer | string
  /** As it is saved, with its extension; letters, digits and dashes only. */
  fileName: string
}
