import { afterEach, describe, expect, it } from 'vitest'
import { freshFolder, removeFolder, spawnBot } from '../support/bot.ts'
import { at, type Guest, type TestConnector, wordsIn } from '../support/connector.ts'
import { linksIn, wordsAt } from '../support/finished.ts'
import { inputsOf, type Seat, seat } from '../support/seat.ts'
import {
  bot,
  claire,
  cleanUp,
  identity,
  later,
  lobby,
  meeting,
  others,
  said,
  shows,
} from '../support/wire.ts'

afterEach(cleanUp)

const paul = others[0] as Guest

/** What Teams tells of the meeting itself. */
const event = (connector: TestConnector, name: string, value: object, from = claire) =>
  connector.send(from, { type: 'event', name: `application/vnd.microsoft.${name}`, value: { ...value } })
const starts = (connector: TestConnector, StartTime: string) =>
  event(connector, 'meetingStart', { StartTime, MeetingType: 'Scheduled' })
const ends = (connector: TestConnector, EndTime: string) => event(connector, 'meetingEnd', { EndTime })
const moves = (connector: TestConnector, moved: 'Join' | 'Leave', { id, name }: Guest) =>
  event(connector, `meetingParticipant${moved}`, {
    members: [{ user: { id, name }, meeting: { inMeeting: moved === 'Join', role: 'Attendee' } }],
  })

const count = (connector: TestConnector, text: string) =>
  connector.activities().filter((one) => wordsIn(one.card).includes(text)).length

/** Waits for the answer to what is typed now: nothing sent before it is still to come. */
async function settled(connector: TestConnector): Promise<void> {
  const before = connector.activities().length
  await connector.message(paul, 'mes ateliers')
  await connector.until(() => connector.activities().length > before)
}

describe('who may launch', () => {
  const welcomed = async (env: Record<string, string>) => {
    const people = [claire, ...others].map((one) => ({ ...one }))
    const connector = await meeting({ people })
    await bot(connector, env)
    await connector.installed(claire)
    await shows(connector, 'Lancer cet atelier')
    const tries = async (id: string) => {
      const who = people.find((one) => one.id === id) as Guest
      return wordsIn(await seat(connector, who).press('launch'))
    }
    const becomes = (id: string, role: NonNullable<Guest['role']>) =>
      Object.assign(people.find((one) => one.id === id) ?? {}, { role })
    return { connector, tries, becomes }
  }

  it('is the organizer alone where the configuration says so; roles are read fresh at each attempt', async () => {
    const { tries, becomes } = await welcomed({ LAUNCH: 'organizer' })
    expect(await tries('29:tom')).toMatch(/qui organisent la réunion peuvent lancer/u)
    becomes('29:tom', 'Organizer')
    becomes('29:claire', 'Presenter')
    expect(await tries('29:claire')).toMatch(/qui organisent la réunion peuvent lancer/u)
    expect(await tries('29:tom')).toContain('L’atelier est lancé')
  })

  it('is the organizer or a presenter otherwise, and nobody anonymous', async () => {
    const { tries, becomes } = await welcomed({})
    expect(await tries('29:paul')).toMatch(/qui organisent ou présentent/u)
    expect(await tries('8:anonymous')).toMatch(/qui organisent ou présentent/u)
    becomes('29:paul', 'Presenter')
    expect(await tries('29:paul')).toContain('L’atelier est lancé')
  })

  it('is the same when a client does not say that the chat is a meeting’s', async () => {
    const { connector, tries } = await welcomed({})
    const launch = { type: 'message', text: 'lancer', channelData: { tenant: { id: 'tenant-test' } } }
    await connector.send(paul, launch)
    await shows(connector, /qui organisent ou présentent/u)
    expect(said(connector)).not.toContain('Qui êtes-vous')
    await connector.send(claire, launch)
    await shows(connector, 'Qui êtes-vous')
    expect(await tries('29:claire')).not.toContain('L’atelier est lancé')
  })

  it('is anyone where the configuration says so, the anonymous too, and no role is read', async () => {
    const { connector, tries } = await welcomed({ LAUNCH: 'anyone' })
    expect(await tries('8:anonymous')).toContain('L’atelier est lancé')
    expect(connector.requests.filter(({ path }) => path.startsWith('/v1/meetings'))).toEqual([])
  })
})

