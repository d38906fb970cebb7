import type { Copy, Lang } from '../../src/core/text.ts'
import type { Issue } from '../../src/documents/issue.ts'
import type { Stage } from './stage.ts'

/** What documents are made from, as the workshop stands. */
export const issueOf = (here: Stage, copy: Copy = 'organisers', lang: Lang = 'fr'): Issue => ({
  session: here.session(),
  copy,
  lang,
  zone: 'Europe/Paris',
  now: here.now(),
})
