/** A step as facilitators wrote it: days are `YYYY-MM-DD`, `''` where nothing was given. */
export interface Planned {
  id: string
  start: string
  end: string
  /** Its length in calendar months, where its end is not given. */
  months: number | null
  /** Steps that must have ended before this one starts. */
  needs: string[]
}

/** First and last day, `''` where it is not set. */
export interface Horizon {
  start: string
  end: string
}

export interface Span {
  start: string
  end: string
}

export interface Scheduled {
  id: string
  /** Null while nothing says when it starts. */
  span: Span | null
  /** One end of it is a guess: neither a length nor both days were given. */
  toEstimate: boolean
  warnings: Warning[]
}

/** What is pointed out and never refused: an order that holds matters more than exact durations (kit §3, #3.6). */
export type Warning =
  | { why: 'past-horizon'; ends: string; horizon: string }
  | { why: 'before-need'; starts: string; need: string; ends: string }

/**
 * When each step, in its order, starts and ends. A start that is not given is the day after everything it needs has ended;
 * else the day after the step before it; else the first day of the horizon. An end that is not given comes after so many
 * months, `defaultMonths` for want of a better estimate.
 */
export function schedule(steps: Planned[], horizon: Horizon, defaultMonths: number): Scheduled[] {
  const spans = spansOf(steps, horizon, defaultMonths)
  return steps.map((step) => {
    const span = spans.get(step.id) ?? null
    return {
      id: step.id,
      span,
      toEstimate: step.months === null && (step.end === '' || step.start === ''),
      warnings: span ? [...late(span, horizon), ...early(span, step, spans)] : [],
    }
  })
}

/** The need through which a step would come to wait for itself, or null. */
export function circleOf(steps: Pick<Planned, 'id' | 'needs'>[], id: string, needs: string[]): string | null {
  const seen = new Set<string>()
  const waitsForIt = (one: string): boolean => {
    if (one === id) return true
    if (seen.has(one)) return false
    seen.add(one)
    return steps.find((other) => other.id === one)?.needs.some(waitsForIt) ?? false
  }
  return needs.find(waitsForIt) ?? null
}

export const dayAfter = (day: string): string => dayOf(instantOf(day) + oneDay)

/** The same day so many months later, or the last day of a month that is too short. */
export function plusMonths(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const first = Date.UTC(year, month - 1 + months, 1)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return dayOf(first + (Math.min(date, last) - 1) * oneDay)
}

/** Whole calendar months where it is some; else days. */
export function lengthOf({ start, end }: Span): { months: number } | { days: number } {
  const after = dayAfter(end)
  const months = monthOf(after) - monthOf(start)
  return months > 0 && plusMonths(start, months) === after ? { months } : { days: daysFrom(start, after) }
}

/** From the first day of a month to the last day of one: its days need not be told. */
export const isWholeMonths = ({ start, end }: Span): boolean =>
  start.endsWith('-01') && dayAfter(end).endsWith('-01')

export const daysFrom = (from: string, to: string): number =>
  Math.round((instantOf(to) - instantOf(from)) / oneDay)

const oneDay = 86_400_000
const instantOf = (day: string): number => Date.parse(`${day}T00:00:00Z`)
const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10)

/** Months since the year 0. */
const monthOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))

function spansOf(steps: Planned[], horizon: Horizon, defaultMonths: number): Map<string, Span | null> {
  const spans = new Map<string, Span | null>()
  // A step being placed counts as not placed: two steps that wait for each other stop here.
  const place = (step: Planned): Span | null => {
    const known = spans.get(step.id)
    if (known !== undefined) return known
    spans.set(step.id, null)
    const span = spanOf(step, step.start || earliest(step), defaultMonths)
    spans.set(step.id, span)
    return span
  }
  const earliest = (step: Planned): string | null => {
    const needed = steps.filter((one) => step.needs.includes(one.id)).flatMap((one) => place(one) ?? [])
    if (needed.length) return dayAfter(latest(needed.map((one) => one.end)))
    const before = steps.slice(0, steps.indexOf(step)).toReversed()
    for (const one of before) {
      const span = place(one)
      if (span) return dayAfter(span.end)
    }
    return horizon.start || null
  }
  for (const step of steps) place(step)
  return spans
}

/** With an end that comes before its start could, a step is counted back from its end. */
function spanOf({ end, months }: Planned, start: string | null, defaultMonths: number): Span | null {
  const length = months ?? defaultMonths
  if (end === '')
    return start === null ? null : { start, end: dayOf(instantOf(plusMonths(start, length)) - oneDay) }
  return { start: start !== null && start <= end ? start : plusMonths(dayAfter(end), -length), end }
}

const latest = (days: string[]): string => days.reduce((a, b) => (a > b ? a : b))

const late = ({ end }: Span, horizon: Horizon): Warning[] =>
  horizon.end !== '' && end > horizon.end ? [{ why: 'past-horizon', ends: end, horizon: horizon.end }] : []

const early = ({ start }: Span, step: Planned, spans: Map<string, Span | null>): Warning[] =>
  step.needs.flatMap((need): Warning[] => {
    const ends = spans.get(need)?.end
    return ends !== undefined && start < ends ? [{ why: 'before-need', starts: start, need, ends }] : []
  })
