import { type Refusal, refuse } from '../phases/contract.ts'
import { daysFrom } from '../schedule.ts'
import { type Calendar, daysLater, workingDay } from './calendar.ts'
import { weekLater } from './planning.ts'
import type { Programme, Sitting } from './types.ts'

type Moved = NonNullable<Programme['moved']>

/** A workshop that moved to another day while those after it stayed, and how far the next one now is. */
export interface Gap {
  /** Place of the workshop that moved, from 0. */
  step: number
  /** From the day it ends to the day the next one begins; negative where that one comes first. */
  days: number
}

/** The last day on which a group of this workshop meets. */
export const lastDay = (sittings: Sitting[], step: number, calendar: Calendar): string | undefined =>
  daysOf(sittings, step, calendar).at(-1)

const daysOf = (sittings: Sitting[], step: number, calendar: Calendar): string[] =>
  sittings
    .filter((one) => one.step === step)
    .map(({ at }) => calendar.dayAt(at))
    .sort()

/**
 * The last workshop that moved and is followed by some that did not, against the dates as they stood when they last agreed:
 * moved twice, it is the sum of both that the others lag behind.
 */
export function movedAfter(before: Programme, sittings: Sitting[], calendar: Calendar): Moved | null {
  if (sittings.every((one) => one.at === momentIn(before.sittings, one))) return before.moved
  const stood = before.moved && !before.moved.shifted ? before.moved.stood : before.sittings
  const step = before.path.findLastIndex(
    (_, index) => daysMoved({ stood, step: index }, sittings, calendar) !== 0,
  )
  const stayed = sittings.some((one) => one.step > step && one.at === momentIn(stood, one))
  return step >= 0 && stayed ? { step, stood, shifted: false } : null
}

const momentIn = (sittings: Sitting[], { step, group }: Sitting): number | undefined =>
  sittings.find((one) => one.step === step && one.group === group)?.at

function daysMoved(
  { stood, step }: Pick<Moved, 'stood' | 'step'>,
  sittings: Sitting[],
  calendar: Calendar,
): number {
  // Groups that came or went since move nothing.
  const [was, is] = [
    lastDay(shared(stood, sittings), step, calendar),
    lastDay(shared(sittings, stood), step, calendar),
  ]
  return was && is ? daysFrom(was, is) : 0
}

const shared = (some: Sitting[], others: Sitting[]): Sitting[] =>
  some.filter((one) => momentIn(others, one) !== undefined)

/** When it is asked, and what the days are. */
interface When {
  at: number
  calendar: Calendar
}

/** Null where nothing lags behind, or what does was held already. */
export function gapOf({ moved, sittings }: Programme, { at, calendar }: When): Gap | null {
  if (!moved || moved.shifted || sittings.some((one) => one.step > moved.step && one.at <= at)) return null
  const end = lastDay(sittings, moved.step, calendar)
  const [next] = daysOf(sittings, moved.step + 1, calendar)
  return end && next ? { step: moved.step, days: daysFrom(end, next) } : null
}

/** Those that stayed move as many days, to a working day, at their hour; never before the workshop they follow. */
export function shifted(before: Programme, when: When): Programme | Refusal {
  const { moved, sittings } = before
  const { calendar } = when
  if (!moved || !gapOf(before, when)) return refuse('nothing-moved')
  const by = daysMoved(moved, sittings, calendar)
  const after = sittings.filter(({ step }) => step <= moved.step)
  for (const one of sittings.filter(({ step }) => step > moved.step)) {
    const day = workingDay(daysLater(calendar.dayAt(one.at), by), 'after', calendar)
    const at = calendar.instantOf(day, calendar.timeAt(one.at))
    const last = Math.max(...after.filter(({ step }) => step < one.step).map((each) => each.at))
    after.push({ ...one, at: at > last ? at : weekLater(last, calendar) })
  }
  return { ...before, sittings: after, moved: { ...moved, shifted: true } }
}

/** They are where they were before; links stay as they are. */
export function unshifted(before: Programme): Programme | Refusal {
  const { moved } = before
  if (!moved?.shifted) return refuse('nothing-moved')
  const sittings = before.sittings.map((one) =>
    one.step > moved.step ? { ...one, at: momentIn(moved.stood, one) ?? one.at } : one,
  )
  return { ...before, sittings, moved: { ...moved, shifted: false } }
}
