import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath, openedDoor, phone } from '../support/browser.ts'
import { button, chat, next, reads } from '../support/in-chat.ts'
import { roomAndBrowser } from '../support/in-room.ts'

/** Someone who has never come opens the room’s address, and no other. */
async function prepares(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Préparer un atelier' }).click()
  await reads(page, 'D’où partez-vous')
}

/** A page of the programme is read from its top: its title is on screen. */
const turnsTo = async (page: Page, name: string): Promise<void> => {
  const title = chat(page).getByRole('heading', { name, exact: true }).last()
  await title.waitFor()
  await expect.poll(async () => ((await title.boundingBox())?.y ?? 0) > 60).toBe(true)
  await expect(title.boundingBox()).resolves.toSatisfy((box: { y: number }) => box.y < 400)
}

describe.skipIf(!chromiumPath)('a newcomer in the room’s browser (needs Chromium)', () => {
  const { url, browser, errors } = roomAndBrowser()

  it('goes from the door to a planned path, invited people and a rehearsed workshop, without reading any manual', {
    timeout: 240_000,
  }, async () => {
    // By another name of this computer than the one that the room’s own links bear.
    const page = await openedDoor(browser(), url().replace('127.0.0.1', 'localhost'))
    await prepares(page)
    await chat(page).getByLabel('Un engagement formulé').check()
    await chat(page).getByLabel('Combien de personnes').fill('9')
    await button(page, 'Proposer un parcours').click()
    await turnsTo(page, 'Formuler un engagement')
    await reads(page, '2 ateliers · 9 personnes · 1 groupe')

    await button(page, 'Dates').click()
    await turnsTo(page, 'Quand se tiennent les ateliers ?')
    // The second workshop follows by itself.
    expect(await dates(page).count()).toBe(1)
    await dates(page).first().fill('2030-03-12')
    await chat(page).getByLabel('Heure, atelier 1').fill('14:00')
    await button(page, 'Enregistrer les dates').click()
    await reads(page, 'mardi 19 mars 2030, 14 h')

    await button(page, 'Contenu').click()
    await chat(page)
      .getByLabel('Objectif de l’administration')
      .fill('Choisir ensemble ce que nous ouvrirons.')
    await button(page, 'Enregistrer').click()
    await button(page, 'Équipe').click()
    await chat(page).getByLabel('Référent-animateur').fill('Camille Martin')
    await button(page, 'Enregistrer').click()
    await button(page, 'Invitations').click()
    await chat(page).getByLabel('Personnes à inviter').fill('Paul Petit, Ville de Lyon\nInès Faure')
    await button(page, 'Ajouter à la liste').click()
    await reads(page, '2 personnes invitées')
    await button(page, 'Voir les courriers').click()
    await turnsTo(page, 'Les courriers')
    const invitation = await chat(page).getByLabel('L’invitation, à copier').inputValue()
    expect(invitation).toContain('Choisir ensemble ce que nous ouvrirons.')
    expect(invitation).toContain('mardi 12 mars 2030')
    await button(page, 'Retour aux invitations').click()
    await turnsTo(page, 'Les invitations')
    await button(page, 'Retour').click()

    await button(page, 'Répéter').click()
    await turnsTo(page, 'Répéter l’atelier')
    await chat(page).getByRole('link', { name: 'Ouvrir la répétition' }).first().click()
    await rehearses(page)

    // Back in her own chat, the rehearsal is ticked off and nothing of it is among her workshops.
    await page.getByRole('button', { name: 'Ouverture', exact: true }).click()
    await reads(page, 'jouée')
    await button(page, 'Rétroplanning').click()
    await turnsTo(page, 'Le rétroplanning')
    expect(await button(page, 'Remettre à faire').count()).toBe(1)
    await button(page, 'Retour').click()
    await page.getByPlaceholder(/mes ateliers/u).fill('mes ateliers')
    await page.keyboard.press('Enter')
    await reads(page, 'Vous n’avez encore lancé aucun atelier')
    expect(errors()).toEqual([])
  })

  it('prepares several groups on a phone: one date is asked, nothing overflows, and the way back is in the list of conversations', {
    timeout: 120_000,
  }, async () => {
    const page = await openedDoor(browser(), url(), phone)
    await prepares(page)
    await chat(page).getByLabel('Une feuille de route').check()
    await chat(page).getByLabel('Combien de personnes').fill('24')
    await button(page, 'Proposer un parcours').click()
    await reads(page, '3 ateliers · 24 personnes · 3 groupes')
    await button(page, 'Dates').click()
    await turnsTo(page, 'Quand se tiennent les ateliers ?')
    expect(await dates(page).count()).toBe(1)
    await button(page, 'Choisir aussi les autres dates').click()
    expect(await dates(page).count()).toBe(5)
    await dates(page).first().fill('2030-03-12')
    await chat(page).getByLabel('Heure, atelier 1, groupe 1').fill('14:00')
    await button(page, 'Enregistrer les dates').click()
    await reads(page, '3 groupes en parallèle : mardi 12 mars 2030, 14 h')
    for (const [opens, title] of pages) {
      await button(page, opens).click()
      await turnsTo(page, title)
      expect(await overflow(page), title).toBe(0)
      await button(page, 'Retour').click()
      await reads(page, 'La préparation')
    }
    await button(page, 'Contenu').click()
    await chat(page).getByLabel('Objectif de l’administration').fill('Écrit, et pas encore enregistré.')
    await button(page, 'Retour').click()
    await reads(page, 'Vos changements ne sont pas encore enregistrés')
    expect(await chat(page).getByLabel('Objectif de l’administration').inputValue()).toContain('Écrit, et')
    await button(page, 'Enregistrer').click()
    await reads(page, 'La préparation')
    await page.getByRole('button', { name: 'Conversations' }).click()
    const list = page.getByRole('dialog', { name: 'Conversations' })
    await list.getByRole('button', { name: 'Atelier Gouvernement ouvert' }).click()
    await reads(page, 'Lancer cet atelier')
    await page.getByRole('button', { name: 'Conversations' }).click()
    await list.getByRole('button', { name: 'Préparer un atelier' }).click()
    await reads(page, 'La préparation')
    expect(errors()).toEqual([])
  })
})

