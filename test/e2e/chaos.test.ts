import { describe, expect, it } from 'vitest'
import { chaos } from '../chaos/chaos.ts'
import { faultsIn } from '../chaos/report.ts'

describe('a workshop whose bot is killed again and again, on a platform that fails', () => {
  it.concurrent.each(['files', 'database'] as const)(
    'loses nothing, doubles nothing and rings when it should: %s',
    { timeout: 300_000 },
    async (store) => {
      const { found, toll, counts } = await chaos({
        store,
        workshops: 1,
        kills: 3,
        seed: 5,
        withinMs: 90_000,
        stays: 1,
      })
      expect(faultsIn(found)).toEqual([])
      expect(toll.kills).toBeGreaterThan(0)
      expect(counts.told).toBeGreaterThan(10)
      expect(counts.twice).toBeGreaterThan(5)
    },
  )
})
