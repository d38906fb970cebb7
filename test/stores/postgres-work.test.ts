import type { Pool } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Duties, dutiesOf } from '../../src/core/duties.ts'
import { DamagedRecord, type Hands, type Store } from '../../src/ports.ts'
import { openDatabase } from '../../src/stores/postgres/database.ts'
import { postgresStore } from '../../src/stores/postgres/index.ts'
import { postgresWork } from '../../src/stores/postgres/work.ts'
import { nameFor } from '../../src/stores/shelf.ts'
import { listeningLog } from '../support/bot.ts'
import { quietLog } from '../support/ports.ts'
import { postgresServer, type Server } from '../support/postgres.ts'
import { planned, preparedBy } from '../support/prepared.ts'
import { withSession } from './records.ts'

let server: Server
let pool: Pool
let store: Store
beforeAll(async () => {
  server = await postgresServer()
}, 60_000)
afterAll(() => server.stop())
beforeEach(async () => {
  pool = await openDatabase(await server.database(), quietLog)
  store = postgresStore(pool)
})
const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
  await store.close()
})

const nothing: Duties = { wakeAt: null, show: 'no', doubts: [] }
const hour = 3_600_000
const patient = { timeout: 15_000, interval: 20 }

/** A process whose hands tell what they are asked to do, and do what the test says. */
function working(me: string, does: Partial<Hands> = {}) {
  const asked: string[] = []
  const log = listeningLog()
  const told =
    <Given extends unknown[], T>(what: string, work: (...given: Given) => T) =>
    (...given: Given): T => {
      asked.push(`${what} ${given[0]}`)
      return work(...given)
    }
  const hands: Hands = {
    wake: told('wake', does.wake ?? (async () => ({ version: 1, duties: nothing }))),
    show: told('show', does.show ?? (async () => null)),
    report: told('report', does.report ?? (async () => {})),
    resume: told('resume', does.resume ?? (async () => {})),
  }
  const work = postgresWork({ pool, me, log }, hands)
  ends.push(() => work.stop(5000))
  return { asked, work, log }
}

const save = (id: string, duties: Partial<Duties>, version = 1) =>
  store.save({ ...withSession(id, 'live'), version }, { ...nothing, ...duties })

/** Another process, which says that it lives for as long as the test wants. */
const ghost = (id: string, workers: string[] = []) =>
  pool.query("insert into instances (id, seen, workers) values ($1, now() + interval '1 hour', $2)", [
    id,
    workers,
  ])

const dies = (id: string) =>
  pool.query("update instances set seen = now() - interval '7 seconds' where id = $1", [id])

const showsIn = (id: string, instance: string | null) =>
  pool.query(
    'insert into deliveries (digest, instance) values ($1, $2) on conflict (digest) do update set instance = $2',
    [nameFor(id), instance],
  )

interface JobRow {
  key: string
  revision: number
  attempts: number
  inMs: number
  tries: number | null
}

async function jobs(task: string): Promise<JobRow[]> {
  const { rows } = await pool.query<JobRow>(
    `select key, revision, attempts, (extract(epoch from run_at - now()) * 1000)::float8 as "inMs",
       (payload ->> 'tries')::integer as tries
     from ouverture_jobs._private_jobs where key like $1`,
    [`${task}:%`],
  )
  return rows
}

