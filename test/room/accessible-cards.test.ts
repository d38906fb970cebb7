import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { roomTexts } from '../../src/room/assets.ts'
import { draw } from '../cards/drawn.ts'
import { scenes } from '../cards/scenes.ts'
import { violations } from '../support/axe.ts'
import { chromiumPath, openBrowser, phone, resized, wide } from '../support/browser.ts'
import { type Bench, bench } from './seat.ts'
import { activitiesOf, card, type Heard, text } from './tiny-bot.ts'

/** Cards as the room gets them, several a message, each message below what Teams takes. */
function messages(lang: 'fr' | 'en'): object[][] {
  const batches: object[][] = [[]]
  let size = 0
  for (const { view } of scenes()) {
    // Each is shown as it stands: nobody is there to ask for another.
    const { refresh: _refresh, ...content } = draw({ ...view, lang })
    const length = JSON.stringify(content).length
    if (size + length > 45_000) batches.push([])
    size = size + length > 45_000 ? length : size + length
    batches.at(-1)?.push({ contentType: 'application/vnd.microsoft.card.adaptive', content })
  }
  return batches
}

describe.skipIf(!chromiumPath)('every card in the room (needs Chromium)', { timeout: 240_000 }, () => {
  let here: Bench
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  }, 60_000)
  afterAll(() => browser?.close())
  beforeEach(async () => {
    here = await bench()
  })
  afterEach(() => here.close())

  async function enter(lang: 'fr' | 'en'): Promise<Page> {
    const page = await (await browser.newContext({ viewport: wide })).newPage()
    page.setDefaultTimeout(20_000)
    await page.goto(`${here.room.url}?lang=${lang}`)
    await page.getByLabel(roomTexts(lang).entry?.name ?? '').fill('Anne Martin')
    await page.keyboard.press('Enter')
    await page.getByRole('log').waitFor()
    return page
  }

  /** As a bot does: when told to wait, it waits. */
  async function edit(to: Heard, id: string, attachments: object[]): Promise<void> {
    const path = `${activitiesOf(to)}/${id}`
    const { status, wait } = await here.bot.call('PUT', to, path, { type: 'message', attachments })
    if (status !== 429) return expect(status).toBe(200)
    await new Promise((done) => setTimeout(done, Number(wait) * 1000))
    return edit(to, id, attachments)
  }

  it.each(['fr', 'en'] as const)(
    'has no violation for axe-core, wide and on a phone, in "%s"',
    async (lang) => {
      const page = await enter(lang)
      const installed = await here.bot.hears(({ type }) => type === 'installationUpdate')
      const id = await here.bot.post(installed, card([text('Bienvenue')]))
      const held = new Set<string>()
      for (const attachments of messages(lang)) {
        await edit(installed, id, attachments)
        const last = page.getByRole('article').last()
        await expect.poll(() => last.locator('.ac-adaptiveCard').count()).toBe(attachments.length)
        for (const viewport of [wide, phone]) {
          await resized(page, viewport)
          for (const one of await violations(page)) held.add(one)
        }
      }
      expect([...held]).toEqual([])
    },
  )
})
