import { afterEach, describe, expect, it } from 'vitest'
import type { Meeting } from '../../src/core/meeting.ts'
import { lowdbStore } from '../../src/stores/lowdb.ts'
import { freshFolder, removeFolder, startBot } from '../support/bot.ts'
import { firstPlayed, idOf, thirdPlayed } from '../support/chained.ts'
import { actionIn, at, type Card, type Guest, type TestConnector, wordsIn } from '../support/connector.ts'
import { seat } from '../support/seat.ts'
import { cleanUp, later, ownChat, said, shows } from '../support/wire.ts'

afterEach(cleanUp)

const marie: Guest = { id: idOf('marie'), name: 'Marie Durand', aadObjectId: 'aad-marie' }
const paul: Guest = { id: idOf('paul'), name: 'Paul Martin', aadObjectId: 'aad-paul' }

/** A data folder that holds this workshop, played to its end. */
async function holding(played: { meeting(): Meeting }): Promise<string> {
  const dataDir = freshFolder()
  later(() => removeFolder(dataDir))
  const store = lowdbStore(dataDir)
  await store.save({ ...played.meeting(), version: 1, outbox: [] })
  await store.close()
  return dataDir
}

async function botOn(dataDir: string) {
  const bot = await startBot({ DATA_DIR: dataDir })
  later(() => bot.close())
  return bot
}

/** Her record, changed while no bot runs. */
async function changed(dataDir: string, chat: TestConnector, change: (before: Meeting) => Meeting) {
  const store = lowdbStore(dataDir)
  const before = await store.load(chat.conversationId)
  if (!before) throw new Error('nothing is kept of her chat')
  await store.save({ ...change(before), version: before.version + 1 })
  await store.close()
}

/** As if the day on which the first of them is due had come an hour ago. */
const dueAnHourAgo = (before: Meeting): Meeting => ({
  ...before,
  programmes: before.programmes.map((one) => ({
    ...one,
    told: [],
    followUps: one.followUps.map((two, index) =>
      index === 0 ? { ...two, at: Date.now() - 3_600_000 } : two,
    ),
  })),
})

const times = (said: string, text: string) => said.split(text).length - 1

/** A button of a card that stands in place of another. */
async function pressedOn(
  card: Card,
  verb: string,
  { chat, who, more = {} }: { chat: TestConnector; who: Guest; more?: Record<string, string> },
): Promise<Card> {
  const data = at(actionIn(card, verb), 'data') as Card
  const { body } = await chat.invoke(who, verb, { ...data, ...more }, chat.activities().at(-1)?.id ?? '')
  return at(body, 'value') as Card
}

describe('what a workshop decided, for the organiser who prepared nothing', () => {
  it('is taken from its documents, comes back once on its day though the bot was down, and is ticked off', {
    timeout: 90_000,
  }, async () => {
    const dataDir = await holding(thirdPlayed())
    const bot = await botOn(dataDir)
    const chat = await ownChat(marie, bot.botUrl)
    const her = seat(chat, marie)
    await her.types('mes ateliers')
    await shows(chat, 'Mes ateliers')
    const documents = await her.press('documents')
    const page = await pressedOn(documents, 'programme-decided', { chat, who: marie })
    for (const text of ['2 étapes vous seront rappelées', 'La direction des finances'])
      expect(wordsIn(page)).toContain(text)
    const twice = await pressedOn(documents, 'programme-decided', { chat, who: marie })
    expect(times(wordsIn(twice), 'La direction des finances')).toBe(1)

    await bot.close()
    await changed(dataDir, chat, dueAnHourAgo)
    const again = await botOn(dataDir)
    chat.talkTo(again.botUrl)
    await shows(chat, 'Rappel')
    expect(said(chat)).toContain('Un jeu de données, ouvert')
    const ticked = await her.press('programme-followed')
    expect(wordsIn(ticked)).toContain('✓')

    await again.close()
    await changed(dataDir, chat, (before) => before)
    const last = await botOn(dataDir)
    chat.talkTo(last.botUrl)
    await her.types('mes programmes')
    await shows(chat, '1 suite à venir')
    expect(times(said(chat), 'Rappel')).toBe(1)
  })

  it('is given a day by her where it had none', { timeout: 60_000 }, async () => {
    const bot = await botOn(await holding(firstPlayed()))
    const chat = await ownChat(marie, bot.botUrl)
    const her = seat(chat, marie)
    await her.types('mes ateliers')
    await shows(chat, 'Mes ateliers')
    const page = await pressedOn(await her.press('documents'), 'programme-decided', { chat, who: marie })
    expect(wordsIn(page)).toContain('Le deuxième atelier se tient dans une semaine.')
    const [undated, dated] = [
      await pressedOn(page, 'programme-follow', { chat, who: marie, more: { nextDate: '' } }),
      await pressedOn(page, 'programme-follow', { chat, who: marie, more: { nextDate: '2099-01-12' } }),
    ]
    expect(wordsIn(undated)).toContain('Ce champ est vide')
    expect(wordsIn(dated)).toContain('12 janvier 2099')
    expect(wordsIn(dated)).not.toContain('Me rappeler ces prochaines étapes')
  })

  it('is nobody else’s to take: whoever names her session in her own chat is refused', {
    timeout: 60_000,
  }, async () => {
    const bot = await botOn(await holding(thirdPlayed()))
    const chat = await ownChat(paul, bot.botUrl)
    await seat(chat, paul).types('aide')
    await shows(chat, 'mes ateliers')
    for (const verb of ['programme-decided', 'programme-follow']) {
      const named = {
        m: '19:meeting',
        s: '1',
        next: '19:meeting|1|next-steps',
        nextDate: '2099-01-12',
        p: '',
      }
      const { body } = await chat.invoke(paul, verb, { verb, ...named }, chat.activities().at(-1)?.id ?? '')
      expect(wordsIn(body)).toContain('réservé à l’équipe d’organisation')
    }
  })
})
