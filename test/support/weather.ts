import { randomUUID } from 'node:crypto'
import { at, type BotReply, type Card, type Misfortune } from './connector.ts'

/** Chance that comes back the same for the same seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** What may befall a request to the platform: before the thing is done, or behind it. */
const misfortunes: Misfortune[] = [
  { status: 429, code: 'TooManyRequests', retryAfter: 1 },
  { status: 412, code: 'PreconditionFailed' },
  { status: 502, code: 'BadGateway' },
  { status: 502, code: 'BadGateway', done: true },
  { status: 504, code: 'GatewayTimeout' },
  { status: 504, code: 'GatewayTimeout', done: true },
  { hang: true },
  { hang: 'after' },
]

/** One request in five fails. */
export function weather(seed: number, share = 0.2): () => Misfortune | null {
  const draw = chance(seed)
  return () => (draw() < share ? (misfortunes[Math.floor(draw() * misfortunes.length)] ?? null) : null)
}

/** Milliseconds after which no copy of an activity comes any more. */
export const latest = 600

/**
 * One activity in five is delivered again, under the same id or another one, while the first is dealt with or after
 * those that follow; and any of them may be overtaken by what others do at the same moment.
 */
export function courier(seed: number, share = 0.2) {
  const draw = chance(seed)
  const late: Promise<unknown>[] = []
  let twice = 0

  async function carry(activity: Card, deliver: (activity: Card) => Promise<BotReply>): Promise<BotReply> {
    const again = draw() < share
    const sameId = draw() < 0.5 || !hasNonce(activity)
    const [overtaken, after] = [draw() * 60, draw() * latest]
    if (again) {
      twice += 1
      const copy = sameId ? activity : { ...activity, id: randomUUID() }
      // Nobody reads what the copy is answered; a bot that was killed meanwhile answers nothing.
      late.push(pause(after).then(() => deliver(copy).catch(() => null)))
    }
    await pause(overtaken)
    return deliver(activity)
  }
  return { carry, twice: () => twice, allCame: () => Promise.all(late) }
}

/** What was typed carries nothing that tells a second typing from a second delivery, but its id. */
const hasNonce = (activity: Card): boolean => at(activity, 'type') === 'invoke'

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
