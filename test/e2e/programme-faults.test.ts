import { afterEach, describe, expect, it } from 'vitest'
import { freshFolder, removeFolder, spawnBot } from '../support/bot.ts'
import { type TestConnector, wordsIn } from '../support/connector.ts'
import { seat } from '../support/seat.ts'
import { claire, cleanUp, later, ownChat, said, shows } from '../support/wire.ts'

afterEach(cleanUp)

const times = (text: string, words: string): number => text.split(words).length - 1

/** A bot of its own process on one data folder: it is killed, and started again. */
async function mortal() {
  const dataDir = freshFolder()
  later(() => removeFolder(dataDir))
  const first = await spawnBot(dataDir)
  later(() => first.kill())
  const chat = await ownChat(claire, first.botUrl)
  await seat(chat, claire).types('préparer')
  await shows(chat, 'D’où partez-vous')
  const message = chat.activities()[0]?.id ?? ''
  const send = (verb: string, inputs: Record<string, string>) =>
    chat.invoke(claire, verb, { verb, p: '1', ...inputs }, message)
  await send('programme-begin', { from: 'novice', to: 'subject', people: '10' })
  return {
    chat,
    send,
    die: () => first.kill(),
    async again() {
      const second = await spawnBot(dataDir)
      later(() => second.kill())
      chat.talkTo(second.botUrl)
    },
  }
}

const pageOf = async ({ send }: Awaited<ReturnType<typeof mortal>>, page: string): Promise<string> =>
  wordsIn((await send('programme', { page })).body)

describe('what an organiser prepares, on a bot that is killed', () => {
  it('keeps each guest that was told as kept, and none twice', { timeout: 60_000 }, async () => {
    const here = await mortal()
    const names = Array.from({ length: 20 }, (_, index) => `Personne ${String.fromCharCode(65 + index)}`)
    const kept: string[] = []
    const invites = (name: string) =>
      here
        .send('programme-invite', { guests: name, group: '', page: 'guests' })
        .then(({ body }) => (wordsIn(body).includes(name) ? void kept.push(name) : undefined))
    const inviting = Promise.allSettled(names.map(invites))
    await expect.poll(() => kept.length, { interval: 1 }).toBeGreaterThanOrEqual(4)
    await here.die()
    await inviting
    await here.again()

    const after = await pageOf(here, 'guests')
    for (const name of kept) expect(times(after, name), name).toBe(1)
    for (const name of names) expect(times(after, name), name).toBeLessThanOrEqual(1)
    await Promise.all(names.map(invites))
    const whole = await pageOf(here, 'guests')
    for (const name of names) expect(times(whole, name), name).toBe(1)
  })

  it('does once what is delivered several times, before and after it died', { timeout: 60_000 }, async () => {
    const here = await mortal()
    const typed = { type: 'message', text: 'suite 03/06/2030 réunir le groupe', id: 'the-same' }
    const pressed = {
      type: 'invoke',
      name: 'adaptiveCard/action',
      id: 'the-same-press',
      replyToId: here.chat.activities()[0]?.id ?? '',
      value: {
        action: {
          type: 'Action.Execute',
          verb: 'programme-follow',
          data: { verb: 'programme-follow', p: '1', text: 'Publier les données', date: '2030-07-01', n: '2' },
        },
        trigger: 'manual',
      },
    }
    const delivered = (activity: Parameters<TestConnector['send']>[1]) => here.chat.send(claire, activity)
    await Promise.all([1, 2, 3].map(() => delivered(typed)))
    await Promise.all([1, 2, 3].map(() => delivered(pressed)))
    await shows(here.chat, 'réunir le groupe')
    await here.die()
    await here.again()
    await delivered(typed)
    expect(wordsIn((await delivered(pressed)).body)).toContain('Publier les données')

    const page = await pageOf(here, 'follow')
    // Once in its row, once in the list of those that can be taken off.
    expect(times(page, 'C’est fait')).toBe(2)
    expect(page).toContain('Publier les données')
    expect(times(said(here.chat), '3 juin 2030')).toBe(1)
  })
})