const dates = (page: Page) => chat(page).getByLabel(/^Date/u).filter({ visible: true })

const pages = [
  ['Contenu', 'Ce que dit votre administration'],
  ['Équipe', 'L’équipe d’organisation'],
  ['Invitations', 'Les invitations'],
  ['Répéter', 'Répéter l’atelier'],
  ['Rétroplanning', 'Le rétroplanning'],
  ['Suites', 'Les suites'],
  ['Changer le parcours, l’effectif', 'Votre parcours'],
] as const

/** Pixels of the cards that stand outside the chat. */
const overflow = (page: Page): Promise<number> =>
  chat(page).evaluate((box) => Math.max(0, box.scrollWidth - box.clientWidth))

/** In the meeting she was taken to: her own workshop, with people who answer by themselves. */
async function rehearses(page: Page): Promise<void> {
  await page.waitForURL(/\/m\/repetition/u)
  await page
    .getByRole('heading', { name: 'Répétition : J’identifie des sujets Gouvernement Ouvert' })
    .waitFor()
  await reads(page, 'Choisir ensemble ce que nous ouvrirons.')
  await reads(page, 'Répétition : rien de ce qui s’écrit ici n’est repris ensuite.')
  await reads(page, 'L’équipe prévue : Camille Martin')
  await reads(page, 'Il manque Paul Petit et Inès Faure')
  const speed = (times: string) => page.getByRole('radio', { name: times }).check({ force: true })
  await speed('30')
  await reads(page, '6 participants : c’est la bonne taille')
  await button(page, 'Démarrer l’atelier').click()
  await reads(page, '6 sur 6 : c’est clair')
  await reads(page, 'Répétition : rien de ce qui s’écrit ici n’est repris ensuite.')
  await speed('5')
  await next(page, 2)
  await button(page, /^Merci/u).click()
  await reads(page, /[2-7] sur 7 ont parlé/u)
  await next(page, 3)
}
