import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { startBalancer } from '../support/balancer.ts'
import { type BotProcess, freshFolder, removeFolder, spawnBot } from '../support/bot.ts'
import { postgresServer } from '../support/postgres.ts'
import { quickFormat } from './format.ts'

/** Where the bot runs, and what can be done to it. */
export interface Ground {
  /** Activities go there, whoever takes them. */
  url: string
  /** Where one of the processes that live is asked for documents. */
  site(): string
  /** How many processes there are. */
  instances: number
  /** The text of this meeting's record, as it is kept now; null where there is none yet. */
  record(meeting: string): Promise<string | null>
  /** This process dies at once; resolves when it has. */
  kill(instance: number): Promise<void>
  /** Another takes its place; resolves when it takes activities in. */
  start(instance: number): Promise<void>
  freeze(instance: number, isFrozen: boolean): void
  /** The database goes and comes back; there is none to restart where records are files. */
  restartDatabase: ((pauseMs: number) => Promise<void>) | null
  close(): Promise<void>
}

export type StoreName = 'files' | 'database'

export const ground = (store: StoreName): Promise<Ground> =>
  store === 'files' ? filesGround() : databaseGround()

async function filesGround(): Promise<Ground> {
  const kept = freshFolder()
  const find = recordFiles(join(kept, 'meetings'))
  const processes = await stand([kept], {})
  return {
    ...processes,
    record: async (meeting) => find(meeting),
    restartDatabase: null,
    async close() {
      await processes.close()
      removeFolder(kept)
    },
  }
}

async function databaseGround(): Promise<Ground> {
  const server = await postgresServer()
  const url = await server.database()
  const folders = [freshFolder(), freshFolder()]
  const processes = await stand(folders, { DATABASE_URL: url })
  return {
    ...processes,
    record: (meeting) => recordRow(url, meeting),
    restartDatabase: server.restart,
    async close() {
      await processes.close()
      await server.stop()
      for (const folder of folders) removeFolder(folder)
    },
  }
}

/** One process for each of these folders, behind one address. */
async function stand(
  folders: string[],
  env: Record<string, string>,
): Promise<Omit<Ground, 'record' | 'restartDatabase'>> {
  const formats = freshFolder()
  quickFormat(formats)
  const running: (BotProcess | undefined)[] = folders.map(() => undefined)
  const balancer = await startBalancer([])
  const balance = () => balancer.to(running.flatMap((one) => one?.botUrl ?? []))

  async function start(instance: number): Promise<void> {
    const folder = folders[instance] ?? ''
    const settings = { REQUEST_TIMEOUT: '2', TIME_ZONE: 'UTC', FORMATS_DIR: formats, ...env }
    // A process that finds no database does not start: whoever runs it starts it again.
    for (let tries = 0; running[instance] === undefined; tries += 1)
      running[instance] = await spawnBot(folder, settings).catch(async (error: unknown) => {
        if (tries > 20) throw error
        await new Promise((resolve) => setTimeout(resolve, 500))
        return undefined
      })
    balance()
  }

  async function kill(instance: number): Promise<void> {
    const one = running[instance]
    running[instance] = undefined
    await one?.kill()
    balance()
  }

  const each = folders.map((_, instance) => instance)
  await Promise.all(each.map(start))
  return {
    url: balancer.url,
    site: () => new URL(running.find((one) => one !== undefined)?.botUrl ?? balancer.url).origin,
    instances: folders.length,
    kill,
    start,
    freeze: (instance, isFrozen) => running[instance]?.freeze(isFrozen),
    async close() {
      await Promise.all(each.map(kill))
      await balancer.close()
      removeFolder(formats)
    },
  }
}

/** Nothing of the bot tells which file is whose: each says it itself. */
function recordFiles(folder: string): (meeting: string) => string | null {
  mkdirSync(folder, { recursive: true })
  const known = new Map<string, string>()
  return (meeting) => {
    const name =
      known.get(meeting) ??
      readdirSync(folder).find((one) => one.endsWith('.json') && idIn(join(folder, one)) === meeting)
    if (name === undefined) return null
    known.set(meeting, name)
    return readFileSync(join(folder, name), 'utf8')
  }
}

const idIn = (file: string): unknown => Object(JSON.parse(readFileSync(file, 'utf8'))).id

/** A connection of its own each time: the database may have been away since. */
async function recordRow(url: string, meeting: string): Promise<string | null> {
  const client = new Client({ connectionString: url })
  // What goes with the database is told by the question that fails.
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query<{ record: string }>('select record from meetings where id = $1', [
      meeting,
    ])
    return rows[0]?.record ?? null
  } finally {
    await client.end().catch(() => {})
  }
}
