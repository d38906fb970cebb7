import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draw } from '../cards/drawn.ts'
import { openRenderer, type Renderer } from '../cards/renderer.ts'
import { scenes } from '../cards/scenes.ts'
import { chromiumPath } from '../support/browser.ts'

/** The chat pane of a meeting, and a small phone. */
const narrow = 340

describe.skipIf(!chromiumPath)('every card on a phone (needs Chromium)', () => {
  let renderer: Renderer
  beforeAll(async () => {
    renderer = await openRenderer()
  })
  afterAll(() => renderer?.close())

  it.each(['fr', 'en'] as const)(
    'has its buttons and fields whole, in "%s": where they do not wrap, none goes on past the edge',
    { timeout: 120_000 },
    async (lang) => {
      const cut: Record<string, string[]> = {}
      for (const { name, view } of scenes()) {
        await renderer.show(draw({ ...view, lang }), narrow, true)
        const names = await renderer.cutOff()
        if (names.length) cut[name] = names
      }
      expect(cut).toEqual({})
    },
  )
})
