import type { ParticipationPicture } from '../core/phases/contract.ts'
import type { Lang } from '../core/text.ts'

export function participationPicture(_picture: ParticipationPicture, _lang: Lang): Buffer {
  throw new Error('not drawn yet')
}
