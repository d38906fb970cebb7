import type { Pool } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/stores/postgres/database.ts'
import { heardInDatabase } from '../../src/stores/postgres/heard.ts'
import { readActivity } from '../../src/teams/incoming.ts'
import { once } from '../../src/teams/once.ts'
import { quietLog } from '../support/ports.ts'
import { postgresServer, type Server } from '../support/postgres.ts'

let server: Server
let pool: Pool
beforeAll(async () => {
  server = await postgresServer()
}, 60_000)
afterAll(() => server.stop())
beforeEach(async () => {
  pool = await openDatabase(await server.database(), quietLog)
})
afterEach(() => pool.end())

/** What one process knows; `meanwhile` is what happens each time it waits for another. */
const processNamed = (me: string, meanwhile: () => Promise<unknown> = noWait) =>
  heardInDatabase(pool, { me, silence: 6000, pause: async () => void (await meanwhile()) })

const noWait = () => Promise.reject(new Error('it waited'))

const lives = (id: string) =>
  pool.query("insert into instances (id, seen, workers) values ($1, now(), '{}')", [id])

/** As if so many seconds had gone by since it was taken in hand or done. */
const ago = (seconds: number) =>
  pool.query(
    "update heard set at = at - $1 * interval '1 second', done_at = done_at - $1 * interval '1 second'",
    [seconds],
  )

describe('what was dealt with by several processes', () => {
  it('is known by all of them, once', async () => {
    expect(await processNamed('a').take('one')).toBe(true)
    expect(await processNamed('a').add('one')).toBe(true)
    expect(await processNamed('a').add('one')).toBe(false)
    expect(await processNamed('b').add('one')).toBe(false)
    expect(await processNamed('b').take('one')).toBe(false)
    expect(await processNamed('b').take('two')).toBe(true)
  })

  it('goes to one of those that ask at the same moment, and the others wait until it is done', async () => {
    const names = ['a', 'b', 'c', 'd']
    for (const name of names) await lives(name)
    let waited = 0
    const taken: string[] = []
    const done = async () => {
      waited += 1
      const [first] = taken
      if (waited >= 5 && first !== undefined) await processNamed(first).add('one')
    }
    const asked = names.map(async (name) => {
      if (await processNamed(name, done).take('one')) taken.push(name)
    })
    await Promise.all(asked)
    expect(taken).toHaveLength(1)
    expect(waited).toBeGreaterThanOrEqual(5)
  })

  it('goes to another at once where the first could not deal with it', async () => {
    await lives('a')
    await processNamed('a').take('one')
    const left = () => processNamed('a').leave('one')
    expect(await processNamed('b', left).take('one')).toBe(true)
    // What is over is not left by whoever was late.
    await processNamed('a').leave('one')
    await processNamed('b').add('one')
    await processNamed('b').leave('one')
    expect(await processNamed('c').take('one')).toBe(false)
  })

  it('is taken over from a process that is dead, or silent', async () => {
    await lives('b')
    await processNamed('dead').take('one')
    await ago(3)
    expect(await processNamed('b').take('one')).toBe(true)

    await lives('silent')
    await processNamed('silent').take('two')
    await ago(7)
    const falls = () => pool.query("update instances set seen = seen - interval '7 seconds'")
    expect(await processNamed('b', falls).take('two')).toBe(true)
  })

  it('is taken over after a while from one that lives', async () => {
    await lives('a')
    await processNamed('a').take('one')
    await ago(9)
    expect(await processNamed('b', () => ago(2)).take('one')).toBe(true)
  })

  it('waits for a process that has only just begun', async () => {
    await processNamed('new').take('one')
    const done = () => processNamed('new').add('one')
    expect(await processNamed('b', done).take('one')).toBe(false)
  })

  it('is shown by the one that took it over, and no more by one that wakes up', async () => {
    await processNamed('frozen').take('one')
    await ago(20)
    await processNamed('b').take('one')
    expect(await processNamed('frozen').add('one')).toBe(false)
    expect(await processNamed('b').add('one')).toBe(true)
  })

  it('is not shown again where the process was killed once it was done', async () => {
    await processNamed('killed').take('one')
    await processNamed('killed').add('one')
    await ago(20)
    expect(await processNamed('b').take('one')).toBe(false)
  })

  it('lets one of several ids of a gesture show, of the same moment', async () => {
    const shown = await Promise.all(
      ['a', 'b', 'c'].map((name) => processNamed(name).add(`id of ${name}`, 'gesture')),
    )
    expect(shown.filter((one) => one)).toHaveLength(1)
    await ago(3)
    expect(await processNamed('b').add('made again later', 'gesture')).toBe(true)
    expect(await processNamed('b').add('made again later', 'gesture')).toBe(false)
  })

  it('is forgotten after an hour, so that the table does not grow', async () => {
    await processNamed('a').add('old')
    await ago(3601)
    const busy = processNamed('a')
    for (let index = 0; index < 500; index += 1) await busy.add(`key-${index}`)
    const { rows } = await pool.query("select count(*)::integer as left from heard where key = 'old'")
    expect(rows).toEqual([{ left: 0 }])
  })
})

describe('an activity nobody waits for, given to two processes at once', () => {
  it('is dealt with by one of them, and again by the other only where that one fails', async () => {
    await lives('a')
    await lives('b')
    const envelope = readActivity({
      type: 'message',
      id: 'same',
      text: 'note',
      from: { id: '29:paul' },
      recipient: { id: '28:bot' },
      conversation: { id: '19:here' },
    })
    if (!envelope) throw new Error('not read')
    const begun: string[] = []
    let goOn = () => {}
    const going = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const waits = async () => goOn()
    const given = (me: string, outcome: 'answered' | 'failed') =>
      once({ heard: processNamed(me, waits), log: quietLog })(envelope, async (isFirst) => {
        begun.push(me)
        await going
        if (outcome === 'answered') await isFirst()
        return { body: null, outcome }
      })
    const both = await Promise.all([given('a', 'answered'), given('b', 'answered')])
    expect(begun).toHaveLength(1)
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['again', 'answered'])
    await pool.query('delete from heard')
    expect(await given('a', 'failed')).toMatchObject({ outcome: 'failed' })
    expect(await given('b', 'answered')).toMatchObject({ outcome: 'answered' })
  })
})
