import { afterEach, describe, expect, it } from 'vitest'
import { type TestConnector, wordsIn } from '../support/connector.ts'
import { linksIn, wordsAt } from '../support/finished.ts'
import { seat } from '../support/seat.ts'
import { bot, claire, cleanUp, identity, meeting, others, ownChat, said, shows } from '../support/wire.ts'

afterEach(cleanUp)

const [paul] = others as [(typeof others)[0]]
const kept = 'rien de ce qui s’écrit ici n’est repris ensuite'

/** Presses in her own chat, on the programme she prepared. */
const presses = async (chat: TestConnector, verb: string, inputs: Record<string, string>): Promise<string> =>
  wordsIn(
    (await chat.invoke(claire, verb, { verb, p: '1', ...inputs }, chat.activities().at(-1)?.id ?? '')).body,
  )

async function prepared(connector: TestConnector) {
  const running = await bot(connector)
  const chat = await ownChat(claire, running.botUrl)
  const her = seat(chat, claire)
  await her.types('préparer')
  await shows(chat, 'D’où partez-vous')
  await her.press('programme-begin', { from: 'novice', to: 'canvas', people: '9' })
  await presses(chat, 'programme-content', { objective: 'Choisir ensemble.', page: 'content' })
  return { ...running, chat, her }
}

describe('a rehearsal', () => {
  it('plays what she prepared before its day: it says so on each card and in its documents, and nothing comes of it', {
    timeout: 60_000,
  }, async () => {
    const connector = await meeting()
    const { chat, her, log } = await prepared(connector)
    await connector.installed(claire)
    await shows(connector, 'Lancer cet atelier')
    const host = seat(connector, claire)
    await host.types('répéter')
    await shows(connector, 'Répétition : J’identifie des sujets')
    await shows(connector, 'Choisir ensemble.')
    expect(said(connector)).toContain(kept)
    await seat(connector, paul).press('join', identity('Paul', 'Petit'))
    expect(await presses(chat, 'programme', { page: 'hub' })).toContain('avant le jour venu')

    await host.press('start')
    for (const step of [1, 2, 3, 4]) {
      await shows(connector, `Étape ${step} sur 7`)
      expect(latest(connector, `Étape ${step} sur 7`)).toContain(kept)
      if (step < 4) await host.press('next')
    }
    await seat(connector, paul).press('ideas-done', { title1: 'Des cantines', sentence1: 'Les ouvrir.' })
    await host.press('next')
    await host.press('cards-show-all')
    await shows(connector, 'Les ouvrir.')
    expect(latest(connector, 'Étape 5 sur 7')).toContain(kept)
    await host.types('terminer')
    await shows(connector, 'Télécharger')

    expect(latest(connector, 'Télécharger')).toContain(kept)
    const own = (await connector.refresh(claire, connector.activities().at(-1)?.id ?? '')).body
    expect(wordsIn(own)).toContain('Répétition : J’identifie des sujets')
    expect(wordsIn(own)).not.toContain('Préparer la suite')
    expect(await wordsAt(linksIn(own)[0] ?? '')).toContain('Répétition : J’identifie des sujets')

    expect(await presses(chat, 'programme', { page: 'hub' })).toContain('jouée')
    await her.types('mes ateliers')
    await shows(chat, 'Vous n’avez encore lancé aucun atelier')
    await host.types('lancer format-2')
    await shows(connector, 'Sujet de départ')
    await host.types('repartir du dernier atelier')
    await shows(connector, 'Cet élément n’existe plus')
    await host.types('sujet de départ Des cantines ouvertes : Publier les menus.')
    await host.press('start')
    await shows(connector, 'Nous repartirons avec un canevas d’engagement')
    expect(latest(connector, 'Étape 1 sur 7')).not.toContain('la dernière fois')
    expect(log.told.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('of what was not prepared, or of a workshop the path has not, is answered in a sentence', {
    timeout: 60_000,
  }, async () => {
    const connector = await meeting()
    const { her, chat } = await prepared(connector)
    await connector.installed(claire)
    await seat(connector, claire).types('répéter 3')
    await shows(connector, 'Votre parcours compte 2 ateliers')
    await seat(connector, { ...paul, role: 'Organizer' }).types('répéter')
    await shows(connector, 'Préparez d’abord un atelier dans votre conversation privée')
    expect(said(connector)).not.toContain('Avant de commencer')
    await seat(connector, claire).types('répéter 2')
    await shows(connector, 'Répétition : Je circonscris le sujet')
    await her.types('répéter')
    await shows(chat, '@Ouverture répéter 2')
  })

  it('is of the programme that it names, and the page of that one says how', {
    timeout: 60_000,
  }, async () => {
    const connector = await meeting()
    const { chat } = await prepared(connector)
    await connector.installed(claire)
    const page = () => presses(chat, 'programme', { page: 'rehearse' })
    expect(await page()).not.toContain('répéter 2 programme')
    await presses(chat, 'programme-begin', { from: 'subject', to: 'canvas', people: '8' })
    expect(await page()).toContain('@Ouverture répéter 2 programme 1')
    await seat(connector, claire).types('répéter programme 9')
    await shows(connector, 'Ce programme n’est pas parmi les vôtres')
    await seat(connector, claire).types('répéter programme 1')
    await shows(connector, 'Répétition : J’identifie des sujets')
  })

  it('is for whoever may launch: someone who only attends is refused, with what she prepared', {
    timeout: 60_000,
  }, async () => {
    const connector = await meeting({ people: [{ ...claire, role: 'Attendee' }, ...others] })
    await prepared(connector)
    await connector.installed(claire)
    await seat(connector, claire).types('répéter')
    await shows(connector, 'Seules les personnes qui organisent')
    expect(said(connector)).not.toContain('Avant de commencer')
  })
})

/** Every word of the last card that holds this. */
const latest = (connector: TestConnector, text: string): string =>
  wordsIn(connector.activities().findLast(({ card }) => wordsIn(card).includes(text))?.card)
