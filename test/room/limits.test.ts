import { describe, expect, it } from 'vitest'
import { budget, isTooBig, rosterWindows, sendWindows } from '../../src/room/limits.ts'

describe('Teams’ limits', () => {
  it('let seven messages a second through in one conversation, and say how long to wait for the eighth', () => {
    let now = 0
    const sends = budget(sendWindows, () => now)
    expect(Array.from({ length: 7 }, () => sends.take('a'))).toEqual([0, 0, 0, 0, 0, 0, 0])
    expect(sends.take('a')).toBe(1)
    expect(sends.take('b')).toBe(0)
    now = 1000
    expect(sends.take('a')).toBe(0)
    expect(sends.take('a')).toBe(1)
  })

  it('let sixty through in thirty seconds', () => {
    let now = 0
    const sends = budget(sendWindows, () => now)
    let accepted = 0
    for (; now < 30_000; now += 400) accepted += sends.take('a') === 0 ? 1 : 0
    expect(accepted).toBe(60)
  })

  it('let more through when reading the roster', () => {
    const reads = budget(rosterWindows, () => 0)
    const answers = Array.from({ length: 15 }, () => reads.take('a'))
    expect(answers.filter((wait) => wait === 0)).toHaveLength(14)
  })

  it('count a message in UTF-16', () => {
    expect(isTooBig({ text: 'é'.repeat(40_000) })).toBe(false)
    expect(isTooBig({ text: 'é'.repeat(52_000) })).toBe(true)
  })
})
