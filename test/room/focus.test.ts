import { EventEmitter, once } from 'node:events'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, openBrowser } from '../support/browser.ts'
import { focused } from '../support/keyboard.ts'
import { type Bench, bench } from './seat.ts'
import { card, text } from './tiny-bot.ts'

const opens = { type: 'Action.Submit', title: 'Ouvrir', data: { msteams: { type: 'task/fetch' } } }
const withButton = (words: string) => card([text(words)], { actions: [opens] })

describe.skipIf(!chromiumPath)('the focus in the room (needs Chromium)', { timeout: 60_000 }, () => {
  let here: Bench
  let browser: Browser
  let id = ''
  const answers = new EventEmitter()
  let isAnswered = false
  beforeAll(async () => {
    here = await bench({
      behave: async (heard, bot) => {
        if (heard.type === 'installationUpdate') id = await bot.post(heard, withButton('Étape 5'))
        if (heard.name !== 'task/fetch') return
        if (!isAnswered) await once(answers, 'answer')
        isAnswered = true
        const content = card([text('Vraiment ?')])
        const held = { contentType: 'application/vnd.microsoft.card.adaptive', content }
        return { task: { type: 'continue', value: { title: 'Une question', card: held } } }
      },
    })
    browser = await openBrowser()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await here?.close()
  })

  it('comes back from a dialog to the button pressed, though the card had lost it when the dialog came', async () => {
    const page = await (await browser.newContext()).newPage()
    page.setDefaultTimeout(15_000)
    await page.goto(`${here.room.url}?role=organizer&lang=fr`)
    await page.getByLabel('Votre nom').fill('Anne Martin')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Ouvrir' }).first().focus()
    await page.keyboard.press('Enter')

    // As when everyone's version of a card comes an instant before one's own.
    const heard = await here.bot.hears(({ name }) => name === 'task/fetch')
    await here.bot.edit(heard, id, card([text('Étape 5 pour tous')]))
    await page.getByText('Étape 5 pour tous').waitFor()
    answers.emit('answer')
    await page.getByRole('dialog').waitFor()
    await here.bot.edit(heard, id, withButton('Étape 5 pour vous'))
    await page.getByText('Étape 5 pour vous').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    const named = expect.poll(async () => (await focused(page))?.name, { timeout: 5000 })
    await named.toBe('Ouvrir')

    // And where the card has lost it when the dialog is over, as soon as it is there again.
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await here.bot.edit(heard, id, card([text('Étape 6 pour tous')]))
    await page.getByText('Étape 6 pour tous').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await named.toBe('Carte d’Ouverture')
    await here.bot.edit(heard, id, withButton('Étape 6 pour vous'))
    await named.toBe('Ouvrir')
  })
})
