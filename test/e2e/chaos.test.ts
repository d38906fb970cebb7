import { describe, expect, it } from 'vitest'
import { chaos } from '../chaos/chaos.ts'
import { type About, type Ledger, those } from '../chaos/ledger.ts'
import { faultsIn } from '../chaos/report.ts'

describe('a workshop whose bot is killed again and again, on a platform that fails', () => {
  it.concurrent.each(['files', 'database'] as const)(
    'loses nothing, doubles nothing and rings when it should: %s',
    { timeout: 300_000 },
    async (store) => {
      const { found, toll, counts, remains } = await chaos({
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
      // What is compared is there: people are told, of each kind, in the words in which they gave it.
      for (const about of ['identity', 'subjects', 'ratings', 'address'] as const)
        expect(remains.flatMap((one) => inOwnWords(one.ledger, about)).length).toBeGreaterThanOrEqual(4)
    },
  )
})

const inOwnWords = (ledger: Ledger, about: About) =>
  those(ledger, 'told').filter(
    (told) =>
      told.about === about &&
      Object.keys(told.fields).length > 0 &&
      Object.entries(told.fields).every(([field, text]) =>
        those(ledger, 'gave').some(({ who, fields }) => who === told.who && fields[field] === text),
      ),
  )
