import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath, openedDoor, phone } from '../support/browser.ts'
import { button, chat, reads } from '../support/in-chat.ts'
import { roomAndBrowser } from '../support/in-room.ts'

const path = '2 ateliers · 9 personnes · 1 groupe'

async function prepares(page: Page): Promise<void> {
  await page.getByLabel('Votre nom').fill('Camille Martin')
  await page.getByRole('button', { name: 'Préparer un atelier' }).click()
  await chat(page).getByLabel('Un engagement formulé').check()
  await chat(page).getByLabel('Combien de personnes').fill('9')
  await button(page, 'Proposer un parcours').click()
  await reads(page, path)
}

/** What has the focus. */
const inCard = (page: Page) => page.evaluate('document.activeElement?.className')

describe.skipIf(!chromiumPath)('what is prepared in the room’s browser (needs Chromium)', () => {
  const { url, browser, errors } = roomAndBrowser()

  it('is there again after a reload, on another day, and from wherever « Préparer un atelier » is pressed', {
    timeout: 120_000,
  }, async () => {
    const page = await openedDoor(browser(), url())
    await prepares(page)
    await button(page, 'Dates').click()
    await reads(page, 'Quand se tiennent les ateliers ?')
    await page.reload()
    await reads(page, path)
    const own = page.url()

    const prepare = page
      .getByRole('navigation', { name: 'Conversations' })
      .getByRole('button', { name: 'Préparer un atelier' })
    await prepare.click()
    await expect.poll(() => inCard(page)).toBe('card-body')
    expect(await chat(page).getByRole('article').count()).toBe(3)

    await page.getByRole('button', { name: 'mes ateliers', exact: true }).click()
    await reads(page, 'Vous n’avez encore lancé aucun atelier')
    await prepare.click()
    await reads(page, 'Programme 1 · 2 ateliers')
    await prepare.click()
    await expect.poll(() => inCard(page)).toBe('card-body')
    expect(await chat(page).getByText('préparer', { exact: true }).count()).toBe(2)

    await page.getByRole('button', { name: 'Nouvelle réunion' }).click()
    await page.getByRole('button', { name: 'Créer la réunion' }).click()
    await page.getByText('Un atelier est en préparation').waitFor()
    await page.getByRole('button', { name: 'Reprendre la préparation' }).click()
    await page.waitForURL(own)
    await button(page, 'Ouvrir').click()
    await reads(page, path)

    const profile = page.context()
    await page.close()
    const next = await profile.newPage()
    await next.goto(url())
    await next.getByText('prépare un atelier', { exact: false }).waitFor()
    await next.getByRole('button', { name: 'Reprendre la préparation de Camille Martin' }).click()
    await next.waitForURL(own)
    await reads(next, path)
    await next.close()
    const last = await profile.newPage()
    await last.goto(own)
    await last.getByRole('button', { name: 'Revenir en tant que Camille Martin' }).click()
    await last.waitForURL(own)
    await reads(last, path)
    expect(errors()).toEqual([])
  })

  it('is found again on a phone from her workshops, and is nobody else’s to open', {
    timeout: 60_000,
  }, async () => {
    const page = await openedDoor(browser(), url(), phone)
    await prepares(page)
    await page.getByRole('button', { name: 'mes ateliers', exact: true }).click()
    await reads(page, 'Vous n’avez encore lancé aucun atelier')
    await button(page, 'Mes programmes d’ateliers').click()
    await reads(page, 'Programme 1 · 2 ateliers')
    await page.reload()
    await reads(page, 'Programme 1 · 2 ateliers')

    const other = await openedDoor(browser(), page.url())
    await other.getByRole('button', { name: 'Entrer dans la réunion' }).click()
    await reads(other, 'Lancer cet atelier')
    expect(await chat(other).innerText()).not.toContain('Programme 1')
    expect(errors()).toEqual([])
  })
})
