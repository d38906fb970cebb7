import { afterEach, describe, expect, it } from 'vitest'
import { frenchCalendar } from '../../src/calendar.ts'
import { wordsIn } from '../support/connector.ts'
import { seat } from '../support/seat.ts'
import { bot, claire, cleanUp, lobby, meeting, others, ownChat, shows } from '../support/wire.ts'

afterEach(cleanUp)

const calendar = frenchCalendar('Europe/Paris')
const [paul = claire] = others
const objective = 'Choisir trois sujets à ouvrir.'

/** In her own chat: a workshop to choose a subject, planned for in three days, and what is said of it. */
async function prepares(botUrl: string): Promise<void> {
  const chat = await ownChat(claire, botUrl)
  const her = seat(chat, claire)
  await her.types('préparer')
  await shows(chat, 'D’où partez-vous')
  await her.press('programme-begin', { from: 'novice', to: 'subject', people: '8' })
  const at = Date.now() + 3 * 86_400_000
  const card = chat.activities().at(-1)?.id ?? ''
  const says = async (verb: string, page: string, fields: Record<string, string>) => {
    const { body } = await chat.invoke(claire, verb, { verb, p: '1', page, ...fields }, card)
    expect(wordsIn(body)).toContain('C’est enregistré')
  }
  const planned = { 'date-0-1': calendar.dayAt(at), 'time-0-1': '14:00' }
  await says('programme-dates', 'dates', planned)
  await says('programme-content', 'content', { objective })
}

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
