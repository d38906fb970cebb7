import { describe, expect, it } from 'vitest'
import { someAtOnce } from '../src/some-at-once.ts'

describe('work for many, some at once', () => {
  it('is under way for so many and no more, and gives what each gave in their order', async () => {
    let underWay = 0
    let most = 0
    const results = await someAtOnce([5, 1, 4, 2, 3], 2, async (turns) => {
      underWay += 1
      most = Math.max(most, underWay)
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
      underWay -= 1
      return turns * 10
    })
    expect(results).toEqual([50, 10, 40, 20, 30])
    expect(most).toBe(2)
  })

  it('begins nothing more once one has failed, and tells why', async () => {
    const begun: number[] = []
    const all = someAtOnce([1, 2, 3, 4, 5, 6], 2, async (one) => {
      begun.push(one)
      if (one === 2) throw new Error('the disk')
    })
    await expect(all).rejects.toThrow('the disk')
    expect(begun.length).toBeLessThan(6)
  })
})
