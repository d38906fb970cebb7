import { describe, expect, it } from 'vitest'
import { budget, sendLimits } from '../../src/teams/budget.ts'
import { type Paced, pacer } from '../../src/teams/pacer.ts'

/** How many may be asked at one moment. */
function fits(sharers: number, limits = sendLimits): number {
  const one = budget(limits, () => sharers)
  let count = 0
  while (one.nextAllowed(0) <= 0) {
    one.begin()
    one.end(0)
    count += 1
  }
  return count
}

describe('what several instances may ask together', () => {
  it.each([2, 3, 4, 5, 6])('is no more than one may alone: %i of them', (sharers) => {
    expect(fits(sharers)).toBeGreaterThanOrEqual(1)
    expect(sharers * fits(sharers)).toBeLessThanOrEqual(fits(1))
  })

  it('leaves each of them one at least, however many they are', () => {
    expect(fits(40)).toBe(1)
  })

  it.each([1, 2, 3, 5, 8])(
    'leaves something to whoever takes over a conversation of one that died: %i of them',
    (sharers) => {
      const one = budget(sendLimits, () => sharers)
      one.charge(42, 0)
      expect(one.nextAllowed(2000)).toBe(2000)
    },
  )

  it('follows how many there are, from one moment to the next', () => {
    let sharers = 1
    const one = budget([{ count: 4, perMs: 1000 }], () => sharers)
    one.charge(2, 0)
    expect(one.nextAllowed(500)).toBe(500)
    sharers = 2
    expect(one.nextAllowed(500)).toBe(1000)
    sharers = 1
    expect(one.nextAllowed(500)).toBe(500)
  })

  it('is held by the pacer, in a conversation and over the tenant', async () => {
    const burst = async (sharers: number, conversations: number) => {
      let now = 0
      const sent: number[] = []
      const paced = pacer({
        now: () => now,
        wait: async (ms) => {
          now += ms
        },
        sharers: () => sharers,
      })
      const request = (index: number): Paced => ({
        tenant: 't',
        conversation: `c${index % conversations}`,
        lane: `send c${index % conversations}`,
        limits: sendLimits,
        create: true,
        attempt: () => async () => {
          sent.push(now)
          return { answered: true, status: 200, retryAfterMs: null, body: null }
        },
      })
      await Promise.all(Array.from({ length: 60 }, (_, index) => paced.ask(request(index))))
      return sent.filter((at) => at < (sent[0] ?? 0) + 1000).length
    }
    expect(await burst(1, 1)).toBe(6)
    expect(await burst(2, 1)).toBe(3)
    expect(await burst(2, 60)).toBeLessThanOrEqual(22)
  })
})
