import { actionIn, at, type Card, type Guest, type Shown, type TestConnector } from '../support/connector.ts'
import { isCard } from '../support/seat.ts'

/** Someone at her client, who looks at one card at a time; whatever gets no answer throws. */
export interface Client {
  who: Guest
  /** Her version of the latest message in the place that `card` names; null where there is none. */
  view(card: Place): Promise<View | null>
  /** Presses what a view offers; gives the card that comes back. */
  press(view: View, verb: string, inputs?: Record<string, string>): Promise<View>
  types(text: string): Promise<void>
  /** Scrolls through the whole chat: her client asks for her version of each message that it draws. */
  looksBack(): Promise<void>
}

export interface View {
  messageId: string
  card: Card
}

/** A card's place in the workshop, as its message says it: `join`, `lobby`, `step/…`, `form/classer/…`. */
export type Place = string

export function client(connector: TestConnector, who: Guest): Client {
  async function view(place: Place): Promise<View | null> {
    const message = connector.activities().findLast(({ card }) => placeOf(card).startsWith(place))
    return message ? drawn(message) : null
  }

  async function drawn(message: Shown): Promise<View> {
    const action = at(message.card, 'refresh', 'action')
    const data = at(action, 'data')
    if (!isCard(data)) return { messageId: message.id, card: message.card }
    return answered(await connector.invoke(who, String(at(action, 'verb')), data, message.id), message.id)
  }

  return {
    who,
    view,
    async press({ messageId, card }, verb, inputs = {}) {
      const action = actionIn(card, verb)
      if (!action) throw new Error(`${who.name} is offered no "${verb}"`)
      const data = at(action, 'data')
      const given = { ...(isCard(data) ? data : {}), ...inputs }
      return answered(await connector.invoke(who, verb, given, messageId), messageId)
    },
    async types(text) {
      const reply = await connector.message(who, text)
      if (reply.status >= 300) throw new Error(`"${text}" got ${reply.status}`)
    },
    async looksBack() {
      for (const message of connector.activities()) await drawn(message)
    },
  }
}

export const offers = (view: View | null, verb: string): view is View =>
  view !== null && actionIn(view.card, verb) !== undefined

/** Where a card belongs, told by what its own refresh sends back. */
export const placeOf = (card: Card): string => {
  const place = at(card, 'refresh', 'action', 'data', 'k')
  return typeof place === 'string' ? place : (/"k":"([^"]+)"/u.exec(JSON.stringify(card))?.[1] ?? '')
}

function answered({ status, body }: { status: number; body: unknown }, messageId: string): View {
  const card = isCard(body) ? body.value : undefined
  if (status !== 200 || !isCard(card)) throw new Error(`no card but ${status} ${JSON.stringify(body)}`)
  return { messageId, card }
}
