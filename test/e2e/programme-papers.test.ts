import { afterEach, describe, expect, it } from 'vitest'
import { frenchCalendar } from '../../src/calendar.ts'
import { links, secretIn } from '../../src/links.ts'
import { type Card, type TestConnector, wordsIn } from '../support/connector.ts'
import { opened } from '../support/docx.ts'
import { linksIn } from '../support/finished.ts'
import { seat } from '../support/seat.ts'
import { bot, claire, cleanUp, meeting, others, ownChat, shows } from '../support/wire.ts'

afterEach(cleanUp)

const [paul] = others as [(typeof others)[0]]
const calendar = frenchCalendar('Europe/Paris')
const oneDay = 86_400_000

interface Got {
  status: number
  type: string
  name: string
  body: Buffer
  text: string
}

async function get(url: string): Promise<Got> {
  const answer = await fetch(url, { headers: { 'accept-language': 'fr' } })
  const body = Buffer.from(await answer.arrayBuffer())
  return {
    status: answer.status,
    type: answer.headers.get('content-type') ?? '',
    name: /filename="([^"]+)"/u.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? '',
    body,
    text: body.toString(),
  }
}

/** Claire’s own chat with the bot, where a programme in three groups is prepared; `page` presses for one of its pages. */
async function herProgramme() {
  const connector = await meeting()
  const running = await bot(connector)
  const chat = await ownChat(claire, running.botUrl)
  const her = seat(chat, claire)
  await her.types('préparer')
  await shows(chat, 'D’où partez-vous')
  await her.press('programme-begin', { from: 'novice', to: 'canvas', people: '24' })
  const send = (verb: string, fields: Record<string, string>): Promise<Card> =>
    sent(chat, claire, verb, fields)
  const soon = Date.now() + 60 * oneDay
  await send('programme-dates', {
    'date-0-1': calendar.dayAt(soon),
    'time-0-1': '14:00',
    'link-0-1': 'https://teams.example/l/un',
    'link-0-3': 'https://teams.example/l/trois',
    page: 'dates',
  })
  await send('programme-content', { subject: 'Des données ouvertes', objective: 'Choisir.', page: 'content' })
  await send('programme-team', { referent: 'Claire Martin', page: 'team' })
  await send('programme-invite', { guests: 'Inès Faure\nHugo Blanc\nNora Petit', page: 'guests' })
  const page = (name: string, more: Record<string, string> = {}) => send('programme', { page: name, ...more })
  return { ...running, chat, page, send }
}

async function sent(
  chat: TestConnector,
  who: typeof claire,
  verb: string,
  fields: Record<string, string>,
): Promise<Card> {
  const reply = await chat.invoke(who, verb, { verb, p: '1', ...fields }, chat.activities().at(-1)?.id ?? '')
  return reply.body as Card
}

const pictureIn = (card: Card): string =>
  /"url":"([^"]*\/pictures\/[^"]+)"/u.exec(JSON.stringify(card))?.[1] ?? ''

describe('the papers of a programme', () => {
  it('are opened from its pages: plan, team, letters of each group', { timeout: 60_000 }, async () => {
    const { page, log } = await herProgramme()
    const plan = await page('plan')
    const shown = await get(pictureIn(plan))
    expect([shown.status, shown.type, shown.name]).toEqual([200, 'image/png', ''])
    expect(shown.body.subarray(1, 4).toString()).toBe('PNG')
    expect(JSON.stringify(plan)).toContain('Rétroplanning, Des données ouvertes.')
    const taken = await Promise.all(linksIn(plan).map(get))
    expect(taken.map(({ name }) => name.split('.').at(-1))).toEqual(['ics', 'png'])
    expect(taken[0]?.text).toContain('SUMMARY:Envoyer les invitations')
    expect(taken[1]?.body.equals(shown.body)).toBe(true)

    const sheets = await Promise.all(linksIn(await page('team')).map(get))
    expect(sheets.map(({ status, name }) => [status, name.replace(/-\d{4}.*$/u, '')])).toEqual([
      [200, 'fiche-referent-animateur'],
      [200, 'fiche-animateur-challengeur'],
      [200, 'fiche-complice'],
    ])
    const [referent] = sheets
    expect(opened({ type: '', fileName: '', body: referent?.body ?? '' }).text).toContain('Inès Faure')

    const letters = await page('letters', { group: '3' })
    expect(wordsIn(letters)).toContain('Pour le groupe 3')
    expect(wordsIn(letters)).toContain('À compléter avant l’envoi')
    const files = await Promise.all(linksIn(letters).map(get))
    expect(files.map(({ name }) => name.replace(/-\d{4}.*$/u, ''))).toEqual([
      'invitation-groupe-3',
      'relance-groupe-3',
      'rappel-groupe-3',
    ])
    expect(files[0]?.text).toContain('https://teams.example/l/trois')
    expect(files[0]?.text).not.toContain('https://teams.example/l/un')
    expect(JSON.stringify(letters)).toContain('https://teams.example/l/trois')
    expect(log.told.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('are refused once their link has expired, was altered, or tells of what is gone', {
    timeout: 60_000,
  }, async () => {
    const { page, send, dataDir, botUrl } = await herProgramme()
    const letter = linksIn(await page('letters', { group: '3' }))[0] ?? ''
    const token = letter.split('/documents/')[1] ?? ''
    expect((await get(letter)).status).toBe(200)

    const secret = await secretIn(dataDir)
    const at = (now: number) =>
      links({ secret, baseUrl: () => new URL(botUrl).origin, clock: { now: () => now, at: () => () => {} } })
    const ref = at(Date.now()).open('documents', token)
    if (typeof ref === 'string') throw new Error(ref)
    const old = await get(at(Date.now() - 10 * oneDay).address('documents', ref, 7 * oneDay))
    expect([old.status, old.text.includes('Ce lien a expiré.')]).toEqual([410, true])

    const content = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())
    const forged = Buffer.from(JSON.stringify({ ...content, ref: { ...ref, w: 'brief-referent', n: '1' } }))
    const altered = await get(
      letter.replace(/documents\/[^.]+/u, `documents/${forged.toString('base64url')}`),
    )
    expect([altered.status, altered.text.includes('Ce lien n’est pas valable.')]).toEqual([404, true])
    const elsewhere = await get(letter.replace('/documents/', '/pictures/'))
    expect([elsewhere.status, elsewhere.text.includes('Ce lien n’est pas valable.')]).toEqual([404, true])

    await send('programme-size', { people: '16', groups: '2' })
    const gone = await get(letter)
    expect([gone.status, gone.text.includes('Ce document n’existe plus.')]).toEqual([404, true])
    const nowhere = at(Date.now()).address('documents', { ...ref, m: 'a:nobody' }, 7 * oneDay)
    expect((await get(nowhere)).status).toBe(404)
  })

  it('are hers: whoever asks for the same pages in another chat is given no link', {
    timeout: 60_000,
  }, async () => {
    const { botUrl } = await herProgramme()
    const his = await ownChat(paul, botUrl)
    await seat(his, paul).types('préparer')
    await shows(his, 'D’où partez-vous')
    for (const page of ['plan', 'team', 'guests', 'letters']) {
      const card = await sent(his, paul, 'programme', { page, m: `a:${claire.id}` })
      expect(wordsIn(card)).toContain('Ce programme n’existe plus')
      expect([linksIn(card), pictureIn(card)]).toEqual([[], ''])
      expect(JSON.stringify(card)).not.toMatch(/Inès|Des données ouvertes/u)
    }
  })
})
