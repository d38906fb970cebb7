import type { Item, Left } from '../phases/contract.ts'
import { phaseOf } from '../phases/index.ts'
import type { Place, SealedPhase } from '../phases/seal.ts'
import type { PersonId, Session } from './types.ts'

/** A segment of the session with its phase, ready to be asked something. */
export interface Seat {
  phase: SealedPhase
  place: Place
}

/** Null when the format has no such segment. A format was checked when read: its phases exist. */
export function seatOf(session: Session, segmentId: string, now: number): Seat | null {
  const segment = session.format.segments.find((one) => one.id === segmentId)
  const phase = segment && phaseOf(segment.phase)
  if (!segment || !phase) return null
  const harvests = new Map<string, Item[]>()
  const place: Place = {
    session,
    segment,
    now,
    current: currentSegmentId(session) === segmentId,
    harvest(id) {
      const harvest = harvests.get(id) ?? harvestOf(session, id, now)
      harvests.set(id, harvest)
      return harvest
    },
    left: (id) => leftIn(session, id, now),
    revealed: (person) => isRevealed(session, segmentId, person),
  }
  return { phase, place }
}

/** Null in the lobby and once closed. */
export function currentSegmentId(session: Session): string | null {
  const { position } = session.steer
  if (position.status !== 'running' && position.status !== 'paused') return null
  return session.format.segments[position.index]?.id ?? null
}

export function currentSeat(session: Session, now: number): Seat | null {
  const id = currentSegmentId(session)
  return id === null ? null : seatOf(session, id, now)
}

/** A segment that was entered at least once has a shared part. */
export const begun = (session: Session, segmentId: string): boolean =>
  Object.hasOwn(session.steer.shared, segmentId)

/** It was ended in its lobby: nothing of it took place. */
export const wasCancelled = ({ steer }: Session): boolean =>
  steer.position.status === 'closed' && Object.keys(steer.shared).length === 0

function harvestOf(session: Session, segmentId: string, now: number): Item[] {
  if (!begun(session, segmentId)) return []
  const seat = seatOf(session, segmentId, now)
  return seat ? seat.phase.harvest(seat.place) : []
}

/** What a segment keeps from the room that would go unseen, or went so. */
export function leftIn(session: Session, segmentId: string, now: number): Left | null {
  if (!begun(session, segmentId)) return null
  const seat = seatOf(session, segmentId, now)
  return seat ? seat.phase.leaves(seat.place) : null
}

function isRevealed(session: Session, segmentId: string, person: PersonId): boolean {
  return session.format.segments.some((segment) => {
    const from = (segment.options as { from?: unknown } | undefined)?.from
    if (from !== segmentId || !begun(session, segment.id)) return false
    return phaseOf(segment.phase)?.reveals(session.steer.shared[segment.id]).includes(person) ?? false
  })
}
