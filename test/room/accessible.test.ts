import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { roomTexts } from '../../src/room/assets.ts'
import { violations } from '../support/axe.ts'
import { chromiumPath, openBrowser, phone, resized, wide } from '../support/browser.ts'
import { type Bench, bench } from './seat.ts'
import { activitiesOf, card, execute, messageAnswer, text } from './tiny-bot.ts'

const dialog = {
  type: 'Action.Submit',
  title: 'Ouvrir',
  data: { msteams: { type: 'task/fetch' }, dialog: 'any' },
}
const form = card(
  [
    { ...text('Quelle est votre idée ?'), style: 'heading' },
    { type: 'Input.Text', id: 'idea', label: 'Votre idée', isMultiline: true },
    { type: 'Input.Toggle', id: 'agree', label: 'Accord', title: 'J’accepte' },
  ],
  { actions: [execute('Échouer', 'fail'), execute('Prévenir', 'notice'), dialog] },
)
const offer = {
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.teams.card.file.consent',
      name: 'Compte rendu.docx',
      content: { description: 'De votre atelier', sizeInBytes: 48_213, acceptContext: {} },
    },
    {
      contentType: 'application/vnd.microsoft.teams.card.file.info',
      name: 'Sujets.csv',
      contentUrl: 'https://example.org/sujets.csv',
      content: { uniqueId: 'one', fileType: 'csv' },
    },
  ],
}

describe.skipIf(!chromiumPath)('axe-core in the room (needs Chromium)', { timeout: 120_000 }, () => {
  let here: Bench
  let browser: Browser
  let isQuiet = false
  beforeEach(async () => {
    isQuiet = false
    here = await bench({
      behave: async (heard, bot) => {
        if (isQuiet) return {}
        const isAlone = heard.conversation.conversationType === 'personal'
        if (heard.type === 'installationUpdate' && isAlone)
          await bot.call('POST', heard, activitiesOf(heard), offer)
        if (heard.type === 'installationUpdate' && !isAlone) await bot.post(heard, form)
        if (heard.name === 'task/fetch')
          return {
            task: {
              type: 'continue',
              value: {
                title: 'Une idée',
                card: { contentType: 'application/vnd.microsoft.card.adaptive', content: form },
              },
            },
          }
        const verb = heard.value?.action?.verb
        if (verb === 'notice') return messageAnswer('C’est noté.')
        return verb === 'fail' ? { status: 500 } : {}
      },
    })
  }, 60_000)
  afterEach(() => here.close())
  beforeAll(async () => {
    browser = await openBrowser()
  }, 60_000)
  afterAll(() => browser?.close())

  /** Each state is looked at as it stands, wide and on a phone where it exists there. */
  async function holds(page: Page, state: string, viewports = [wide, phone]): Promise<void> {
    for (const viewport of viewports) {
      await resized(page, viewport)
      expect(await violations(page), `${state}, ${viewport.width} pixels wide`).toEqual([])
    }
    await resized(page, wide)
  }

  describe.each(['fr', 'en'] as const)('in "%s"', (lang) => {
    const texts = roomTexts(lang)
    const says = (section: string, key: string) => texts[section]?.[key] ?? ''
    const press = (page: Page, name: string) => page.getByRole('button', { name }).first().click()

    async function door(): Promise<Page> {
      const page = await (await browser.newContext({ viewport: wide, reducedMotion: 'reduce' })).newPage()
      page.setDefaultTimeout(15_000)
      await page.goto(`${here.room.url}?role=organizer&lang=${lang}`)
      await page.getByLabel(says('entry', 'name')).waitFor()
      return page
    }

    async function enter(): Promise<Page> {
      const page = await door()
      await page.getByLabel(says('entry', 'name')).fill('Anne Martin')
      await press(page, says('entry', 'submit'))
      await page.getByRole('log').getByText('Quelle est votre idée').waitFor()
      return page
    }

    it('has nothing to say at the door: new, refused, and coming back', async () => {
      const page = await door()
      await holds(page, 'the door')
      await page.getByText(says('entry', 'more')).click()
      await page.getByLabel(says('entry', 'name')).fill('')
      await press(page, says('entry', 'submit'))
      await page.getByRole('alert').getByText(/\p{L}/u).waitFor()
      await holds(page, 'the door, without a name')
      await page.getByLabel(says('entry', 'name')).fill('Anne Martin')
      await press(page, says('entry', 'submit'))
      await page.getByRole('log').waitFor()
      await page.goto(`${here.room.url}?role=organizer&lang=${lang}`)
      await page.getByRole('button', { name: 'Anne Martin' }).waitFor()
      await holds(page, 'the door, once known')
    })

    it('has nothing to say of a chat where nobody has said anything', async () => {
      isQuiet = true
      const page = await door()
      await page.getByLabel(says('entry', 'name')).fill('Anne Martin')
      await press(page, says('entry', 'submit'))
      await page.getByText(says('chat', 'empty-title')).waitFor()
      await holds(page, 'an empty meeting')
      await press(page, says('conversations', 'open-personal'))
      await page.getByText(says('chat', 'personal-empty')).waitFor()
      await holds(page, 'an empty chat of one’s own')
    })

    it('has nothing to say in a meeting: a card, its errors, its notice, its dialog', async () => {
      const page = await enter()
      await holds(page, 'a meeting')
      await press(page, 'Échouer')
      await page.getByText(says('card', 'failed')).waitFor()
      await holds(page, 'a card that failed')
      await press(page, 'Prévenir')
      await page.getByText('C’est noté.').waitFor()
      await holds(page, 'a card that was answered')
      await press(page, 'Ouvrir')
      await page.getByRole('dialog').waitFor()
      await holds(page, 'a dialog')
      await page.keyboard.press('Escape')
      await page.locator('#compose').fill('@Ouv')
      await page.locator('.suggestion').waitFor()
      await holds(page, 'someone being named')
      await page.keyboard.press('Enter')
      await page.keyboard.type('bonjour')
      await page.keyboard.press('Enter')
      await page.locator('.mine').waitFor()
      await holds(page, 'a message of one’s own')
    })

    it('has nothing to say beside the chat: conversations, people, the demonstration, drawers on a phone', async () => {
      const page = await enter()
      await press(page, says('conversations', 'new-meeting'))
      await page.locator('.new-meeting').waitFor()
      await holds(page, 'a meeting being created', [wide])
      await press(page, says('demo', 'add'))
      await page.locator('.badge.simulated').first().waitFor()
      await page.getByText(says('demo', 'advanced')).click()
      await press(page, says('demo', 'week'))
      await page.locator('.sure').waitFor()
      await holds(page, 'a demonstration that asks first', [wide])
      await press(page, says('demo', 'cancel'))
      await press(page, says('demo', 'remove-bot'))
      await page.getByText(says('chat', 'bot-out')).waitFor()
      await holds(page, 'a chat the bot has left')
      for (const name of [says('header', 'open-panel'), says('header', 'open-conversations')]) {
        await resized(page, phone)
        await press(page, name)
        await page.getByRole('dialog').waitFor()
        await holds(page, `the drawer « ${name} »`, [phone])
        await resized(page, phone)
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
      }
    })

    it('has nothing to say of one’s own chat and its files', async () => {
      const page = await enter()
      await press(page, says('conversations', 'open-personal'))
      await page.getByText('Compte rendu.docx').waitFor()
      await holds(page, 'a file that is offered')
      await page.getByRole('log').getByRole('button').first().click()
      await page.locator('.file-answered').waitFor()
      await holds(page, 'a file that was taken')
    })
  })
})
