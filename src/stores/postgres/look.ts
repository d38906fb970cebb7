import { readdir } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { Client } from 'pg'
import { schemas } from './database.ts'

/** What a database holds of ours, and what our account may do there. */
export interface Look {
  version: string
  /** Its first number. */
  major: number
  /** `ahead` of what this version knows. */
  tables: 'none' | 'behind' | 'current' | 'ahead'
  mayMake: boolean
  /** Reads and writes what is there. */
  mayUse: boolean
}

export interface Looked extends Look {
  /** Each record, as it is written, under what it is called there. */
  records(): AsyncGenerator<{ name: string; text: string }>
}

/** Real milliseconds a database is waited for. */
const patience = 5000
const pageSize = 100

/** Looks at a database and changes nothing there; rejects where it does not answer. */
export async function lookInto<T>(url: string, use: (found: Looked) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: patience,
    query_timeout: patience,
    application_name: 'ouverture doctor',
    options: '-c default_transaction_read_only=on',
  })
  client.on('error', () => {})
  await client.connect()
  try {
    return await use({ ...(await found(client)), records: () => recordsIn(client) })
  } finally {
    await client.end()
  }
}

async function found(client: Client): Promise<Look> {
  const { rows } = await client.query<Rights>(rightsText, [[schemas.records, schemas.jobs]])
  const { version = '', mayMake = false, schemas: there = 0, mayEnter = false } = rows[0] ?? {}
  const about = { version, major: Number.parseInt(version, 10), mayMake }
  if (there === 0) return { ...about, tables: 'none', mayUse: true }
  if (!mayEnter) return { ...about, tables: 'current', mayUse: false }
  const { rows: usable } = await client.query<{ usable: boolean | null }>(usableText, [schemas.records])
  if (usable[0]?.usable !== true) return { ...about, tables: 'current', mayUse: false }
  return { ...about, mayUse: true, tables: await tablesOf(client) }
}

async function tablesOf(client: Client): Promise<Look['tables']> {
  const { rows } = await client.query<{ name: string }>(`select name from ${schemas.records}.migrations`)
  const made = new Set(rows.map(({ name }) => name))
  const known = (await readdir(join(import.meta.dirname, 'migrations'))).map((file) => parse(file).name)
  if ([...made].some((name) => !known.includes(name))) return 'ahead'
  return known.every((name) => made.has(name)) ? 'current' : 'behind'
}

async function* recordsIn(client: Client): AsyncGenerator<{ name: string; text: string }> {
  for (let last = ''; ; ) {
    const { rows } = await client.query<{ name: string; text: string }>(pageText, [last, pageSize])
    yield* rows
    const end = rows.at(-1)
    if (!end) return
    last = end.name
  }
}

interface Rights {
  version: string
  mayMake: boolean
  schemas: number
  mayEnter: boolean | null
}

const rightsText = `
  select current_setting('server_version') as version,
    has_database_privilege(current_database(), 'CREATE') as "mayMake",
    count(oid)::integer as schemas,
    bool_and(has_schema_privilege(oid, 'USAGE')) as "mayEnter"
  from pg_namespace where nspname = any($1)`

const usableText = `
  select bool_and(
    has_table_privilege(c.oid, 'SELECT') and has_table_privilege(c.oid, 'INSERT')
      and has_table_privilege(c.oid, 'UPDATE') and has_table_privilege(c.oid, 'DELETE')
  ) as usable
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relkind = 'r'`

const pageText = `
  select digest as name, record as text from ${schemas.records}.meetings
  where digest > $1 order by digest limit $2`
