import { afterEach, describe, expect, it } from 'vitest'
import { frenchCalendar } from '../../src/calendar.ts'
import { nodesOf } from '../cards/drawn.ts'
import { actionIn, at, type Card, type TestConnector, wordsIn } from '../support/connector.ts'
import { seat } from '../support/seat.ts'
import { bot, claire, cleanUp, identity, meeting, others, ownChat, said, shows } from '../support/wire.ts'

afterEach(cleanUp)

const [paul] = others as [(typeof others)[0]]

const calendar = frenchCalendar('Europe/Paris')

/** Claire’s own chat with the bot of a meeting, before the two questions. */
async function preparing() {
  const connector = await meeting()
  const { botUrl, log } = await bot(connector)
  const chat = await ownChat(claire, botUrl)
  const her = seat(chat, claire)
  await her.types('préparer')
  await shows(chat, 'D’où partez-vous')
  return { connector, chat, her, botUrl, log }
}

/**
 * Presses a button of a card that stands in place of the one message. As clients do, every field of the card goes along, but for
 * those that are empty.
 */
function presses(chat: TestConnector) {
  const message = chat.activities().at(-1)?.id ?? ''
  return async (
    on: Card,
    verb: string,
    typed: Record<string, string> = {},
    action: Card | null | undefined = actionIn(on, verb),
  ): Promise<Card> => {
    const fields = at(action, 'associatedInputs') === 'none' ? {} : fieldsOf(on)
    const data = { ...fields, ...(at(action, 'data') as Card), ...typed }
    const sent = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== ''))
    return at((await chat.invoke(claire, verb, sent, message)).body, 'value') as Card
  }
}

const fieldsOf = (card: Card): Record<string, string> =>
  Object.fromEntries(
    nodesOf(card as never)
      .filter(({ type, id }) => String(type).startsWith('Input.') && typeof id === 'string')
      .map(({ id, value }) => [String(id), String(value ?? '')]),
  )

/** The button that leaves this page. */
const leaving = (card: Card): Card | undefined =>
  nodesOf(card as never).find((node) => at(node, 'data', 'left') !== undefined)

/** What she may type on each page that holds a form. */
const unsavedOn: Record<string, Record<string, string>> = {
  content: { objective: 'Choisir ensemble.' },
  team: { referent: 'Nadia Ben Ali' },
  dates: { 'time-0-1': '15:30' },
  guests: { guests: 'Rosa Petit, ville de Lyon' },
  size: { to: 'roadmap' },
  follow: { text: 'Réunir le groupe de travail' },
}

