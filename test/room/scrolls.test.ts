import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, openBrowser } from '../support/browser.ts'
import { type Bench, bench } from './seat.ts'
import { card, type Heard, text } from './tiny-bot.ts'

const desktop = { width: 1280, height: 900 }
const phone = { width: 360, height: 740 }

const page = (number: number) =>
  card([text(`Page ${number}`), text('Une préparation qui en dit long. '.repeat(40))])

describe.skipIf(!chromiumPath)('a long chat in a window (needs Chromium)', { timeout: 60_000 }, () => {
  let here: Bench
  let browser: Browser
  beforeAll(async () => {
    here = await bench({
      behave: async (heard: Heard, bot) => {
        if (heard.type === 'message')
          for (const number of [1, 2, 3, 4, 5, 6]) await bot.post(heard, page(number))
      },
    })
    browser = await openBrowser()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await here?.close()
  })

  async function longChat(viewport: typeof desktop): Promise<Page> {
    const tab = await (await browser.newContext({ viewport })).newPage()
    tab.setDefaultTimeout(15_000)
    await tab.goto(here.room.url)
    await tab.getByRole('button', { name: 'Préparer un atelier' }).click()
    // The door asks for it: the bot answers with all of it.
    await tab.getByText('Page 6').waitFor()
    return tab
  }

  /** Pixels of the page below the window, and how far it was scrolled. */
  const beyond = (tab: Page) =>
    tab.evaluate('[document.scrollingElement.scrollHeight - innerHeight, scrollY]')

  /** Turns the wheel over it, until the page has drawn what came of it. */
  async function turnsOver(tab: Page, place: string, by: number): Promise<void> {
    const box = await tab.locator(place).boundingBox()
    if (!box) throw new Error(`no ${place}`)
    await tab.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await tab.mouse.wheel(0, by)
    await tab.evaluate(
      'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn())))',
    )
  }

  it('scrolls in its own place: the wheel over any column moves nothing else', async () => {
    const tab = await longChat(desktop)
    for (const place of ['.rail', '.panel', '.log', '.top']) {
      await turnsOver(tab, place, place === '.log' ? -400 : 3000)
      expect(await beyond(tab), place).toEqual([0, 0])
    }
    const log = tab.getByRole('log')
    await expect
      .poll(() => log.evaluate((box) => box.scrollHeight - box.clientHeight - box.scrollTop))
      .toBeGreaterThan(300)
  })

  it('on a phone too, with a drawer over it', async () => {
    const tab = await longChat(phone)
    expect(await beyond(tab)).toEqual([0, 0])
    await turnsOver(tab, '.log', 3000)
    for (const drawer of ['Conversations', 'Participants et démonstration']) {
      await tab.getByRole('button', { name: drawer }).click()
      await turnsOver(tab, 'dialog.drawer', 3000)
      expect(await beyond(tab), drawer).toEqual([0, 0])
      await tab.keyboard.press('Escape')
    }
  })
})