describe('what happens to the meeting', () => {
  it('its start offers the launch, once, over redeliveries and a restart', { timeout: 90_000 }, async () => {
    const connector = await meeting()
    const dataDir = freshFolder()
    later(() => removeFolder(dataDir))
    let running = await spawnBot(dataDir)
    later(() => running.kill())
    connector.talkTo(running.botUrl)
    const at = '2026-11-23T14:00:00Z'
    await starts(connector, at)
    await starts(connector, at)
    await shows(connector, 'La réunion a commencé')
    await running.kill()
    running = await spawnBot(dataDir)
    connector.talkTo(running.botUrl)
    await starts(connector, at)
    await settled(connector)
    expect(count(connector, 'La réunion a commencé')).toBe(1)

    await seat(connector, claire).press('launch', { format: 'format-1' })
    await shows(connector, 'Qui êtes-vous')
    await starts(connector, '2026-11-30T14:00:00Z')
    await settled(connector)
    expect(count(connector, 'La réunion a commencé')).toBe(1)
  })

  it('its end asks the facilitator, who closes; or takes it up another day', {
    timeout: 60_000,
  }, async () => {
    const connector = await meeting()
    await bot(connector)
    await ends(connector, '2026-11-23T15:00:00Z')
    const { host, seats } = await lobby(connector)
    await host.press('start')
    await shows(connector, 'Étape 1 sur 7')
    await ends(connector, '2026-11-24T15:00:00Z')
    await ends(connector, '2026-11-24T15:00:00Z')
    await shows(connector, 'La réunion est terminée')
    expect(count(connector, 'La réunion est terminée')).toBe(1)
    const asked = connector.activities().find((one) => wordsIn(one.card).includes('La réunion est terminée'))
    expect(at(asked?.card, 'refresh', 'userIds')).toEqual([claire.id])
    expect(wordsIn(asked?.card)).toContain('Claire Martin')
    expect(await seats[0]?.offered('adjourn')).toBe(false)

    await host.press('adjourn')
    await shows(connector, 'L’atelier a été mis en pause')
    await ends(connector, '2026-11-25T15:00:00Z')
    await settled(connector)
    expect(count(connector, 'La réunion est terminée')).toBe(0)
    await host.types('reprendre')
    await settled(connector)
    await ends(connector, '2026-11-25T16:00:00Z')
    await shows(connector, 'La réunion est terminée')
    await host.press('end')
    await shows(connector, 'Télécharger')
    await ends(connector, '2026-11-26T15:00:00Z')
    await settled(connector)
    expect(count(connector, 'La réunion est terminée')).toBe(0)
  })

  it('its end puts the workshop off; its next start offers to take it up, once, over a restart', {
    timeout: 120_000,
  }, async () => {
    const connector = await meeting()
    const dataDir = freshFolder()
    later(() => removeFolder(dataDir))
    let running = await spawnBot(dataDir)
    later(() => running.kill())
    connector.talkTo(running.botUrl)
    const { host, seats } = await lobby(connector)
    await host.press('start')
    await shows(connector, 'Étape 1 sur 7')
    await ends(connector, '2026-11-24T15:00:00Z')
    await shows(connector, 'La réunion est terminée')
    await host.press('adjourn')
    await shows(connector, 'L’atelier a été mis en pause')
    await running.kill()
    running = await spawnBot(dataDir)
    connector.talkTo(running.botUrl)

    const next = '2026-11-25T14:00:00Z'
    await starts(connector, next)
    await starts(connector, next)
    await shows(connector, 'L’atelier peut reprendre')
    await settled(connector)
    expect(count(connector, 'L’atelier peut reprendre')).toBe(1)
    expect(count(connector, 'La réunion a commencé')).toBe(0)
    expect(await seats[0]?.offered('resume')).toBe(false)
    const { message } = await host.find('resume')
    expect(wordsIn(message.card)).toContain('L’atelier peut reprendre')

    await connector.message(paul, 'aide')
    await shows(connector, 'Qui l’anime le reprend en écrivant')
    await connector.message(claire, 'lancer')
    await shows(connector, 'Un atelier attend d’être repris')
    await host.types('étape')
    await connector.until(
      () =>
        said(connector).lastIndexOf('Étape 1 sur 7') >
        said(connector).lastIndexOf('L’atelier peut reprendre'),
      45_000,
    )
    const shownAgain = await host.find('resume')
    expect(wordsIn(shownAgain.card)).toContain('Ce jour-là, choisissez')

    await host.types('reprendre')
    // The bot spaces out its messages: the step may come half a minute after the rest.
    await connector.until(
      () => /^(?!.*repris).*reste/su.test(wordsIn(connector.activities().at(-1)?.card)),
      45_000,
    )
    expect(said(connector)).toContain('Reprise de l’atelier')
    expect(await host.offered('resume')).toBe(false)
    const ids = connector.activities().map(({ id }) => id)
    const step = (await host.find('pause')).message
    expect(ids.indexOf(step.id)).toBeGreaterThan(ids.indexOf(message.id))
  })

  it('comings and goings tell who is waited for, and take nothing of what was written', {
    timeout: 60_000,
  }, async () => {
    const connector = await meeting()
    await bot(connector)
    const { host, seats } = await lobby(connector)
    for (const verb of ['start', 'next', 'next', 'next']) await host.press(verb)
    await shows(connector, 'Vos sujets')
    const given = { title1: 'Le sujet de Paul', sentence1: 'Une phrase.', title2: '', sentence2: '' }
    await seats[0]?.press('ideas-done', given)
    await shows(connector, /1 (?:personne )?sur 4|1 \/ 4|1 sur 4/u)
    await moves(connector, 'Leave', others[1] as Guest)
    await moves(connector, 'Leave', paul)
    await shows(connector, /1 sur 3/u)
    await moves(connector, 'Join', others[1] as Guest)
    await shows(connector, /1 sur 4/u)
    await connector.send(claire, {
      type: 'conversationUpdate',
      membersRemoved: [{ id: paul.id, name: paul.name }],
    })
    await host.press('next')
    await host.press('cards-show-all')
    await shows(connector, 'Le sujet de Paul')
  })
})

