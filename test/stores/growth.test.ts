import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { lowdbStore } from '../../src/stores/lowdb.ts'
import { nameFor } from '../../src/stores/shelf.ts'
import { dayOf } from '../../src/stores/shelves.ts'
import { aged } from './aged.ts'
import { record, withSession } from './records.ts'

/** What is asked of the disk, in order; from `dies` on, the disk does nothing more. */
const disk = vi.hoisted(() => ({ asked: [] as string[], dies: Number.POSITIVE_INFINITY }))

vi.mock('node:fs/promises', async (original) => {
  const real = await original<Record<string, unknown>>()
  const watched =
    (name: string, work: (...given: unknown[]) => unknown) =>
    (...given: unknown[]) => {
      disk.asked.push(`${name} ${given[0]}`)
      if (disk.asked.length > disk.dies) return Promise.reject(new Error('the process is dead'))
      return work(...given)
    }
  const all = Object.entries(real).map(([name, work]) => [
    name,
    typeof work === 'function' ? watched(name, work as () => unknown) : work,
  ])
  return Object.fromEntries(all)
})

/** The same, for what a file is written with: it is asked with a callback. */
vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>()
  const watched = (name: 'open' | 'writeFile' | 'fsync' | 'close' | 'rename') => ({
    [name]: (...given: unknown[]) => {
      disk.asked.push(`${name} ${given[0]}`)
      const told = given.at(-1)
      if (disk.asked.length <= disk.dies || typeof told !== 'function') Reflect.apply(real[name], real, given)
      else told(new Error('the process is dead'))
    },
  })
  const names = ['open', 'writeFile', 'fsync', 'close', 'rename'] as const
  return Object.assign({ ...real }, ...names.map(watched))
})

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ouverture-growth-'))
  disk.dies = Number.POSITIVE_INFINITY
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(dir, { recursive: true })
})

const days = (count: number) => Date.now() - count * 86_400_000
const recordOf = (id: string) => join(dir, 'meetings', `${nameFor(id)}.json`)

/** What the disk is asked while this is done. */
async function askedBy(work: () => Promise<unknown>): Promise<string[]> {
  disk.asked.length = 0
  await work()
  return [...disk.asked]
}

/** Two meetings run, one is a month old; so many others are over. */
async function filled(over: number): Promise<void> {
  const store = lowdbStore(dir)
  for (const id of ['runs', 'runs too']) await store.save(withSession(id, 'live', 'marie'))
  await store.save(withSession('old', 'closed', 'marie'))
  for (let index = 0; index < over; index += 1)
    await store.save(withSession(`over ${index}`, 'closed', 'luc'))
  await aged(dir)('old', days(30))
  await store.idleSince(0)
  await store.close()
}

