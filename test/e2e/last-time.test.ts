import { afterEach, describe, expect, it } from 'vitest'
import { frenchCalendar } from '../../src/calendar.ts'
import { type TestConnector, wordsIn } from '../support/connector.ts'
import { seat } from '../support/seat.ts'
import { bot, claire, cleanUp, lobby, meeting, others, ownChat, shows } from '../support/wire.ts'

afterEach(cleanUp)

const calendar = frenchCalendar('Europe/Paris')
const heading = 'Ce qui avait été décidé la dernière fois'
const [paul = claire, , tom = claire] = others

/** In her own chat: a workshop to choose a subject and one to write a canvas, in a few minutes each. */
async function prepares(botUrl: string): Promise<void> {
  const chat = await ownChat(claire, botUrl)
  const her = seat(chat, claire)
  await her.types('préparer')
  await shows(chat, 'D’où partez-vous')
  await her.press('programme-begin', { from: 'novice', to: 'canvas', people: '9' })
  const [first, second] = [Date.now() + 600_000, Date.now() + 1_200_000]
  const { body } = await chat.invoke(
    claire,
    'programme-dates',
    {
      ...{ verb: 'programme-dates', p: '1', page: 'dates' },
      ...{ 'date-0-1': calendar.dayAt(first), 'time-0-1': calendar.timeAt(first) },
      ...{ 'date-1-1': calendar.dayAt(second), 'time-1-1': calendar.timeAt(second) },
    },
    chat.activities().at(-1)?.id ?? '',
  )
  expect(wordsIn(body)).toContain('C’est enregistré')
}

/** The workshop of this meeting, to its end, with one of its subjects to be carried first. */
async function chooses(connector: TestConnector, subjects: [string, string]): Promise<void> {
  const { host, seats } = await lobby(connector)
  await host.press('start')
  for (const step of [1, 2, 3, 4]) {
    if (step > 1) await host.press('next')
    await shows(connector, `Étape ${step} sur 7`)
  }
  for (const [index, title] of subjects.entries())
    await seats[index]?.press('ideas-done', { title1: title, sentence1: `Une phrase sur ${title}.` })
  await host.press('next')
  await shows(connector, 'Étape 5 sur 7')
  await host.press('cards-show-all')
  await shows(connector, subjects[0])
  await host.press('next')
  await shows(connector, 'Étape 6 sur 7')
  await host.press('reveal')
  await shows(connector, 'Le classement')
  await host.types('priorité 2')
  await shows(connector, '★ Prioritaire')
  await host.press('next')
  await shows(connector, 'Étape 7 sur 7')
  await host.press('next')
  await shows(connector, 'Télécharger')
}

/** The card of the introduction as it stands in this meeting, and as this person has it. */
async function introduction(connector: TestConnector, who = claire): Promise<string> {
  const card = connector.activities().findLast((one) => wordsIn(one.card).includes('Étape 1 sur 7'))
  const { body } = await connector.refresh(who, card?.id ?? '')
  return `${wordsIn(card?.card)}\n${wordsIn(body)}`
}

/** A meeting of its own, where this workshop is opened by Claire and begun. */
async function opens(conversationId: string, botUrl: string, format: string): Promise<TestConnector> {
  const connector = await meeting({ conversationId, meetingId: conversationId })
  connector.talkTo(botUrl)
  const { host } = await lobby(connector, format)
  await host.press('start')
  await shows(connector, 'Étape 1 sur 7')
  return connector
}

describe('the next workshop of a programme', () => {
  it('opens with what the one before decided in another meeting, for everyone in the room', {
    timeout: 120_000,
  }, async () => {
    const first = await meeting({ conversationId: '19:first@thread.v2' })
    const { botUrl, log } = await bot(first)
    await prepares(botUrl)
    await chooses(first, ['Le budget en clair', 'Les menus des cantines'])

    const second = await opens('19:second@thread.v2', botUrl, 'format-2')
    for (const who of [claire, paul, tom]) {
      const told = await introduction(second, who)
      expect(told).toContain(heading)
      expect(told).toContain('Les menus des cantines')
      expect(told).toContain('2 sujets')
      expect(told).not.toContain('Une phrase sur')
      expect(told).not.toContain('Le budget en clair')
    }
    expect(log.told.filter(({ level }) => level !== 'info')).toEqual([])
  })

  it('tells nothing of a workshop that nobody prepared with it', { timeout: 120_000 }, async () => {
    const first = await meeting({ conversationId: '19:first@thread.v2' })
    const { botUrl } = await bot(first)
    await chooses(first, ['Le budget en clair', 'Les menus des cantines'])
    await prepares(botUrl)
    const second = await opens('19:second@thread.v2', botUrl, 'format-2')
    const told = await introduction(second)
    expect(told).not.toContain(heading)
    expect(told).not.toContain('cantines')
  })
})