describe('the alarm of a meeting', () => {
  it('is the one of its last save: moved, put off or dropped with it', async () => {
    const now = Date.now()
    await save('m', { wakeAt: now + hour })
    await save('m', { wakeAt: now + 2 * hour }, 2)
    const [job, ...others] = await jobs('wake')
    expect(others).toEqual([])
    expect(job?.inMs).toBeGreaterThan(1.9 * hour)
    await save('m', { wakeAt: null }, 3)
    expect(await jobs('wake')).toEqual([])
    await save('m', { wakeAt: now + hour }, 4)
    await store.erase({ ...withSession('m', 'live'), version: 4 })
    expect(await jobs('wake')).toEqual([])
  })

  it('rings once, in one of the processes, when it was moved to an earlier moment', async () => {
    const both = [working('a'), working('b')]
    await save('m', { wakeAt: Date.now() + hour })
    for (const { work } of both) await work.begin()
    // What is taken up at the start wakes as well.
    await vi.waitFor(async () => expect(await jobs('take-up')).toEqual([]), patient)
    for (const { asked } of both) asked.splice(0)
    await save('m', { wakeAt: Date.now() + 100 }, 2)
    const rung = () => both.flatMap(({ asked }) => asked)
    await vi.waitFor(() => expect(rung()).toEqual(['wake m']), patient)
    await vi.waitFor(async () => expect(await jobs('wake')).toEqual([]), patient)
    expect(rung()).toEqual(['wake m'])
  })

  it('is set again as its ring leaves it, unless somebody saved meanwhile', async () => {
    const later = Date.now() + hour
    let isMoved = false
    const { work } = working('a', {
      wake: async (id) => {
        // Somebody is first: what was left to do is hers to say. It is woken twice: taken up, and for its alarm.
        if (id === 'moved' && !isMoved) {
          isMoved = true
          await save('moved', { wakeAt: later + hour }, 2)
        }
        return { version: 1, duties: { ...nothing, wakeAt: later } }
      },
    })
    await save('kept', { wakeAt: Date.now() })
    await save('moved', { wakeAt: Date.now() })
    await work.begin()
    const inHours = async () => {
      const found = await jobs('wake')
      return Object.fromEntries(found.map(({ key, inMs }) => [key, Math.round(inMs / hour)]))
    }
    await vi.waitFor(
      async () =>
        expect(await inHours()).toEqual({ [`wake:${nameFor('kept')}`]: 1, [`wake:${nameFor('moved')}`]: 2 }),
      patient,
    )
  })
})

describe('what someone is to be reminded of, in a record that holds nothing else', () => {
  it('wakes it at its moment, taken up by whichever process starts', async () => {
    const own = { ...preparedBy('marie', '2099-02-09', Date.now()), version: 1 }
    const { wakeAt } = dutiesOf(null, own, Date.now())
    await store.save(own, dutiesOf(null, own, Date.now()))
    const [job, ...others] = await jobs('wake')
    expect(others).toEqual([])
    expect(Math.abs((job?.inMs ?? 0) - ((wakeAt ?? 0) - Date.now()))).toBeLessThan(hour)
    await pool.query("update ouverture_jobs._private_jobs set run_at = now() where key like 'wake:%'")
    const { asked, work } = working('a')
    await work.begin()
    await vi.waitFor(() => expect(asked).toContain(`wake ${own.id}`), patient)
    const dropped = { ...planned(own, 'marie', Date.now(), { do: 'programme-drop', p: '1' }), version: 2 }
    await store.save(dropped, dutiesOf(own, dropped, Date.now()))
    await vi.waitFor(async () => expect(await jobs('wake')).toEqual([]), patient)
  })
})

describe('a meeting that waits for nobody but its people', () => {
  it('is woken once at the start, and not again', async () => {
    await save('paused', {})
    const { asked, work } = working('a')
    await work.begin()
    await vi.waitFor(async () => expect(await jobs('take-up')).toEqual([]), patient)
    expect(await jobs('wake')).toEqual([])
    expect(asked).toEqual(['wake paused'])
  })
})

