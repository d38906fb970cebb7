import { begun, seatOf } from '../session/place.ts'
import type { Session } from '../session/types.ts'
import type { Bilingual } from '../text.ts'
import type { Part } from './part.ts'

/** A part with the segment that made it. */
export type PlacedPart = Part & { segment: string; title: Bilingual }

/**
 * The session's deliverable so far, in the order the script makes it. A part that a later one of the same kind was made
 * from is left out: the matrix holds the cards it placed.
 */
export function partsOf(session: Session, now: number): PlacedPart[] {
  const all = session.format.segments.flatMap((segment): PlacedPart[] => {
    const seat = begun(session, segment.id) ? seatOf(session, segment.id, now) : null
    const part = seat?.phase.part(seat.place) ?? null
    return part ? [{ ...part, segment: segment.id, title: segment.title }] : []
  })
  return all.filter((one) => !all.some((other) => other.part === one.part && isMadeFrom(session, other, one)))
}

/** The parts of one kind. */
export const partsLike = <K extends Part['part']>(
  parts: PlacedPart[],
  kind: K,
): Extract<PlacedPart, { part: K }>[] =>
  parts.filter((one): one is Extract<PlacedPart, { part: K }> => one.part === kind)

/** What is left to fill in or to check before these are published. */
export function gapsIn(parts: PlacedPart[]): { empty: number; toCheck: number } {
  const headings = partsLike(parts, 'canvas').flatMap((one) => one.headings)
  const steps = partsLike(parts, 'roadmap').flatMap((one) => one.steps)
  return {
    empty:
      headings.filter(({ text }) => text === '').length +
      steps.flatMap(({ deliverable, lead }) => [deliverable, lead]).filter((text) => text === '').length,
    toCheck: partsLike(parts, 'roadmap').flatMap(({ warnings }) => warnings).length,
  }
}

function isMadeFrom({ format }: Session, later: PlacedPart, earlier: PlacedPart): boolean {
  const options = format.segments.find(({ id }) => id === later.segment)?.options
  return (
    typeof options === 'object' && options !== null && 'from' in options && options.from === earlier.segment
  )
}
