import { afterEach, describe, expect, it } from 'vitest'
import { freshFolder, removeFolder, spawnBot } from '../support/bot.ts'
import { type Card, type Guest, type TestConnector, wordsIn } from '../support/connector.ts'
import { finished } from '../support/finished.ts'
import { bot, claire, cleanUp, later, lobby, meeting, others, ownChat, shows } from '../support/wire.ts'

afterEach(cleanUp)

const paul: Guest = others[0] ?? claire

const posts = (connector: TestConnector) => connector.requests.filter((one) => one.method === 'POST').length

/** What shows in the chat when it is delivered, one of each kind. */
const kinds: [what: string, who: Guest, fields: Card, shown: string | RegExp][] = [
  ['a typed line', claire, { type: 'message', text: 'aide' }, /« .* »|aide/u],
  ['a line nobody understands', claire, { type: 'message', text: 'danser' }, 'Je n’ai pas compris'],
  ['an installation', claire, { type: 'installationUpdate', action: 'add' }, 'Lancer cet atelier'],
  [
    'a button of an old client that is refused',
    paul,
    { type: 'message', value: { verb: 'next', s: '1', k: 'step/x/1' }, replyToId: 'm1' },
    /atelier/u,
  ],
]

describe('an activity delivered again', () => {
  it.each(kinds)(
    '%s: shows once, however often, and after a kill',
    { timeout: 60_000 },
    async (_, who, fields, shown) => {
      const connector = await meeting()
      const dataDir = freshFolder()
      later(() => removeFolder(dataDir))
      const first = await spawnBot(dataDir)
      later(() => first.kill())
      connector.talkTo(first.botUrl)
      const sent = { ...fields, id: 'the-same' }
      const replies = await Promise.all([1, 2, 3].map(() => connector.send(who, sent)))
      replies.push(await connector.send(who, sent))
      expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200])
      await shows(connector, shown)
      // What was said twice would stand before what is said after it.
      await connector.message(others[1] ?? claire, 'aide')
      await connector.until(() => posts(connector) >= 2)
      expect(posts(connector)).toBe(2)
      await first.kill()

      const second = await spawnBot(dataDir)
      later(() => second.kill())
      connector.talkTo(second.botUrl)
      expect((await connector.send(who, sent)).status).toBe(200)
      await connector.message(others[2] ?? claire, 'aide')
      await connector.until(() => posts(connector) >= 3)
      expect(posts(connector)).toBe(3)

      await connector.send(who, { ...sent, id: 'another' })
      await connector.until(() => posts(connector) === 4)
    },
  )

  it('people who come and go are told once, in the order they came', { timeout: 60_000 }, async () => {
    const connector = await meeting()
    const { log } = await bot(connector)
    await lobby(connector)
    const member = (id: string) => ({ members: [{ user: { id } }] })
    const event = (name: string, id: string) =>
      connector.send(claire, {
        type: 'event',
        id,
        name: `application/vnd.microsoft.${name}`,
        value: member('29:paul'),
      })
    await event('meetingParticipantJoin', 'came')
    await event('meetingParticipantLeave', 'left')
    await event('meetingParticipantJoin', 'came')
    const outcomes = log.told
      .filter(({ message, facts }) => message === 'activity dealt with' && facts.kind === 'people-changed')
      .map(({ facts }) => facts.outcome)
    expect(outcomes).toEqual(['answered', 'answered', 'again'])
  })

  it('a press, a dialog: the same answer, one effect, under the same id or another, and after a kill', {
    timeout: 90_000,
  }, async () => {
    const connector = await meeting()
    const dataDir = freshFolder()
    later(() => removeFolder(dataDir))
    const first = await spawnBot(dataDir)
    later(() => first.kill())
    connector.talkTo(first.botUrl)
    const { host } = await lobby(connector)
    await host.press('start')
    await shows(connector, 'Étape 1 sur 7')
    const next = await host.find('next')
    const press = (id: string) =>
      connector.send(claire, {
        type: 'invoke',
        id,
        name: 'adaptiveCard/action',
        replyToId: next.message.id,
        value: { action: { type: 'Action.Execute', verb: 'next', data: next.action.data as Card } },
      })
    const note = (id: string) =>
      connector.send(claire, {
        type: 'invoke',
        id,
        name: 'task/submit',
        replyToId: next.message.id,
        value: {
          data: { s: '1', k: 'step/introduction/1', d: 'note', verb: 'note', text: 'Une seule fois' },
        },
      })
    const answers = await Promise.all(['n1', 'n1', 'n2', 'n3'].map(press))
    for (const { status, body } of answers) {
      expect(status).toBe(200)
      expect(body).toEqual(answers[0]?.body)
    }
    for (const { status } of await Promise.all(['t1', 't1', 't2'].map(note))) expect(status).toBe(200)
    await shows(connector, 'Étape 2 sur 7')
    await first.kill()
    const second = await spawnBot(dataDir)
    later(() => second.kill())
    connector.talkTo(second.botUrl)
    for (const { status } of [await press('n1'), await press('n4'), await note('t1'), await note('t4')])
      expect(status).toBe(200)
    await host.press('next')
    await shows(connector, 'Étape 3 sur 7')
    expect(connector.activities().filter((one) => wordsIn(one.card).includes('Étape 3 sur 7'))).toHaveLength(
      1,
    )
    expect(JSON.stringify(await own(connector)).match(/Une seule fois/gu)).toHaveLength(1)
  })

  it('a file that was asked for, or accepted, comes once', { timeout: 90_000 }, async () => {
    const connector = await meeting()
    const { botUrl } = await bot(connector)
    const { host } = await finished(connector)
    const chat = await ownChat(host.who, botUrl)
    const data = { verb: 'file', document: 'report', m: connector.conversationId, s: '1' }
    const ask = (id: string) =>
      chat.send(host.who, {
        type: 'invoke',
        id,
        name: 'adaptiveCard/action',
        replyToId: 'm1',
        value: { action: { type: 'Action.Execute', verb: 'file', data } },
      })
    await Promise.all(['f1', 'f1', 'f2'].map(ask))
    await ask('f1')
    await chat.until(() => chat.activities().length === 1)
    const place = chat.filePlace('report.docx')
    const accept = (id: string) =>
      chat.send(host.who, {
        type: 'invoke',
        id,
        name: 'fileConsent/invoke',
        replyToId: chat.activities()[0]?.id ?? '',
        value: {
          type: 'fileUpload',
          action: 'accept',
          context: { m: connector.conversationId, s: '1', d: 'report' },
          uploadInfo: { ...place },
        },
      })
    await Promise.all(['a1', 'a1', 'a2'].map(accept))
    await accept('a1')
    await accept('a3')
    await chat.until(() => chat.file(place) !== undefined)
    await chat.until(() => posts(chat) === 2)
    await chat.message(host.who, 'aide')
    await chat.until(() => posts(chat) === 3)
    expect(
      chat.requests.filter((one) => one.method === 'PUT' && one.path.startsWith('/files/')),
    ).toHaveLength(1)
  })
})

/** What the bot keeps of Claire, as it tells her. */
async function own(connector: TestConnector): Promise<unknown> {
  const { body } = await connector.dialog(claire, 'fetch', { dialog: 'own-data' }, 'm1')
  const [url = ''] = /https?:[^"\\]+own-data[^"\\]+/u.exec(JSON.stringify(body)) ?? []
  return (await fetch(url)).json()
}
