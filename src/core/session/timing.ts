import type { Format, Segment } from '../format.ts'
import { apartSince, lasted } from './sittings.ts'
import type { Run, Session } from './types.ts'

export const minutes = (count: number): number => Math.round(count * 60_000)

/** A proposal is made from this drift on, early or late. */
const worthRebalancing = minutes(2)
const worthStretching = minutes(5)
/** A segment is never proposed less than half, nor more than one and a half, of what the script plans. */
const shrink = 0.5
const stretch = 1.5
/** Whole minutes are moved, one at a time. */
const grain = 60_000

/** Time a segment gets when it is entered again after having used all it had. */
const grace = minutes(2)

export const freshRun = (segment: Segment): Run => ({
  allotted: minutes(segment.minutes),
  spent: 0,
  visits: 0,
})

/** What a segment still has, were it entered now. */
export function leftFor(run: Run): number {
  const left = run.allotted - run.spent
  return run.visits > 0 ? Math.max(left, grace) : left
}

/**
 * Milliseconds left on the segment that runs; negative in overrun; null when nothing runs. Never more than it was given:
 * a clock may have stepped back since.
 */
export function timeLeft(session: Session, now: number): number | null {
  const { position } = session.steer
  if (position.status === 'running')
    return position.deadline - Math.max(apartSince(session, now) ?? now, position.enteredAt)
  return position.status === 'paused' ? position.left : null
}

/**
 * How late (positive) or early (negative) the workshop would end against its planned length if every remaining
 * segment took what it is allotted, in milliseconds; null when nothing runs. A pause makes it late, for people wait;
 * the days between two sittings do not.
 */
export function drift(session: Session, now: number): number | null {
  const { position } = session.steer
  const left = timeLeft(session, now)
  if (left === null || position.status === 'lobby' || position.startedAt === null) return null
  const rest = remaining(session).reduce((sum, one) => sum + one.left, 0)
  const since = position.status === 'closed' ? now : Math.max(now, position.enteredAt, position.startedAt)
  return lasted(session, since) + Math.max(left, 0) + rest - plannedLength(session.format)
}

/** New allotments for the segments to come that absorb the drift, or null when there is nothing worth changing. */
export function rebalancing(
  session: Session,
  now: number,
): { segment: Segment; from: number; to: number }[] | null {
  const late = drift(session, now)
  const rest = remaining(session)
  if (late === null || Math.abs(late) < worthRebalancing || rest.length === 0) return null
  const lines = rest.map(({ segment, left }) => ({ segment, from: left, to: left }))
  for (let owed = Math.round(Math.abs(late) / grain); owed > 0; owed--) {
    const line = late > 0 ? longest(lines) : shortest(lines)
    if (!line) break
    line.to += late > 0 ? -grain : grain
  }
  return lines.some((one) => one.from !== one.to) ? lines : null
}

/**
 * Whether the proposal is put before the facilitator without her asking. Late, whenever there is one. Early, once for
 * each five minutes gained, half of the kit's usual segment, and at the step that follows: less is a margin one keeps,
 * and to move on without accepting is an answer. Nor where the segments left could take less than half of it.
 */
export function isWorthProposing(session: Session, now: number): boolean {
  const late = drift(session, now) ?? 0
  const { position, runs } = session.steer
  if (late >= 0 || position.status === 'lobby') return late > 0
  const before = session.format.segments[position.index - 1]
  const run = before && (runs[before.id] ?? freshRun(before))
  const gained = run ? run.allotted - run.spent : 0
  if (filled(rebalancing(session, now) ?? []) < -late / 2) return false
  return Math.floor(-late / worthStretching) > Math.floor((-late - gained) / worthStretching)
}

const filled = (lines: Line[]): number => lines.reduce((sum, { from, to }) => sum + to - from, 0)

interface Line {
  segment: Segment
  from: number
  to: number
}

/** How much of its plan a segment would get. */
const ratio = ({ segment, to }: Line): number => to / minutes(segment.minutes)

/** The segment that can best give a minute, and stay above its least. */
const longest = (lines: Line[]): Line | undefined =>
  lines
    .filter((one) => one.to - grain >= minutes(one.segment.minutes) * shrink)
    .sort((a, b) => ratio(b) - ratio(a) || b.segment.minutes - a.segment.minutes)[0]

/** The segment that can best take a minute, and stay below its most. */
const shortest = (lines: Line[]): Line | undefined =>
  lines
    .filter((one) => one.to + grain <= minutes(one.segment.minutes) * stretch)
    .sort((a, b) => ratio(a) - ratio(b) || b.segment.minutes - a.segment.minutes)[0]

/** What a segment took so far, the visit under way included and pauses excluded, in milliseconds. */
export function spentOn(session: Session, segmentId: string, now: number): number {
  const { position, runs } = session.steer
  const before = runs[segmentId]?.spent ?? 0
  if (position.status !== 'running' && position.status !== 'paused') return before
  if (session.format.segments[position.index]?.id !== segmentId) return before
  return before + Math.max(stoppedAt(session, now) - position.enteredAt, 0)
}

/** The clock of the segment that runs: it stands still during a pause, and while the workshop waits. */
export function stoppedAt(session: Session, now: number): number {
  const { position } = session.steer
  return position.status === 'paused' ? position.pausedAt : (apartSince(session, now) ?? now)
}

export const plannedLength = (format: Format): number =>
  format.segments.reduce((sum, segment) => sum + minutes(segment.minutes), 0)

/** The segments after the current one, with what they would get. */
function remaining(session: Session): { segment: Segment; left: number }[] {
  const { position, runs } = session.steer
  if (position.status === 'lobby') return []
  return session.format.segments.slice(position.index + 1).map((segment) => {
    const run = runs[segment.id] ?? freshRun(segment)
    return { segment, left: Math.max(run.allotted - run.spent, 0) }
  })
}
