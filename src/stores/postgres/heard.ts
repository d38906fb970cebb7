import type { Pool } from 'pg'
import type { Heard } from '../../ports.ts'

/** The platform sends again within minutes; an hour is remembered. */
const kept = "interval '1 hour'"

/** How often what is too old is dropped: once in so many. */
const sweepEvery = 500

/** What was dealt with by any of the processes, in a table from which the oldest go. */
export function heardInDatabase(pool: Pool): Heard {
  let added = 0
  return {
    async has(key) {
      const found = await pool.query({
        name: 'heard',
        text: 'select 1 from heard where key = $1',
        values: [key],
      })
      return found.rowCount === 1
    },
    async add(key) {
      await pool.query({
        name: 'hear',
        text: 'insert into heard (key, at) values ($1, now()) on conflict do nothing',
        values: [key],
      })
      added += 1
      if (added % sweepEvery === 0) await pool.query(`delete from heard where at < now() - ${kept}`)
    },
  }
}
