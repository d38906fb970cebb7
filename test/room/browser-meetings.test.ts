import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type RoomClock, type RunningRoom, roomClock, startRoom } from '../../src/room/index.ts'
import { chromiumPath, openBrowser, phone, wide } from '../support/browser.ts'
import { card, type Heard, type TinyBot, text, tinyBot } from './tiny-bot.ts'

const joins = (name: string) => (heard: Heard) =>
  heard.name === 'application/vnd.microsoft.meetingParticipantJoin' && heard.from.name === name

describe.skipIf(!chromiumPath)(
  'from one meeting to the next, in a browser (needs Chromium)',
  { timeout: 60_000 },
  () => {
    let browser: Browser
    let bot: TinyBot
    let room: RunningRoom
    let clock: RoomClock
    let dataDir: string
    /** One browser profile: its tabs share what it remembers. */
    let profile: BrowserContext
    beforeAll(async () => {
      browser = await openBrowser()
    }, 60_000)
    afterAll(() => browser?.close())
    beforeEach(async () => {
      dataDir = mkdtempSync(join(tmpdir(), 'room-'))
      bot = await tinyBot((heard, tiny) =>
        heard.type === 'installationUpdate' ? tiny.post(heard, card([text('Bienvenue')])) : undefined,
      )
      await start(0)
      profile = await browser.newContext({ viewport: wide })
    })
    afterEach(async () => {
      await profile.close()
      await room.close()
      await bot.close()
      rmSync(dataDir, { recursive: true })
    })

    async function start(port: number): Promise<void> {
      clock = roomClock({ file: join(dataDir, 'clock.json') })
      room = await startRoom({
        port,
        botUrl: bot.url,
        clock,
        dataDir,
        zone: 'Europe/Paris',
        leaveAfter: 300,
        defaultMeetingTitle: 'Atelier 1',
      })
    }

    async function tab(path = '', viewport = wide): Promise<Page> {
      const page = await profile.newPage()
      await page.setViewportSize(viewport)
      page.setDefaultTimeout(15_000)
      await page.goto(`${room.url}${path}`)
      return page
    }

    async function enter(page: Page, name: string): Promise<Page> {
      await page.getByLabel('Votre nom').fill(name)
      await page.getByRole('button', { name: 'Entrer dans la réunion' }).click()
      await page.getByRole('log').waitFor()
      return page
    }

    const joinsOf = (name: string): Heard[] => bot.heard.filter(joins(name))
    const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true }).waitFor()
    const rail = (page: Page) => page.getByRole('navigation', { name: 'Conversations' })
    const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

    it('creates a meeting once, is the same person in each, and none that is open is unread', async () => {
      const anne = await enter(await tab('?role=organizer'), 'Anne Martin')
      for (const title of ['Atelier 2', 'Atelier 3']) {
        await press(anne, 'Nouvelle réunion')
        await anne.getByRole('button', { name: 'Créer la réunion' }).dblclick()
        await heading(anne, title)
        await anne.getByText('Bienvenue').waitFor()
      }
      expect(
        await rail(anne)
          .getByText(/^Atelier/u)
          .allInnerTexts(),
      ).toEqual(['Atelier 1', 'Atelier 2', 'Atelier 3'])
      expect(await anne.getByRole('img', { name: 'non lu' }).count()).toBe(0)
      await bot.hears(() => joinsOf('Anne Martin').length === 3)
      expect(new Set(joinsOf('Anne Martin').map((heard) => heard.from.id)).size).toBe(1)

      const [first] = bot.heard
      if (first) await bot.post(first, card([text('Encore')]))
      await rail(anne).getByRole('img', { name: 'non lu' }).waitFor()
      await press(anne, 'Atelier 1 non lu')
      await heading(anne, 'Atelier 1')
      await expect.poll(() => anne.getByRole('img', { name: 'non lu' }).count()).toBe(0)
    })

    it('is followed by link in the same tab, and changed by hand on a phone', async () => {
      const anne = await enter(await tab('?role=organizer'), 'Anne Martin')
      const paul = await enter(await tab('?role=attendee', phone), 'Paul Roux')
      await press(anne, 'Nouvelle réunion')
      await press(anne, 'Créer la réunion')
      await heading(anne, 'Atelier 2')
      await paul.goto(anne.url())
      await heading(paul, 'Atelier 2')
      await paul.getByRole('button', { name: 'Conversations' }).click()
      await press(paul, 'Atelier 1')
      await heading(paul, 'Atelier 1')
      await bot.hears(() => new Set(joinsOf('Paul Roux').map((heard) => heard.conversation.id)).size === 2)
      expect(new Set(joinsOf('Paul Roux').map((heard) => heard.from.id)).size).toBe(1)
    })

    it('finds again who closed the tab, and lets another tab be someone else', async () => {
      const anne = await enter(await tab('?role=organizer'), 'Anne Martin')
      const paul = await enter(await tab('?role=attendee'), 'Paul Roux')
      const zoe = await enter(await tab('?role=attendee'), 'Zoé Petit')
      const ids = await Promise.all(['Paul Roux', 'Zoé Petit'].map((name) => bot.hears(joins(name))))
      expect(ids[0]?.from.id).not.toBe(ids[1]?.from.id)

      await paul.close()
      await anne.getByText('1 personne n’est plus là').waitFor()
      await anne.getByText('Réunion en cours · 2 personnes').waitFor()
      expect(await anne.getByRole('heading', { name: /^Participants/u }).innerText()).toBe('Participants 2')

      const back = await tab('?role=attendee')
      expect(await back.getByRole('button', { name: /^Revenir/u }).allInnerTexts()).toEqual([
        expect.stringContaining('Revenir en tant que Paul Roux'),
      ])
      await back.getByRole('button', { name: 'Revenir en tant que Paul Roux' }).click()
      await back.getByText('Vous êtes Paul Roux').waitFor()
      await anne.getByText('Réunion en cours · 3 personnes').waitFor()
      await bot.hears(() => joinsOf('Paul Roux').length === 2)
      expect(new Set(joinsOf('Paul Roux').map((heard) => heard.from.id)).size).toBe(1)

      await zoe.close()
      await anne.getByText('1 personne n’est plus là').waitFor()
      const other = await tab('?role=attendee')
      await press(other, 'Entrer comme une autre personne')
      await enter(other, 'Léa Faure')
      await other.getByText('Vous êtes Léa Faure').waitFor()
    })

    it('moves a week on, asks first while a meeting goes on, and tells the day from then', async () => {
      const anne = await enter(await tab('?role=organizer'), 'Anne Martin')
      const before = clock.now()
      await press(anne, 'Avancer d’une semaine')
      await press(anne, 'Annuler')
      expect(clock.now() - before).toBeLessThan(60_000)
      await press(anne, 'Avancer d’une semaine')
      await anne.getByRole('button', { name: 'Avancer quand même' }).dblclick()
      const day = new Date(before + 7 * 24 * 3_600_000)
      const told = day.toLocaleDateString('fr-FR', { weekday: 'long', timeZone: 'Europe/Paris' })
      await anne.getByText(new RegExp(`Nous sommes le ${told}`, 'u')).waitFor()
      await anne.getByTitle(new RegExp(`^Heure de la salle\\s: ${told}`, 'u')).waitFor()
      expect(Math.round((clock.now() - before) / 3_600_000)).toBe(7 * 24)

      await press(anne, 'Terminer la réunion')
      await anne.getByText('Réunion terminée').waitFor()
      await press(anne, 'Avancer d’un jour')
      await expect.poll(() => Math.round((clock.now() - before) / 3_600_000)).toBe(8 * 24)
    })

    it('tells the hour as the cards do', async () => {
      const anne = await enter(await tab('?role=organizer'), 'Anne Martin')
      await anne.getByTitle(/^Heure de la salle\s: \d{1,2}\u00A0h(\u00A0\d\d)?$/u).waitFor()
      const mary = await tab('?role=attendee&lang=en')
      await mary.getByLabel('Your name').fill('Mary Fisher')
      await mary.getByRole('button', { name: 'Enter the meeting' }).click()
      await mary.getByTitle(/^Room time: \d\d:\d\d$/u).waitFor()
    })

    it('adds simulated participants once, be it a double click', async () => {
      const anne = await enter(await tab('?role=organizer'), 'Anne Martin')
      await anne.getByLabel('Nombre').selectOption('3')
      await anne.getByRole('button', { name: 'Ajouter des participants simulés' }).dblclick()
      await anne.getByText('3 participants simulés sont arrivés.').waitFor()
      expect(await anne.getByText('Simulé', { exact: true }).count()).toBe(3)
    })

    it('takes the error of a lost connection away once it is back', async () => {
      const anne = await enter(await tab('?role=organizer'), 'Anne Martin')
      const { port } = room
      await room.close()
      await anne.getByText('Connexion perdue').waitFor()
      const box = anne.getByRole('textbox', { name: 'Écrire un message' })
      await box.fill('Vous m’entendez ?')
      await anne.keyboard.press('Enter')
      await press(anne, 'Ajouter des participants simulés')
      await anne.getByText('Une erreur s’est produite').waitFor()
      await anne.getByText('L’action n’a pas abouti').waitFor()

      await start(port)
      await expect.poll(() => anne.getByText('Une erreur s’est produite').count()).toBe(0)
      expect(await anne.getByText('L’action n’a pas abouti').count()).toBe(0)
      expect(await anne.getByText('Connexion perdue').count()).toBe(0)
      expect(await box.inputValue()).toBe('Vous m’entendez ?')
    })
  },
)
