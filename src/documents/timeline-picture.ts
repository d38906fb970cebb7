import type { TimelinePicture } from '../core/phases/contract.ts'
import type { Lang } from '../core/text.ts'

/** The roadmap as a PNG. */
export function timelinePicture(_picture: TimelinePicture, _lang: Lang): Buffer {
  throw new Error('not drawn yet')
}
