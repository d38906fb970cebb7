import { join } from 'node:path'
import { runMigrations } from 'graphile-worker'
import { runner } from 'node-pg-migrate'
import { Client, Pool } from 'pg'
import type { Log } from '../../ports.ts'
import { engineLogger } from './engine-logger.ts'

/** Ours, and the job engine's: nothing else in the database is touched. */
export const schemas = { records: 'ouverture', jobs: 'ouverture_jobs' } as const

/** Real milliseconds. An answer that comes later than Teams waits for is of no use; nor is one after which others took over. */
const longest = { connecting: 5000, query: 15_000 }

/** Connections of one process at most. */
const connections = 20

/** Any number of ours: whoever brings the database up to date holds it. */
const upgradeLock = 7_046_029_254_386_353

/** Opens the database, and brings it up to date: of several processes that start at once, one does and the others wait. */
export async function openDatabase(url: string, log: Log): Promise<Pool> {
  const way = {
    connectionString: url,
    application_name: 'ouverture',
    connectionTimeoutMillis: longest.connecting,
    options: `-c search_path=${schemas.records}`,
  }
  const pool = new Pool({
    ...way,
    max: connections,
    // A server that is gone without a word is noticed, and whoever asked is told.
    keepAlive: true,
    query_timeout: longest.query,
  })
  // A connection that breaks while nobody uses it: the next query takes another.
  pool.on('error', (error) => log.warn({ error }, 'a connection to the database broke'))
  // One that breaks while it is in use fails the query as well.
  pool.on('connect', (client) => client.on('error', () => {}))
  try {
    await upgraded(new Client(way), pool, log)
  } catch (error) {
    await pool.end()
    throw error
  }
  return pool
}

/** However long it takes: `client` waits for as long as another process is at it. */
async function upgraded(client: Client, pool: Pool, log: Log): Promise<void> {
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [upgradeLock])
    await ourMigrations(client)
    await runMigrations({ pgPool: pool, schema: schemas.jobs, logger: engineLogger(log) })
  } finally {
    // What the session holds goes with it.
    await client.end()
  }
}

async function ourMigrations(dbClient: Client): Promise<void> {
  await runner({
    dbClient,
    dir: join(import.meta.dirname, 'migrations'),
    direction: 'up',
    migrationsTable: 'migrations',
    migrationsSchema: schemas.records,
    schema: schemas.records,
    createSchema: true,
    createMigrationsSchema: true,
    noLock: true,
    log: () => {},
  })
}
