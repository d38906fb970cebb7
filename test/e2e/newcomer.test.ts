import { afterEach, expect, it } from 'vitest'
import { nodesOf } from '../cards/drawn.ts'
import { actionIn, at, type Card, type Guest, wordsIn } from '../support/connector.ts'
import { inputsOf, isCard, seat } from '../support/seat.ts'
import { bot, cleanUp, identity, lobby, meeting, people, said, shows } from '../support/wire.ts'

afterEach(cleanUp)

const nina: Guest = { id: '29:nina', name: 'Nina Faure', aadObjectId: 'aad-nina', role: 'Attendee' }
const written = { title1: 'Un guichet mobile', sentence1: 'Aller vers les villages.' }

/** What stands in each input of a card. */
const valuesOf = (card: Card): Record<string, unknown> =>
  Object.fromEntries(
    nodesOf(card).flatMap((node) =>
      String(node.type).startsWith('Input.') ? [[String(node.id), node.value]] : [],
    ),
  )

it('someone who fills a form before she joins is asked who she is right there, and gets her words back', async () => {
  const connector = await meeting({ people: [...people, nina] })
  await bot(connector)
  const { host } = await lobby(connector)
  await host.press('start')
  await host.press('next')
  await host.press('next')
  await host.press('next')
  await shows(connector, 'Vos sujets')
  const { message, action } = await seat(connector, nina).find('ideas-save')
  const press = async (verb: string, on: Card | undefined, inputs: Record<string, string>): Promise<Card> => {
    const data = at(on, 'data')
    const reply = await connector.invoke(nina, verb, { ...(isCard(data) ? data : {}), ...inputs }, message.id)
    const card = at(reply.body, 'value')
    return isCard(card) ? card : {}
  }

  const asked = await press('ideas-save', action, written)
  expect(wordsIn(asked)).toContain('Vous n’avez pas encore rejoint l’atelier')
  expect(valuesOf(asked)).toMatchObject({ ...written, firstName: 'Nina', lastName: 'Faure' })

  const unsaid = { ...identity('Nina', 'Faure'), profile: '', position: 'Médiatrice' }
  const mended = await press('join', actionIn(asked, 'join'), { ...written, ...unsaid })
  expect(valuesOf(mended)).toMatchObject({ ...written, firstName: 'Nina', position: 'Médiatrice' })
  expect(inputsOf(mended)).toContain('profile')

  const joined = await press('join', actionIn(mended, 'join'), { ...written, ...identity('Nina', 'Faure') })
  expect(wordsIn(joined)).toContain('Vous êtes dans l’atelier')
  expect(inputsOf(joined)).not.toContain('profile')
  expect(valuesOf(joined)).toMatchObject(written)

  const kept = await press('ideas-save', actionIn(joined, 'ideas-save'), written)
  expect(wordsIn(kept)).toContain('Un guichet mobile')
  expect(inputsOf(kept)).toEqual([])
  expect(said(connector)).not.toContain('Un guichet mobile')
})
