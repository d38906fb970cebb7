/** Sliding windows, as Teams documents them per bot and conversation. */
export interface Window {
  count: number
  seconds: number
}

/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit, November 2026. */
export const sendWindows: readonly Window[] = [
  { count: 7, seconds: 1 },
  { count: 8, seconds: 2 },
  { count: 60, seconds: 30 },
  { count: 1800, seconds: 3600 },
]

export const rosterWindows: readonly Window[] = [
  { count: 14, seconds: 1 },
  { count: 16, seconds: 2 },
  { count: 120, seconds: 30 },
  { count: 3600, seconds: 3600 },
]

export const tenantWindows: readonly Window[] = [{ count: 50, seconds: 1 }]

/** About 100 KB once written in UTF-16. */
export const largestMessage = 100 * 1024

/** What a person may type in one message, in bytes of UTF-8: about 28 KB in Teams' own box. */
export const largestTyped = 28 * 1024

export interface Budget {
  /** Takes one from `key`'s budget. Returns 0 if taken, else the whole seconds to wait before asking again. */
  take(key: string): number
}

/** `now` is real time: Teams' limits do not follow the room's clock. */
export function budget(windows: readonly Window[], now: () => number = Date.now): Budget {
  const taken = new Map<string, number[]>()
  const keep = Math.max(...windows.map((window) => window.count))

  return {
    take(key) {
      const times = taken.get(key) ?? []
      const wait = Math.max(0, ...windows.map((window) => waitFor(window, times, now())))
      if (wait > 0) return Math.ceil(wait / 1000)
      times.push(now())
      if (times.length > keep) times.splice(0, times.length - keep)
      taken.set(key, times)
      return 0
    },
  }
}

function waitFor(window: Window, times: number[], now: number): number {
  const oldest = times[times.length - window.count]
  if (oldest === undefined) return 0
  return Math.max(0, oldest + window.seconds * 1000 - now)
}

export function isTooLong(text: string): boolean {
  return Buffer.byteLength(text) > largestTyped
}

export function isTooBig(body: unknown): boolean {
  return JSON.stringify(body).length * 2 > largestMessage
}