describe('a data folder that grows', () => {
  it('costs no more at the start, nor each day, nor to one who asks for her own', async () => {
    const costs = []
    for (const over of [3, 40]) {
      await filled(over)
      const store = lowdbStore(dir)
      const start = await askedBy(() => store.pending())
      const day = await askedBy(async () => expect(await store.idleSince(days(10))).toEqual(['old']))
      const hers = await askedBy(async () => expect(await store.ledBy('marie')).toHaveLength(3))
      expect([...start, ...day].join('\n')).not.toContain(basename(recordOf('over 1')))
      costs.push([start.length, day.length, hers.length])
      rmSync(dir, { recursive: true })
    }
    expect(costs[1]).toEqual(costs[0])
    dir = mkdtempSync(join(tmpdir(), 'ouverture-growth-'))
  })

  it('writes nothing but the record when a meeting is saved again the same day', async () => {
    const store = lowdbStore(dir)
    const next = (version: number) => ({ ...withSession('m', 'live', 'marie'), version })
    await store.save(next(1))
    const asked = await askedBy(() => store.save(next(2)))
    const written = asked.filter((one) => !one.startsWith('stat '))
    expect(written.map((one) => one.replace(dir, '').replace(/\.json.*| \d+$/u, ''))).toEqual([
      `open /writing/${nameFor('m')}`,
      'writeFile',
      'fsync',
      'close',
      `rename /writing/${nameFor('m')}`,
      'open /meetings',
      'fsync',
      'close',
    ])
  })

  it('reads the record of a meeting once, to know it and to save it', async () => {
    await lowdbStore(dir).save(withSession('m', 'live', 'marie'))
    const store = lowdbStore(dir)
    const asked = await askedBy(async () => {
      await store.load('m')
      await store.save({ ...withSession('m', 'live', 'marie'), version: 2 })
    })
    expect(asked.filter((one) => one === `readFile ${recordOf('m')}`)).toHaveLength(1)
  })

  it('keeps no folder for the days and people that have no meeting any more', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const store = lowdbStore(dir)
    for (let version = 1; version <= 40; version += 1) {
      vi.setSystemTime(days(-1))
      await store.save({ ...withSession('m', version % 2 ? 'live' : 'closed', `person ${version}`), version })
    }
    expect(readdirSync(join(dir, 'touched'))).toEqual([dayOf(Date.now())])
    for (const shelf of ['leaders', 'people']) expect(readdirSync(join(dir, shelf))).toHaveLength(1)
    await store.erase({ ...withSession('m', 'closed'), version: 40 })
    for (const shelf of ['leaders', 'people', 'pending', 'touched'])
      expect(readdirSync(join(dir, shelf))).toEqual([])
  })

  it('finds what is old under the day it was saved, whatever the clock said meanwhile', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const store = lowdbStore(dir)
    await store.pending()
    const real = Date.now()
    for (const [index, when] of [real - 5e9, real + 5e9, real - 9e9].entries()) {
      vi.setSystemTime(when)
      await store.save(record('m', index + 1))
    }
    vi.setSystemTime(real)
    // Its day says last summer, its file says today.
    expect(await store.idleSince(days(1))).toEqual([])
    expect(readdirSync(join(dir, 'touched'))).toEqual([dayOf(real)])
    utimesSync(recordOf('m'), days(40) / 1000, days(40) / 1000)
    expect(await store.idleSince(days(-1))).toEqual(['m'])
    cpSync(join(dir, 'touched', dayOf(real)), join(dir, 'touched', '1999-12-31'), { recursive: true })
    expect(await store.idleSince(days(-1))).toEqual(['m'])
  })
})

/** As an earlier version left it: records, and who led them. */
function asBefore(): void {
  for (const name of ['pending', 'touched', 'shelved', 'writing'])
    rmSync(join(dir, name), { recursive: true, force: true })
}

describe('a data folder of an earlier version', () => {
  beforeEach(async () => {
    await filled(2)
    asBefore()
  })

  it('is taken up once: all is found, and the next start reads no record', async () => {
    const left = `${recordOf('old')}.1.tmp`
    writeFileSync(left, '{"half": ')
    utimesSync(left, 0, 0)
    expect((await lowdbStore(dir).pending()).sort()).toEqual(['runs', 'runs too'])
    expect(existsSync(left)).toBe(false)
    expect(await lowdbStore(dir).idleSince(days(10))).toEqual(['old'])
    const again = await askedBy(() => lowdbStore(dir).pending())
    expect(again.filter((one) => one.startsWith('readFile') && one.includes('meetings'))).toEqual([])
  })

  it('finds whom a meeting is of as well, where that was never said', async () => {
    for (const name of ['leaders', 'people']) rmSync(join(dir, name), { recursive: true })
    await lowdbStore(dir).pending()
    expect(await lowdbStore(dir).ledBy('luc')).toHaveLength(2)
    expect((await lowdbStore(dir).attendedBy('marie')).sort()).toEqual(['old', 'runs', 'runs too'])
  })

  it('is taken up whole wherever the process dies meanwhile', async () => {
    const whole = await askedBy(() => lowdbStore(dir).pending())
    for (let dies = 0; dies < whole.length; dies += 1) {
      asBefore()
      disk.asked.length = 0
      disk.dies = dies
      await lowdbStore(dir)
        .pending()
        .catch(() => {})
      disk.dies = Number.POSITIVE_INFINITY
      expect((await lowdbStore(dir).pending()).sort()).toEqual(['runs', 'runs too'])
      expect(await lowdbStore(dir).idleSince(days(10))).toEqual(['old'])
    }
  })

  it('tells of a record that cannot be read at each start, and takes it up once it is mended', async () => {
    const text = await lowdbStore(dir).load('runs')
    writeFileSync(recordOf('runs'), '{"half": ')
    for (const _ of ['first', 'second']) {
      const warned: string[] = []
      const store = lowdbStore(dir, { warn: (file) => warned.push(file) })
      expect(await store.pending()).toEqual(['runs too'])
      expect(warned).toEqual([basename(recordOf('runs'))])
    }
    writeFileSync(recordOf('runs'), JSON.stringify(text))
    expect((await lowdbStore(dir).pending()).sort()).toEqual(['runs', 'runs too'])
    const store = lowdbStore(dir)
    await store.save({ ...withSession('runs', 'closed'), version: 2 })
    expect(await store.pending()).toEqual(['runs too'])
  })

  it('does not take a copy under another name for a meeting', async () => {
    writeFileSync(join(dir, 'meetings', 'copy.json'), JSON.stringify(withSession('runs', 'live')))
    expect((await lowdbStore(dir).pending()).sort()).toEqual(['runs', 'runs too'])
  })
})

