import { afterEach, describe, expect, it } from 'vitest'
import { type Card, type TestConnector, wordsIn } from '../support/connector.ts'
import { opened } from '../support/docx.ts'
import { finished, linksIn } from '../support/finished.ts'
import { type Seat, seat } from '../support/seat.ts'
import { bot, claire, cleanUp, meeting, others, ownChat, shows } from '../support/wire.ts'

afterEach(cleanUp)

const [paul] = others as [(typeof others)[0]]

interface Got {
  status: number
  type: string
  name: string
  body: Buffer
}

async function get(url: string): Promise<Got> {
  const answer = await fetch(url)
  return {
    status: answer.status,
    type: answer.headers.get('content-type') ?? '',
    name: /filename="([^"]+)"/u.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? '',
    body: Buffer.from(await answer.arrayBuffer()),
  }
}

const inWord = ({ body }: Got): string => opened({ type: '', fileName: '', body }).text

/** Her list, then the documents of its first workshop. */
async function herDocuments(chat: TestConnector, who: Seat): Promise<Card> {
  await who.types('mes ateliers')
  await shows(chat, 'Mes ateliers')
  return who.press('documents')
}

const lastOf = (chat: TestConnector) => chat.activities().at(-1)?.id ?? ''

describe('an organiser and her documents', () => {
  it('finds them in her own chat, and opens every one of them', { timeout: 90_000 }, async () => {
    const connector = await meeting()
    const { botUrl, log } = await bot(connector)
    await finished(connector)
    const chat = await ownChat(claire, botUrl)
    const card = await herDocuments(chat, seat(chat, claire))
    const got = await Promise.all(linksIn(card).map(get))
    expect(got.map(({ status }) => status)).toEqual(got.map(() => 200))
    expect(got.map(({ name }) => name.split('.').at(-1)).sort()).toEqual(
      ['csv', 'docx', 'docx', 'docx', 'json', 'md', 'png', 'png', 'zip'].sort(),
    )
    const report = got.find(({ name }) => /^compte-rendu.*-organisation\.docx$/u.test(name))
    expect(report && inWord(report)).toContain('paul@example.org')
    for (const one of others) expect(report && inWord(report)).toContain(`Sujet de ${one.name}`)
    expect(log.told.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('gives participants a version without any address, and nobody else hers', {
    timeout: 90_000,
  }, async () => {
    const connector = await meeting()
    const { botUrl } = await bot(connector)
    await finished(connector)
    const forAll = linksIn(connector.activities().at(-1)?.card)
    expect(forAll).toHaveLength(2)
    for (const url of forAll) expect((await get(url)).body.toString('latin1')).not.toContain('@example.org')
    const closing = connector.activities().at(-1)?.id ?? ''
    const [hers, his] = await Promise.all([
      connector.refresh(claire, closing),
      connector.refresh(paul, closing),
    ])
    expect(wordsIn(hers.body)).toContain('Régie')
    expect(wordsIn(his.body)).toContain('Signaler une correction')
    expect(wordsIn(his.body)).not.toContain('Régie')

    const closed = {
      s: '1',
      k: /"k":"(summary[^"]+)"/u.exec(JSON.stringify(his.body))?.[1] ?? '',
      dialog: 'documents',
    }
    expect(linksIn((await connector.dialog(claire, 'fetch', closed, closing)).body).length).toBeGreaterThan(5)
    expect(linksIn((await connector.dialog(paul, 'fetch', closed, closing)).body)).toEqual([])

    const mine = await ownChat(claire, botUrl)
    const card = await herDocuments(mine, seat(mine, claire))
    const stamp = /"m":"([^"]+)","s":"([^"]+)"/u.exec(JSON.stringify(card))
    const forged = { m: stamp?.[1] ?? '', s: stamp?.[2] ?? '', document: 'report' }
    expect(forged.m).not.toBe('')

    const hisChat = await ownChat(paul, botUrl)
    await hisChat.message(paul, 'mes ateliers')
    await shows(hisChat, 'encore lancé aucun atelier')
    for (const verb of ['documents', 'file']) {
      const reply = await hisChat.invoke(paul, verb, forged, lastOf(hisChat))
      expect(JSON.stringify(reply.body)).toContain('réservé à l’équipe d’organisation')
      expect(linksIn(reply.body)).toEqual([])
    }
    for (const step of ['fetch', 'submit'] as const) {
      const asked = {
        ...forged,
        dialog: 'complete',
        verb: step === 'fetch' ? '' : 'complete',
        target: 'context/subject',
      }
      const reply = await hisChat.dialog(paul, step, asked, lastOf(hisChat))
      expect(JSON.stringify(reply.body)).toContain('réservé à l’équipe d’organisation')
    }
    const reply = await hisChat.send(paul, {
      type: 'invoke',
      name: 'fileConsent/invoke',
      value: {
        type: 'fileUpload',
        action: 'accept',
        context: { ...forged, d: 'report' },
        uploadInfo: { ...hisChat.filePlace('x.docx') },
      },
    })
    expect(reply.status).toBe(200)
    await shows(hisChat, 'réservé à l’équipe d’organisation')
    expect(
      hisChat.requests.filter(({ method, path }) => method === 'PUT' && path.startsWith('/files')),
    ).toEqual([])
  })

  it('receives one as a file once she accepts it, and nothing when she refuses', {
    timeout: 90_000,
  }, async () => {
    const connector = await meeting()
    const { botUrl } = await bot(connector)
    await finished(connector)
    const chat = await ownChat(claire, botUrl)
    const who = seat(chat, claire)
    const card = await herDocuments(chat, who)
    const stamp = /"m":"([^"]+)","s":"([^"]+)"/u.exec(JSON.stringify(card))
    const wanted = { m: stamp?.[1] ?? '', s: stamp?.[2] ?? '', document: 'report' }
    await chat.invoke(claire, 'file', wanted, lastOf(chat))
    const offered = () =>
      chat.activities().find((one) => JSON.stringify(one.activity).includes('file.consent'))
    await chat.until(() => offered() !== undefined)
    const content = JSON.parse(JSON.stringify(offered()?.activity)).attachments[0]
    expect(content.name).toMatch(/^compte-rendu-.*\.docx$/u)
    const answer = (action: string, uploadInfo: object | null) =>
      chat.send(claire, {
        type: 'invoke',
        name: 'fileConsent/invoke',
        replyToId: offered()?.id ?? '',
        value: {
          type: 'fileUpload',
          action,
          context: action === 'accept' ? content.content.acceptContext : content.content.declineContext,
          ...(uploadInfo ? { uploadInfo: uploadInfo as Card } : {}),
        },
      })
    await answer('decline', null)
    await shows(chat, 'Rien n’a été enregistré')
    const place = chat.filePlace(content.name)
    await answer('accept', place)
    await chat.until(() => chat.file(place) !== undefined)
    const file = chat.file(place) ?? Buffer.alloc(0)
    expect(file.byteLength).toBe(content.content.sizeInBytes)
    expect(inWord({ status: 200, type: '', name: '', body: file })).toContain('Sujet de Paul Petit')
  })

  it('follows links that open one document, and say in a sentence when they open nothing', {
    timeout: 90_000,
  }, async () => {
    const connector = await meeting()
    await bot(connector)
    await finished(connector)
    const [report = '', sheet = ''] = linksIn(connector.activities().at(-1)?.card)
    expect((await get(report)).name).toMatch(/^compte-rendu/u)
    expect((await get(sheet)).name).toMatch(/^fiche-sujets/u)
    const [content = '', seal = ''] = (report.split('/').at(-1) ?? '').split('.')
    const base = report.slice(0, report.lastIndexOf('/'))
    const other = Buffer.from(
      Buffer.from(content, 'base64url').toString().replace('"participants"', '"organisers"'),
    ).toString('base64url')
    for (const url of [
      `${base}/${content}.${seal.slice(0, -2)}AA`,
      `${base}/${other}.${seal}`,
      `${base}/${content}`,
      report.replace('/documents/', '/pictures/'),
      `${base}/`,
      `${base}/${content}/${seal}`,
    ]) {
      const got = await get(url)
      expect([url, got.status]).toEqual([url, 404])
      expect(got.body.toString()).toContain('Ce lien n’est pas valable.')
    }
    const english = await fetch(`${base}/x`, { headers: { 'accept-language': 'en-GB,en;q=0.9' } })
    expect(await english.text()).toContain('This link is not valid.')
    const head = await fetch(report, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })
})

describe('a summary that is read again', () => {
  it('takes up a correction once the facilitator accepts it, from her own chat', {
    timeout: 90_000,
  }, async () => {
    const connector = await meeting()
    const { botUrl } = await bot(connector)
    const { seats } = await finished(connector)
    const closing = connector.activities().at(-1)
    const own = await connector.refresh(paul, closing?.id ?? '')
    const stamp = /"s":"([^"]+)","g":null,"k":"([^"]+)"/u.exec(JSON.stringify(own.body))
    const about = { s: stamp?.[1] ?? '', k: stamp?.[2] ?? '', dialog: 'correct' }
    const asked = await connector.dialog(paul, 'fetch', about, closing?.id ?? '')
    const form = JSON.stringify(asked.body)
    expect(form).toContain('Sujet de Paul Petit')
    expect(form).not.toContain('Sujet de Léa Roux')
    const field = /"id":"(f-[^"]+)"[^}]*"value":"Sujet de Paul Petit"/u.exec(form)?.[1] ?? ''
    const data = /"data":(\{[^{}]*"verb":"correct"[^{}]*\})/u.exec(form)?.[1] ?? '{}'
    const typed = Object.fromEntries(
      [...form.matchAll(/"id":"(f-[^"]+)"[^}]*?"value":"([^"]*)"/gu)].map(([, id = '', value = '']) => [
        id,
        value,
      ]),
    )
    const sent = await connector.dialog(
      paul,
      'submit',
      { ...about, ...JSON.parse(data), ...typed, [field]: 'Sujet corrigé de Paul' },
      closing?.id ?? '',
    )
    expect(JSON.stringify(sent.body)).not.toContain('refus')

    const chat = await ownChat(claire, botUrl)
    const who = seat(chat, claire)
    await who.types('mes ateliers')
    await shows(chat, '1 correction attend votre décision')
    const card = await who.press('documents')
    const at = /"m":"([^"]+)","s":"([^"]+)"/u.exec(JSON.stringify(card))
    const there = { m: at?.[1] ?? '', s: at?.[2] ?? '' }
    const list = await chat.dialog(claire, 'fetch', { ...there, dialog: 'corrections' }, lastOf(chat))
    expect(JSON.stringify(list.body)).toContain('Sujet corrigé de Paul')
    const accept = /"data":(\{[^{}]*"accept":"true"[^{}]*\})/u.exec(JSON.stringify(list.body))?.[1] ?? '{}'
    await chat.dialog(claire, 'submit', JSON.parse(accept), lastOf(chat))

    const fresh = await who.press('documents')
    const word = (await Promise.all(linksIn(fresh).map(get))).find(({ name }) =>
      /^compte-rendu.*docx$/u.test(name),
    )
    const text = word ? inWord(word) : ''
    expect(text).toContain('édition 2')
    expect(text).toContain('Sujet corrigé de Paul')
    expect(text).toContain('Corrections et compléments')
    expect(seats).toHaveLength(4)
  })
})
