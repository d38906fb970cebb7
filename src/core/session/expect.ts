import { currentSegmentId } from './place.ts'
import type { Session } from './types.ts'

/**
 * What a control was drawn for, as `segment.visit/deadline/move`. A control pressed when this no longer holds was
 * already carried out, or would do something its reader did not see.
 */
export const expectStamp = (session: Session): string => `${deadlineStamp(session)}${moveStamp(session)}`

/** Same segment, same visit. */
export function positionStamp(session: Session): string {
  const id = currentSegmentId(session)
  const { position, runs } = session.steer
  return `${id ?? position.status}.${id === null ? 0 : (runs[id]?.visits ?? 0)}/`
}

/** Same segment, same deadline. */
export function deadlineStamp(session: Session): string {
  const { position } = session.steer
  const deadline = position.status === 'running' ? position.deadline : position.status
  return `${positionStamp(session)}${deadline}/`
}

/** Same last move, same last undo. */
export const moveStamp = (session: Session): string =>
  `${session.moves.at(-1)?.id ?? '-'}.${session.redo.length}`
