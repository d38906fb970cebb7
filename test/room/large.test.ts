import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, openBrowser, phone, wide } from '../support/browser.ts'
import { type Bench, bench } from './seat.ts'
import { card, cardAnswer, execute, text } from './tiny-bot.ts'

/** A bot whose card says how often it was looked at. */
const counted = (looks: number, mri: string) =>
  card([text(`Regardé ${looks} fois`), text('Un mot assez long pour occuper toute la largeur. '.repeat(4))], {
    refresh: { action: execute('', 'refresh', { page: 'board' }), userIds: [mri] },
    actions: [execute('Autre page', 'form')],
  })

describe.skipIf(!chromiumPath)('a card that fills the page (needs Chromium)', { timeout: 60_000 }, () => {
  let here: Bench
  let browser: Browser
  let looks = 0
  beforeAll(async () => {
    here = await bench({
      behave: async (heard, bot) => {
        if (heard.type === 'installationUpdate' && heard.conversation.conversationType === 'personal')
          await bot.post(heard, card([text('Préparer')], { actions: [execute('Tableau de bord', 'board')] }))
        if (heard.type !== 'invoke') return
        if (heard.value.action.verb === 'form')
          return cardAnswer(card([{ type: 'Input.Text', id: 'note', label: 'Votre note' }]))
        looks += 1
        return cardAnswer(counted(looks, heard.from.id))
      },
    })
    browser = await openBrowser()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await here?.close()
  })

  async function inOwnChat(viewport: typeof wide): Promise<Page> {
    const page = await (await browser.newContext({ viewport: wide })).newPage()
    page.setDefaultTimeout(15_000)
    await page.clock.install()
    await page.goto(`${here.room.url}?role=organizer&lang=fr`)
    await page.getByLabel('Votre nom').fill('Claire Martin')
    await page.getByRole('button', { name: 'Entrer dans la réunion' }).click()
    await page.getByRole('button', { name: /Écrire à Ouverture/u }).click()
    await page.getByRole('button', { name: 'Tableau de bord' }).click()
    await page.getByRole('button', { name: 'Afficher en grand' }).click()
    await page.setViewportSize(viewport)
    return page
  }

  const wideness = (page: Page) => page.evaluate('document.documentElement.scrollWidth - innerWidth')

  it('asks for its own refresh again and again, comes back after a reload, and goes back to the conversation', async () => {
    const page = await inOwnChat(wide)
    await page.getByText('Actualisé toutes les 5 secondes').waitFor()
    await page.getByText(`Regardé ${looks} fois`).waitFor()
    const before = looks
    await page.clock.runFor(5000)
    await page.getByText(`Regardé ${before + 1} fois`).waitFor()
    await page.clock.runFor(5000)
    await page.getByText(`Regardé ${before + 2} fois`).waitFor()
    expect(await page.getByRole('log').count()).toBe(0)
    await page.reload()
    await page.getByText(`Regardé ${before + 3} fois`).waitFor()
    await page.getByRole('button', { name: 'Revenir à la conversation' }).click()
    await page.getByRole('log').waitFor()
  })

  it('fits a phone, and leaves a form alone while someone types in it', async () => {
    const page = await inOwnChat(phone)
    await page.getByText(/^Regardé \d+ fois/u).waitFor()
    expect(await wideness(page)).toBe(0)
    await page.getByRole('button', { name: 'Autre page' }).click()
    await page.getByLabel('Votre note').fill('à moitié')
    const before = looks
    await page.clock.runFor(20_000)
    expect([looks, await page.getByLabel('Votre note').inputValue()]).toEqual([before, 'à moitié'])
  })
})
