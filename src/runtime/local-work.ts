import type { Duties } from '../core/duties.ts'
import { type Clock, DamagedRecord, type Hands, type Log, type Trail, type Work } from '../ports.ts'
import { someAtOnce } from '../some-at-once.ts'

/** How long, in real milliseconds, a post with no answer waits for a client to show us its message before it is reported. */
export const adoptionGrace = 10_000

/** Milliseconds of the clock before a ring that failed is tried again. */
const retryRing = 60_000

/** Real milliseconds before what failed by surprise is tried again. */
const pause = 10_000

/** Milliseconds of the clock before a meeting that could not be taken up is tried again: longer each time. */
const retryStart = { first: 10_000, longest: 300_000 }

/** Meetings taken up at once at the start. */
const meetingsAtOnce = 16

interface Parts {
  clock: Clock
  log: Log
  trail: Trail
  /** Meetings that earlier processes left something to do in. */
  pending(): Promise<string[]>
}

/** One process serves all meetings: its own timers wake it, and what it saves it shows at once. */
export function localWork({ clock, log, trail, pending }: Parts, hands: Hands): Work {
  const alarms = new Map<string, () => void>()
  const doubted = new Set<string>()
  let stopped = false

  function arm(id: string, when: number | null): void {
    alarms.get(id)?.()
    alarms.delete(id)
    if (when !== null && !stopped)
      alarms.set(
        id,
        clock.at(when, () => void ring(id)),
      )
  }

  async function ring(id: string): Promise<void> {
    alarms.delete(id)
    if (stopped) return
    try {
      const { duties } = await hands.wake(id, () => void show(id, true))
      // What it was woken for may be left as it was: it is not asked again at once.
      const next = duties.wakeAt
      if (next !== null && !alarms.has(id)) arm(id, Math.max(next, clock.now() + 1))
    } catch (error) {
      log.error({ meeting: id, error }, 'ring failed')
      arm(id, clock.now() + retryRing)
    }
  }

  async function show(id: string, touched: boolean): Promise<void> {
    if (stopped) return
    try {
      const wait = await hands.show(id, { touched, isOurs: () => true })
      if (wait !== null) again(() => void show(id, false), wait)
    } catch (error) {
      log.error({ meeting: id, error }, 'delivery stopped')
      again(() => void show(id, false))
    }
  }

  /** Those that an earlier process left in doubt as well. */
  function doubt(id: string, effect: number): void {
    const key = `${effect} ${id}`
    if (doubted.has(key)) return
    doubted.add(key)
    again(() => {
      doubted.delete(key)
      hands
        .report(id, effect)
        .catch((error) => log.error({ meeting: id, error }, 'what may be missing was not reported'))
    }, adoptionGrace)
  }

  const again = (work: () => void, after = pause): void =>
    void setTimeout(() => stopped || work(), after).unref()

  function saved(id: string, duties: Duties): void {
    if (stopped) return
    arm(id, duties.wakeAt)
    if (duties.show !== 'no') void show(id, false)
    for (const effect of duties.doubts) doubt(id, effect)
  }

  /**
   * Whether it was. A record that cannot be read sets its own meeting aside; the others go on. A disk out of reach may be
   * back.
   */
  async function takeUp(id: string, tries = 0): Promise<boolean> {
    if (stopped) return false
    try {
      await hands.resume(id)
      const { duties } = await hands.wake(id, () => {})
      saved(id, duties)
      return true
    } catch (error) {
      log.error({ meeting: id, error, tries }, 'meeting set aside')
      if (!(error instanceof DamagedRecord)) takeUpLater(id, tries)
      return false
    }
  }

  /** Whatever is saved there first takes it up as well. */
  function takeUpLater(id: string, tries: number): void {
    if (stopped || alarms.has(id)) return
    const after = Math.min(retryStart.first * 2 ** tries, retryStart.longest)
    const again = () => {
      alarms.delete(id)
      void trail.begin('start', async () => {
        if (await takeUp(id, tries + 1)) await show(id, true)
      })
    }
    alarms.set(id, clock.at(clock.now() + after, again))
  }

  return {
    async begin() {
      const ids = await pending()
      const taken = await someAtOnce(ids, meetingsAtOnce, (id) => trail.begin('start', () => takeUp(id)))
      // What is shown can wait until every alarm is armed.
      for (const [index, id] of ids.entries())
        if (taken[index]) void trail.begin('start', () => show(id, true))
    },
    saved,
    async stop() {
      stopped = true
      for (const cancel of alarms.values()) cancel()
      alarms.clear()
    },
  }
}
