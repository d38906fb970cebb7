import { strFromU8, unzipSync } from 'fflate'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Rendered } from '../../src/documents/issue.ts'
import { freshFolder, removeFolder } from '../support/bot.ts'
import { chromiumPath, openBrowser } from '../support/browser.ts'
import { opened } from '../support/docx.ts'
import {
  enterPlayground,
  type Player,
  playgroundIsHere,
  type StartedPlayground,
  startPlayground,
} from '../support/playground.ts'

const missing = chromiumPath === null || !playgroundIsHere()

describe.skipIf(missing)(
  'the Agents Playground (needs Chromium, and one `npm run playground` before)',
  () => {
    const dataDir = freshFolder()
    let playground: StartedPlayground
    let browser: Browser
    beforeAll(async () => {
      playground = await startPlayground(dataDir)
      browser = await openBrowser()
    }, 60_000)
    afterAll(async () => {
      await browser?.close()
      await playground?.interrupt()
      removeFolder(dataDir)
    }, 30_000)

    it('has format #1 played by one person, who leads and contributes, from launch to summary', {
      timeout: 150_000,
    }, async () => {
      const page = await browser.newPage({ viewport: { width: 1300, height: 1700 } })
      const alex = await enterPlayground(page, playground.url)
      await alex.reads('Ouverture leads your workshops')
      await alex.types('lancer')
      await alex.reads('Qui êtes-vous')
      await joins(alex)
      await alex.types('commencer')

      await alex.reads('Étape 1 sur 7')
      await alex.presses('C’est clair')
      await alex.reads('1 sur 1 : c’est clair')
      await alex.types('note Bon démarrage')
      await alex.reads('La note est gardée')
      await alex.opens('Régie')
      await alex.presses('Étape suivante')

      await alex.reads('Étape 2 sur 7')
      await alex.types('raison Je reçois le public')
      await alex.types('merci')
      await alex.reads('1 sur 1 a parlé')
      await alex.types('suivant')
      await alex.reads('Étape 3 sur 7')
      await alex.types('page suivante')
      await alex.types('suivant')

      await alex.reads('Vos sujets')
      await writes(alex)
      await alex.types('suivant')
      await alex.reads('Étape 5 sur 7')
      await mendsCards(alex)
      await alex.types('suivant')

      await alex.reads('Vos avis')
      await rates(alex)
      await alex.types('dévoiler')
      await alex.reads('Le classement')
      await alex.types('placer 1 4,5 2')
      await alex.reads(/Faisabilité 2 · .*déplacé en séance/u)
      await alex.types('priorité 2')
      await alex.reads('★ Prioritaire')
      await alex.types('suivant')

      await alex.reads('Restons en contact')
      await page.locator('input[type=email]').last().fill('alex@exemple.fr')
      await page.getByText('J’accepte').last().click()
      await alex.presses('Envoyer')
      await alex.reads('Votre réponse est enregistrée')
      await alex.reads('1 sur 1 a répondu')
      await alex.types('suivant')

      const forAll = opened(await downloads(alex, 'Télécharger le compte rendu')).text
      for (const part of ['Budget clair', 'Courriers simples', 'Bon démarrage', 'Je reçois le public'])
        expect(forAll).toContain(part)
      expect(forAll).not.toMatch(/alex@exemple\.fr|Accueils/u)
      await alex.opens('Tout télécharger')
      const all = unzipSync(new Uint8Array((await downloads(alex, 'Tout télécharger')).body as Buffer))
      const data = Object.entries(all).find(([name]) => name.endsWith('.json'))?.[1]
      expect(strFromU8(data ?? new Uint8Array())).toContain('alex@exemple.fr')
    })

    it('ends the bot and the Playground together', { timeout: 30_000 }, async () => {
      const folder = freshFolder()
      const other = await startPlayground(folder)
      expect((await fetch(other.url)).status).toBe(200)
      expect(await other.interrupt()).toBe(0)
      await expect(fetch(other.url)).rejects.toThrow()
      removeFolder(folder)
    })
  },
)

/** Only her own version of the card offers the one who leads to take part. */
async function joins({ page, opens, presses, reads }: Player) {
  await opens('Je participe aussi aux exercices')
  await page.getByText('Je participe aussi aux exercices').last().click()
  await page.getByLabel('Vous êtes', { exact: true }).last().click()
  await page.getByRole('option', { name: 'Agent public' }).click()
  await presses('Rejoindre')
  await reads('Vous êtes dans l’atelier.')
}

async function writes({ page, types, presses, reads }: Player) {
  await types('silence')
  await reads('Silence jusqu’à')
  const titles = page.getByPlaceholder('Quelques mots')
  const sentences = page.getByPlaceholder('Si vous deviez')
  await titles.nth(0).fill('Un budget lisible')
  await sentences.nth(0).fill('Publier le budget en images.')
  await titles.nth(1).fill('Courriers simples')
  await sentences.nth(1).fill('Relire chaque courrier avec des usagers.')
  await presses('J’ai terminé')
  await reads('vous avez terminé')
}

/** What dialogs do elsewhere is typed here. */
async function mendsCards({ types, reads, opens }: Player) {
  await types('tout dévoiler')
  await reads('2 cartes affichées')
  await types('carte 1 Budget clair : Publier le budget en images simples.')
  await reads('Budget clair')
  await types('ajouter Budget en images : Publier le budget en images.')
  await reads('3 cartes affichées')
  await types('fusionner 1 3')
  await reads('2 cartes affichées')
  await types('ajouter Accueils : Rendre les accueils agréables.')
  await reads('3 cartes affichées')
  await types('retirer 4')
  await reads('2 cartes affichées')
  await opens('Ajouter un sujet')
}

async function rates({ page, presses, reads }: Player) {
  const choices = page.getByRole('combobox')
  const count = await choices.count()
  for (let index = 0; index < count; index++) {
    await choices.nth(index).click()
    await page.getByRole('option', { name: '4' }).click()
  }
  await presses('Enregistrer')
  await reads('Vos avis sont enregistrés')
}

/** What the link behind a button gives. */
async function downloads({ page }: Player, name: string): Promise<Rendered> {
  const [asked] = await Promise.all([
    page.context().waitForEvent('request', (one) => one.url().includes('/documents/')),
    page.getByText(name).last().click(),
  ])
  const body = Buffer.from(await (await fetch(asked.url())).arrayBuffer())
  return { type: '', fileName: '', body }
}
