import { describe, expect, it } from 'vitest'
import { applyPatch, isEmptyPatch, type Json, patchBetween } from '../../src/core/patch.ts'

/** A small seeded generator: the same trees at every run. */
function trees(seed: number): () => Json {
  let state = seed
  const next = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
  const tree = (depth: number): Json => {
    const kind = next(depth > 2 ? 4 : 6)
    if (kind < 2) return next(3)
    if (kind === 2) return [null, 'a', 'b'][next(3)] ?? null
    if (kind === 3) return [next(2), next(2)]
    return Object.fromEntries(Array.from({ length: next(4) }, () => [`k${next(4)}`, tree(depth + 1)]))
  }
  return () => ({ root: tree(0), other: tree(0) })
}

describe('a patch', () => {
  it('turns one tree into the other, whatever they are', () => {
    const tree = trees(7)
    for (let run = 0; run < 500; run++) {
      const [from, to] = [tree(), tree()]
      expect(applyPatch(from, patchBetween(from, to))).toEqual(to)
    }
  })

  it('is empty between equals', () => {
    expect(isEmptyPatch(patchBetween({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }))).toBe(true)
  })

  it('leaves alone what changed elsewhere since', () => {
    const back = patchBetween({ a: 2, b: 1 }, { a: 1, b: 1 })
    expect(applyPatch({ a: 2, b: 5 }, back)).toEqual({ a: 1, b: 5 })
  })

  it('does not touch the prototype', () => {
    applyPatch({}, { set: [{ path: ['__proto__', 'polluted'], value: true }], unset: [] })
    expect('polluted' in {}).toBe(false)
  })
})
