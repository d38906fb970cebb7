import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emptyMeeting } from '../../src/core/meeting.ts'
import { copyAll } from '../../src/stores/copy.ts'
import { lowdbStore } from '../../src/stores/lowdb.ts'
import { openDatabase } from '../../src/stores/postgres/database.ts'
import { postgresStore } from '../../src/stores/postgres/index.ts'
import { freshFolder, removeFolder } from '../support/bot.ts'
import { quietLog } from '../support/ports.ts'
import { postgresServer, type Server } from '../support/postgres.ts'
import { planned, preparedBy } from '../support/prepared.ts'
import { today, whole } from '../support/programme.ts'
import { withSession } from './records.ts'

let server: Server
beforeAll(async () => {
  server = await postgresServer()
}, 60_000)
afterAll(() => server.stop())

const run = (env: Record<string, string>, ...args: string[]) =>
  new Promise<{ code: number; said: string }>((done) => {
    const root = resolve(import.meta.dirname, '../..')
    const command = [join(root, 'node_modules/tsx/dist/cli.mjs'), 'src/store-copy.ts', ...args]
    const all = { ...process.env, LANG: 'en_GB.UTF-8', ...env }
    execFile(process.execPath, command, { cwd: root, env: all }, (error, stdout, stderr) =>
      done({ code: Number(error?.code ?? 0), said: stdout + stderr }),
    )
  })

describe('npm run store:copy', () => {
  it('takes every meeting into the database and back, and writes nothing over', {
    timeout: 60_000,
  }, async () => {
    const [folder, other] = [freshFolder(), freshFolder()]
    const url = await server.database()
    const files = lowdbStore(folder)
    const first = { ...withSession('first', 'live', 'marie'), version: 1 }
    await files.save(first)
    await files.save({ ...first, version: 2, seen: ['once'] })
    await files.save(withSession('second', 'closed', 'luc'))
    await files.close()

    const there = await run({ DATA_DIR: folder, DATABASE_URL: url }, '--to', 'database')
    expect(there).toEqual({
      code: 0,
      said: '2 meetings’ records copied and read again, 0 there already, 0 to look at.\n',
    })
    const pool = await openDatabase(url, quietLog)
    const database = postgresStore(pool)
    expect(await database.load('first')).toMatchObject({ seen: ['once'] })
    expect(await database.pending()).toEqual(['first'])
    expect(await database.ledBy('luc')).toEqual(['second'])

    const back = await run({ DATA_DIR: other, DATABASE_URL: url }, '--to', 'files')
    expect(back.code).toBe(0)
    const again = lowdbStore(other)
    expect(await again.load('first')).toEqual({ ...first, seen: ['once'] })
    expect(await again.attendedBy('luc')).toEqual(['second'])

    await again.save({ ...first, version: 2, seen: ['twice'] })
    await again.close()
    const third = await run({ DATA_DIR: other, DATABASE_URL: url }, '--to', 'database')
    expect(third.code).toBe(1)
    expect(third.said).toContain('first is there already with something else in it; it is left as it is.')
    expect(third.said).toContain('Nothing was copied, 1 there already, 1 to look at.')
    expect(await database.load('first')).toMatchObject({ seen: ['once'] })
    await database.close()
    for (const one of [folder, other]) removeFolder(one)
  })

  it('takes what someone prepared with its reminders, which ring there', async () => {
    const folder = freshFolder()
    const files = lowdbStore(folder)
    const own = { ...preparedBy('marie', '2099-02-09', Date.now()), version: 1 }
    await files.save(own)
    const pool = await openDatabase(await server.database(), quietLog)
    const database = postgresStore(pool)
    expect(await copyAll(files, database, Date.now())).toMatchObject({ copied: 1, other: [], failed: [] })
    expect(await database.load(own.id)).toEqual(own)
    expect(await database.ledBy('marie')).toEqual([own.id])
    const { rows } = await pool.query('select task_identifier, run_at from ouverture_jobs.jobs')
    const [first] = own.programmes[0]?.milestones ?? []
    expect(rows).toEqual([{ task_identifier: 'wake', run_at: new Date(first?.at ?? 0) }])
    await database.close()
    await files.close()
    removeFolder(folder)
  })

  it('keeps a programme whole, there and back', { timeout: 60_000 }, async () => {
    const [folder, other] = [freshFolder(), freshFolder()]
    const url = await server.database()
    const files = lowdbStore(folder)
    const own = { ...planned(emptyMeeting('a:own-marie'), 'marie', today, ...whole), version: 1 }
    await files.save(own)
    await files.close()
    expect(own.programmes[0]).toMatchObject({ groups: 3, done: ['0/slot'] })

    expect(await run({ DATA_DIR: folder, DATABASE_URL: url }, '--to', 'database')).toMatchObject({ code: 0 })
    expect(await run({ DATA_DIR: other, DATABASE_URL: url }, '--to', 'files')).toMatchObject({ code: 0 })
    const again = lowdbStore(other)
    expect(await again.load(own.id)).toEqual(own)
    expect(await again.ledBy('marie')).toEqual([own.id])
    await again.close()
    for (const one of [folder, other]) removeFolder(one)
  })

  it('gives what it copies its jobs: what was to be done is done there', async () => {
    const folder = freshFolder()
    const files = lowdbStore(folder)
    const effect = {
      id: 1,
      do: 'post' as const,
      session: '1',
      slot: 'lobby',
      state: 'due' as const,
      cause: '',
      told: null,
    }
    await files.save({ ...withSession('running', 'live'), outbox: [effect] })
    const pool = await openDatabase(await server.database(), quietLog)
    const database = postgresStore(pool)
    await copyAll(files, database, Date.now())
    const { rows } = await pool.query('select task_identifier from ouverture_jobs.jobs order by 1')
    expect(rows.map((row) => row.task_identifier)).toContain('show')
    await database.close()
    await files.close()
    removeFolder(folder)
  })

  it.each([
    [[], {}, /^--to: expected database/u, 2],
    [['--to', 'cloud'], {}, /^--to: expected database/u, 2],
    [['--to', 'files'], {}, /^DATABASE_URL: give the database/u, 1],
    [['--to', 'files'], { DATABASE_URL: 'mysql://x' }, /^DATABASE_URL: expected the address/u, 1],
    [
      ['--to', 'files'],
      { DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c' },
      /does not answer.*ECONNREFUSED/u,
      1,
    ],
  ] as const)('says what is wrong with %j and %j', { timeout: 30_000 }, async (args, env, said, code) => {
    const folder = freshFolder()
    const told = await run({ DATA_DIR: folder, ...env }, ...args)
    expect(told.said).toMatch(said)
    expect(told.said).not.toMatch(/\bat .*\.ts/u)
    expect(told.code).toBe(code)
    removeFolder(folder)
  })
})
