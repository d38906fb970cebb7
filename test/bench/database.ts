import { Client } from 'pg'
import { codeOf } from '../../src/flushed-file.ts'
import { openDatabase, schemas } from '../../src/stores/postgres/database.ts'
import { postgresStore } from '../../src/stores/postgres/index.ts'
import { freshFolder, listeningLog, removeFolder } from '../support/bot.ts'
import { postgresServer } from '../support/postgres.ts'
import { type Ground, saved } from './ground.ts'

export interface Databases {
  told: string
  fresh(): Promise<Ground>
  close(): Promise<void>
}

/** New databases of the server at this address; of one with its files on this disk where there is none. */
export async function databases(given: string | null): Promise<Databases> {
  const server = given === null ? await postgresServer() : null
  const main = given ?? (await server?.database()) ?? ''
  let count = 0
  return {
    told: toldOf(await settingsOf(main).catch(unreached)),
    async fresh() {
      count += 1
      const name = `ouverture_bench_${process.pid}_${Date.now()}_${count}`
      await asked(main, `create database ${name}`).catch(refused)
      return inDatabase(renamed(main, name), () => asked(main, `drop database ${name} with (force)`))
    },
    async close() {
      await server?.stop()
    },
  }
}

interface Settings {
  version: string
  fsync: string
  commit: string
}

/** A server that acknowledges what is not on disk is not what the bot is run on: its figures say so. */
const toldOf = ({ version, fsync, commit }: Settings): string =>
  `database: PostgreSQL ${version}, ${fsync === 'on' && commit !== 'off' ? 'each commit flushed to disk' : '**not flushed to disk**'} (fsync ${fsync}, synchronous_commit ${commit})`

async function settingsOf(url: string): Promise<Settings> {
  const rows = await asked(
    url,
    "select current_setting('server_version') as version, current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit",
  )
  const [{ version, fsync, commit } = {}] = rows
  return { version: String(version), fsync: String(fsync), commit: String(commit) }
}

async function asked(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

function unreached(error: unknown): never {
  throw new Error(`DATABASE_URL: no database answers there (${codeOf(error)})`)
}

function refused(error: unknown): never {
  throw new Error(
    `DATABASE_URL: this account may not create the databases that the benchmark measures in (${codeOf(error)}); run it without, and a server is started for it`,
  )
}

function renamed(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}

async function inDatabase(url: string, drop: () => Promise<unknown>): Promise<Ground> {
  const dir = freshFolder()
  // Brought up to date, as any but the first start finds it.
  const pool = await openDatabase(url, listeningLog())
  const storeAt = async (address: string) => postgresStore(await openDatabase(address, listeningLog()))
  return {
    env: { DATA_DIR: dir, DATABASE_URL: url },
    store: () => storeAt(url),
    async pile(records) {
      const store = await storeAt(unflushed(url))
      await saved(store, records)
      await store.close()
      // What a server does in its own time would be done during the votes.
      await pool.query('vacuum analyze meetings')
      await pool.query('checkpoint').catch(() => {})
    },
    async armed() {
      const { rows } = await pool.query<{ wake: number; takeUp: number }>(armedText)
      return rows[0]?.takeUp === 0 ? rows[0].wake : 0
    },
    async clear() {
      await pool.end()
      await drop()
      removeFolder(dir)
    },
  }
}

function unflushed(url: string): string {
  const other = new URL(url)
  other.searchParams.set('options', `-c search_path=${schemas.records} -c synchronous_commit=off`)
  return other.href
}

/** Alarms stand in the database; at a start each meeting is looked at once more. */
const armedText = `
  select count(*) filter (where task_identifier = 'wake')::integer as wake,
    count(*) filter (where task_identifier = 'take-up')::integer as "takeUp"
  from ${schemas.jobs}.jobs`
