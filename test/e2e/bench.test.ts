import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Grounds, kinds, openGrounds } from '../bench/grounds.ts'
import { type Group, type Row, written } from '../bench/line.ts'
import { measures } from '../bench/measures.ts'
import { overAndDone } from '../bench/meetings.ts'
import { sizes } from '../bench/size.ts'
import { counted } from '../bench/votes.ts'

let grounds: Grounds
beforeAll(async () => {
  grounds = await openGrounds(kinds, process.env.TEST_DATABASE_URL ?? null)
})
afterAll(() => grounds.close())

const tiny = () => ({ size: sizes.tiny, seed: 1, profile: null, grounds })

/** What cannot be told from a time: it must be so on any machine. */
const right: Record<string, string[]> = {
  failed: ['0'],
  lost: ['0', ''],
  'limits broken': ['0', ''],
  alarms: [String(sizes.tiny.restarted), ''],
}

const troubles = ({ rows, heads, title }: Group): string[] =>
  rows.flatMap(({ who, cells, goal }) => [
    ...heads.flatMap((head, at) =>
      right[head]?.includes(cells[at] ?? '') === false ? [`${who}: ${head} ${cells[at]}`] : [],
    ),
    ...(title.includes('answers') && goal?.reached === false ? [`${who}: not all kept`] : []),
  ])

const ours = ({ rows }: Group): string[] => [
  ...new Set(rows.flatMap(({ who }) => /^Ouverture, (\w+)/u.exec(who)?.[1] ?? [])),
]

const row: Row = { who: 'a | b', cells: ['1', '2'], goal: null }

/** What each store is measured by; the others know of none. */
const onEach = ['votes', 'parallel', 'alive', 'stored', 'start']

describe('the benchmark', () => {
  it.each(Object.entries(measures))(
    '%s runs on a small size, and every row has something in its table to be compared to',
    { timeout: 180_000 },
    async (name, measure) => {
      for (const group of await measure(tiny())) {
        const { rows, heads } = group
        expect(rows.length).toBeGreaterThan(1)
        for (const { cells } of rows) expect(cells).toHaveLength(heads.length)
        expect(written(group)).not.toMatch(/NaN|undefined|Infinity/u)
        expect(troubles(group)).toEqual([])
        if (onEach.includes(name)) expect(ours(group)).toEqual(['files', 'PostgreSQL'])
      }
    },
  )

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

  it('says whether what the database acknowledges is on disk', () => {
    expect(grounds.told.join()).toMatch(/PostgreSQL \d+.*fsync on, synchronous_commit on/u)
  })

  it('says why it cannot measure where no database answers', async () => {
    await expect(openGrounds(['database'], 'postgres://nobody:no@127.0.0.1:9/none')).rejects.toThrow(
      /^DATABASE_URL: no database answers there \(ECONNREFUSED\)$/u,
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
