import { afterAll, beforeAll } from 'vitest'
import { openDatabase } from '../../src/stores/postgres/database.ts'
import { postgresStore } from '../../src/stores/postgres/index.ts'
import { sealing } from '../../src/stores/sealing.ts'
import { nameFor } from '../../src/stores/shelf.ts'
import { quietLog } from '../support/ports.ts'
import { postgresServer, type Server } from '../support/postgres.ts'
import { type StoreSite, storeContract } from './contract.ts'

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

storeContract('the store on PostgreSQL', () => site([]))
storeContract('the store on PostgreSQL, sealed', () => site([Buffer.alloc(32, 7)]))
