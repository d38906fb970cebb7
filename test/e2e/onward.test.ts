import { afterEach, describe, expect, it } from 'vitest'
import { type Card, type Guest, type TestConnector, wordsIn } from '../support/connector.ts'
import type { Seat } from '../support/seat.ts'
import { bot, claire, cleanUp, lobby, meeting, others, said, shows } from '../support/wire.ts'

afterEach(cleanUp)

const [paul] = others as [Guest]

/** Paul wrote a subject, and the facilitator has shown none. */
async function atTheCards() {
  const connector = await meeting()
  const { log } = await bot(connector)
  const { host, seats } = await lobby(connector)
  for (const verb of ['start', 'next', 'next', 'next']) await host.press(verb)
  await shows(connector, 'Étape 4 sur 7')
  await seats[0]?.press('ideas-done', { title1: 'Budget', sentence1: 'En images.' })
  await host.press('next')
  await shows(connector, 'Étape 5 sur 7')
  return { connector, host, log }
}

/** Opens the dialog that « Étape suivante » leads to, from the facilitator's own card. */
async function asked(connector: TestConnector, host: Seat, message: string) {
  const { action } = await host.find('cards-show-all')
  // What every action of a card carries has one letter.
  const there = Object.fromEntries(Object.entries(action.data as Card).filter(([key]) => key.length === 1))
  const { body } = await connector.dialog(claire, 'fetch', { ...there, dialog: 'onward' }, message)
  return { there: { ...there, dialog: 'onward' }, words: wordsIn(body), json: JSON.stringify(body) }
}

describe('« Étape suivante » while subjects are sealed', () => {
  it('asks first: they are shown from there, and the workshop waits', { timeout: 60_000 }, async () => {
    const { connector, host, log } = await atTheCards()
    const { message, card } = await host.find('cards-show-all')
    expect(JSON.stringify(card)).toContain('"dialog":"onward"')
    expect(JSON.stringify(card)).not.toContain('"verb":"next"')
    const { there, words } = await asked(connector, host, message.id)
    expect(words).toMatch(/Les sujets d’une personne restent à découvrir/u)
    expect(words.indexOf('Tout afficher')).toBeLessThan(words.indexOf('Passer à la suite sans les afficher'))
    await connector.dialog(claire, 'submit', { ...there, verb: 'cards-show-all' }, message.id)
    await shows(connector, 'En images.')
    expect(said(connector)).not.toContain('Étape 6 sur 7')
    await host.press('next')
    await shows(connector, 'Étape 6 sur 7')
    expect(log.told.filter((one) => one.level === 'error')).toEqual([])
  })

  it('goes on anyway from there, once; the matrix then says what to do, and goes back', {
    timeout: 60_000,
  }, async () => {
    const { connector, host } = await atTheCards()
    const { message } = await host.find('cards-show-all')
    const { there, json } = await asked(connector, host, message.id)
    const [, expectation = ''] = /"expect":"([^"]+)"/u.exec(json) ?? []
    const on = { ...there, verb: 'next', anyway: 'true', expect: expectation }
    await Promise.all([1, 2].map(() => connector.dialog(claire, 'submit', on, message.id)))
    await shows(connector, 'Étape 6 sur 7')
    expect(said(connector)).not.toContain('Étape 7 sur 7')
    const back = await host.find('back')
    expect(wordsIn(back.card)).toMatch(/Aucun sujet n’a été affiché/u)
    expect(JSON.stringify(back.card)).not.toContain('"verb":"reveal"')
    await host.press('back')
    await host.press('cards-show-all')
    await host.press('next')
    await host.find('reveal')
  })

  it('is refused to a button that was drawn before, with what to press instead', {
    timeout: 60_000,
  }, async () => {
    const { connector, host } = await atTheCards()
    const { message, action } = await host.find('cards-show-all')
    const { expect: _drawn, ...stamp } = action.data as Record<string, unknown>
    const reply = await connector.invoke(claire, 'next', stamp as Card, message.id)
    expect(wordsIn(reply.body)).toMatch(/Choisissez «\s*Tout afficher\s*»/u)
    expect(said(connector)).not.toContain('Étape 6 sur 7')
  })

  it.each([
    ['fr', 'suivant', 'suivant quand même', 'tout dévoiler'],
    ['en', 'next', 'next anyway', 'tout dévoiler'],
  ] as const)(
    'is asked in the chat of who types in "%s", and never blocks her',
    {
      timeout: 60_000,
    },
    async (_lang, next, anyway, show) => {
      const { connector, host } = await atTheCards()
      await host.types(next)
      await shows(connector, /Les sujets d’une personne restent à découvrir\. Écrivez/u)
      expect(said(connector)).toContain(show)
      expect(said(connector)).not.toContain('Étape 6 sur 7')
      await host.types(anyway)
      await shows(connector, 'Étape 6 sur 7')
    },
  )

  it('is not for others to answer', { timeout: 60_000 }, async () => {
    const { connector, host } = await atTheCards()
    const { message } = await host.find('cards-show-all')
    const { there } = await asked(connector, host, message.id)
    const his = await connector.dialog(paul, 'fetch', there, message.id)
    expect(wordsIn(his.body)).not.toContain('Passer à la suite sans les afficher')
    await connector.dialog(paul, 'submit', { ...there, verb: 'next', anyway: 'true' }, message.id)
    await connector.message(paul, 'suivant quand même')
    await shows(connector, 'Seule l’animation')
    expect(said(connector)).not.toContain('Étape 6 sur 7')
  })
})
