import { afterEach, expect, test } from 'vitest'
import {
  at,
  type BotReply,
  type Card,
  type Guest,
  type TestConnector,
  wordsIn,
} from '../support/connector.ts'
import { bot, claire, cleanUp, lobby, meeting, others, shows } from '../support/wire.ts'

afterEach(cleanUp)

type Part = BotReply['body'] | undefined

const dialogIn = ({ body }: BotReply): Part => at(body, 'task', 'value', 'card', 'content')

const isCard = (part: Part): part is Card => typeof part === 'object' && part !== null && !Array.isArray(part)

/** Every element of a card of this type, wherever it stands. */
function elements(part: Part, type: string): Card[] {
  if (Array.isArray(part)) return part.flatMap((one) => elements(one, type))
  if (!isCard(part)) return []
  const own = String(part.type).startsWith(type) ? [part] : []
  return [...own, ...Object.values(part).flatMap((one) => elements(one, type))]
}

/** What the inputs hold when nobody has typed in them; clients leave the empty ones out. */
const inputs = (card: Part): Card =>
  Object.fromEntries(
    elements(card, 'Input.').flatMap(({ id, value }) => (value ? [[String(id), value]] : [])),
  )

const dataOf = (action: Part): Card => {
  const data = at(action, 'data')
  return isCard(data) ? data : {}
}

/** Someone opens a dialog of the closing card, and presses what it offers. */
function closing(connector: TestConnector, who: Guest) {
  const message = () => connector.activities().at(-1)
  const own = async (): Promise<Part> => {
    const refresh = at(message()?.card, 'refresh', 'action')
    const reply = await connector.invoke(
      who,
      String(at(refresh, 'verb')),
      dataOf(refresh),
      message()?.id ?? '',
    )
    return at(reply.body, 'value')
  }
  return {
    async opens(name: string): Promise<Part> {
      const found = elements(await own(), 'Action.').find((one) => at(one, 'data', 'dialog') === name)
      if (!found) throw new Error(`${who.name} is offered no dialog "${name}"`)
      return dialogIn(await connector.dialog(who, 'fetch', dataOf(found), message()?.id ?? ''))
    },
    /** Gives the dialog that comes back, if it stays open. */
    async sends(card: Part, title: string, typed: Card = {}): Promise<Part> {
      const found = elements(card, 'Action.').find((one) => one.title === title)
      if (!found) throw new Error(`${who.name} is offered no "${title}"`)
      const data = { ...inputs(card), ...typed, ...dataOf(found) }
      return dialogIn(await connector.dialog(who, 'submit', data, message()?.id ?? ''))
    },
  }
}

test('a correction goes from who said it to who facilitates; the organiser completes; the closing card follows', async () => {
  const connector = await meeting()
  await bot(connector)
  const { host } = await lobby(connector)
  await host.press('start')
  await shows(connector, 'Étape 1 sur 7')
  await host.types('terminer')
  await shows(connector, 'Télécharger le compte rendu')
  const [paul, lea] = others.map((who) => closing(connector, who))
  const claires = closing(connector, claire)

  const mine = await paul?.opens('correct')
  expect(inputs(mine)).toMatchObject({ 'f-0': 'Paul', 'f-1': 'Petit' })
  expect(wordsIn(await paul?.sends(mine, 'Signaler'))).toContain('Modifiez au moins un texte')
  const refused = await paul?.sends(mine, 'Signaler', { 'f-0': 'Pol', 'f-1': '' })
  expect(wordsIn(refused)).toContain('Ce champ est vide.')
  expect(inputs(refused)).toMatchObject({ 'f-0': 'Pol' })
  expect(await paul?.sends(refused, 'Signaler', { 'f-0': 'Paul', 'f-1': 'Grand' })).toBeUndefined()

  const before = connector.activities().length
  await expect(lea?.opens('corrections')).rejects.toThrow('no dialog')
  const waiting = await claires.opens('corrections')
  expect(wordsIn(waiting)).toMatch(/Petit[\s\S]*Grand/u)
  await claires.sends(waiting, 'Accepter')
  expect(wordsIn(await claires.opens('corrections'))).toContain('Acceptée par Claire Martin')

  const which = await claires.opens('complete')
  const words = await claires.sends(which, 'Continuer', { about: 'context/nextSteps' })
  await claires.sends(words, 'Enregistrer', { 'f-text': 'Une réunion en mars.' })
  await shows(connector, 'Une réunion en mars.')
  expect(connector.activities()).toHaveLength(before)
})
