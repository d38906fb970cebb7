import { describe, expect, it } from 'vitest'
import { type Line, table } from '../bench/line.ts'
import { measures } from '../bench/measures.ts'
import { sizes } from '../bench/size.ts'

const tiny = { size: sizes.tiny, seed: 1, profile: null, env: {} }

const line: Line = { what: 'a | b', measured: '1', against: '2', goal: '', reached: null }

describe('the benchmark', () => {
  it.each(Object.entries(measures))(
    '%s runs on a small size, and says what each line is compared to',
    { timeout: 120_000 },
    async (_, measure) => {
      const lines = await measure(tiny)
      expect(lines.length).toBeGreaterThan(0)
      for (const { what, measured, against } of lines) {
        expect([what, measured, against]).not.toContain('')
        expect(`${what} ${measured} ${against}`).not.toMatch(/NaN|undefined|[1-9]\d* (?:lost|failed)/u)
      }
    },
  )

  it('keeps what it is told to keep, where it is counted', { timeout: 60_000 }, async () => {
    const lines = (await measures.parallel?.(tiny)) ?? []
    expect(lines.map((one) => one.reached)).toEqual([true, true])
  })

  it('prints a table whose rows have as many cells as its head', () => {
    const rows = table([line, { ...line, reached: false }]).split('\n')
    const cells = rows.map((row) => row.split(/(?<!\\)\|/u).length)
    expect(new Set(cells).size).toBe(1)
    expect(rows).toHaveLength(4)
    expect(rows[3]).toContain('**no**')
  })
})