describe('what there is to show of a meeting', () => {
  it('is one job, however often it was saved', async () => {
    for (const version of [1, 2, 3]) await save('m', { show: 'newly' }, version)
    expect(await jobs('show')).toHaveLength(1)
    await save('other', { show: 'newly' })
    expect(await jobs('show')).toHaveLength(2)
  })

  it('waits while another process that lives is showing there, then is shown as if nothing had been', async () => {
    const { asked, work } = working('a')
    await ghost('b')
    await work.begin()
    await showsIn('m', 'b')
    await save('m', { show: 'newly' })
    await vi.waitFor(async () => expect((await jobs('show'))[0]).toBeDefined(), patient)
    const { rows } = await pool.query<{ at: string }>(
      'select max(id)::text as at from ouverture_jobs._private_jobs',
    )
    // It has looked, and will look again: the job is another one.
    await vi.waitFor(async () => {
      const next = await pool.query<{ at: string }>(
        'select max(id)::text as at from ouverture_jobs._private_jobs',
      )
      expect(Number(next.rows[0]?.at)).toBeGreaterThan(Number(rows[0]?.at))
    }, patient)
    expect(asked.filter((one) => one.startsWith('show'))).toEqual([])
    await showsIn('m', null)
    await vi.waitFor(() => expect(asked).toContain('show m'), patient)
    expect(asked).not.toContain('resume m')
  })

  it('is taken over from a process that died while showing, which is told before anything is shown', async () => {
    const { asked, work, log } = working('a')
    await ghost('b', ['b-worker'])
    await work.begin()
    await showsIn('m', 'b')
    await save('m', { show: 'newly' })
    await dies('b')
    await vi.waitFor(() => expect(asked).toContain('show m'), patient)
    expect(asked.indexOf('resume m')).toBeGreaterThanOrEqual(0)
    expect(asked.indexOf('resume m')).toBeLessThan(asked.indexOf('show m'))
    expect(log.told.map(({ message }) => message)).toContain('another process is gone')
    const { rows } = await pool.query('select id from instances')
    expect(rows).toEqual([{ id: 'a' }])
  })

  it('is not begun before the moment that the platform asked for, whoever saves meanwhile', async () => {
    const { asked, work } = working('a', { show: async () => hour })
    await work.begin()
    await save('m', { show: 'newly' })
    await vi.waitFor(() => expect(asked).toContain('show m'), patient)
    await vi.waitFor(async () => expect((await jobs('show'))[0]?.inMs).toBeGreaterThan(0.9 * hour), patient)
    await vi.waitFor(async () => {
      const { rows } = await pool.query('select instance from deliveries where not_before is not null')
      expect(rows).toEqual([{ instance: null }])
    }, patient)
    await save('m', { show: 'newly' }, 2)
    const found = await jobs('show')
    expect(found).toHaveLength(1)
    expect(found[0]?.inMs).toBeGreaterThan(0.9 * hour)
  })

  it('is no longer its own to show once the process is stopped', async () => {
    let isOurs = () => false
    const { work } = working('a', {
      show: async (_id, how) => {
        isOurs = how.isOurs
        return null
      },
    })
    await work.begin()
    await save('m', { show: 'newly' })
    await vi.waitFor(() => expect(isOurs()).toBe(true), patient)
    await work.stop(5000)
    expect(isOurs()).toBe(false)
    expect((await pool.query('select id from instances')).rows).toEqual([])
  })

  it('does not keep the process from stopping, and is left to others', async () => {
    const begun = new Promise<() => void>((told) => {
      const { work } = working('a', { show: () => new Promise((done) => told(() => done(null))) })
      void work.begin().then(() => save('m', { show: 'newly' }))
      ends.unshift(() => work.stop(0))
    })
    const finish = await begun
    await ends.shift()?.()
    expect((await pool.query('select id from instances')).rows).toEqual([{ id: 'a' }])
    finish()
    const inHand = 'select 1 from ouverture_jobs._private_jobs where locked_by is not null'
    await vi.waitFor(async () => expect((await pool.query(inHand)).rowCount).toBe(0), patient)
  })
})

describe('what a process that died was doing', () => {
  it('is done again by another, though its job was locked', async () => {
    await save('m', { wakeAt: Date.now() })
    await pool.query(
      "update ouverture_jobs._private_jobs set locked_by = 'b-worker', locked_at = now() where key like 'wake:%'",
    )
    await ghost('b', ['b-worker'])
    const { asked, work } = working('a')
    await work.begin()
    await vi.waitFor(async () => expect(await jobs('take-up')).toEqual([]), patient)
    expect(await jobs('wake')).toHaveLength(1)
    asked.splice(0)
    await dies('b')
    await vi.waitFor(async () => expect(await jobs('wake')).toEqual([]), patient)
    expect(asked).toContain('wake m')
  })

  it('is done again too when it died before it could say in whose name it worked', async () => {
    const { asked, work } = working('a')
    await work.begin()
    await save('m', { wakeAt: Date.now() + hour })
    await pool.query(
      "update ouverture_jobs._private_jobs set run_at = now(), locked_by = 'nobody', locked_at = now() - interval '7 seconds' where key like 'wake:%'",
    )
    await vi.waitFor(() => expect(asked).toContain('wake m'), patient)
  })

  it('is left to it while it lives, however long that takes', async () => {
    let finish = () => {}
    const { asked, work } = working('a', {
      show: () =>
        new Promise((done) => {
          finish = () => done(null)
        }),
    })
    await work.begin()
    await save('m', { show: 'newly' })
    await vi.waitFor(() => expect(asked).toContain('show m'), patient)
    const inHand = 'select 1 from ouverture_jobs._private_jobs where locked_at < now() - $1::interval'
    await pool.query(
      "update ouverture_jobs._private_jobs set locked_at = now() - interval '1 hour' where locked_by is not null",
    )
    const { now } = (await pool.query('select now()')).rows[0]
    await working('b').work.begin()
    const beaten = () => pool.query('select 1 from instances where seen > $1', [now])
    await vi.waitFor(async () => expect((await beaten()).rowCount).toBe(2), patient)
    expect((await pool.query(inHand, ['59 minutes'])).rowCount).toBe(1)
    finish()
    await vi.waitFor(async () => expect(await jobs('show')).toEqual([]), patient)
  })
})

