/** At most `count` in any `perMs` milliseconds. */
export interface Limit {
  count: number
  perMs: number
}

/**
 * The limits Teams documents per bot and conversation, with headroom for what this process does not see: another
 * instance, a request that was slow on the way. Sends and edits share one budget.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
 */
export const sendLimits: readonly Limit[] = [
  { count: 6, perMs: 1000 },
  { count: 7, perMs: 2000 },
  { count: 50, perMs: 30_000 },
  { count: 1700, perMs: 3_600_000 },
]

export const rosterLimits: readonly Limit[] = [
  { count: 12, perMs: 1000 },
  { count: 14, perMs: 2000 },
  { count: 100, perMs: 30_000 },
  { count: 3400, perMs: 3_600_000 },
]

/** 40 a second where 50 are allowed, spread out: many meetings at once make no burst. */
export const tenantLimits: readonly Limit[] = [{ count: 1, perMs: 25 }]

/** The first moment, not before `now`, at which one more fits; `taken` in ascending order. */
export function nextAllowed(limits: readonly Limit[], taken: readonly number[], now: number): number {
  const free = limits.map(({ count, perMs }) => (taken.at(-count) ?? Number.NEGATIVE_INFINITY) + perMs)
  return Math.max(now, ...free)
}

export interface Budget {
  nextAllowed(now: number): number
  take(at: number): void
  lastTaken(): number
}

export function budget(limits: readonly Limit[]): Budget {
  const keep = Math.max(...limits.map((limit) => limit.count))
  const taken: number[] = []
  return {
    nextAllowed: (now) => nextAllowed(limits, taken, now),
    take(at) {
      taken.push(at)
      if (taken.length > keep) taken.shift()
    },
    lastTaken: () => taken.at(-1) ?? Number.NEGATIVE_INFINITY,
  }
}
