import type { Browser, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { violations } from '../support/axe.ts'
import { chromiumPath, phone, wide } from '../support/browser.ts'
import { ownForm, reads } from '../support/in-chat.ts'
import { roomAndBrowser } from '../support/in-room.ts'
import { choose, focused, goTo, keepsFocus, press, write } from '../support/keyboard.ts'

/** A machine that does other things draws a card anew later. */
const busy = { timeout: 10_000 }

const forward = { key: 'Tab', anywhere: true } as const

describe.skipIf(!chromiumPath)('format #1 with the keyboard alone (needs Chromium)', () => {
  const { url, browser, errors } = roomAndBrowser()

  it('is led and taken part in, from the door to the documents, and passes axe-core at each step', {
    timeout: 400_000,
  }, async () => {
    const claire = await enter(browser(), url(), { name: 'Claire Martin', role: 'organizer', viewport: wide })
    await press(claire, 'Lancer cet atelier', { key: 'Tab' })
    await reads(claire, 'Qui êtes-vous')
    const ada = await enter(browser(), url(), { name: 'Ada Nkomo', role: 'attendee', viewport: phone })
    const both = [claire, ada]

    await choose(claire, /^Nombre/u, '5', forward)
    await press(claire, 'Ajouter des participants simulés', forward)
    await goTo(claire, '× 1', forward)
    for (let count = 0; count < 5; count++) await claire.keyboard.press('ArrowRight')
    await reads(ada, 'Qui êtes-vous')
    await write(ada, 'Prénom', 'Ada', { key: 'Tab' })
    await write(ada, 'Nom', 'Nkomo', { key: 'Tab' })
    await choose(ada, 'Vous êtes', 'Société civile', { key: 'Tab' })
    await press(ada, 'Rejoindre', { key: 'Tab' })
    await reads(ada, 'Vous êtes dans l’atelier')
    await reads(claire, /6 participants/u)
    await holds(both, 'the lobby')
    await press(claire, 'Démarrer l’atelier')

    await reads(ada, 'Étape 1 sur 7')
    await reachesLatestCard(ada)
    await notes(claire, 'Tout le monde est là.', async () => {
      await press(ada, 'C’est clair')
      await reads(claire, '6 sur 6 : c’est clair')
    })
    await holds(both, 'the introduction')
    await opensAndLeaves(claire, 'Plus…')
    await next(claire, 2)

    await press(claire, /J’ai terminé|La parole à/u)
    await speak(ada)
    await reads(claire, '7 sur 7 ont parlé')
    await holds(both, 'the tour de table')
    await next(claire, 3)

    for (let page = 2; page <= 5; page++) {
      await press(claire, 'Page suivante ›')
      await reads(ada, `Page ${page} sur 5`)
      // The card was drawn anew, and the same button has the focus: the next page is one key away.
      if (page < 5) await expect.poll(async () => (await focused(claire))?.name, busy).toBe('Page suivante ›')
    }
    await holds(both, 'the memo')
    await next(claire, 4)

    await press(claire, /^Lancer le silence/u)
    await reads(ada, /Silence jusqu’à/u)
    await ownForm(ada, /^Titre du sujet 1/u)
    await write(ada, /^Titre du sujet 1/u, 'Des budgets lisibles')
    await write(ada, /^Description du sujet 1/u, 'Publier le budget en dix graphiques.', { key: 'Tab' })
    await holds(both, 'the silent ideation')
    await press(ada, 'J’ai terminé', { key: 'Tab' })
    await reads(ada, 'C’est enregistré')
    await reads(claire, '6 sur 6 ont terminé')
    await next(claire, 5)
    // Nobody has seen the subjects yet: she is asked first, and stays.
    await opensAndLeaves(claire, 'Étape suivante')

    await press(claire, /^Donner la parole à/u)
    await speak(ada)
    await reads(claire, '6 sur 6 ont parlé')
    await edits(claire, 'Des budgets lisibles', 'Un budget que chacun comprend')
    await reads(ada, 'Un budget que chacun comprend')
    await holds(both, 'the cards')
    await next(claire, 6)

    await rate(ada)
    await reads(claire, '6 sur 6 ont donné tous leurs avis')
    await press(claire, 'Afficher la matrice')
    await reads(ada, /désirabilité \d/iu)
    await reads(claire, /désirabilité \d/iu)
    await places(claire, 'Un budget que chacun comprend')
    await reads(ada, 'déplacé en séance')
    await reads(ada, '★ Prioritaire')
    await holds(both, 'the matrix')
    await next(claire, 7)

    await ownForm(ada, 'Votre adresse électronique')
    await write(ada, /^Votre adresse électronique/u, 'ada@example.org')
    await goTo(ada, /J’accepte/u, { key: 'Tab' })
    await ada.keyboard.press('Space')
    await holds(both, 'the conclusion')
    await press(ada, 'Envoyer', { key: 'Tab' })
    await reads(ada, /Merci/u)
    await press(claire, 'Terminer l’atelier')
    await reads(ada, 'Télécharger le compte rendu')
    await holds(both, 'the closing card')
    const [asked] = await Promise.all([
      ada.context().waitForEvent('request', (one) => one.url().includes('/documents/')),
      press(ada, 'Télécharger le compte rendu'),
    ])
    expect((await fetch(asked.url())).status).toBe(200)
    expect(errors()).toEqual([])
  })
})

/** Through the door: a name, a way in, a key. */
async function enter(
  browser: Browser,
  url: string,
  { name, role, viewport }: { name: string; role: string; viewport: typeof wide },
): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'fr-FR', reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(`${url}?role=${role}&lang=fr`)
  await page.getByLabel('Votre nom').waitFor()
  await write(page, /^Votre nom/u, name, forward)
  await page.keyboard.press('Enter')
  await page.getByRole('log').waitFor()
  await keepsFocus(page)
  return page
}

