import { currentSeat } from './place.ts'
import { apartSince } from './sittings.ts'
import { minutes } from './timing.ts'
import type { Session } from './types.ts'

/** The next moment at which this session has something to say by itself, or null. */
export function nextAlarm(session: Session): number | null {
  const { position } = session.steer
  if (position.status !== 'running') return null
  const warnAt = position.deadline - minutes(session.format.warnMinutes)
  const own = position.rang ? [] : position.warned ? [position.deadline] : [warnAt, position.deadline]
  const seat = currentSeat(session, position.enteredAt)
  const turn = seat?.phase.alarm(session.steer.shared[seat.place.segment.id]) ?? null
  const moments = turn === null ? own : [...own, turn]
  return moments.length ? Math.min(...moments) : null
}

/** The next moment at which the step card would read differently: the minute of what is left changes. */
export function nextDisplay(session: Session, now: number): number | null {
  const { position } = session.steer
  // Nothing moves while it waits for another day.
  if (apartSince(session, now) !== null) return null
  // During a pause the drift grows minute by minute.
  if (position.status === 'paused') return now + 60_000
  if (position.status !== 'running') return null
  const left = position.deadline - now
  const step = left > 0 && left <= 60_000 ? 15_000 : 60_000
  return now + (((left % step) + step) % step || step)
}