describe('people from elsewhere', () => {
  const guest: Guest = {
    id: '29:guest',
    name: 'Inès Faure (Invité)',
    aadObjectId: 'aad-guest',
    role: 'Attendee',
  }
  const federated: Guest = { id: '29:federated', name: 'Marc Loiseau (Externe)' }
  const anonymous: Guest = { id: '8:teamsvisitor:1', name: 'Zoé (non vérifiée)' }

  it('play the whole of format #1, someone anonymous under two identities, and nobody is written to alone', {
    timeout: 90_000,
  }, async () => {
    const listed = [claire, guest, federated]
    const connector = await meeting({ people: listed, limits: true })
    const { log } = await bot(connector)
    const host = seat(connector, claire)
    await connector.installed(claire)
    await shows(connector, 'Lancer cet atelier')
    await host.press('launch', { format: 'format-1' })
    await shows(connector, 'Qui êtes-vous')
    await moves(connector, 'Join', anonymous)
    const named = [
      [guest, 'Inès', 'Faure'],
      [federated, 'Marc', 'Loiseau'],
      [anonymous, 'Zoé', 'Blanc'],
    ] as const
    for (const [who, first, last] of named) await seat(connector, who).press('join', identity(first, last))
    const seats = [guest, federated, anonymous].map((one) => seat(connector, one))
    await host.press('start')
    for (const one of seats) await one.press('clear')
    await host.press('next')
    await shows(connector, 'Étape 2 sur 7')
    for (let turn = 0; turn <= seats.length; turn += 1) await host.press('floor-done')
    await host.press('next')
    await host.press('next')
    await shows(connector, 'Vos sujets')
    for (const one of seats)
      await one.press('ideas-done', {
        title1: `Sujet de ${one.who.id}`,
        sentence1: 'Une phrase.',
        title2: '',
        sentence2: '',
      })

    // She lost her connection: to Teams, who comes back is someone else.
    const again: Guest = { ...anonymous, id: '8:teamsvisitor:2' }
    await moves(connector, 'Leave', anonymous)
    await moves(connector, 'Join', again)
    const back = seat(connector, again)
    await back.press('join', identity('Zoé', 'Blanc'))
    expect(wordsIn((await host.find('next')).card)).toMatch(/Zoé Blanc est là sous deux identités/u)
    expect(wordsIn((await back.find('ideas-done')).card)).not.toContain('deux identités')
    const present: Seat[] = [...seats.slice(0, 2), back]

    await host.press('next')
    await host.press('cards-show-all')
    for (const one of seats) await shows(connector, `Sujet de ${one.who.id}`)
    await host.press('next')
    await shows(connector, 'Vos avis')
    for (const one of present)
      while (await one.offered('rate-save')) {
        const { card } = await one.find('rate-save')
        await one.press('rate-save', Object.fromEntries(inputsOf(card).map((id) => [id, '4'])))
      }
    await host.press('reveal')
    await host.press('next')
    await shows(connector, 'Restons en contact')
    for (const [index, one] of present.entries())
      await one.press('feedback-save', { email: `hors${index}@example.org`, consent: 'true' })
    await host.press('next')
    await shows(connector, 'Télécharger')
    const report = await wordsAt(linksIn(connector.activities().at(-1)?.card)[0] ?? '')
    for (const one of seats) expect(report).toContain(`Sujet de ${one.who.id}`)
    expect(
      connector.requests.filter(({ method, path }) => method === 'POST' && path === '/v3/conversations'),
    ).toEqual([])
    expect(log.told.filter((one) => one.level === 'error')).toEqual([])
  })
})