async function holds(pages: Page[], state: string): Promise<void> {
  for (const page of pages) expect(await violations(page), state).toEqual([])
}

async function next(page: Page, step: number): Promise<void> {
  await press(page, 'Étape suivante')
  await reads(page, `Étape ${step} sur 7`)
}

/** From the top of the page, one key leads to the latest card, and the next to what can be done there. */
async function reachesLatestCard(page: Page): Promise<void> {
  await press(page, 'Aller à la dernière carte', forward)
  expect(await focused(page)).toMatchObject({ name: 'Carte d’Ouverture', inTalk: true })
  await page.keyboard.press('Tab')
  expect((await focused(page))?.inTalk).toBe(true)
}

/** A dialog takes the focus, keeps it, and gives it back to what opened it. */
async function opensAndLeaves(page: Page, name: string): Promise<void> {
  await goTo(page, name)
  const opener = await focused(page)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await expect.poll(async () => (await focused(page))?.inDialog).toBe(true)
  for (let count = 0; count < 12; count++) {
    await page.keyboard.press('Tab')
    // Between the last control and the first, the focus is on nothing of the page.
    expect((await focused(page))?.inDialog ?? true).toBe(true)
  }
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expect.poll(() => focused(page), busy).toMatchObject({ name: opener?.name, inDialog: false })
}

/** Meanwhile the card that opened the dialog is drawn anew: the focus comes back to the new one. */
async function notes(page: Page, text: string, meanwhile: () => Promise<void>): Promise<void> {
  await goTo(page, 'Noter')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await meanwhile()
  await write(page, /^Votre note/u, text, { key: 'Tab' })
  await press(page, 'Garder cette note', { key: 'Tab' })
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expect.poll(() => focused(page), busy).toMatchObject({ name: 'Noter', inDialog: false })
}

/** Her turn is told to who does not look, and she hands the floor on. */
async function speak(page: Page): Promise<void> {
  await reads(page, /C’est à vous/u)
  await expect
    .poll(() => page.getByRole('status').filter({ hasText: 'C’est à vous' }).count())
    .toBeGreaterThan(0)
  await press(page, 'J’ai terminé')
}

async function edits(page: Page, before: string, after: string): Promise<void> {
  await goTo(page, new RegExp(before, 'u'))
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await write(page, /^Titre/u, after, { key: 'Tab' })
  await press(page, 'Enregistrer', { key: 'Tab' })
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await reads(page, after)
  // The card below was drawn anew with other words: the focus is still on the same subject.
  await expect.poll(async () => (await focused(page))?.name, busy).toContain(after)
}

/** The dialog asks where the card goes; then, opened again, whether it comes first. */
async function places(page: Page, title: string): Promise<void> {
  const open = async () => {
    await goTo(page, new RegExp(title, 'u'))
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
  }
  await open()
  await choose(page, /^Désirabilité/u, '5', { key: 'Tab' })
  await choose(page, /^Faisabilité/u, '4,5', { key: 'Tab' })
  await press(page, 'Placer ici', { key: 'Tab' })
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await reads(page, 'déplacé en séance')
  await open()
  await press(page, 'Marquer prioritaire', { key: 'Tab' })
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

/** Page after page, until the receipt. */
async function rate(page: Page): Promise<void> {
  await ownForm(page, /^Désirabilité/u)
  for (;;) {
    await goTo(page, /^Enregistrer/u)
    const save = (await focused(page))?.name
    const form = page
      .getByRole('article')
      .filter({ has: page.getByRole('button', { name: /^Enregistrer/u }) })
      .last()
    const before = await form.innerText()
    for (let left = await form.getByRole('combobox').count(); left > 0; left--) {
      await page.keyboard.press('Shift+Tab')
      while ((await focused(page))?.tag !== 'SELECT') await page.keyboard.press('Shift+Tab')
      await page.keyboard.press('4')
    }
    await press(page, /^Enregistrer/u, { key: 'Tab' })
    if (save === 'Enregistrer') return reads(page, 'Vos avis sont enregistrés')
    await expect.poll(() => form.innerText(), { timeout: 15_000 }).not.toBe(before)
  }
}
