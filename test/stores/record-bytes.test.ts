import { describe, expect, it } from 'vitest'
import { recordBytes } from '../../src/stores/record-bytes.ts'
import { chance } from '../fuzz/chance.ts'
import { secondPlayed } from '../support/chained.ts'
import { playedCanvas, playedRoadmap, playedSubjects } from '../support/workshops.ts'

type Node = { [key: string]: unknown } | unknown[]

/** What a record could hold, and what JSON writes in a way of its own. */
const odd = [
  ...[null, undefined, '', '« é ’ »', '\ud800', '"\\\u2028', -0, Number.NaN, 1e21, true, [], {}],
  [undefined, {}],
].map((value) => ({ value }))
const keys = ['', '0', '10', 'née "X"', '__proto__', 'a-b', 'toString']

describe('the text of a record', () => {
  it.each([
    ['subjects', playedSubjects],
    ['a canvas', playedCanvas],
    ['a roadmap', playedRoadmap],
    ['two workshops', secondPlayed],
  ])('is the one JSON gives, whatever changes from one version to the next (%s)', (_, played) => {
    const dice = chance(3)
    let record: Node = { ...played().meeting() }
    expect(recordBytes(record).toString()).toBe(JSON.stringify(record))
    for (let version = 0; version < 300; version += 1) {
      record = changedSomewhere(record)
      expect(recordBytes(record).toString()).toBe(JSON.stringify(record))
    }

    /** A new version: the parts that were not changed are the same as before, one of them perhaps elsewhere too. */
    function changedSomewhere(node: Node): Node {
      const parts = Object.entries(node).filter(([, one]) => isNode(one))
      const [key, part] = parts.length > 0 && dice.happens(0.85) ? dice.one(parts) : [dice.one(keys), null]
      if (dice.happens(0.1)) return without(node, key)
      if (isNode(part)) return withPart(node, key, changedSomewhere(part))
      const another = parts.length > 0 && dice.happens(0.2) ? dice.one(parts)[1] : dice.one(odd).value
      return withPart(node, key, another)
    }
  })

  it('is not written again where nothing changed', () => {
    let asked = 0
    const script = {
      get title() {
        asked += 1
        return 'x'
      },
    }
    recordBytes({ version: 1, script })
    const before = asked
    expect(recordBytes({ version: 2, script }).toString()).toBe('{"version":2,"script":{"title":"x"}}')
    expect(asked).toBe(before)
  })

  it('lets what writes itself do so', () => {
    const record = { since: new Date(0), reach: { toJSON: () => 'as it says', of: {} } }
    expect(recordBytes(record).toString()).toBe(JSON.stringify(record))
  })
})

const without = (node: Node, key: string): Node =>
  Array.isArray(node)
    ? node.filter((_, index) => String(index) !== key)
    : Object.fromEntries(Object.entries(node).filter(([name]) => name !== key))

const withPart = (node: Node, key: string, part: unknown): Node =>
  Array.isArray(node)
    ? Object.assign([...node], /^\d+$/u.test(key) ? { [Math.min(Number(key), node.length)]: part } : {})
    : Object.fromEntries([...Object.entries(node), [key, part]])

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null
