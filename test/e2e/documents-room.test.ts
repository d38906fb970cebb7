import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath, enterRoom, phone } from '../support/browser.ts'
import { opened } from '../support/docx.ts'
import { wordsAt } from '../support/finished.ts'
import { button, chat, join, launch, next, reads, writeSubject } from '../support/in-chat.ts'
import { roomAndBrowser } from '../support/in-room.ts'

/** Opens a dialog, and gives it. */
async function dialogOf(page: Page, name: string): Promise<Locator> {
  await button(page, name).click()
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  return dialog
}

/** The address a row or a button of a card leads to. */
async function addressOf(page: Page, place: Locator): Promise<string> {
  const [asked] = await Promise.all([
    page.context().waitForEvent('request', (one) => one.url().includes('/documents/')),
    place.click(),
  ])
  return asked.url()
}

/** A row of the list of documents: called by the words on it, and described by the document and its kind. */
const row = (place: Page | Locator, description: string): Locator =>
  place
    .getByRole('link')
    .and(place.getByTitle(description, { exact: true }))
    .last()

/** In one’s own chat with the bot. */
async function types(page: Page, text: string): Promise<void> {
  const box = page.getByPlaceholder(/mes ateliers/u)
  await box.fill(text)
  await box.press('Enter')
}

describe.skipIf(!chromiumPath)('documents in the room’s browser (needs Chromium)', () => {
  const { url, browser, errors } = roomAndBrowser()

  it('are corrected, settled, retrieved by who organised, in the meeting and in her own chat, and by nobody else', {
    timeout: 240_000,
  }, async () => {
    const claire = await enterRoom(browser(), url(), { name: 'Claire Martin', role: 'organizer' })
    await launch(claire, 0)
    const luc = await enterRoom(browser(), url(), { name: 'Luc Roy', role: 'attendee', viewport: phone })
    await join(luc, 'Luc', 'Roy', 'Citoyen')
    await button(claire, 'Démarrer l’atelier').click()
    await reads(claire, 'Étape 1 sur 7')
    for (const step of [2, 3, 4]) await next(claire, step)
    await writeSubject(luc, 'Des cantines ouvertes', 'Publier les menus et leurs prix.')
    await next(claire, 5)
    await button(claire, 'Tout afficher').click()
    await reads(claire, 'Des cantines ouvertes')

    // In the middle of it, the state so far.
    const more = await dialogOf(claire, 'Plus…')
    await more.getByRole('button', { name: 'Documents', exact: true }).click()
    const soFar = claire.getByRole('dialog')
    await soFar.getByText('L’atelier n’est pas terminé').waitFor()
    expect(await wordsAt(await addressOf(claire, row(soFar, 'Compte rendu (Word)')))).toContain(
      'Des cantines ouvertes',
    )
    await claire.keyboard.press('Escape')

    await next(claire, 6)
    await next(claire, 7)
    await button(claire, 'Terminer l’atelier').click()
    await reads(luc, 'Télécharger le compte rendu')

    // Luc mends his own words; Claire accepts.
    const mending = await dialogOf(luc, 'Signaler une correction')
    await mending.getByLabel(/Sujet 1 · Titre/u).fill('Des cantines transparentes')
    await mending.getByRole('button', { name: 'Signaler', exact: true }).click()
    await mending.waitFor({ state: 'detached' })
    await reads(claire, '1 correction attend votre décision')
    const settling = await dialogOf(claire, 'Corrections')
    await settling.getByText('Des cantines transparentes').first().waitFor()
    await settling.getByRole('button', { name: 'Accepter' }).click()
    await settling.waitFor({ state: 'detached' })
    await reads(luc, 'Des cantines transparentes')
    const forAll = await addressOf(luc, row(luc, 'Télécharger le compte rendu'))
    expect(await wordsAt(forAll)).toContain('Des cantines transparentes')

    // Her own chat.
    await claire.getByRole('button', { name: /Écrire à Ouverture en privé/u }).click()
    await types(claire, 'mes ateliers')
    await reads(claire, 'Mes ateliers')
    await button(claire, 'Documents').click()
    await reads(claire, 'Édition 2, après corrections')
    const mine = await addressOf(claire, row(claire, 'Fiche sujets (Word)'))
    expect(await wordsAt(mine)).toContain('Des cantines transparentes')
    await chat(claire)
      .getByLabel('Recevoir un document')
      .last()
      .selectOption({ label: 'Compte rendu de l’équipe d’organisation (Word)' })
    await button(claire, 'Recevoir').click()
    await button(claire, 'Accepter').click()
    const [file] = await Promise.all([
      claire.waitForEvent('download'),
      chat(claire)
        .getByRole('link', { name: /^Télécharger/u })
        .last()
        .click(),
    ])
    const chunks: Buffer[] = []
    for await (const chunk of await file.createReadStream()) chunks.push(Buffer.from(chunk))
    const saved = opened({ type: '', fileName: '', body: Buffer.concat(chunks) })
    expect(saved.text).toContain('Version de l’équipe d’organisation')
    expect(saved.text).toContain('Des cantines transparentes')

    // Nobody else’s.
    await luc.getByRole('button', { name: 'Conversations' }).click()
    await luc.getByRole('button', { name: /Écrire à Ouverture en privé/u }).click()
    await types(luc, 'mes ateliers')
    await reads(luc, 'Vous n’avez encore lancé aucun atelier')

    // A fortnight later the links are of no use to whoever kept them.
    expect((await fetch(mine)).status).toBe(200)
    for (let week = 0; week < 2; week++) {
      await claire.getByRole('button', { name: 'Avancer d’une semaine' }).click()
      const sure = claire.getByRole('button', { name: 'Avancer quand même' })
      await sure.click({ timeout: 2000 }).catch(() => {})
    }
    await expect.poll(async () => (await fetch(mine)).status, { timeout: 10_000 }).toBe(410)
    expect(await (await fetch(mine)).text()).toContain('Ce lien a expiré.')
    expect(errors()).toEqual([])
  })
})
