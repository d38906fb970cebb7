import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath, openedDoor, phone, type wide } from '../support/browser.ts'
import { button, chat, reads } from '../support/in-chat.ts'
import { roomAndBrowser } from '../support/in-room.ts'

async function prepared(page: Page, people: string, path: string): Promise<void> {
  await page.getByRole('button', { name: 'Préparer un atelier' }).click()
  await chat(page).getByLabel('Un engagement formulé').check()
  await chat(page).getByLabel('Combien de personnes').fill(people)
  await button(page, 'Proposer un parcours').click()
  await reads(page, path)
}

/** Plays the first workshop of what she prepared; the address of the meeting where that is. */
async function rehearses(page: Page): Promise<string> {
  await button(page, 'Répéter').click()
  await chat(page).getByRole('link', { name: 'Ouvrir la répétition' }).first().click()
  await page.waitForURL(/\/m\/repetition/u)
  await page.getByText('Vous répétez un atelier que vous préparez').waitFor()
  return page.url()
}

async function goesBack(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Revenir à la préparation' }).click()
  await page.waitForURL(/\/m\/p-/u)
  await reads(page, 'La préparation')
}

const patient = { timeout: 10_000 }

async function types(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Écrire un message' }).fill(text)
  await page.keyboard.press('Enter')
}

const rail = (page: Page) => page.getByRole('navigation', { name: 'Conversations' })

const titled = (page: Page, name: string): Promise<void> =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor()

async function newMeeting(page: Page, title: string, isTyped = false): Promise<void> {
  await page.getByRole('button', { name: 'Nouvelle réunion' }).click()
  if (isTyped) await page.getByLabel('Titre de la réunion').fill(title)
  await page.getByRole('button', { name: 'Créer la réunion' }).click()
  await titled(page, title)
  await reads(page, 'Lancer cet atelier')
}

describe.skipIf(!chromiumPath)('meetings of what is prepared, in the room (needs Chromium)', () => {
  const { url, browser, errors } = roomAndBrowser()

  const organiser = (viewport?: typeof wide): Promise<Page> => openedDoor(browser(), url(), viewport)

  it('a rehearsal that goes on is opened again, until it is over or begun again, and leads back to what is prepared', {
    timeout: 120_000,
  }, async () => {
    const page = await organiser()
    await prepared(page, '9', '2 ateliers · 9 personnes')
    const first = await rehearses(page)
    await goesBack(page)
    await page.reload()
    await reads(page, 'La préparation')
    expect(await rehearses(page)).toBe(first)

    await page.getByRole('button', { name: 'Recommencer', exact: true }).click()
    await page.waitForURL((at) => at.pathname.startsWith('/m/repetition') && at.href !== first)
    const second = page.url()
    await reads(page, 'Avant de commencer')
    expect(
      await rail(page)
        .getByText(/^Répétition/u)
        .count(),
    ).toBe(2)
    await goesBack(page)
    expect(await rehearses(page)).toBe(second)

    await button(page, 'Démarrer l’atelier').click()
    await reads(page, 'Étape 1 sur 7')
    expect(await page.getByText('La répétition est terminée').count()).toBe(0)
    await types(page, '@Ouverture terminer')
    await page.getByText('La répétition est terminée').waitFor()
    await page.reload()
    await page.getByText('La répétition est terminée').waitFor()
    await goesBack(page)
    await reads(page, 'jouée')
    expect([first, second]).not.toContain(await rehearses(page))
    expect(errors()).toEqual([])
  })

  it('a rehearsal is of the programme whose page opens it, whichever was worked on last', {
    timeout: 120_000,
  }, async () => {
    const page = await organiser()
    await prepared(page, '9', '2 ateliers · 9 personnes')
    await types(page, 'parcours sujet engagement 8')
    await reads(page, '1 atelier · 8 personnes')
    await types(page, 'programme 1')
    await expect.poll(() => chat(page).getByText('2 ateliers · 9 personnes').count(), patient).toBe(2)
    await rehearses(page)
    await reads(page, /répéter 1 programme 1$/u)
    await reads(page, 'Répétition : J’identifie des sujets')
    expect(errors()).toEqual([])
  })

  it('on a phone, its end shows the way back', { timeout: 60_000 }, async () => {
    const page = await organiser(phone)
    await prepared(page, '9', '2 ateliers · 9 personnes')
    await rehearses(page)
    await button(page, 'Démarrer l’atelier').click()
    await reads(page, 'Étape 1 sur 7')
    await types(page, '@Ouverture terminer')
    await page.getByText('La répétition est terminée').waitFor()
    await goesBack(page)
    expect(errors()).toEqual([])
  })

  it('a meeting that nobody named is called after the workshop and the group that are held in it', {
    timeout: 120_000,
  }, async () => {
    const page = await organiser()
    await prepared(page, '24', '24 personnes · 3 groupes')
    await button(page, 'Dates').click()
    await chat(page).getByLabel(/^Date/u).filter({ visible: true }).first().fill('2030-03-12')
    await chat(page).getByLabel('Heure, atelier 1, groupe 1').fill('14:00')
    await button(page, 'Enregistrer les dates').click()
    await reads(page, '3 groupes en parallèle')

    await newMeeting(page, 'Atelier 2')
    await types(page, '@Ouverture lancer groupe 2')
    await titled(page, 'Groupe 2 : J’identifie des sujets Gouvernement Ouvert')
    await types(page, '@Ouverture groupe 3')
    await titled(page, 'Groupe 3 : J’identifie des sujets Gouvernement Ouvert')
    await newMeeting(page, 'Atelier 3')
    await button(page, 'Lancer cet atelier').click()
    await titled(page, 'Je décris ma feuille de route')
    await newMeeting(page, 'Séance du matin', true)
    await button(page, 'Lancer cet atelier').click()
    await reads(page, 'Avant de commencer')
    await titled(page, 'Séance du matin')
    expect(await rail(page).getByText('Je décris ma feuille de route').count()).toBe(1)
    expect(errors()).toEqual([])
  })
})
