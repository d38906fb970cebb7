import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startedBot } from '../bench/bot.ts'
import { fill } from '../bench/ground.ts'
import { type Grounds, kinds, openGrounds } from '../bench/grounds.ts'
import { type Row, written } from '../bench/line.ts'
import { measures } from '../bench/measures.ts'
import { aroundMatrix, overAndDone } from '../bench/meetings.ts'
import { sizes } from '../bench/size.ts'
import { counted } from '../bench/votes.ts'

let grounds: Grounds
beforeAll(async () => {
  grounds = await openGrounds(kinds, process.env.TEST_DATABASE_URL ?? null)
})
afterAll(() => grounds.close())

const tiny = () => ({ size: sizes.tiny, seed: 1, profile: null, grounds })

const row: Row = { who: 'a | b', cells: ['1', '2'], goal: null }

/** What each store is measured by; the others know of none. */
const onEach = ['votes', 'parallel', 'alive', 'stored', 'start']

describe('the benchmark', () => {
  it.each(Object.entries(measures))(
    '%s runs on a small size, and every row has something in its table to be compared to',
    { timeout: 120_000 },
    async (name, measure) => {
      for (const group of await measure(tiny())) {
        const { rows, heads } = group
        expect(rows.length).toBeGreaterThan(1)
        for (const { cells } of rows) expect(cells).toHaveLength(heads.length)
        const text = written(group)
        expect(text).not.toMatch(/NaN|undefined|Infinity/u)
        if (onEach.includes(name)) expect(text).toMatch(/Ouverture, files[^]*Ouverture, PostgreSQL/u)
        for (const word of ['failed', 'lost', 'limits broken'])
          for (const { cells } of rows) expect(['0', '', undefined]).toContain(cells[heads.indexOf(word)])
      }
    },
  )

  it('keeps what it is told to keep on each store, where it is counted', { timeout: 60_000 }, async () => {
    const [group] = (await measures.parallel?.(tiny())) ?? []
    const asked = (group?.rows ?? []).flatMap(({ who, goal }) => (goal ? [[who, goal.reached]] : []))
    expect(asked).toEqual([
      ['Ouverture, files', true],
      ['Ouverture, PostgreSQL', true],
    ])
  })

  it.each(kinds)('finds in %s what was piled up there as if the bot had saved it', async (kind) => {
    const ground = await grounds.fresh(kind)
    const over = overAndDone()
    await ground.pile(counted(over, 3))
    const store = await ground.store()
    expect(await store.load(over.id(2))).toEqual(over.record(2))
    const [leader = ''] = Object.keys(over.record(2).sessions[0]?.participants ?? {})
    expect(await store.ledBy(leader)).toEqual([over.id(2)])
    expect(await store.attendedBy(leader)).toEqual([over.id(2)])
    expect(await store.idleSince(Date.now() + 86_400_000)).toHaveLength(3)
    expect(await store.pending()).toEqual([])
    await store.close()
    await ground.clear()
  })

  it.each(kinds)('counts in %s the alarms of the meetings under way, and of no others', async (kind) => {
    const ground = await grounds.fresh(kind)
    await ground.pile(counted(overAndDone(), 2, 10))
    await fill(ground, counted(aroundMatrix(2, 'http://127.0.0.1:9/'), 3))
    const bot = await startedBot(ground.env)
    await expect.poll(() => ground.armed(bot), { timeout: 20_000 }).toBe(3)
    await bot.end()
    await ground.clear()
  })

  it('says whether what the database acknowledges is on disk', () => {
    expect(grounds.told.join()).toMatch(/PostgreSQL \d+.*fsync on, synchronous_commit on/u)
  })

  it('says why it cannot measure where it may not make a database', async () => {
    await expect(openGrounds(['database'], 'postgres://nobody:no@127.0.0.1:9/none')).rejects.toThrow(
      /^DATABASE_URL: /u,
    )
  })

  it('prints a table whose rows have as many cells as its head', () => {
    const goal = { says: 'more', reached: false }
    const group = { title: 'T', told: 'How.', heads: ['one', 'other'], rows: [row, { ...row, goal }] }
    const [told, , ...rows] = written(group).split('\n')
    expect(told).toBe('**T.** How.')
    expect(new Set(rows.map((one) => one.split(/(?<!\\)\|/u).length)).size).toBe(1)
    expect(rows).toHaveLength(4)
    expect(rows[3]).toContain('**no**')
  })
})
