import type { Clock, Instant } from './ports.ts'

/** Longest delay a timer of the platform takes; a longer wait is made of several. */
const longest = 2 ** 31 - 1

/** The wall clock. */
export const systemClock = (): Clock => ({
  now: () => Date.now(),
  at(when, ring) {
    let timer: NodeJS.Timeout | undefined
    const arm = () => {
      const wait = when - Date.now()
      timer = setTimeout(wait > longest ? arm : ring, Math.min(Math.max(wait, 0), longest))
    }
    arm()
    return () => clearTimeout(timer)
  },
})

export const days = (count: number): Instant => count * 86_400_000
