import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Meeting } from '../../src/core/meeting.ts'
import { lowdbStore } from '../../src/stores/lowdb.ts'
import { type BotProcess, freshFolder, removeFolder, spawnBot } from '../support/bot.ts'
import { at, type Card, type TestConnector, wordsIn } from '../support/connector.ts'
import { seat } from '../support/seat.ts'
import { claire, cleanUp, later, ownChat, said, shows } from '../support/wire.ts'

afterEach(cleanUp)

/** Her chat with a bot in a process of its own, and a programme begun in it. */
async function begun(): Promise<{ chat: TestConnector; dataDir: string; bot: BotProcess }> {
  const dataDir = freshFolder()
  later(() => removeFolder(dataDir))
  const bot = await runningOn(dataDir)
  const chat = await ownChat(claire, bot.botUrl)
  const her = seat(chat, claire)
  await her.types('préparer')
  await shows(chat, 'D’où partez-vous')
  await her.press('programme-begin', { from: 'novice', to: 'subject', people: '10' })
  return { chat, dataDir, bot }
}

async function runningOn(dataDir: string): Promise<BotProcess> {
  const bot = await spawnBot(dataDir)
  later(() => bot.kill())
  return bot
}

/** What is kept of her chat on disk, as another process would find it. */
function kept(dataDir: string): { guests: string[]; followUps: string[] } {
  const folder = join(dataDir, 'meetings')
  const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.json'))
  const record: Meeting = JSON.parse(readFileSync(join(folder, file), 'utf8'))
  const [programme] = record.programmes
  return {
    guests: programme?.guests.map(({ name }) => name) ?? [],
    followUps: programme?.followUps.map(({ text }) => text) ?? [],
  }
}

interface Gesture {
  id: string
  verb: string
  fields: Card
}

const asked = (chat: TestConnector, { id, verb, fields }: Gesture) =>
  chat.send(claire, {
    type: 'invoke',
    id,
    name: 'adaptiveCard/action',
    replyToId: chat.activities().at(-1)?.id ?? '',
    value: { action: { type: 'Action.Execute', verb, data: { verb, p: '1', ...fields } } },
  })

const inviting = (name: string): Gesture => ({
  id: `invite ${name}`,
  verb: 'programme-invite',
  fields: { guests: name, group: '', page: 'guests' },
})

const following = (text: string): Gesture => ({
  id: `follow ${text}`,
  verb: 'programme-follow',
  fields: { text, date: '2099-01-12', page: 'follow' },
})

const saved = 'C’est enregistré'

describe('a bot that is killed while an organiser prepares', () => {
  it.each([2, 5, 9])(
    'kept all it said it had kept, and takes the rest once when it is sent again: killed at answer %i',
    { timeout: 60_000 },
    async (last) => {
      const { chat, dataDir, bot } = await begun()
      const names = Array.from({ length: 12 }, (_, index) => `Personne ${'ABCDEFGHIJKL'[index]}`)
      const run = names.flatMap((name) => [inviting(name), following(`Écrire à ${name}`)])
      const told: Gesture[] = []
      let dying: Promise<void> | null = null
      for (const one of run) {
        const answer = asked(chat, one).catch(() => null)
        // In the middle of the one that follows.
        if (told.length === last) dying = bot.kill()
        if (wordsIn((await answer)?.body).includes(saved)) told.push(one)
        if (dying) break
      }
      await dying
      const before = kept(dataDir)
      const [guests, followUps] = [namesIn(told), textsIn(told)]
      expect(told.length).toBeGreaterThanOrEqual(last)
      expect(before.guests.slice(0, guests.length)).toEqual(guests)
      expect(before.followUps.slice(0, followUps.length)).toEqual(followUps)
      expect(before.guests.length + before.followUps.length).toBeLessThanOrEqual(told.length + 1)

      chat.talkTo((await runningOn(dataDir)).botUrl)
      for (const one of run) expect((await asked(chat, one)).status).toBe(200)
      expect(kept(dataDir)).toEqual({ guests: names, followUps: textsIn(run) })
    },
  )
})

const namesIn = (some: Gesture[]) => some.flatMap(({ fields: { guests } }) => guests ?? [])
const textsIn = (some: Gesture[]) => some.flatMap(({ fields: { text } }) => text ?? [])

describe('what an organiser prepares, delivered again', () => {
  it.each([
    ['an invitation', inviting('Paul Petit'), 'Paul Petit'],
    ['something to follow', following('Réunir le groupe de travail'), 'Réunir le groupe de travail'],
  ])(
    '%s: is written once and answered alike each time, after a kill too',
    {
      timeout: 60_000,
    },
    async (_, gesture, shown) => {
      const { chat, dataDir, bot } = await begun()
      const first = await asked(chat, gesture)
      expect(wordsIn(first.body)).toContain(shown)
      const again = await asked(chat, gesture)
      const other = await asked(chat, { ...gesture, id: 'another' })
      await bot.kill()
      chat.talkTo((await runningOn(dataDir)).botUrl)
      const restarted = await asked(chat, gesture)
      for (const { status, body } of [again, other, restarted]) {
        expect(status).toBe(200)
        expect(at(body, 'value')).toEqual(at(first.body, 'value'))
      }
      const { guests, followUps } = kept(dataDir)
      expect([...guests, ...followUps]).toEqual([shown])
    },
  )
})

/** As if this day had come an hour ago, while no bot runs. */
async function dueAnHourAgo(dataDir: string, chat: TestConnector): Promise<void> {
  const store = lowdbStore(dataDir)
  const before = await store.load(chat.conversationId)
  if (!before) throw new Error('nothing is kept of her chat')
  const programmes = before.programmes.map((one) => ({
    ...one,
    followUps: one.followUps.map((two) => ({ ...two, at: Date.now() - 3_600_000 })),
  }))
  await store.save({ ...before, programmes, version: before.version + 1 })
  await store.close()
}

const reminders = (chat: TestConnector) =>
  chat.requests.filter((one) => one.method === 'POST' && wordsIn(one.body).includes('Rappel')).length

describe('what was to be called to mind while the bot was down', () => {
  it('is, once, when it is back: not again after another kill, nor where the first was cut off', {
    timeout: 60_000,
  }, async () => {
    const { chat, dataDir, bot } = await begun()
    await asked(chat, following('Réunir le groupe de travail'))
    await bot.kill()
    await dueAnHourAgo(dataDir, chat)
    const back = await runningOn(dataDir)
    chat.talkTo(back.botUrl)
    await shows(chat, 'Rappel')
    expect(said(chat)).toContain('Réunir le groupe de travail')
    // Whether or not it has read that the message was taken.
    await back.kill()
    for (const _ of ['again', 'and again']) {
      const another = await runningOn(dataDir)
      chat.talkTo(another.botUrl)
      const before = chat.activities().length
      // What was left to send stands before what is said after it.
      await seat(chat, claire).types('mes programmes')
      await chat.until(() => chat.activities().length > before)
      await another.kill()
    }
    expect(reminders(chat)).toBe(1)
    expect(kept(dataDir).followUps).toEqual(['Réunir le groupe de travail'])
  })
})