describe('what an organiser prepares in her own chat', () => {
  it('goes from two questions to a path with dates, and is there in the meeting on the day', {
    timeout: 60_000,
  }, async () => {
    const { connector, chat, her, log } = await preparing()

    const path = await her.press('programme-begin', { from: 'novice', to: 'canvas', people: '9' })
    expect(wordsIn(path)).toContain('2 ateliers · 9 personnes · 1 groupe')
    await her.types('préparer')
    await shows(chat, 'Mes programmes d’ateliers')
    const send = (verb: string, inputs: Record<string, string>) =>
      chat
        .invoke(claire, verb, { verb, p: '1', ...inputs }, chat.activities().at(-1)?.id ?? '')
        .then(({ body }) => wordsIn(body))

    const soon = Date.now() + 600_000
    const [day, time] = [calendar.dayAt(soon), calendar.timeAt(soon)]
    expect(await send('programme-dates', { 'date-0-1': '', page: 'dates' })).toContain('Ce champ est vide')
    expect(
      await send('programme-dates', { 'date-0-1': '2020-01-01', 'time-0-1': time, page: 'dates' }),
    ).toContain('déjà passé')
    const dated = await send('programme-dates', { 'date-0-1': day, 'time-0-1': time, page: 'dates' })
    expect(dated).toContain('C’est enregistré')
    await send('programme-content', {
      subject: 'Des données ouvertes',
      objective: 'Choisir ensemble.',
      page: 'content',
    })
    await send('programme-team', { referent: 'Claire Martin', page: 'team' })
    const invited = await send('programme-invite', {
      guests: 'Paul Petit, Mairie\nInès Faure',
      page: 'guests',
    })
    expect(invited).toContain('Inès Faure')

    await connector.installed(claire)
    await shows(connector, 'Lancer cet atelier')
    const host = seat(connector, claire)
    await host.press('launch', { format: 'format-1' })
    await shows(connector, 'Qui êtes-vous')
    await seat(connector, paul).press('join', identity('Paul', 'Petit'))
    const lobby = (await connector.refresh(claire, idOf(connector, 'Avant de commencer'))).body
    expect(wordsIn(lobby)).toContain('Choisir ensemble.')
    expect(wordsIn(lobby)).toContain('Préparé à l’avance')
    expect(wordsIn(lobby)).toContain('Il manque Inès Faure')
    const his = (await connector.refresh(paul, idOf(connector, 'Avant de commencer'))).body
    expect(wordsIn(his)).toContain('Choisir ensemble.')
    expect(JSON.stringify(his)).not.toContain('Inès')
    expect(said(connector)).not.toContain('Inès')
    expect(log.told.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('is pressed twice, or the same again later: once for the first, and again once something changed since', {
    timeout: 60_000,
  }, async () => {
    const { chat, her } = await preparing()
    const press = presses(chat)
    const choice = { from: 'novice', to: 'subject', people: '10' }
    const hub = await her.press('programme-begin', choice)
    expect(wordsIn(await her.press('programme-begin', choice))).toContain('1 atelier · 10 personnes')
    const said = async (subject: string, on: Card) => {
      const saved = await press(on, 'programme-content', { subject })
      expect(wordsIn(saved)).toContain(subject)
      return saved
    }
    const content = (on: Card) => press(on, 'programme', { page: 'content' })
    let page = await content(hub)
    for (const subject of ['Les cantines', 'Les budgets', 'Les cantines'])
      page = await content(await said(subject, page))
    await her.types('mes programmes')
    await shows(chat, 'Mes programmes d’ateliers')
    expect(chat.activities().filter(({ card }) => wordsIn(card).includes('Les cantines'))).toHaveLength(1)
    const again = await press(
      (await press(actionsOf(chat), 'programme-new')) as Card,
      'programme-begin',
      choice,
    )
    expect(wordsIn(again)).toContain('Voici votre parcours')
  })

  it('moves with one of its workshops in one press, and back, as typed in its own chat too', {
    timeout: 60_000,
  }, async () => {
    const { botUrl, log } = await bot(await meeting())
    const chat = await ownChat(claire, botUrl)
    const her = seat(chat, claire)
    await her.types('préparer')
    await shows(chat, 'D’où partez-vous')
    const press = presses(chat)
    const first = calendar.dayAt(Date.now() + 60 * 86_400_000)
    const later = calendar.dayAt(Date.now() + 64 * 86_400_000)
    const begun = await her.press('programme-begin', { from: 'novice', to: 'canvas', people: '9' })
    const dates = await press(begun, 'programme', { page: 'dates' })
    const hub = await press(dates, 'programme-dates', { 'date-0-1': first, 'time-0-1': '14:00' })
    expect(actionIn(hub, 'programme-shift')).toBeUndefined()
    const again = await press(hub, 'programme', { page: 'dates' })
    const closer = await press(again, 'programme-dates', { 'date-0-1': later, 'time-0-1': '14:00' })
    expect(wordsIn(closer)).toContain('L’atelier 1 a été déplacé')
    expect(wordsIn(closer)).toContain('téléchargez-le de nouveau')
    const shifted = await press(closer, 'programme-shift')
    expect(wordsIn(shifted)).toContain('ont été décalés d’autant')
    const back = await press(shifted, 'programme-unshift')
    expect(wordsIn(back)).toContain('ont repris leurs dates')
    await her.types('décaler les suivants')
    await shows(chat, 'ont été décalés d’autant')
    await her.types('décaler les suivants')
    await shows(chat, 'Aucun atelier n’est à décaler')
    expect(log.told.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('is changed from its pages: how many people come, who is no longer invited, what no longer follows, each with its way back', {
    timeout: 60_000,
  }, async () => {
    const { chat, her, log } = await preparing()
    const press = presses(chat)
    const hub = await her.press('programme-begin', { from: 'novice', to: 'subject', people: '10' })
    const turned = (on: Card, page: string) => press(on, 'programme', { page })

    const said = await press(await turned(hub, 'content'), 'programme-content', { objective: 'Choisir.' })
    // A client does not send a field that was emptied.
    const unsaid = await press(await turned(said, 'content'), 'programme-content', { objective: '' })
    expect(inputIn(await turned(said, 'content'), 'objective')).toMatchObject({ value: '' })

    const size = await turned(unsaid, 'size')
    const wrong = await press(size, 'programme-size', { people: 'beaucoup', groups: 'advised' })
    expect(wordsIn(wrong)).toContain('Indiquez un nombre entre 1 et 80')
    expect(JSON.stringify(wrong)).toContain('"beaucoup"')
    const crowded = await press(wrong, 'programme-size', { people: '26', groups: '2' })
    expect(wordsIn(crowded)).toContain('1 atelier · 26 personnes · 2 groupes')
    expect(wordsIn(crowded)).toContain('26 personnes en 2 groupes, c’est beaucoup en ligne')
    const advised = await press(await turned(crowded, 'size'), 'programme-size', {
      people: '26',
      groups: 'advised',
    })
    expect(wordsIn(advised)).toContain('1 atelier · 26 personnes · 3 groupes')
    // Farther, and back: what was prepared is still there.
    const farther = await press(await turned(advised, 'size'), 'programme-size', { to: 'roadmap' })
    expect(wordsIn(farther)).toContain('3 ateliers · 26 personnes · 3 groupes')
    const nearer = await press(await turned(farther, 'size'), 'programme-size', { to: 'subject' })
    expect(wordsIn(nearer)).toContain('1 atelier · 26 personnes · 3 groupes')

    const guests = 'Paul Petit, Mairie\nInès Faure\nLéa Roux'
    const invited = await press(await turned(nearer, 'guests'), 'programme-invite', { guests, group: '' })
    const known = await press(invited, 'programme-answers', { 'answer-1': 'no', 'answer-3': 'yes' })
    const without = await press(known, 'programme-answers', { 'answer-1': 'off' })
    expect(wordsIn(without)).toContain('Paul Petit : personne retirée de la liste')
    expect(wordsIn(without)).toContain('2 personnes invitées : 1 confirmation')
    // What was taken off waits in the form that adds it, and is put back as it stood.
    const waiting = inputIn(without, 'guests')
    expect(waiting).toMatchObject({ value: 'Paul Petit, Mairie' })
    const back = await press(without, 'programme-invite', { guests: String(waiting?.value), group: '' })
    expect(wordsIn(back)).toContain('3 personnes invitées : 1 confirmation, 1 refus')
    // Chosen to be taken off, and not saved: adding someone takes nobody off, and the choice stays.
    const added = { guests: 'Ana Silva', group: '1', 'answer-2': 'off', 'answer-3': 'no' }
    const more = await press(back, 'programme-invite', added)
    expect(wordsIn(more)).toContain('4 personnes invitées : aucune confirmation, 2 refus')
    expect(inputIn(more, 'answer-2')).toMatchObject({ value: 'off' })

    const path = await her.press('programme-begin', { from: 'novice', to: 'canvas', people: '24' })
    const several = await press(await turned(path, 'guests'), 'programme-invite', { guests })
    const onward = await press(await turned(several, 'onward'), 'programme-onward', { onward: '1,3' })
    expect(wordsIn(onward)).toContain('2 personnes sont attendues aux ateliers suivants')
    expect(inputIn(await turned(onward, 'onward'), 'onward')).toMatchObject({ value: '1,3' })

    const follow = await turned(await turned(back, 'hub'), 'follow')
    const followed = await press(follow, 'programme-follow', {
      text: 'Réunir le groupe',
      date: '2030-06-03',
      nextDate: '',
    })
    const which = await press(followed, 'programme-unfollow')
    expect(wordsIn(which)).toContain('Choisissez d’abord laquelle retirer')
    const gone = await press(which, 'programme-unfollow', { id: '1' })
    expect(wordsIn(gone)).toContain('C’est retiré')
    expect(actionIn(gone, 'programme-followed')).toBeUndefined()
    expect(inputIn(gone, 'text')).toMatchObject({ value: 'Réunir le groupe' })
    expect(inputIn(gone, 'date')).toMatchObject({ value: '2030-06-03' })
    expect(log.told.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('is open on two screens: what is left as it was on one does not undo what was written on the other', {
    timeout: 60_000,
  }, async () => {
    const { her, chat, log } = await preparing()
    const press = presses(chat)
    const hub = await her.press('programme-begin', { from: 'novice', to: 'subject', people: '10' })
    const turned = (on: Card, page: string) => press(on, 'programme', { page })
    const stale = await turned(hub, 'content')
    await press(stale, 'programme-content', { objective: 'Choisir.' })
    await press(stale, 'programme-content', { objective: '', background: 'La ville\r\nadhère.' })
    const both = await turned(hub, 'content')
    expect(inputIn(both, 'objective')).toMatchObject({ value: 'Choisir.' })
    expect(inputIn(both, 'background')).toMatchObject({ value: 'La ville\nadhère.' })

    // The same field, written on both: neither is lost, and she says which stands.
    const clash = await press(stale, 'programme-content', { objective: 'Trier.', contact: 'Inès' })
    expect(wordsIn(clash)).toContain('Entre-temps, ailleurs, ce champ est devenu : « Choisir. »')
    expect(inputIn(clash, 'objective')).toMatchObject({ value: 'Trier.' })
    expect(inputIn(clash, 'background')).toMatchObject({ value: 'La ville\nadhère.' })
    const kept = await turned(await press(clash, 'programme-content'), 'content')
    expect(inputIn(kept, 'objective')).toMatchObject({ value: 'Trier.' })
    expect(inputIn(kept, 'background')).toMatchObject({ value: 'La ville\nadhère.' })
    expect(inputIn(kept, 'contact')).toMatchObject({ value: 'Inès' })

    const list = await press(await turned(kept, 'guests'), 'programme-invite', { guests: 'Paul\nLéa' })
    await press(list, 'programme-answers', { 'answer-1': 'yes', 'answer-2': 'waiting' })
    const late = await press(list, 'programme-answers', { 'answer-1': 'waiting', 'answer-2': 'no' })
    expect(wordsIn(late)).toContain('2 personnes invitées : 1 confirmation, 1 refus')

    // On one page, what is typed in one form outlives a press on another.
    const typing = await press(late, 'programme-answers', { 'answer-2': 'yes', guests: 'Zoé Petit' })
    expect(inputIn(typing, 'guests')).toMatchObject({ value: 'Zoé Petit' })
    const added = await press(typing, 'programme-invite', { guests: 'Zoé Petit', 'answer-2': 'no' })
    expect(wordsIn(added)).toContain('3 personnes invitées : 1 confirmation, 1 refus')
    const follow = await press(await turned(added, 'follow'), 'programme-follow', {
      text: 'Réunir le groupe',
      date: '2030-06-03',
    })
    const ticked = await press(follow, 'programme-followed', { text: 'Écrire au maire', date: '2030-06-10' })
    expect(inputIn(ticked, 'text')).toMatchObject({ value: 'Écrire au maire' })
    expect(inputIn(ticked, 'date')).toMatchObject({ value: '2030-06-10' })
    expect(log.told.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('says once that what was typed on a page is not saved, when she goes back, and keeps it there until she does again', {
    timeout: 60_000,
  }, async () => {
    const { chat, her } = await preparing()
    const begun = await her.press('programme-begin', { from: 'novice', to: 'canvas', people: '24' })
    const press = presses(chat)
    const dates = await press(begun, 'programme', { page: 'dates' })
    await press(dates, 'programme-dates', { 'date-0-1': '2030-03-12', 'time-0-1': '14:00' })
    const list = await press(begun, 'programme', { page: 'guests' })
    await press(list, 'programme-invite', { guests: 'Paul Martin\nAda Diop' })

    const back = (on: Card, typed: Record<string, string> = {}) => press(on, 'programme', typed, leaving(on))
    const isHub = (card: Card) => wordsIn(card).includes('Votre parcours') && leaving(card) === undefined
    for (const [page, typed] of Object.entries(unsavedOn)) {
      const shown = await press(begun, 'programme', { page })
      expect(wordsIn(await back(shown)), page).not.toContain('pas encore enregistrés')
      expect(isHub(await back(shown)), page).toBe(true)

      const told = await back(shown, typed)
      expect(wordsIn(told), page).toContain('Vos changements ne sont pas encore enregistrés')
      expect(fieldsOf(told), page).toMatchObject(typed)
      expect(isHub(await back(told)), page).toBe(true)
      expect(fieldsOf(await press(begun, 'programme', { page })), page).not.toMatchObject(typed)
    }

    const emptied = await back(await press(begun, 'programme', { page: 'size' }), { people: '' })
    expect(wordsIn(emptied)).toContain('pas encore enregistrés')
    const guests = await press(begun, 'programme', { page: 'guests' })
    const off = await press(guests, 'programme-answers', { 'answer-1': 'off' })
    expect(fieldsOf(off).guests).toContain('Paul Martin')
    expect(isHub(await back(off))).toBe(true)
  })

  it('is hers: whoever names it in another chat finds nothing', { timeout: 60_000 }, async () => {
    const { her, botUrl } = await preparing()
    await her.press('programme-begin', { from: 'subject', to: 'canvas', people: '8' })
    const his = await ownChat(paul, botUrl)
    await seat(his, paul).types('préparer')
    await shows(his, 'D’où partez-vous')
    const { body } = await his.invoke(
      paul,
      'programme',
      { verb: 'programme', p: '1', page: 'hub' },
      his.activities().at(-1)?.id ?? '',
    )
    expect(wordsIn(body)).toContain('Ce programme n’existe plus')
  })
})

/** The field of this name, as it stands on the card. */
const inputIn = (card: Card, id: string): Card | undefined =>
  nodesOf(card as never).find((node) => node.id === id && String(node.type).startsWith('Input.'))

const actionsOf = (chat: TestConnector): Card => chat.activities().at(-1)?.card ?? {}

const idOf = (connector: Awaited<ReturnType<typeof meeting>>, text: string): string =>
  connector.activities().findLast(({ card }) => wordsIn(card).includes(text))?.id ?? ''
