import { z } from 'zod'
import { outcome } from '../session/outcome.ts'
import type { Session } from '../session/types.ts'
import type { Lang } from '../text.ts'
import { filled, type PostValue, postLine } from './post-line.ts'

const withPost = z.object({ post: z.array(postLine) })

/** The text for social networks, from the script's lines and the session's figures; null where the script has none. */
export function postOf(session: Session, now: number, lang: Lang): string | null {
  const lines = session.format.segments.flatMap(({ options }) => {
    const read = withPost.safeParse(options)
    return read.success ? read.data.post.map((line) => line[lang]) : []
  })
  const told = filled(lines, valuesOf(session, now, lang))
  return told.length ? told.join('\n') : null
}

/** What a session started from says what it was about, where the administration did not. */
const startedFrom = ({ steer: { brought } }: Session): string =>
  brought?.fields.find((field) => field.text !== '')?.text ?? ''

function valuesOf(session: Session, now: number, lang: Lang): Record<PostValue, string> {
  const items = outcome(session, now)
  const quote = (text: string) => (lang === 'fr' ? `«\u00A0${text}\u00A0»` : `“${text}”`)
  const priority = items.filter((one) => one.priority).map((one) => quote(one.title))
  return {
    title: session.format.title[lang],
    subject: session.context.subject || startedFrom(session),
    people: String(Object.keys(session.participants).length),
    count: items.length ? String(items.length) : '',
    priority: priority.join(', '),
    next: session.context.nextSteps,
  }
}
