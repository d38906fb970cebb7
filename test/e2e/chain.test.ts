import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath, enterRoom, phone } from '../support/browser.ts'
import { button, chat, join, launch, next, ownForm, reads, writeSubject } from '../support/in-chat.ts'
import { roomAndBrowser } from '../support/in-room.ts'

/** Opens a dialog from the card, does something in it, and sees it close. */
async function inDialog(page: Page, opener: Locator, act: (dialog: Locator) => Promise<void>): Promise<void> {
  await opener.click()
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await act(dialog)
  await dialog.waitFor({ state: 'detached' })
}

const press = (dialog: Locator, name: string) => dialog.getByRole('button', { name, exact: true }).click()

async function to(page: Page, from: number, step: number): Promise<void> {
  for (let index = from + 1; index <= step; index++) await next(page, index)
}

/** A week later, in another meeting, with the same people. */
async function newMeeting(claire: Page, others: Page[], title: string): Promise<void> {
  await claire.getByRole('button', { name: 'Avancer d’une semaine' }).click()
  await claire.getByRole('button', { name: 'Avancer quand même' }).click()
  await claire
    .getByText(/(?:lun|mar|mer|jeu|ven|sam|dim)\.\s\d/u)
    .first()
    .waitFor()
  await claire.getByRole('button', { name: 'Nouvelle réunion' }).click()
  await claire.getByRole('button', { name: 'Créer la réunion' }).click()
  await claire.getByRole('heading', { name: title, exact: true }).waitFor()
  for (const page of others) {
    await page.goto(claire.url())
    await page.getByRole('heading', { name: title, exact: true }).waitFor()
  }
}

