import { afterEach, describe, expect, it } from 'vitest'
import { frenchCalendar } from '../../src/calendar.ts'
import { actionIn, at, type Card, type Guest, type TestConnector, wordsIn } from '../support/connector.ts'
import { wordsAt } from '../support/finished.ts'
import { inputsOf, isCard, type Seat, seat } from '../support/seat.ts'
import { bot, claire, cleanUp, identity, meeting, ownChat, said, shows } from '../support/wire.ts'

afterEach(cleanUp)

const calendar = frenchCalendar('Europe/Paris')

interface Group {
  connector: TestConnector
  host: Seat
  seats: Seat[]
}

const guest = (first: string, last: string): Guest => ({
  id: `29:${first.toLowerCase()}`,
  name: `${first} ${last}`,
  aadObjectId: `aad-${first.toLowerCase()}`,
  role: 'Attendee',
})

const people: Guest[][] = [
  [guest('Paul', 'Petit'), guest('Rosa', 'Diaz')],
  [guest('Awa', 'Diop'), guest('Luc', 'Morel')],
  [guest('Inès', 'Faure'), guest('Tom', 'Blanc')],
]

/** A meeting of its own, with the same bot. */
async function meetingOf(number: number, others: Guest[]): Promise<TestConnector> {
  return meeting({
    people: [claire, ...others],
    conversationId: `19:meeting_${number}@thread.v2`,
    meetingId: `MCM${number}`,
  })
}

/** In this meeting the bot comes in, and Claire launches as she is told to. */
async function opened(
  number: number,
  botUrl: string,
  launch: (host: Seat) => Promise<unknown>,
): Promise<Group> {
  const others = people[number - 1] ?? []
  const connector = await meetingOf(number, others)
  connector.talkTo(botUrl)
  const host = seat(connector, claire)
  await connector.installed(claire)
  await shows(connector, 'Lancer cet atelier')
  await launch(host)
  await shows(connector, 'Qui êtes-vous')
  const seats = others.map((one) => seat(connector, one))
  for (const one of seats) {
    const [first = '', last = ''] = one.who.name.split(' ')
    await one.press('join', identity(first, last))
  }
  return { connector, host, seats }
}

const next = async ({ connector, host }: Group, step: number) => {
  await host.press('next')
  await shows(connector, `Étape ${step} sur 7`)
}

/** To the silent step, each writing what she gives, in the order of the seats. */
async function writes(group: Group, titles: string[]): Promise<void> {
  await group.host.press('start')
  await shows(group.connector, 'Étape 1 sur 7')
  for (const step of [2, 3, 4]) await next(group, step)
  for (const [index, title] of titles.entries())
    await group.seats[index]?.press('ideas-done', { title1: title, sentence1: `Une phrase sur ${title}.` })
}

/** From the silent step to the end: `votes` is what each gives to all of it, desirability and feasibility alike. */
async function rates(group: Group, titles: string[], votes: string[]): Promise<void> {
  await next(group, 5)
  await group.host.press('cards-show-all')
  await shows(group.connector, titles[0] ?? '')
  await next(group, 6)
  for (const [index, vote] of votes.entries()) {
    const { card } = (await group.seats[index]?.find('rate-save')) ?? {}
    const rows = inputsOf(card).filter((id) => /^[df]-/u.test(id))
    await group.seats[index]?.press('rate-save', Object.fromEntries(rows.map((id) => [id, vote])))
  }
  await group.host.press('reveal')
  await shows(group.connector, 'Le classement')
  await next(group, 7)
  await group.host.press('next')
  await shows(group.connector, 'Télécharger')
}

/** Every action of a card, wherever it stands. */
function actionsIn(card: unknown): Card[] {
  if (Array.isArray(card)) return card.flatMap(actionsIn)
  if (!isCard(card)) return []
  const own = String(card.type).startsWith('Action.') ? [card] : []
  return [
    ...own,
    ...Object.entries(card).flatMap(([key, part]) => (key === 'fallback' ? [] : actionsIn(part))),
  ]
}

const dataOf = (action: Card | undefined): Card => {
  const data = at(action, 'data')
  return isCard(data) ? data : {}
}

/** Opens a dialog that some card offers her. */
async function opens(group: Pick<Group, 'connector' | 'host'>, name: string, about = {}): Promise<Card> {
  const { connector, host } = group
  for (const { id } of connector.activities().toReversed()) {
    const { body } = await connector.refresh(host.who, id).catch(() => ({ body: null }))
    const action = actionsIn(at(body, 'value')).find((one) => at(one, 'data', 'dialog') === name)
    if (!action) continue
    const reply = await connector.dialog(host.who, 'fetch', { ...dataOf(action), ...about }, id)
    const card = at(reply.body, 'task', 'value', 'card', 'content')
    if (isCard(card)) return card
  }
  throw new Error(`no dialog "${name}"`)
}

