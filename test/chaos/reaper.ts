import type { Ground } from './ground.ts'
import type { Moments } from './scene.ts'

/** What was done to the processes, and to what they stand on. */
export interface Toll {
  kills: number
  freezes: number
  databaseRestarts: number
}

interface Orders {
  kills: number
  chance: () => number
  /** When to stop, whatever was done by then. */
  until: number
}

export interface Reaper {
  moments: Moments
  toll: Toll
  isOver(): boolean
  /** Resolves once all is done and everything runs again. */
  over: Promise<void>
}

/** Real milliseconds: how long a process lives at least, how long a moment is waited for. */
const life = { short: 600, long: 7000, wait: 6000 }

/** Ends processes at chosen moments and at any moment, and starts others in their place. */
export function reaper(ground: Ground, { kills, chance, until }: Orders): Reaper {
  const toll: Toll = { kills: 0, freezes: 0, databaseRestarts: 0 }
  const bell = bells()
  const deadlines: number[] = []
  let isDone = false

  async function work(): Promise<void> {
    while (toll.kills < kills && Date.now() < until) {
      await pause(chance() < 0.25 ? chance() * life.short : life.short + chance() * (life.long - life.short))
      const drawn = chance()
      if (ground.restartDatabase && drawn < 0.08) await restartDatabase(ground.restartDatabase)
      else if (ground.instances > 1 && drawn < 0.2) await freeze()
      else await kill()
    }
    isDone = true
  }

  async function kill(): Promise<void> {
    await moment()
    const one = Math.floor(chance() * ground.instances)
    const all = ground.instances > 1 && chance() < 0.15
    const those = all ? Array.from({ length: ground.instances }, (_, index) => index) : [one]
    await Promise.all(those.map(ground.kill))
    toll.kills += those.length
    await pause(chance() < 0.5 ? 0 : chance() * 1500)
    await Promise.all(those.map(ground.start))
  }

  /** Any moment, or one of those at which most could go wrong. */
  async function moment(): Promise<void> {
    const kind = chance()
    if (kind < 0.3) return
    if (kind < 0.5) return bell.acknowledged(life.wait)
    if (kind < 0.75) {
      // While it is read, decided, saved, or answered.
      await bell.sending(life.wait)
      return pause(chance() * 80)
    }
    const next = deadlines.filter((at) => at > Date.now()).sort((a, b) => a - b)[0]
    if (next !== undefined) await pause(Math.min(next - Date.now(), life.wait) - chance() * 300)
  }

  async function freeze(): Promise<void> {
    const one = Math.floor(chance() * ground.instances)
    ground.freeze(one, true)
    toll.freezes += 1
    // Shorter and longer than the others wait for it before they take it for dead.
    await pause(1000 + chance() * 9000)
    ground.freeze(one, false)
  }

  async function restartDatabase(restart: (pauseMs: number) => Promise<void>): Promise<void> {
    toll.databaseRestarts += 1
    await restart(chance() * 3000)
  }

  return {
    moments: {
      sending: bell.rings.sending,
      acknowledged: bell.rings.acknowledged,
      deadline: (at) => void deadlines.push(at),
    },
    toll,
    isOver: () => isDone,
    over: work(),
  }
}

/** Moments that can be waited for, so many milliseconds at most. */
function bells() {
  const waiting = { sending: new Set<() => void>(), acknowledged: new Set<() => void>() }
  const ring = (name: keyof typeof waiting) => () => {
    for (const one of waiting[name]) one()
  }
  const wait = (name: keyof typeof waiting) => (withinMs: number) =>
    new Promise<void>((resolve) => {
      const come = () => {
        waiting[name].delete(come)
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(come, withinMs)
      waiting[name].add(come)
    })
  return {
    rings: { sending: ring('sending'), acknowledged: ring('acknowledged') },
    sending: wait('sending'),
    acknowledged: wait('acknowledged'),
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(ms, 0)))
