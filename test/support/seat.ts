import { actionIn, at, type Card, type Guest, type Shown, type TestConnector, wordsIn } from './connector.ts'

/** One person at her client: she sees her personal version of each card, and presses what she sees. */
export interface Seat {
  who: Guest
  /** Her version of the latest message that offers this verb to her. */
  find(verb: string): Promise<{ message: Shown; card: Card; action: Card }>
  /** Presses it with these inputs; gives the card that comes back. */
  press(verb: string, inputs?: Record<string, string>): Promise<Card>
  /** The same, on the newest action only when it is there. */
  offered(verb: string): Promise<boolean>
  types(text: string): Promise<void>
  /** Every word of her version of the latest message. */
  reads(): Promise<string>
}

/** Milliseconds of real time a person looks for what she wants to press. */
const patience = 10_000

export function seat(connector: TestConnector, who: Guest): Seat {
  /** As her client does: it asks with the refresh of the message as she has it, which may be edited meanwhile. */
  async function own(message: Shown): Promise<Card> {
    const action = at(message.card, 'refresh', 'action')
    const data = at(action, 'data')
    if (action === undefined || !isCard(data)) return message.card
    const reply = await connector.invoke(who, String(at(action, 'verb')), data, message.id)
    const card = at(reply.body, 'value')
    return isCard(card) ? card : message.card
  }

  async function look(verb: string) {
    for (const message of connector.activities().toReversed()) {
      const card = await own(message)
      const action = actionIn(card, verb)
      if (action) return { message, card, action }
    }
    return null
  }

  async function find(verb: string) {
    const until = Date.now() + patience
    for (;;) {
      const found = await look(verb)
      if (found) return found
      if (Date.now() > until) throw new Error(`${who.name} is offered no "${verb}"`)
      await new Promise((resolve) => setTimeout(resolve, 40))
    }
  }

  return {
    who,
    find,
    offered: async (verb) => (await look(verb)) !== null,
    async press(verb, inputs = {}) {
      const { message, action } = await find(verb)
      const data = at(action, 'data')
      const reply = await connector.invoke(
        who,
        verb,
        { ...(isCard(data) ? data : {}), ...inputs },
        message.id,
      )
      const card = at(reply.body, 'value')
      if (reply.status !== 200 || !isCard(card))
        throw new Error(`${who.name} pressed "${verb}" and got ${reply.status} ${JSON.stringify(reply.body)}`)
      return card
    },
    async types(text) {
      const reply = await connector.message(who, text)
      if (reply.status >= 300) throw new Error(`"${text}" got ${reply.status}`)
    },
    async reads() {
      const last = connector.activities().at(-1)
      return last ? wordsIn(await own(last)) : ''
    },
  }
}

/** Ids of the inputs of a card, in order. */
export function inputsOf(card: unknown): string[] {
  if (Array.isArray(card)) return card.flatMap(inputsOf)
  if (typeof card !== 'object' || card === null) return []
  const own =
    'type' in card && String(card.type).startsWith('Input.') && 'id' in card ? [String(card.id)] : []
  return [...own, ...Object.values(card).flatMap(inputsOf)]
}

export const isCard = (value: unknown): value is Card =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
