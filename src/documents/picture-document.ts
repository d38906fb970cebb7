import { pictureFor } from '../core/summary/documents.ts'
import { say } from '../core/text.ts'
import { speak } from '../locales/index.ts'
import { fileName } from './file-name.ts'
import type { Issue, Rendered } from './issue.ts'
import { pngOf } from './picture.ts'

type PictureId = 'matrix' | 'timeline' | 'participation'

/** A picture of its own, to put in a presentation; null where there is none yet. */
export function pictureDocument(id: PictureId, issue: Issue): Rendered | null {
  const picture = pictureFor(id, issue.session, issue.now)
  return (
    picture && {
      type: 'image/png',
      body: pngOf(picture, issue.lang),
      fileName: fileName(speak(say(names[id]), issue), issue, 'png'),
    }
  )
}

const names: Record<PictureId, string> = {
  matrix: 'files.name-matrix',
  timeline: 'files.name-timeline',
  participation: 'files.name-participation',
}
