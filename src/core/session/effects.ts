import { z } from 'zod'
import { phaseOf } from '../phases/index.ts'
import type { SessionEvent } from './events.ts'
import { currentSegmentId } from './place.ts'
import type { Session } from './types.ts'

/**
 * Something to show in the chat. It names a card by its slot, never its content: what is shown is what is true when
 * it is sent.
 */
export const effect = z.object({
  id: z.number().int(),
  do: z.enum(['post', 'edit']),
  session: z.string(),
  slot: z.string(),
  /** `unsure`: a post was tried and no answer came; it is never blindly sent again. */
  state: z.enum(['due', 'trying', 'unsure', 'aside']),
  /** Id of what caused it; empty where nobody knows, and in older records. */
  cause: z.string().max(60).default(''),
  /** Number of the report that told the facilitator it may be missing. */
  told: z.number().int().nullable().default(null),
})
export type Effect = z.infer<typeof effect>

type Draft = Omit<Effect, 'id' | 'state' | 'cause' | 'told'>

/** What must be shown after these events. `before` is null when the session was just launched. */
export function effectsOf(change: {
  before: Session | null
  after: Session
  events: SessionEvent[]
}): Draft[] {
  const { before, after, events } = change
  const to = (what: 'post' | 'edit', slot: string): Draft => ({ do: what, session: after.id, slot })
  if (!before) return [to('post', 'lobby'), to('post', 'join')]
  if (events.length === 0) return []
  const folded = [
    ...(rings(before) && !rings(after) ? last('ring/', before) : []),
    ...(before.partedAt !== null && after.partedAt === null ? last('parting/', before) : []),
    ...(takenUp(before, after) ? last('taking-up/', before) : []),
  ].map((slot) => to('edit', slot))
  // On another day its card stands far up in the chat.
  if (moved(before, after) || takenUp(before, after))
    return [...folded, to('edit', liveSlot(before)), ...arrival(after).map((slot) => to('post', slot))]
  if (announced(after, events)) return [to('edit', liveSlot(after)), to('post', stepSlot(after))]
  const rung = events.some((event) => event.type === 'rang') ? [to('post', ringSlot(after))] : []
  const parted =
    after.partedAt !== null && before.partedAt === null ? [to('post', `parting/${after.count}`)] : []
  const again = after.offeredAgainAt === before.offeredAgainAt ? [] : [to('post', `taking-up/${after.count}`)]
  return [...folded, to('edit', liveSlot(after)), ...rung, ...parted, ...again]
}

/** What lay between two sittings has just ended. */
const takenUp = (before: Session, after: Session): boolean =>
  after.steer.breaks.length > before.steer.breaks.length

/** Time is up and nobody has decided yet. */
const rings = ({ steer: { position } }: Session): boolean => position.status === 'running' && position.rang

const last = (kind: string, session: Session): string[] =>
  session.steps.filter((slot) => slot.startsWith(kind)).slice(-1)

/** At most one edit per card waits, as late as asked: it will show everything since. None does while the card itself waits. */
export function merge(outbox: Effect[]): Effect[] {
  const due = outbox.filter((one) => one.state === 'due')
  const key = (one: Effect) => `${one.session}/${one.slot}`
  const isTold = (edit: Effect) =>
    due.some((one) => key(one) === key(edit) && (one.do === 'post' || due.indexOf(one) > due.indexOf(edit)))
  return outbox.filter((one) => one.do === 'post' || one.state !== 'due' || !isTold(one))
}

/** The card that says where the session stands: the one to keep current. */
export function liveSlot(session: Session): string {
  const { status } = session.steer.position
  if (status === 'lobby') return 'lobby'
  if (status === 'closed') return summarySlot(session)
  return session.steps.findLast((slot) => slot.startsWith('step/')) ?? 'lobby'
}

const summarySlot = (session: Session): string =>
  session.steps.findLast((slot) => slot.startsWith('summary/')) ?? 'lobby'

/** The cards posted on arriving somewhere. */
function arrival(session: Session): string[] {
  const { position } = session.steer
  if (position.status === 'lobby') return ['lobby']
  if (position.status === 'closed') return [`summary/${session.count}`]
  const segment = session.format.segments[position.index]
  if (!segment) return []
  const step = stepSlot(session)
  return phaseOf(segment.phase)?.hasForm ? [step, `form/${segment.id}/${session.count}`] : [step]
}

/** A phase may ask for a fresh card: what it shows would otherwise stand far up in the chat. */
const announced = (session: Session, events: SessionEvent[]): boolean =>
  events.some((event) => {
    if (event.type !== 'in-phase') return false
    const segment = session.format.segments.find((one) => one.id === event.segment)
    return phaseOf(segment?.phase ?? '')?.announces(event.event) ?? false
  })

const stepSlot = (session: Session): string => `step/${currentSegmentId(session)}/${session.count}`

const ringSlot = (session: Session): string => `ring/${currentSegmentId(session)}/${session.count}`

/** Another segment, or another stage altogether; a pause is not. */
function moved(before: Session, after: Session): boolean {
  const stage = (session: Session) => currentSegmentId(session) ?? session.steer.position.status
  const visits = (session: Session) => session.steer.runs[currentSegmentId(session) ?? '']?.visits ?? 0
  return stage(before) !== stage(after) || visits(before) !== visits(after)
}
