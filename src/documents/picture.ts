import type { Picture } from '../core/phases/contract.ts'
import type { Lang } from '../core/text.ts'
import { matrixPicture } from './matrix-picture.ts'
import { participationPicture } from './participation-picture.ts'
import { timelinePicture } from './timeline-picture.ts'

/** A phase's picture as a PNG. The same picture makes the same bytes on every machine. */
export function pngOf(picture: Picture, lang: Lang): Buffer {
  switch (picture.shape) {
    case 'matrix':
      return matrixPicture(picture, lang)
    case 'timeline':
      return timelinePicture(picture, lang)
    case 'participation':
      return participationPicture(picture, lang)
  }
}
