import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Download, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, enterRoom, openBrowser, phone, wide } from '../support/browser.ts'
import { type Bench, bench } from './seat.ts'
import { activitiesOf, card, text } from './tiny-bot.ts'

const file = 'application/vnd.microsoft.teams.card.file'
const report = Buffer.from('Compte rendu')

const offer = {
  type: 'message',
  attachments: [
    {
      contentType: `${file}.consent`,
      name: 'Compte rendu <b>.docx',
      content: { description: 'De votre atelier & du reste', sizeInBytes: 48_213, acceptContext: {} },
    },
  ],
}

describe.skipIf(!chromiumPath)('files in a browser (needs Chromium)', { timeout: 60_000 }, () => {
  let here: Bench
  let browser: Browser
  let elsewhere: Server
  let site: string

  beforeAll(async () => {
    elsewhere = createServer((request, response) => {
      const isFile = request.url?.startsWith('/documents/')
      const headers = { 'content-disposition': 'attachment; filename="sujets.csv"' }
      response
        .writeHead(200, { 'content-type': 'text/html', ...(isFile ? headers : {}) })
        .end('<h1>Page</h1>')
    })
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    site = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
    here = await bench({
      behave: async (heard, bot) => {
        const isAlone = heard.conversation.conversationType === 'personal'
        if (heard.type === 'installationUpdate' && !isAlone) await bot.post(heard, links())
        if (heard.type === 'installationUpdate' && isAlone)
          await bot.call('POST', heard, activitiesOf(heard), offer)
        if (heard.name !== 'fileConsent/invoke' || heard.value.action !== 'accept') return {}
        const { uploadUrl, contentUrl, name, uniqueId, fileType } = heard.value.uploadInfo
        const range = `bytes 0-${report.byteLength - 1}/${report.byteLength}`
        await fetch(uploadUrl, { method: 'PUT', body: report, headers: { 'content-range': range } })
        const content = { uniqueId, fileType }
        const attachments = [{ contentType: `${file}.info`, contentUrl, name, content }]
        await bot.call('POST', heard, activitiesOf(heard), { type: 'message', attachments })
        return {}
      },
    })
    browser = await openBrowser()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await here?.close()
    elsewhere?.close()
  })

  const opens = (path: string) => ({ type: 'Action.OpenUrl', url: `${site}${path}`, title: 'Ouvrir' })
  const links = () =>
    card(
      [
        { type: 'Container', selectAction: opens('/container'), items: [text('Le conteneur')] },
        {
          type: 'ColumnSet',
          columns: [{ type: 'Column', selectAction: opens('/column'), items: [text('La colonne')] }],
        },
        { type: 'Container', selectAction: opens('/documents/1'), items: [text('Le tableau')] },
      ],
      { actions: [{ ...opens('/button'), title: 'Le bouton' }] },
    )

  const enter = (viewport: typeof wide) =>
    enterRoom(browser, here.room.url, { name: 'Claire Martin', role: 'organizer', viewport })

  async function alone(viewport: typeof wide): Promise<Page> {
    const page = await enter(viewport)
    if (viewport === phone) await page.getByRole('button', { name: 'Conversations' }).click()
    await page.getByRole('button', { name: 'Écrire à Ouverture en privé' }).click()
    await page.getByRole('group', { name: 'Fichier proposé par Ouverture' }).waitFor()
    return page
  }

  it('open a link of a card in a tab of its own, wherever on the card it stands', async () => {
    const page = await enter(wide)
    for (const [name, path] of [
      ['Le conteneur', '/container'],
      ['La colonne', '/column'],
      ['Le bouton', '/button'],
    ] as const) {
      const [tab] = await Promise.all([page.waitForEvent('popup'), page.getByText(name).click()])
      await tab.waitForURL(`${site}${path}`)
      expect(await tab.evaluate('window.opener')).toBeNull()
      await tab.close()
    }
    expect(page.url()).toContain(here.room.url)
  })

  it('open by the keyboard what opens by a click', async () => {
    const page = await enter(wide)
    const link = page.getByRole('log').locator('[tabindex="0"]').filter({ hasText: 'Le conteneur' }).last()
    await link.focus()
    const [tab] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('Enter')])
    await tab.waitForURL(`${site}/container`)
  })

  it('save a document that is served to be saved, and leave the room where it is', async () => {
    const page = await enter(wide)
    const saving = new Promise<Download>((resolve) => {
      page.on('download', resolve)
      page.context().on('page', (tab) => tab.on('download', resolve))
    })
    await page.getByText('Le tableau').click()
    expect((await saving).suggestedFilename()).toBe('sujets.csv')
    expect(await page.getByText('Le tableau').isVisible()).toBe(true)
  })

  it.each([
    ['a large screen', wide],
    ['a phone', phone],
  ])('are accepted by keyboard, then saved, on %s', async (_where, viewport) => {
    const page = await alone(viewport)
    const asked = page.getByRole('group', { name: 'Fichier proposé par Ouverture' })
    await asked.getByText('Compte rendu <b>.docx').waitFor()
    await asked.getByText('48 ko').waitFor()
    await asked.getByText('De votre atelier & du reste').waitFor()
    await asked.getByRole('button', { name: 'Accepter' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Vous avez accepté ce fichier.').waitFor()
    expect(await asked.getByRole('button').count()).toBe(0)

    const link = page.getByRole('link', { name: 'Télécharger Compte rendu -b-.docx' })
    const [saved] = await Promise.all([page.waitForEvent('download'), link.click()])
    expect(saved.suggestedFilename()).toBe('Compte rendu -b-.docx')
    expect(await readFile(await saved.path())).toEqual(report)
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
  })

  it('are refused by a click, and still are after a reload', async () => {
    const page = await alone(wide)
    await page.getByRole('button', { name: 'Refuser' }).dblclick()
    await page.getByText('Vous avez refusé ce fichier.').waitFor()
    expect(await page.getByRole('alert').filter({ hasText: /./u }).count()).toBe(0)
    await page.reload()
    await page.getByText('Vous avez refusé ce fichier.').waitFor()
  })

  it('are asked for in words, with no need to name the bot', async () => {
    const page = await alone(wide)
    const box = page.getByRole('textbox', { name: 'Écrire un message' })
    expect(await box.getAttribute('placeholder')).toContain('mes ateliers')
    await box.fill('mes ateliers')
    await page.keyboard.press('Enter')
    await here.bot.hears((heard) => heard.type === 'message' && heard.text === 'mes ateliers')
  })
})
