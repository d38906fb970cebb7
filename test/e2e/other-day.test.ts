import { afterEach, describe, expect, it } from 'vitest'
import { frenchCalendar } from '../../src/calendar.ts'
import { type TestConnector, wordsIn } from '../support/connector.ts'
import { type Seat, seat } from '../support/seat.ts'
import { bot, claire, cleanUp, lobby, meeting, others, ownChat, shows } from '../support/wire.ts'

afterEach(cleanUp)

const calendar = frenchCalendar('Europe/Paris')
const [paul = claire] = others
const day = 86_400_000
const objective = 'Choisir trois sujets à ouvrir.'

/** In her own chat: workshops of which the first is in so many days, the second too, and what is said of them. */
async function prepares(
  botUrl: string,
  { to, first, second }: { to: string; first: number; second?: number } = { to: 'subject', first: 3 },
): Promise<void> {
  const chat = await ownChat(claire, botUrl)
  const her = seat(chat, claire)
  await her.types('préparer')
  await shows(chat, 'D’où partez-vous')
  await her.press('programme-begin', { from: 'novice', to, people: '8' })
  const card = chat.activities().at(-1)?.id ?? ''
  const says = async (verb: string, page: string, fields: Record<string, string>) => {
    const { body } = await chat.invoke(claire, verb, { verb, p: '1', page, ...fields }, card)
    expect(wordsIn(body)).toContain('C’est enregistré')
  }
  const planned = [first, second].flatMap((days, step) => {
    const at = Date.now() + (days ?? 0) * day + 600_000
    return days === undefined
      ? []
      : [
          [`date-${step}-1`, calendar.dayAt(at)],
          [`time-${step}-1`, calendar.timeAt(at)],
        ]
  })
  await says('programme-dates', 'dates', Object.fromEntries(planned))
  await says('programme-content', 'content', { objective })
}

/** Another meeting, with the same bot, where she types « lancer ». */
async function launches(connector: TestConnector, botUrl: string): Promise<Seat> {
  connector.talkTo(botUrl)
  const host = seat(connector, claire)
  await connector.installed(claire)
  await shows(connector, 'Lancer cet atelier')
  await host.types('lancer')
  return host
}

describe('« lancer », with nothing more', () => {
  it('launches the workshop of hers that is planned for now, whichever of the path it is', {
    timeout: 60_000,
  }, async () => {
    const first = await meeting({ conversationId: '19:first@thread.v2' })
    const { botUrl } = await bot(first)
    await prepares(botUrl, { to: 'canvas', first: 0, second: 0.1 })
    const host = await launches(first, botUrl)
    await host.press('start')
    await shows(first, 'Étape 1 sur 7')
    await host.types('terminer l’atelier')
    await shows(first, 'Télécharger')

    const second = await meeting({ conversationId: '19:second@thread.v2' })
    const { card } = await (await launches(second, botUrl)).find('start')
    expect(wordsIn(card)).toContain('Je circonscris le sujet et je formule mon engagement')
    expect(wordsIn(card)).toContain('Préparé à l’avance')
  })

  it('launches the first workshop where nothing of hers is planned for now', {
    timeout: 60_000,
  }, async () => {
    const connector = await meeting()
    const { botUrl } = await bot(connector)
    await prepares(botUrl, { to: 'canvas', first: 3, second: 10 })
    const { card } = await (await launches(connector, botUrl)).find('choose-planned')
    expect(wordsIn(card)).toContain('J’identifie des sujets Gouvernement Ouvert')
  })
})

describe('a workshop launched on another day than the one it was prepared for', () => {
  it('says so to the one who launches, and takes up what was prepared once she says that it is this one', {
    timeout: 60_000,
  }, async () => {
    const connector = await meeting()
    const { botUrl, log } = await bot(connector)
    await prepares(botUrl)
    const { host } = await lobby(connector)

    expect(await host.reads()).not.toContain(objective)
    const { card } = await host.find('choose-planned')
    expect(wordsIn(card)).toContain('Vous avez préparé un tel atelier pour')
    expect(await seat(connector, paul).offered('choose-planned')).toBe(false)

    await host.press('choose-planned')
    await shows(connector, objective)
    const { card: after } = await host.find('start')
    expect(wordsIn(after)).toContain('Préparé à l’avance')
    expect(await host.offered('choose-planned')).toBe(false)
    await host.types('c’est l’atelier préparé')
    await shows(connector, 'C’est déjà l’atelier que vous aviez préparé.')
    expect(log.told.filter(({ level }) => level !== 'info')).toEqual([])
  })

  it('is begun without it where she does not, and still takes it up when she types so', {
    timeout: 60_000,
  }, async () => {
    const connector = await meeting()
    const { botUrl } = await bot(connector)
    await prepares(botUrl)
    const { host } = await lobby(connector)
    await host.press('start')
    await shows(connector, 'Étape 1 sur 7')
    expect(await host.reads()).not.toContain(objective)
    await host.types('c’est l’atelier préparé')
    await shows(connector, 'je reprends ce que vous aviez préparé')
    await shows(connector, objective)
  })

  it('has nothing to take up where nothing was prepared: a sentence says where to look', {
    timeout: 60_000,
  }, async () => {
    const connector = await meeting()
    await bot(connector)
    const { host } = await lobby(connector)
    expect(await host.offered('choose-planned')).toBe(false)
    await host.types('atelier préparé')
    await shows(connector, 'Vous n’avez préparé aucun atelier de ce format')
  })
})