describe('where the list of people, the roles and the events are refused', () => {
  const everything = /\/(?:paged)?members|\/v1\/meetings/u

  it.each([
    ['with 403', { status: 403, code: 'Forbidden' }],
    ['with 404', { status: 404, code: 'NotFound' }],
    ['by never answering', { hang: true }],
  ])(
    '%s, the workshop goes on, and one sentence tells it to who facilitates',
    { timeout: 60_000 },
    async (_how, fault) => {
      const connector = await meeting()
      connector.fault({ path: everything, times: 1000, ...fault })
      await bot(connector)
      const { host, seats } = await lobby(connector)
      const lacks = 'Teams ne me donne pas ici la liste des personnes'
      const hers = wordsIn((await host.find('start')).card)
      expect(hers).toContain(lacks)
      expect(hers).toContain('les rôles')
      expect(hers).toContain('le début, la fin, les arrivées')
      expect(said(connector)).not.toContain(lacks)
      for (const one of seats) expect(await one.reads()).not.toContain(lacks)
      for (const verb of ['start', 'next', 'next', 'next']) await host.press(verb)
      expect(wordsIn((await host.find('next')).card)).not.toContain(lacks)
      await shows(connector, 'Vos sujets')
      for (const one of seats)
        await one.press('ideas-done', {
          title1: `Sujet de ${one.who.name}`,
          sentence1: 'Une phrase.',
          title2: '',
          sentence2: '',
        })
      await host.press('next')
      await host.press('cards-show-all')
      for (const one of seats) await shows(connector, `Sujet de ${one.who.name}`)
      await host.types('terminer')
      await shows(connector, 'Télécharger')
    },
  )

  it('nothing is said where all is given and the meeting is heard of', async () => {
    const connector = await meeting()
    await bot(connector)
    await moves(connector, 'Join', claire)
    const { host } = await lobby(connector)
    expect(wordsIn((await host.find('start')).card)).not.toContain('Teams ne me donne pas')
  })
})
