import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import type { CardJson } from '../../src/teams/cards.ts'
import { openBrowser } from '../support/browser.ts'

const file = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const library = (path: string) => readFileSync(createRequire(import.meta.url).resolve(path), 'utf8')
const host = file('../../src/room/client/teams-host-config-light.json')

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
}
function cutOff() {
  const card = document.querySelector('#card .ac-adaptiveCard')
  const edge = card.getBoundingClientRect().right - parseFloat(getComputedStyle(card).paddingRight)
  return [...card.querySelectorAll('.ac-pushButton, .ac-input')]
    .filter((one) => one.getBoundingClientRect().right > edge + 1)
    .map((one) => one.textContent || one.getAttribute('aria-label') || one.tagName)
}`

/** Microsoft's renderer with Teams' host configuration: it lays a row of buttons out in one line, however long. */
export interface Renderer {
  page: Page
  /** As wide as this, in pixels; what is folded stays so unless it is unfolded. */
  show(card: CardJson, width: number, unfolded?: boolean): Promise<void>
  /** The names of the buttons and fields that go on past the edge of the card. */
  cutOff(): Promise<string[]>
  close(): Promise<void>
}

export async function openRenderer(): Promise<Renderer> {
  const browser = await openBrowser()
  const tab = await browser.newPage({ viewport: { width: 800, height: 600 } })
  await tab.setContent(page)
  await tab.addScriptTag({ content: library('adaptivecards/dist/adaptivecards.min.js') })
  await tab.addScriptTag({ content: library('markdown-it/dist/markdown-it.min.js') })
  await tab.addScriptTag({ content: inPage })
  return {
    page: tab,
    async show(card, width, unfolded = false) {
      const shown = JSON.stringify(card).replaceAll('"isVisible":false', `"isVisible":${unfolded}`)
      await tab.evaluate(`drawn(${shown}, ${host}, ${width})`)
    },
    cutOff: () => tab.evaluate('cutOff()'),
    close: () => browser.close(),
  }
}
