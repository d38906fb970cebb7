import { outcomeChapter } from '../summary/outcome.ts'
import type { Recalled, Session } from './types.ts'

/** What a session came to, as the next one calls it to mind; null where it came to nothing. */
export function recalledFrom(session: Session, now: number): Recalled | null {
  const { position } = session.steer
  if (position.status !== 'closed' || position.startedAt === null) return null
  const decided = outcomeChapter(session, now).blocks.flatMap((one) =>
    one.block === 'facts' ? one.facts.map(({ label, value }) => ({ label, value })) : [],
  )
  const { nextSteps } = session.context
  if (decided.length === 0 && nextSteps === '') return null
  return { title: session.format.title, at: position.closedAt, decided, nextSteps }
}
