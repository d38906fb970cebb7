import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, openBrowser } from '../support/browser.ts'
import { type Bench, bench } from './seat.ts'
import { card, cardAnswer, execute, text } from './tiny-bot.ts'

const form = card(
  [
    text('Quelle est **votre** idée ?'),
    { type: 'Input.Text', id: 'idea', label: 'Votre idée', isMultiline: true },
  ],
  { actions: [execute('Envoyer', 'save')] },
)

describe.skipIf(!chromiumPath)('the room in a browser (needs Chromium)', { timeout: 60_000 }, () => {
  let here: Bench
  let browser: Browser
  beforeAll(async () => {
    here = await bench({
      behave: async (heard, bot) => {
        if (heard.type === 'installationUpdate') await bot.post(heard, form)
        if (heard.type === 'invoke') return cardAnswer(card([text(`Reçu : ${heard.value.action.data.idea}`)]))
      },
    })
    browser = await openBrowser()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await here?.close()
  })

  async function enter(name: string, way: string) {
    const page = await (await browser.newContext()).newPage()
    await page.goto(here.room.url)
    await page.getByLabel('Votre nom').fill(name)
    await page.getByRole('radio', { name: way }).check()
    await page.getByRole('button', { name: 'Entrer dans la réunion' }).click()
    await page.getByRole('log').waitFor()
    return page
  }

  it('lets two people talk, and keeps what one answered to a card from the other', async () => {
    const anne = await enter('Anne Martin', 'Animateur ou animatrice')
    const paul = await enter('Paul Roux', 'Participant ou participante')
    await anne.getByText('Paul Roux').waitFor()

    await anne.getByRole('textbox', { name: 'Écrire un message' }).fill('Bonjour Paul')
    await anne.keyboard.press('Enter')
    await paul.getByText('Bonjour Paul').waitFor()

    await paul.getByLabel('Votre idée').fill('un <b>jardin</b>')
    await paul.getByRole('button', { name: 'Envoyer' }).first().click()
    await paul.getByText('Reçu : un <b>jardin</b>').waitFor()
    await paul.getByText('Visible par vous seulement').waitFor()
    expect(await anne.getByText('jardin').count()).toBe(0)
    expect(await anne.getByLabel('Votre idée').isVisible()).toBe(true)
  })

  it('stays itself after a reload, and speaks English to who prefers it', async () => {
    const page = await (await browser.newContext()).newPage()
    await page.goto(here.room.url)
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByLabel('Your name').fill('Mary Fisher')
    await page.getByRole('button', { name: 'Enter the meeting' }).click()
    await page.getByText('You are Mary Fisher').waitFor()
    await page.reload()
    await page.getByText('You are Mary Fisher').waitFor()
    expect(await page.getAttribute('html', 'lang')).toBe('en')
  })
})
