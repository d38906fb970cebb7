import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath, enterRoom, phone } from '../support/browser.ts'
import { wordsAt } from '../support/finished.ts'
import { button, chat, join, launch, next, ownForm, reads, writeSubject } from '../support/in-chat.ts'
import { roomAndBrowser } from '../support/in-room.ts'

describe.skipIf(!chromiumPath)('format #1 in the room’s browser (needs Chromium)', () => {
  const { url, browser, errors } = roomAndBrowser()

  it('is played from launch to summary by three people by hand and six simulated ones', {
    timeout: 240_000,
  }, async () => {
    const claire = await enterRoom(browser(), url(), { name: 'Claire Martin', role: 'organizer' })
    await launch(claire, 0)
    await reads(claire, 'Qui êtes-vous')
    const ada = await enterRoom(browser(), url(), { name: 'Ada Nkomo', role: 'attendee' })
    const luc = await enterRoom(browser(), url(), { name: 'Luc Roy', role: 'attendee', viewport: phone })
    const byHand = [ada, luc]

    await claire.getByText('× 60').click()
    await claire.getByLabel('Nombre').selectOption('6')
    await claire.getByRole('button', { name: 'Ajouter des participants simulés' }).click()
    await join(ada, 'Ada', 'Nkomo', 'Société civile')
    await join(luc, 'Luc', 'Roy', 'Citoyen')
    await reads(claire, /8 participants/u)
    await button(claire, 'Démarrer l’atelier').click()

    // Introduction
    await reads(claire, 'Étape 1 sur 7')
    for (const page of byHand) await button(page, 'C’est clair').click()
    await reads(claire, '8 sur 8 : c’est clair')
    await next(claire, 2)

    // Tour de table: the facilitator first, then each in turn.
    await button(claire, 'J’ai terminé')
      .or(button(claire, /La parole à/u))
      .first()
      .click()
    await Promise.all(byHand.map((page) => speak(page)))
    await reads(claire, '9 sur 9 ont parlé')
    await next(claire, 3)

    // Memo sheets
    for (let page = 2; page <= 5; page++) {
      await button(claire, 'Page suivante').click()
      await reads(luc, `Page ${page} sur 5`)
    }
    await next(claire, 4)

    // Silent ideation: written on one screen, seen on no other.
    await button(claire, /Lancer le silence/u).click()
    await writeSubject(ada, 'Des budgets lisibles', 'Publier le budget en dix graphiques simples.')
    await writeSubject(luc, '**Gras** <b>x</b> ${y}', 'Une phrase avec 👍 et مرحبا.')
    for (const page of [claire, luc])
      expect(await chat(page).innerText()).not.toContain('Des budgets lisibles')
    await reads(claire, '8 sur 8 ont terminé')
    await next(claire, 5)

    // Sharing: revealed at each author's turn.
    await button(claire, /Donner la parole à/u).click()
    await Promise.all(byHand.map((page) => speak(page)))
    await reads(claire, '8 sur 8 ont parlé')
    await reads(claire, 'Des budgets lisibles')
    await reads(ada, '**Gras** <b>x</b> ${y}')
    await edit(claire, 'Des budgets lisibles', 'Un budget que chacun comprend')
    await reads(luc, 'Un budget que chacun comprend')
    await next(claire, 6)

    // Matrix
    for (const page of byHand) await rate(page)
    await reads(claire, '8 sur 8 ont donné tous leurs avis')
    await button(claire, 'Afficher la matrice').click()
    for (const page of [claire, luc]) await seesMatrix(page)
    await next(claire, 7)

    // Conclusion and summary
    await ownForm(ada, /^Votre adresse électronique/u)
    await chat(ada).getByLabel('Votre adresse électronique').last().fill('ada@example.org')
    await chat(ada)
      .getByLabel(/J’accepte/u)
      .last()
      .check()
    await button(ada, 'Envoyer').click()
    await reads(ada, /Merci/u)
    await button(claire, 'Terminer l’atelier').click()
    await reads(luc, 'Compte rendu')
    const summary = await download(luc)
    expect(summary).toContain('Un budget que chacun comprend')
    expect(summary).toContain('Ada Nkomo')
    expect(summary).not.toContain('ada@example.org')
    for (const page of [claire, ada, luc])
      expect(await chat(page).innerText()).not.toMatch(/undefined|\[object|\$\{t\./u)
    expect(errors()).toEqual([])
  })
})

/** Waits for her turn, says what she has to say, and hands the floor on. */
async function speak(page: Page): Promise<void> {
  await reads(page, /C’est à vous/u)
  await button(page, 'J’ai terminé').click({ timeout: 30_000 })
}

async function edit(page: Page, before: string, after: string): Promise<void> {
  await chat(page).getByText(before).last().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^Titre/u).fill(after)
  await dialog.getByRole('button', { name: 'Enregistrer' }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** Page after page, until the receipt. */
async function rate(page: Page): Promise<void> {
  await ownForm(page, /^Désirabilité/u)
  for (;;) {
    const save = button(page, /^Enregistrer/u)
    await save.waitFor()
    const form = chat(page)
      .getByRole('article')
      .filter({ has: page.getByRole('button', { name: /^Enregistrer/u }) })
      .last()
    const last = (await save.innerText()) === 'Enregistrer'
    const before = await form.innerText()
    for (const choice of await form.getByRole('combobox').all()) await choice.selectOption('4')
    await save.click()
    if (last) return reads(page, 'Vos avis sont enregistrés')
    await expect.poll(() => form.innerText(), { timeout: 15_000 }).not.toBe(before)
  }
}

async function seesMatrix(page: Page): Promise<void> {
  const picture = chat(page)
    .getByRole('img', { name: /Des budgets|Un budget que chacun comprend/u })
    .last()
  await picture.waitFor()
  await expect
    .poll(() => picture.evaluate((image) => ('naturalWidth' in image ? Number(image.naturalWidth) : 0)), {
      timeout: 15_000,
    })
    .toBeGreaterThan(500)
}

async function download(page: Page): Promise<string> {
  const [tab] = await Promise.all([
    page.waitForEvent('download').catch(() => page.context().waitForEvent('page')),
    button(page, 'Télécharger le compte rendu')
      .or(chat(page).getByRole('link', { name: 'Télécharger le compte rendu' }))
      .last()
      .click(),
  ])
  const url = tab.url()
  return wordsAt(url)
}