describe('what fails', () => {
  it('by surprise is tried again, a little later each time', async () => {
    let misfortunes = 1
    const { asked, work, log } = working('a', {
      report: async () => {
        misfortunes -= 1
        if (misfortunes >= 0) throw new Error('out of reach')
      },
    })
    await work.begin()
    await save('m', { doubts: [3] })
    // Those who may still see it arrive are waited for.
    expect((await jobs('report'))[0]?.inMs).toBeGreaterThan(5000)
    await pool.query('update ouverture_jobs._private_jobs set run_at = now()')
    await vi.waitFor(async () => expect((await jobs('report'))[0]?.tries).toBe(1), patient)
    const [again] = await jobs('report')
    expect(again?.attempts).toBe(0)
    expect(again?.inMs).toBeLessThan(2001)
    expect(log.told).toContainEqual({
      level: 'error',
      facts: { meeting: 'm', error: expect.any(Error), tries: 0 },
      message: 'what was due is tried again',
    })
    await vi.waitFor(async () => expect(await jobs('report')).toEqual([]), patient)
    expect(asked.filter((one) => one === 'report m')).toHaveLength(2)
  })

  it('because the database went away is tried again once it is back, however often others died with it', {
    timeout: 60_000,
  }, async () => {
    let shows = 0
    let back: Promise<void> | null = null
    ends.push(async () => back)
    const isAway = () =>
      pool.query('select').then(
        () => false,
        () => true,
      )
    const { work } = working('a', {
      show: async () => {
        shows += 1
        back ??= server.restart(3000)
        if (shows === 1) await vi.waitFor(async () => expect(await isAway()).toBe(true), patient)
        return null
      },
    })
    await save('m', { show: 'newly' })
    await pool.query('update ouverture_jobs._private_jobs set attempts = 6')
    await work.begin()
    await vi.waitFor(() => expect(shows).toBe(2), { timeout: 30_000, interval: 50 })
  })

  it('when it says for the first time what it works with hinders neither its start nor its work', async () => {
    const { asked, work, log } = working('a')
    const ask = pool.query.bind(pool) as (statement: unknown, values?: unknown) => unknown
    let beats = 0
    vi.spyOn(pool, 'query').mockImplementation((statement: unknown, values?: unknown) => {
      const isBeat = (statement as { name?: string }).name === 'beat'
      if (isBeat) beats += 1
      return isBeat && beats === 2 ? Promise.reject(new Error('gone for a moment')) : ask(statement, values)
    })
    await save('m', { show: 'newly' })
    await work.begin()
    await vi.waitFor(() => expect(asked).toContain('show m'), patient)
    expect(log.told.map(({ message }) => message)).toContain('the database does not answer')
    const workers = async () => (await pool.query("select workers from instances where id = 'a'")).rows[0]
    await vi.waitFor(async () => expect((await workers())?.workers).not.toEqual([]), patient)
  })

  it('for a record that is damaged sets its meeting aside, and hinders no other', async () => {
    const { asked, work, log } = working('a', {
      wake: async (id) => {
        if (id === 'ill') throw new DamagedRecord('torn')
        return { version: 1, duties: nothing }
      },
    })
    await save('ill', { wakeAt: Date.now() })
    await save('well', { wakeAt: Date.now() })
    await work.begin()
    await vi.waitFor(() => expect(asked).toContain('wake well'), patient)
    await vi.waitFor(async () => {
      const [left, ...more] = await jobs('wake')
      expect(more).toEqual([])
      expect(left).toMatchObject({ key: `wake:${nameFor('ill')}`, tries: null })
      expect(left?.attempts).toBeGreaterThan(0)
    }, patient)
    expect(log.told.find(({ message }) => message === 'meeting set aside')?.facts.meeting).toBe('ill')
  })
})

describe('the processes that serve', () => {
  it('are counted, those that have just gone too: what they asked still counts', async () => {
    const { work } = working('a')
    expect(work.instances()).toBe(1)
    await ghost('b')
    await ghost('c')
    await work.begin()
    expect(work.instances()).toBe(3)
    await dies('c')
    await vi.waitFor(
      async () => expect((await pool.query('select id from instances')).rowCount).toBe(2),
      patient,
    )
    expect(work.instances()).toBe(3)
  })
})
