import { describe, expect, it } from 'vitest'
import { mean, median, spread, withinShare } from '../../src/core/statistics.ts'

describe('the agreement of a room', () => {
  it('counts a vote exactly at the reach as near', () => {
    expect(withinShare([2, 3, 4], 1)).toBe(1)
    expect(withinShare([1, 3, 5], 1)).toBeCloseTo(1 / 3)
  })

  it('is whole where nobody voted', () => {
    expect(withinShare([], 1)).toBe(1)
  })

  it('rests on plain figures', () => {
    expect([mean([]), mean([1, 2])]).toEqual([null, 1.5])
    expect([median([]), median([3, 1, 2]), median([4, 1])]).toEqual([null, 2, 2.5])
    expect([spread([3]), spread([1, 5])]).toEqual([0, 2])
  })
})