describe('three groups of format #1 in parallel', () => {
  it('are followed on one board, bring their subjects together, and format #2 starts from the whole', {
    timeout: 240_000,
  }, async () => {
    const first = await meetingOf(0, [])
    const { botUrl, log } = await bot(first)
    const chat = await ownChat(claire, botUrl)
    await seat(chat, claire).types('préparer')
    await shows(chat, 'D’où partez-vous')
    const here = () => chat.activities()[0]?.id ?? ''
    const press = async (verb: string, inputs: Record<string, string> = {}): Promise<Card> => {
      const { body } = await chat.invoke(claire, verb, { verb, p: '1', ...inputs }, here())
      const card = at(body, 'value')
      if (!isCard(card)) throw new Error(`"${verb}" gave ${JSON.stringify(body)}`)
      return card
    }
    const soon = Date.now() + 600_000
    await press('programme-begin', { from: 'novice', to: 'canvas', people: '24' })
    const later = soon + 3_600_000
    const moment = {
      'date-0-1': calendar.dayAt(soon),
      'time-0-1': calendar.timeAt(soon),
      'date-1-1': calendar.dayAt(later),
      'time-1-1': calendar.timeAt(later),
    }
    expect(wordsIn(await press('programme-dates', moment))).toContain('C’est enregistré')
    for (const [index, group] of people.entries())
      await press('programme-invite', {
        guests: group.map(({ name }) => name).join('\n'),
        group: String(index + 1),
      })
    const board = async () => wordsIn(await press('programme', { page: 'board' }))
    const drawn = await press('programme', { page: 'board' })
    expect(wordsIn(drawn)).toContain('@Ouverture lancer groupe 2')
    const again = dataOf({ type: 'Action.Execute', data: at(drawn, 'refresh', 'action', 'data') ?? null })
    expect(wordsIn(at((await chat.invoke(claire, 'refresh', again, here())).body, 'value'))).toContain(
      '4 séances à lancer',
    )

    await seat(chat, claire).types('tableau de bord')
    await shows(chat, '4 séances à lancer')

    const two = await opened(2, botUrl, (host) => host.types('lancer groupe 2'))
    const third = await opened(3, botUrl, (host) => host.press('launch', { format: 'format-1' }))
    const lobby = async () =>
      wordsIn(at((await third.connector.refresh(claire, cardId(third, 'Avant de commencer'))).body, 'value'))
    expect(await lobby()).toContain('Il manque Paul Petit et Rosa Diaz')
    await third.host.types('groupe 9')
    await shows(third.connector, 'Aucun groupe 9')
    await third.seats[0]?.types('groupe 3')
    await shows(third.connector, 'anime')
    await third.host.types('groupe 3')
    await shows(third.connector, 'je sais quel groupe')
    expect(await lobby()).not.toContain('Il manque')
    const one = await opened(1, botUrl, (host) => host.press('launch', { format: 'format-1' }))

    const titles = {
      one: ['Les menus des cantines', 'Le budget en clair'],
      two: ['Les menus des cantines scolaires', 'Les horaires des piscines'],
      three: ['Un conseil des enfants', 'Le vélo en hiver'],
    }
    await writes(one, titles.one)
    await writes(two, titles.two.slice(0, 1))
    const halfway = await board()
    expect(halfway).toContain('1 séance à lancer, 1 à l’accueil et 2 en cours')
    expect(halfway).toContain('Étape 4 sur 7\u00A0: Identifier les sujets')
    expect(halfway).toContain('2 sur 2 ont terminé')
    expect(halfway).toContain('1 sur 2 a terminé')
    for (const text of Object.values(titles).flat()) expect(halfway).not.toContain(text)
    expect(wordsIn(await press('programme', { page: 'merged' }))).toContain('dès qu’un groupe les a affichés')

    await rates(one, titles.one, ['2', '2'])
    await two.seats[1]?.press('ideas-done', { title1: titles.two[1] ?? '', sentence1: 'Une phrase.' })
    await rates(two, titles.two, ['5'])
    await writes(third, titles.three)
    await rates(third, titles.three, ['4', '3'])
    expect(await board()).toContain('1 séance à lancer et 3 terminées')

    await seat(chat, claire).types('mes ateliers')
    await shows(chat, 'Groupe 3 · ')
    const rows = said(chat).match(/Groupe \d · [^·]+, [^·]+ · 3 personnes/gu) ?? []
    expect(rows.map((row) => row.slice(0, 8)).toSorted()).toEqual(['Groupe 1', 'Groupe 2', 'Groupe 3'])

    const sheet = await press('programme', { page: 'merged' })
    expect(wordsIn(sheet)).toContain('6 sujets, 3 groupes sur 3')
    const same = actionsIn(sheet).find((action) => at(action, 'data', 'one') !== undefined)
    const named = String(at(same, 'data', 'one'))
    expect(wordsIn(await press('programme-same', { one: named, other: named, page: 'merged' }))).toContain(
      'Choisissez deux sujets différents',
    )
    const hits = async (action: Card | undefined): Promise<Card> => {
      const { body } = await chat.invoke(claire, String(at(action, 'verb')), dataOf(action), here())
      const card = at(body, 'value')
      return isCard(card) ? card : {}
    }
    const apart = await hits(actionIn(await hits(same), 'programme-apart'))
    expect(wordsIn(apart)).toContain('6 sujets, 3 groupes sur 3')
    const distinct = await hits(actionIn(apart, 'programme-distinct'))
    expect(wordsIn(distinct)).toContain('sont deux sujets différents')
    expect(wordsIn(distinct)).toContain('À ne pas confondre avec')
    expect(actionIn(distinct, 'programme-distinct')).toBeUndefined()
    const pair = choicesIn(distinct).find(({ value }) => value.includes('/'))?.value ?? ''
    const near = await press('programme-alike', { ...dataOf(actionIn(distinct, 'programme-alike')), pair })
    expect(actionIn(near, 'programme-distinct')).toBeDefined()
    await seat(chat, claire).types('sujets différents 1 1')
    await shows(chat, 'Choisissez deux sujets différents')
    await seat(chat, claire).types('sujets différents 1 2')
    await shows(chat, 'sont deux sujets différents')
    const together = await hits(actionIn(apart, 'programme-same'))
    const united = wordsIn(together)
    expect(united).toContain('5 sujets, 3 groupes sur 3')
    // Two votes at 2, one at 5.
    expect(united).toContain('Ensemble\u00A0: Désirabilité 3 · Faisabilité 3 · 3 avis')
    const [word = '', table = '', matrix = ''] = actionsIn(together).flatMap((action) =>
      typeof action.url === 'string' ? [action.url] : [],
    )
    const told = await wordsAt(word)
    for (const text of ['Les menus des cantines', 'Awa Diop', 'Groupe 3']) expect(told).toContain(text)
    expect(await (await fetch(table)).text()).toContain('Les menus des cantines scolaires')
    expect((await fetch(matrix)).headers.get('content-type')).toBe('image/png')

    const last = await startedFrom(botUrl, 'Les menus des cantines')
    const origins = wordsIn(await opens(last, 'origin', { about: 'sujet/subject' }))
    for (const text of [
      'groupe 1',
      'groupe 2',
      'Paul Petit',
      'Awa Diop',
      'Désirabilité 2 · Faisabilité 2 · 2 avis',
      'Désirabilité 5 · Faisabilité 5 · 1 avis',
    ])
      expect(origins).toContain(text)
    expect(log.told.filter(({ level }) => level !== 'info')).toEqual([])
  })
})

