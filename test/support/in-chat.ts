import type { Locator, Page } from 'playwright-core'

/** What people do in the room's chat, by what they read there. */

/** What a person reads in the chat. */
export const chat = (page: Page): Locator => page.getByRole('log')

/** The last thing with this name on screen: what is current stands at the bottom. */
export const button = (page: Page, name: string | RegExp): Locator =>
  chat(page).getByRole('button', { name }).last()

export const reads = (page: Page, text: string | RegExp): Promise<void> =>
  chat(page).getByText(text).filter({ visible: true }).last().waitFor({ timeout: 30_000 })

/** Launches a workshop of the welcome card, by its place there. */
export const launch = (page: Page, index: number): Promise<void> =>
  chat(page).getByRole('button', { name: 'Lancer cet atelier' }).nth(index).click()

export async function join(page: Page, first: string, last: string, profile: string): Promise<void> {
  const profileChoice = chat(page).getByLabel('Vous êtes', { exact: true }).last()
  // The card is drawn anew as people come in, and loses what is being typed, as in Teams: whoever sees it types again.
  do {
    await chat(page).getByLabel('Prénom').last().fill(first)
    await chat(page).getByLabel('Nom', { exact: true }).last().fill(last)
    await profileChoice.selectOption({ label: profile })
  } while ((await profileChoice.inputValue()) === '')
  await button(page, 'Rejoindre').click()
  await reads(page, 'Vous êtes dans l’atelier')
}

export async function next(page: Page, step: number): Promise<void> {
  await button(page, 'Étape suivante').click()
  await reads(page, `Étape ${step} sur 7`)
}

/** Her own version of a form has come: what she types from now on stays. */
export const ownForm = (page: Page, label: string | RegExp): Promise<void> =>
  chat(page)
    .getByRole('article')
    .filter({ hasText: 'Visible par vous seulement' })
    .filter({ has: page.getByLabel(label) })
    .last()
    .waitFor({ timeout: 30_000 })

/** Writes one subject in the silent ideation, and says she has finished. */
export async function writeSubject(page: Page, title: string, sentence: string): Promise<void> {
  await ownForm(page, /^Titre/u)
  await chat(page)
    .getByLabel(/^Titre/u)
    .nth(-2)
    .fill(title)
  await chat(page)
    .getByLabel(/^Description/u)
    .nth(-2)
    .fill(sentence)
  await button(page, 'J’ai terminé').click()
  await reads(page, 'C’est enregistré')
}
