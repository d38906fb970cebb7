import type { Clock, Instant } from './ports.ts'

/** Longest delay a timer of the platform takes; a longer wait is made of several. */
const longest = 2 ** 31 - 1

/** How fast time goes on, against real time, while it waits for a wall clock that was set back. */
const slowed = 0.95

/**
 * The wall clock, but that it never goes back: set back, on a laptop or by the network, it is waited for, so that a step
 * of ten minutes still rings after about ten minutes.
 */
export function systemClock(): Clock {
  let last = Date.now()
  let since = performance.now()

  function now(): Instant {
    const ran = performance.now() - since
    last = Math.max(Date.now(), last + ran * slowed)
    since += ran
    return Math.floor(last)
  }

  return {
    now,
    at(when, ring) {
      let timer: NodeJS.Timeout | undefined
      const arm = () => {
        timer = setTimeout(ringOrWait, Math.min(Math.max(when - now(), 0), longest))
      }
      const ringOrWait = () => (now() >= when ? ring() : arm())
      arm()
      return () => clearTimeout(timer)
    },
  }
}

export const days = (count: number): Instant => count * 86_400_000