const cardId = ({ connector }: Group, text: string): string =>
  connector.activities().findLast(({ card }) => wordsIn(card).includes(text))?.id ?? ''

/** Format #2 from the merged subject of this title, at the step that presents it. */
async function startedFrom(botUrl: string, title: string): Promise<Pick<Group, 'connector' | 'host'>> {
  const connector = await meetingOf(4, people.flat().slice(0, 2))
  connector.talkTo(botUrl)
  const host = seat(connector, claire)
  await connector.installed(claire)
  await shows(connector, 'Lancer cet atelier')
  await host.press('launch', { format: 'format-2' })
  await shows(connector, 'Sujet de départ')
  const dialog = await opens({ connector, host }, 'bring')
  const choices = choicesIn(dialog)
  expect(choices.map((one) => one.title).filter((one) => one.includes('Les menus'))).toHaveLength(1)
  const choice = choices.find((one) => one.title.includes(`${title} –`))
  expect(choice?.title).toContain('Sujets réunis, groupes 1 et 2')
  const send = actionsIn(dialog).find((action) => at(action, 'data', 'verb') === 'bring')
  await connector.dialog(claire, 'submit', { ...dataOf(send), offer: choice?.value ?? '' }, '')
  await shows(connector, 'groupes 1 et 2')
  await host.press('start')
  await shows(connector, 'Ce qui avait été décidé la dernière fois')
  for (const group of [1, 2, 3]) expect(said(connector)).toContain(`Groupe ${group} · `)
  for (const step of [2, 3]) {
    await host.press('next')
    await shows(connector, `Étape ${step} sur 7`)
  }
  expect(said(connector)).toContain(title)
  return { connector, host }
}

function choicesIn(card: unknown): { title: string; value: string }[] {
  if (Array.isArray(card)) return card.flatMap(choicesIn)
  if (!isCard(card)) return []
  const own = card.title !== undefined && card.value !== undefined && card.type === undefined
  return [
    ...(own ? [{ title: String(card.title), value: String(card.value) }] : []),
    ...Object.values(card).flatMap(choicesIn),
  ]
}
