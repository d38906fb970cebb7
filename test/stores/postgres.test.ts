import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '../../src/stores/postgres/database.ts'
import { postgresStore } from '../../src/stores/postgres/index.ts'
import { sealing } from '../../src/stores/sealing.ts'
import { nameFor } from '../../src/stores/shelf.ts'
import { quietLog } from '../support/ports.ts'
import { postgresServer, type Server } from '../support/postgres.ts'
import { type StoreSite, storeContract } from './contract.ts'
import { withSession } from './records.ts'

let server: Server
beforeAll(async () => {
  server = await postgresServer()
}, 60_000)
afterAll(() => server.stop())

async function site(keys: Buffer[]): Promise<StoreSite> {
  const url = await server.database()
  return {
    open: async () => postgresStore(await openDatabase(url, quietLog), { sealing: sealing(keys) }),
    async age(id, when) {
      const pool = await openDatabase(url, quietLog)
      const text =
        'update meetings set saved_at = to_timestamp($2), saved_on = to_timestamp($2)::date where digest = $1'
      await pool.query(text, [nameFor(id), when / 1000])
      await pool.end()
    },
    remove: async () => {},
  }
}

it('counts what all processes together have to do, as it was last saved', async () => {
  const { open } = await site([])
  const [one, other] = [await open(), await open()]
  const counted = async () => [
    await other.shared?.count('live-sessions'),
    await other.shared?.count('outbox'),
  ]
  expect(await counted()).toEqual([0, 0])
  await one.save(withSession('runs', 'live'))
  await one.save({ ...withSession('runs too', 'live'), outbox: [effect, { ...effect, id: 2 }] })
  await other.save({ ...withSession('over', 'closed'), outbox: [effect] })
  await other.save(withSession('over, all shown', 'closed'))
  expect(await counted()).toEqual([2, 3])
  await other.save({ ...withSession('runs too', 'closed'), version: 2 })
  expect(await counted()).toEqual([1, 1])
  await one.erase(withSession('runs', 'live'))
  expect(await counted()).toEqual([0, 1])
  await Promise.all([one.close(), other.close()])
})

const effect = {
  id: 1,
  do: 'post',
  session: '1',
  slot: 'lobby',
  state: 'due',
  cause: 'activity-1',
  told: null,
} as const

storeContract('the store on PostgreSQL', () => site([]))
storeContract('the store on PostgreSQL, sealed', () => site([Buffer.alloc(32, 7)]))
