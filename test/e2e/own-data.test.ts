import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type TestConnector, wordsIn } from '../support/connector.ts'
import { finished, linksIn } from '../support/finished.ts'
import { seat } from '../support/seat.ts'
import { bot, claire, cleanUp, lobby, meeting, others, ownChat, shows } from '../support/wire.ts'

afterEach(cleanUp)

const [paul, lea] = others as [(typeof others)[0], (typeof others)[0]]

const lastOf = (chat: TestConnector) => chat.activities().at(-1)?.id ?? ''

const ownLinkIn = (card: unknown): string =>
  /"url":"([^"]*\/own-data\/[^"]+)"/u.exec(JSON.stringify(card))?.[1] ?? ''

const ownDataFile = z.object({ workshops: z.array(z.unknown()) })

/** All that stands on disk of meetings and people, but for the secret of links. */
function onDisk(dataDir: string): string {
  return ['meetings', 'people', 'leaders']
    .flatMap((folder) => {
      const place = join(dataDir, folder)
      return readdirSync(place, { recursive: true, withFileTypes: true })
        .filter((one) => one.isFile())
        .map((one) => readFileSync(join(one.parentPath, one.name), 'utf8'))
    })
    .join('\n')
}

describe('a person and her data', () => {
  it('sees in her own chat what is kept, downloads it, and has what identifies her erased', {
    timeout: 90_000,
  }, async () => {
    const connector = await meeting()
    const { botUrl, dataDir } = await bot(connector)
    await finished(connector)
    const chat = await ownChat(paul, botUrl)
    await chat.message(paul, 'mes données')
    await shows(chat, '1 atelier garde')
    const card = chat.activities().at(-1)?.card
    const got = await fetch(ownLinkIn(card))
    expect(got.headers.get('content-disposition')).toContain('mes-donnees.json')
    const data = ownDataFile.parse(await got.json())
    expect(data.workshops).toHaveLength(1)
    expect(JSON.stringify(data)).toContain('Sujet de Paul Petit')
    expect(JSON.stringify(data)).toContain('paul@example.org')
    expect(JSON.stringify(data)).not.toContain('Léa')

    const asked = await chat.dialog(paul, 'fetch', { dialog: 'forget' }, lastOf(chat))
    expect(wordsIn(asked.body)).toContain('Dans 1 atelier, votre nom')
    expect(onDisk(dataDir)).toContain('paul@example.org')
    const done = await chat.dialog(paul, 'submit', { verb: 'forget-me' }, lastOf(chat))
    expect(wordsIn(done.body)).toContain('Plus rien ne vous désigne')
    const kept = onDisk(dataDir)
    for (const trace of ['paul@example.org', '"Petit"', paul.id])
      expect([trace, kept.includes(trace)]).toEqual([trace, false])
    expect(kept).toContain('Sujet de Paul Petit')
    expect(kept).toContain(lea.id)
    await connector.until(() => wordsIn(connector.activities().at(-1)?.card).includes('Participant A'))
    const after = ownDataFile.parse(await (await fetch(ownLinkIn(card))).json())
    expect(after.workshops).toEqual([])
  })

  it('shows nothing of it in the chat of a meeting, but to the one who opens the window', {
    timeout: 90_000,
  }, async () => {
    const connector = await meeting()
    await bot(connector)
    await finished(connector)
    await connector.message(paul, 'mes données')
    await shows(connector, 'Voir mes données')
    expect(ownLinkIn(connector.activities().map(({ activity }) => activity))).toBe('')
    const door = lastOf(connector)
    const [his, hers] = [
      await connector.dialog(paul, 'fetch', { dialog: 'own-data' }, door),
      await connector.dialog(lea, 'fetch', { dialog: 'own-data', who: paul.id, from: paul.id }, door),
    ]
    const read = async (reply: typeof his) => (await fetch(ownLinkIn(reply.body))).text()
    expect(await read(his)).toContain('Sujet de Paul Petit')
    expect(await read(hers)).not.toContain('Paul')
    expect(await read(hers)).toContain('Sujet de Léa Roux')
  })

  it('is not told that it is done while her record cannot be written', { timeout: 90_000 }, async () => {
    const connector = await meeting()
    const { dataDir } = await bot(connector)
    await finished(connector)
    const folder = join(dataDir, 'meetings')
    renameSync(folder, join(dataDir, 'aside'))
    writeFileSync(folder, 'no folder any more')
    const ask = () => connector.dialog(paul, 'submit', { verb: 'forget-me' }, lastOf(connector))
    expect(wordsIn((await ask()).body)).toContain('Je n’ai pas pu tout effacer')
    rmSync(folder)
    renameSync(join(dataDir, 'aside'), folder)
    expect(onDisk(dataDir)).toContain('paul@example.org')
    expect(wordsIn((await ask()).body)).toContain('Plus rien ne vous désigne')
    expect(onDisk(dataDir)).not.toContain('paul@example.org')
  })

  it('is only ever forgotten by herself, in a dialog, whatever a card says', {
    timeout: 90_000,
  }, async () => {
    const connector = await meeting()
    const { dataDir } = await bot(connector)
    await finished(connector)
    const forged = { verb: 'forget-me', who: paul.id, person: paul.id, from: { id: paul.id } }
    await connector.dialog(lea, 'submit', forged, lastOf(connector))
    await connector.invoke(paul, 'forget-me', {}, lastOf(connector))
    await connector.send(paul, { type: 'message', value: { verb: 'forget-me' } })
    const kept = onDisk(dataDir)
    expect(kept).toContain('paul@example.org')
    expect(kept).not.toContain('lea@example.org')
  })

  it('gets a page that says why when the link was altered or is another’s', async () => {
    const connector = await meeting()
    const { botUrl } = await bot(connector)
    const chat = await ownChat(paul, botUrl)
    await chat.message(paul, 'mes données')
    await shows(chat, 'Je ne garde rien')
    const base = botUrl.replace('/api/messages', '')
    for (const path of ['/own-data/', '/own-data/abc.def', `/own-data/${'x'.repeat(3000)}`]) {
      const got = await fetch(`${base}${path}`)
      expect([path.slice(0, 20), got.status]).toEqual([path.slice(0, 20), 404])
      expect(await got.text()).toContain('Ce lien n’est pas valable.')
    }
  })
})

describe('an organiser and the workshop she led', () => {
  it('erases it for everyone after reading what goes, and nobody else can', {
    timeout: 90_000,
  }, async () => {
    const connector = await meeting()
    const { botUrl, dataDir } = await bot(connector)
    await finished(connector)
    const report = linksIn(connector.activities().at(-1)?.card)[0] ?? ''
    const chat = await ownChat(claire, botUrl)
    const who = seat(chat, claire)
    await who.types('mes ateliers')
    await shows(chat, 'Mes ateliers')
    const card = await who.press('documents')
    const stamp = /"m":"([^"]+)","s":"([^"]+)"/u.exec(JSON.stringify(card))
    const about = { m: stamp?.[1] ?? '', s: stamp?.[2] ?? '', dialog: 'erase' }
    expect(wordsIn(card)).toContain('Effacer cet atelier')

    for (const step of ['fetch', 'submit'] as const) {
      const reply = await connector.dialog(paul, step, { ...about, verb: 'erase-session' }, lastOf(connector))
      expect(wordsIn(reply.body)).toContain('réservé à l’équipe d’organisation')
    }
    expect(onDisk(dataDir)).toContain('Sujet de Paul Petit')

    const asked = await chat.dialog(claire, 'fetch', about, lastOf(chat))
    expect(wordsIn(asked.body)).toContain('tout disparaît pour tout le monde')
    expect((await fetch(linksIn(asked.body)[0] ?? '')).status).toBe(200)
    const done = await chat.dialog(claire, 'submit', { ...about, verb: 'erase-session' }, lastOf(chat))
    expect(wordsIn(done.body)).toContain('C’est effacé.')
    const kept = onDisk(dataDir)
    for (const trace of ['Sujet de', 'Petit', 'example.org', paul.id])
      expect([trace, kept.includes(trace)]).toEqual([trace, false])
    expect((await fetch(report)).status).toBe(404)
    await connector.until(() =>
      connector.activities().every(({ card: one }) => !wordsIn(one).includes('Sujet de')),
    )
    await shows(connector, 'L’équipe d’organisation a effacé cet atelier.')
  })

  it('cannot erase one that still runs', { timeout: 90_000 }, async () => {
    const connector = await meeting()
    await bot(connector)
    await lobby(connector)
    const about = { m: connector.conversationId, s: '1', dialog: 'erase' }
    for (const step of ['fetch', 'submit'] as const) {
      const reply = await connector.dialog(
        claire,
        step,
        { ...about, verb: 'erase-session' },
        lastOf(connector),
      )
      expect(wordsIn(reply.body)).toContain('Terminez l’atelier')
    }
  })
})
