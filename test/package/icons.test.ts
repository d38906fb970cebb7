import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { drawn, pixelsOf, sides } from '../../src/package/icons.ts'
import { root } from '../support/packaging.ts'

const file = (icon: keyof typeof sides) => readFileSync(join(root, 'manifest', `${icon}.png`))
const pixels = (icon: keyof typeof sides) =>
  pixelsOf(file(icon), sides[icon]).map((colour, at) => ({
    colour: colour.join(),
    alpha: colour[3],
    x: at % sides[icon],
    y: Math.floor(at / sides[icon]),
  }))

describe('the icons', () => {
  it.each(['color', 'outline'] as const)('are what their drawing makes: %s', (icon) => {
    expect(file(icon).equals(drawn(root, icon))).toBe(true)
  })

  it('keep the symbol in the middle of a plain square, where Teams does not crop', () => {
    const all = pixels('color')
    const ground = all[0]?.colour
    const symbol = all.filter(({ colour }) => colour !== ground)
    expect(all.every(({ alpha }) => alpha === 255)).toBe(true)
    expect(symbol.length).toBeGreaterThan(500)
    expect(symbol.filter(({ x, y }) => Math.min(x, y) < 48 || Math.max(x, y) >= 144)).toEqual([])
  })

  it('leave no margin around the outline', () => {
    const drawnOn = pixels('outline').filter(({ alpha }) => alpha > 0)
    for (const axis of ['x', 'y'] as const) {
      const places = drawnOn.map((one) => one[axis])
      expect([Math.min(...places), Math.max(...places)]).toEqual([0, 31])
    }
  })
})
