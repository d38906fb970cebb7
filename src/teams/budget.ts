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

/** 45 where 50 are allowed, over all conversations. */
export const tenantLimits: readonly Limit[] = [{ count: 45, perMs: 1000 }]

/** How long to wait before looking again when what is under way fills a window, in milliseconds. */
const lookAgain = 25

/**
 * The first moment, not before `now`, at which one more fits; `ended` in ascending order. What is under way counts in every
 * window: nobody knows when it reaches the platform, only that it has when it ends.
 */
export function nextAllowed(
  limits: readonly Limit[],
  ended: readonly number[],
  now: number,
  underWay = 0,
): number {
  const free = limits.map(({ count, perMs }) =>
    underWay >= count ? now + lookAgain : (ended.at(-(count - underWay)) ?? Number.NEGATIVE_INFINITY) + perMs,
  )
  return Math.max(now, ...free)
}

export interface Budget {
  nextAllowed(now: number): number
  begin(): void
  end(now: number): void
  /** As if so many of all that is allowed had just ended: of a part of it, that part. */
  charge(count: number, now: number): void
  /** Nothing is under way, and every window is empty. */
  spentBefore(now: number): boolean
}

export function budget(allowed: readonly Limit[], sharers: () => number = () => 1): Budget {
  const limits = () => shareOf(allowed, sharers())

  const keep = Math.max(...allowed.map((limit) => limit.count))
  const longest = Math.max(...allowed.map((limit) => limit.perMs))
  const ended: number[] = []
  let underWay = 0
  const note = (at: number) => {
    ended.push(at)
    if (ended.length > keep) ended.shift()
  }
  return {
    nextAllowed: (now) => nextAllowed(limits(), ended, now, underWay),
    begin() {
      underWay += 1
    },
    end(now) {
      underWay -= 1
      note(now)
    },
    charge(count, now) {
      const part = Math.floor(count / sharers())
      for (let one = 0; one < part; one += 1) note(now)
    },
    spentBefore: (now) => underWay === 0 && (ended.at(-1) ?? Number.NEGATIVE_INFINITY) + longest <= now,
  }
}

/** Of what the bot is allowed, one process takes its part: nothing tells it what the others ask at the same moment. */
const shareOf = (limits: readonly Limit[], sharers: number): readonly Limit[] =>
  sharers === 1
    ? limits
    : limits.map(({ count, perMs }) => ({ count: Math.max(1, Math.floor(count / sharers)), perMs }))
