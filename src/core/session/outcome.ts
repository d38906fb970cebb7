import { type Item, sourceIn } from '../phases/contract.ts'
import { phaseOf } from '../phases/index.ts'
import { begun, seatOf } from './place.ts'
import type { Session } from './types.ts'

/** What the session came to: what the last segment that has results hands on, in its order. Nothing sealed is in it. */
export const outcome = (session: Session, now: number): Item[] => last(session, now)?.items ?? []

/** The segment it came to it in; null where nothing has come out yet. */
export const outcomeSegment = (session: Session, now: number): string | null =>
  last(session, now)?.segment ?? null

/** The same, as keys of the chain. */
export function outcomeKeys(session: Session, now: number): string[] {
  const found = last(session, now)
  return (found?.items ?? []).map((item) => sourceIn(found?.segment ?? '', item.id))
}

const last = (session: Session, now: number): { segment: string; items: Item[] } | undefined =>
  session.format.segments
    .filter((segment) => begun(session, segment.id) && phaseOf(segment.phase)?.sealed === false)
    .map((segment) => {
      const seat = seatOf(session, segment.id, now)
      return { segment: segment.id, items: seat ? seat.phase.harvest(seat.place) : [] }
    })
    .findLast(({ items }) => items.length > 0)
