import type { Format } from '../../core/format.ts'
import type { Programme } from '../../core/programme/types.ts'
import type { Lang } from '../../core/text.ts'

/** What a paper is made from: a programme as it stands at a moment, for which group, and how it is told. */
export interface PaperLook {
  programme: Programme
  /** Id of the chat that keeps it. */
  home: string
  group: number
  formats: Record<string, Format>
  lang: Lang
  /** IANA time zone in which times of day are told. */
  zone: string
  /** Milliseconds since the Unix epoch. */
  now: number
}
