/**
 * Draws every card with Microsoft's renderer and Teams' host configuration, wide and narrow, into a folder:
 * `npx tsx test/cards/gallery.ts [folder] [part of a name] [open]`, `open` unfolding what is folded. For eyes, not for the test run.
 */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cardOf } from '../../src/teams/cards.ts'
import { openRenderer } from './renderer.ts'
import { scenes } from './scenes.ts'

const [folder = join(tmpdir(), 'gallery'), only = '', open = ''] = process.argv.slice(2)
const picture =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 80"><rect width="100" height="80" fill="#eef"/></svg>',
  )

mkdirSync(folder, { recursive: true })
const renderer = await openRenderer()
let largest = 0
for (const { name, view } of scenes()) {
  if (!name.includes(only)) continue
  const stamp = { ...view.stamp }
  const card = cardOf(view, {
    lang: view.lang,
    zone: 'Europe/Paris',
    stamp,
    address: (of) => ('picture' in of || ('paper' in of && of.stamp) ? picture : 'https://example.org/x'),
  })
  largest = Math.max(largest, JSON.stringify(card).length)
  for (const width of [760, 340]) {
    await renderer.show(card, width, open === 'open')
    await renderer.page.locator('body').screenshot({ path: join(folder, `${name}-${width}.png`) })
  }
}
console.log('largest card', largest)
await renderer.close()
