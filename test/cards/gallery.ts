/**
 * Draws every card with Microsoft's renderer and Teams' host configuration, wide and narrow, into a folder:
 * `npx tsx test/cards/gallery.ts [folder] [part of a name] [open]`, `open` unfolding what is folded. For eyes, not for the test run.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cardOf } from '../../src/teams/cards.ts'
import { openBrowser } from '../support/browser.ts'
import { scenes } from './scenes.ts'

const [folder = join(tmpdir(), 'gallery'), only = '', open = ''] = process.argv.slice(2)
const file = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const script = readFileSync(
  createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js'),
  'utf8',
)
const markdownIt = readFileSync(
  createRequire(import.meta.url).resolve('markdown-it/dist/markdown-it.min.js'),
  'utf8',
)
const host = file('../../src/room/client/teams-host-config-light.json')
const picture =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 80"><rect width="100" height="80" fill="#eef"/></svg>',
  )

const page = `<!doctype html><meta charset="utf-8"><style>
body{margin:0;background:#f5f5f5;font-family:'Segoe UI','Source Sans 3',sans-serif;padding:12px;width:fit-content}
#card{background:#fff;border:1px solid #e0e0e0;border-radius:4px;overflow:hidden}
.ac-pushButton{border:1px solid #d1d1d1;background:#fff;border-radius:4px;padding:5px 12px;font:600 14px 'Segoe UI',sans-serif;min-height:32px}
.ac-pushButton.style-positive{background:#5b5fc7;color:#fff;border-color:#5b5fc7}
.ac-pushButton.style-destructive{color:#c4314b}
.ac-input{border:0;border-bottom:1px solid #999;background:#f5f5f5;padding:6px 8px;font:14px 'Segoe UI',sans-serif;border-radius:4px;width:100%;box-sizing:border-box}
.ac-selectable{cursor:pointer}
p{margin:0}
</style><div id="card"></div>`

const inPage = `function drawn(card, host, width) {
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdownit().render(text)
    result.didProcess = true
  }
  const one = new AdaptiveCards.AdaptiveCard()
  one.hostConfig = new AdaptiveCards.HostConfig(host)
  one.parse(card)
  const place = document.getElementById('card')
  place.style.width = width + 'px'
  place.replaceChildren(one.render())
}`

mkdirSync(folder, { recursive: true })
const browser = await openBrowser()
const tab = await browser.newPage({ viewport: { width: 800, height: 600 } })
await tab.setContent(page)
await tab.addScriptTag({ content: script })
await tab.addScriptTag({ content: markdownIt })
await tab.addScriptTag({ content: inPage })
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
    const shown = JSON.stringify(card).replaceAll('"isVisible":false', `"isVisible":${open === 'open'}`)
    await tab.evaluate(`drawn(${shown}, ${host}, ${width})`)
    await tab.locator('body').screenshot({ path: join(folder, `${name}-${width}.png`) })
  }
}
console.log('largest card', largest)
await browser.close()