describe.skipIf(!chromiumPath)('the three formats, one after the other (needs Chromium)', () => {
  const { url, browser, errors } = roomAndBrowser()

  it('go from a subject to a roadmap in three meetings a week apart, and a step is followed back to its author', {
    timeout: 300_000,
  }, async () => {
    const claire = await enterRoom(browser(), url(), { name: 'Claire Martin', role: 'organizer' })
    const ada = await enterRoom(browser(), url(), { name: 'Ada Nkomo', role: 'attendee', viewport: phone })

    await subjects(claire, ada)
    await newMeeting(claire, [ada], 'Atelier 2')
    await commitment(claire, ada)
    await newMeeting(claire, [ada], 'Atelier 3')
    await roadmap(claire, ada)

    await button(claire, 'D’où cela vient').click()
    const chain = await claire.getByRole('dialog').innerText()
    const told = [
      'Publier le budget en dix graphiques',
      'Pour rendre l’information plus accessible',
      'Mon engagement c’est…',
      'Chaque habitant lit le budget en dix minutes',
      'Des budgets lisibles',
      'Ada Nkomo',
      'Désirabilité 5',
    ]
    for (const text of told) expect(chain).toContain(text)
    for (const page of [claire, ada])
      expect(await chat(page).innerText()).not.toMatch(/undefined|\[object|\$\{t\./u)
    expect(errors()).toEqual([])
  })
})

/** Format #1: Ada writes a subject and rates it; it becomes the priority. */
async function subjects(claire: Page, ada: Page): Promise<void> {
  await launch(claire, 0)
  await reads(claire, 'Qui êtes-vous')
  await join(ada, 'Ada', 'Nkomo', 'Société civile')
  await button(claire, 'Démarrer l’atelier').click()
  await reads(claire, 'Étape 1 sur 7')
  await next(claire, 2)
  await inDialog(claire, button(claire, 'Plus…'), (dialog) => press(dialog, 'Étape précédente'))
  await expect.poll(() => button(claire, /^Annuler/u).innerText(), { timeout: 15_000 }).toContain('revenir')
  await to(claire, 1, 4)
  await writeSubject(ada, 'Des budgets lisibles', 'Publier le budget en images.')
  await next(claire, 5)
  await button(claire, 'Tout afficher').click()
  await reads(ada, 'Des budgets lisibles')
  await next(claire, 6)
  await ownForm(ada, /^Désirabilité/u)
  for (const label of [/^Désirabilité/u, /^Faisabilité/u])
    await chat(ada).getByLabel(label).last().selectOption('5')
  await button(ada, 'Enregistrer').click()
  await reads(ada, 'Vos avis sont enregistrés')
  await button(claire, 'Afficher la matrice').click()
  await reads(claire, 'Le classement')
  await inDialog(claire, chat(claire).getByText('Des budgets lisibles').last(), (dialog) =>
    press(dialog, 'Marquer prioritaire'),
  )
  await reads(claire, 'Prioritaire')
  await next(claire, 7)
  await button(claire, 'Terminer l’atelier').click()
  await reads(ada, 'Compte rendu')
}

/** Format #2: the subject is chosen from the week before, adjusted, put in other words, and becomes a canvas. */
async function commitment(claire: Page, ada: Page): Promise<void> {
  await launch(claire, 1)
  await reads(claire, 'Sujet de départ')
  await inDialog(claire, button(claire, 'Choisir'), async (dialog) => {
    await dialog.getByLabel(/Des budgets lisibles/u).check()
    await press(dialog, 'Partir de ce choix')
  })
  await reads(claire, /Repris de «\sJ’identifie des sujets/u)
  await inDialog(claire, button(claire, 'Relire et ajuster'), async (dialog) => {
    await dialog.getByLabel(/^Pourquoi ce sujet/u).fill('Les habitants le demandent à chaque réunion.')
    await press(dialog, 'Enregistrer')
  })
  await join(ada, 'Ada', 'Nkomo', 'Société civile')
  await reads(claire, '1 modification enregistrée depuis.')
  await button(claire, 'Démarrer l’atelier').click()
  await reads(claire, 'Étape 1 sur 7')
  await to(claire, 1, 3)
  await reads(ada, 'Les habitants le demandent à chaque réunion.')

  await next(claire, 4)
  await ownForm(ada, 'Il permet de…')
  await chat(ada).getByLabel('Il permet de…').last().fill('comprendre où va l’argent')
  await button(ada, 'Envoyer').click()
  await reads(claire, 'comprendre où va l’argent')
  await inDialog(claire, chat(claire).getByRole('button', { name: 'Reformuler' }).nth(1), async (dialog) => {
    await dialog.getByRole('textbox').first().fill('Il permet à chacun de comprendre où va l’argent.')
    await press(dialog, 'Enregistrer')
  })
  await reads(ada, 'Il permet à chacun de comprendre')

  await next(claire, 5)
  await reads(ada, 'Société civile')
  await ownForm(ada, /^Idée 1/u)
  await chat(ada)
    .getByLabel(/^Idée 1/u)
    .last()
    .fill('Relire les graphiques avec des habitants')
  await button(ada, 'J’ai terminé').click()
  await reads(ada, 'C’est enregistré')
  expect(await chat(claire).innerText()).not.toContain('Relire les graphiques')
  await button(claire, 'Tout afficher').click()
  await reads(claire, 'Relire les graphiques avec des habitants')

  await next(claire, 6)
  await ownForm(ada, 'Rubrique')
  await chat(ada).getByLabel('Rubrique').last().selectOption({ label: 'Mon engagement c’est…' })
  await chat(ada)
    .getByLabel(/^Votre texte/u)
    .last()
    .fill('Chaque habitant lit le budget en dix minutes')
  await button(ada, 'Proposer').click()
  await reads(claire, 'Chaque habitant lit le budget en dix minutes')
  await inDialog(claire, button(claire, 'Reprendre ou écrire'), async (dialog) => {
    await dialog.getByLabel(/Chaque habitant lit/u).check()
    await press(dialog, 'Ajouter les textes cochés')
  })
  await reads(ada, '1 rubrique remplie sur 9')
  await next(claire, 7)
  await button(claire, 'Terminer l’atelier').click()
  await reads(ada, 'Compte rendu')
}

/** Format #3: the canvas is walked through, sub-actions are found, and one becomes a step with its dates. */
async function roadmap(claire: Page, ada: Page): Promise<void> {
  await launch(claire, 2)
  await reads(claire, 'Canevas de départ')
  await inDialog(claire, button(claire, 'Choisir'), (dialog) => press(dialog, 'Partir de ce choix'))
  await reads(claire, /rubrique remplie sur 9/u)
  await inDialog(claire, button(claire, 'Préparer'), async (dialog) => {
    await dialog.getByLabel('Début de l’horizon').fill('2027-01-01')
    await dialog.getByLabel('Fin de l’horizon').fill('2028-12-31')
    await press(dialog, 'Enregistrer')
  })
  await join(ada, 'Ada', 'Nkomo', 'Société civile')
  await button(claire, 'Démarrer l’atelier').click()
  await reads(claire, 'Étape 1 sur 7')
  await to(claire, 1, 3)
  for (let page = 2; page <= 9; page++) {
    await button(claire, 'Rubrique suivante').click()
    await reads(ada, `${page} sur 9`)
  }
  await next(claire, 4)
  await reads(ada, /Finlande/u)
  await next(claire, 5)
  await ownForm(ada, 'Début de la phrase')
  await chat(ada).getByLabel('Début de la phrase').last().selectOption({ index: 1 })
  await chat(ada)
    .getByLabel(/^La fin de la phrase/u)
    .last()
    .fill('publier dix graphiques')
  await button(ada, 'Donner cette idée').click()
  await reads(claire, /publier dix graphiques/u)
  await inDialog(claire, button(claire, 'Formuler une sous-action'), async (dialog) => {
    await dialog.getByLabel(/^La sous-action/u).fill('Publier le budget en dix graphiques')
    await dialog.getByLabel('Rubrique du canevas').selectOption({ label: 'Mon engagement c’est…' })
    await dialog.getByLabel(/publier dix graphiques/u).check()
    await press(dialog, 'Ajouter à la liste')
  })
  await reads(ada, 'Publier le budget en dix graphiques')

  await next(claire, 6)
  await inDialog(
    claire,
    chat(claire).getByText('Publier le budget en dix graphiques').last(),
    async (dialog) => {
      await dialog.getByLabel(/^Livrable/u).fill('Une page de graphiques en ligne')
      await press(dialog, 'Ajouter une étape')
    },
  )
  await reads(ada, 'Une page de graphiques en ligne')
  await reads(ada, /janvier 2027 → mars 2027/u)
  const picture = chat(ada)
    .getByRole('img', { name: /Publier le budget en dix graphiques/u })
    .last()
  await picture.waitFor()
  await expect
    .poll(() => picture.evaluate((image) => ('naturalWidth' in image ? Number(image.naturalWidth) : 0)), {
      timeout: 15_000,
    })
    .toBeGreaterThan(500)
  await inDialog(claire, button(claire, 'Compléter le canevas'), async (dialog) => {
    for (const [index, field] of (await dialog.getByRole('textbox').all()).entries())
      if ((await field.inputValue()) === '') await field.fill(`Rubrique ${index + 1}, écrite ensemble.`)
    await press(dialog, 'Enregistrer')
  })
  await reads(ada, '9 rubriques sur 9')
  await next(claire, 7)
  await button(claire, 'Terminer l’atelier').click()
  await reads(ada, 'Compte rendu')
}
