import type { Letter, Session } from '../session/types.ts'
import { said, type Text } from '../text.ts'
import { postOf } from './post.ts'

/**
 * A text to send after the workshop, ready to amend: the organisers' own wording where they gave one, else what is
 * composed from the session. Null where there is nothing to compose it from.
 */
export function letterOf(letter: Letter, session: Session, now: number): Text | null {
  const own = session.review.letters[letter]
  if (own !== undefined) return said(own)
  const post = letter === 'post' ? postOf(session, now, session.lang) : null
  return post === null ? null : said(post)
}