describe('a process that dies while it saves', () => {
  const started = withSession('m', 'live', 'marie')
  const over = { ...withSession('m', 'closed', 'luc'), version: 2 }
  const again = { ...withSession('m', 'live', 'marie'), version: 3 }

  /** It was taken up already: nothing is looked for in the records. */
  const shelved = () =>
    lowdbStore(dir)
      .pending()
      .then(() => {})

  /** Does the last of these, and dies at each moment of it in turn. */
  async function atEachMoment(
    before: () => Promise<void>,
    last: () => Promise<void>,
    then: () => Promise<void>,
  ): Promise<number> {
    for (let dies = 0; ; dies += 1) {
      await before()
      disk.asked.length = 0
      disk.dies = dies
      const done = await last().then(
        () => true,
        () => false,
      )
      disk.dies = Number.POSITIVE_INFINITY
      await then()
      if (done) return dies
      rmSync(dir, { recursive: true })
    }
  }

  /** Never a word too few: what the record says is found. */
  async function isFound(): Promise<void> {
    const store = lowdbStore(dir)
    const stored = await store.load('m')
    const runs = stored?.sessions[0]?.steer.position.status === 'lobby'
    if (runs) expect(await store.pending()).toEqual(['m'])
    if (stored) expect(await store.idleSince(days(-1))).toEqual(['m'])
    if (stored) expect(await store.ledBy(runs ? 'marie' : 'luc')).toEqual(['m'])
    // A word too many is put right by the next save.
    const version = (stored?.version ?? 0) + 1
    await store.save({ ...withSession('m', 'closed', 'luc'), version })
    expect(await store.pending()).toEqual([])
    await store.erase({ ...withSession('m', 'closed', 'luc'), version })
    expect([await store.pending(), await store.idleSince(days(-1))]).toEqual([[], []])
  }

  it('loses sight of no meeting, whatever it was about to write', async () => {
    const first = await atEachMoment(shelved, () => lowdbStore(dir).save(started), isFound)
    const third = await atEachMoment(
      async () => {
        await shelved()
        const store = lowdbStore(dir)
        await store.save(started)
        await store.save(over)
      },
      () => lowdbStore(dir).save(again),
      isFound,
    )
    expect(Math.min(first, third)).toBeGreaterThan(10)
  })

  it('leaves no trace of a meeting that it was erasing, once that is asked again or looked for', async () => {
    await atEachMoment(
      () => shelved().then(() => lowdbStore(dir).save(started)),
      () => lowdbStore(dir).erase(started),
      async () => {
        const store = lowdbStore(dir)
        const stored = await store.load('m')
        if (stored) await store.erase(stored)
        const found = [await store.pending(), await store.idleSince(days(-1)), await store.ledBy('marie')]
        expect([...found, await store.attendedBy('marie')]).toEqual([[], [], [], []])
        const left = readdirSync(dir, { recursive: true, encoding: 'utf8' })
        expect(left.filter((file) => file.endsWith('.json'))).toEqual([])
      },
    )
  })
})
