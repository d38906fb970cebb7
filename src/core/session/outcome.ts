import type { Item } from '../phases/contract.ts'
import { phaseOf } from '../phases/index.ts'
import { begun, seatOf } from './place.ts'
import type { Session } from './types.ts'

/** What the session came to: what the last segment that has results hands on, in its order. Nothing sealed is in it. */
export function outcome(session: Session, now: number): Item[] {
  return (
    session.format.segments
      .filter((segment) => begun(session, segment.id) && phaseOf(segment.phase)?.kind !== 'silent-ideation')
      .map((segment) => seatOf(session, segment.id, now))
      .map((seat) => (seat ? seat.phase.harvest(seat.place) : []))
      .findLast((items) => items.length) ?? []
  )
}
