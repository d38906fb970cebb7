import type { Json } from '../../src/core/patch.ts'
import { at, type BotReply, type Card, type Guest, type TestConnector } from '../support/connector.ts'
import { isCard } from '../support/seat.ts'
import type { Place, World } from './worlds.ts'

/** A button of a real card, as it was drawn for someone. */
export interface Button {
  how: 'press' | 'fetch' | 'submit'
  verb: string
  data: Card
  /** The inputs that stand on its card, with what a list lets one choose. */
  inputs: { id: string; choices: string[] }[]
  messageId: string
  /** The conversation it was drawn in. */
  where: string
}

/** Presses nothing: looks at every card and opens every dialog, as each of these people, and gives their buttons. */
export async function buttonsIn(world: World): Promise<Button[]> {
  const found = new Map<string, Button>()
  const keep = (button: Button) => found.set(JSON.stringify([button.how, button.verb, button.data]), button)
  for (const place of Object.values(world.places))
    for (const person of place.people.slice(0, 7)) {
      for (const { session, slot, messageId } of place.slots) {
        const reply = await place.connector.invoke(person, 'refresh', { s: session, k: slot }, messageId)
        await collect(at(reply.body, 'value'), messageId, person, place.connector, keep)
      }
      const chat = world.own.get(person.id)
      if (chat) await inOwnChat(chat, person, keep)
    }
  await inWelcome(world.places.a, keep)
  return [...found.values()]
}

async function inOwnChat(chat: TestConnector, person: Guest, keep: (button: Button) => void): Promise<void> {
  for (const words of ['mes ateliers', 'mes données', 'préparer']) {
    const before = chat.activities().length
    await chat.message(person, words)
    await chat.until(() => chat.activities().length > before)
    const message = chat.activities().at(-1)
    if (!message) continue
    await collect(message.card, message.id, person, chat, keep)
    await turned({ card: message.card, messageId: message.id }, person, chat, keep)
  }
}

/** Every page of what she prepares: turning to one changes nothing. */
async function turned(
  first: { card: Json | undefined; messageId: string },
  person: Guest,
  chat: TestConnector,
  keep: (button: Button) => void,
): Promise<void> {
  const waiting = pagesIn(first.card)
  const seen = new Set<string>()
  for (let data = waiting.shift(); data; data = waiting.shift()) {
    const which = JSON.stringify([data.p, data.page, data.at, data.group])
    if (seen.has(which)) continue
    seen.add(which)
    const card = at((await chat.invoke(person, 'programme', data, first.messageId)).body, 'value')
    await collect(card, first.messageId, person, chat, keep)
    waiting.push(...pagesIn(card))
  }
}

const pagesIn = (card: Json | undefined): Card[] =>
  actionsOf(card)
    .filter(({ verb }) => verb === 'programme')
    .map(({ data }) => data)

async function inWelcome({ connector, people }: Place, keep: (button: Button) => void): Promise<void> {
  const [first] = people
  if (!first) return
  const seen = new Set(connector.activities().map(({ id }) => id))
  const fresh = () => connector.activities().find(({ id }) => !seen.has(id))
  await connector.installed(first)
  await connector.until(() => fresh() !== undefined)
  const message = fresh()
  if (message) await collect(message.card, message.id, first, connector, keep)
}

async function collect(
  card: Json | undefined,
  messageId: string,
  person: Guest,
  connector: TestConnector,
  keep: (button: Button) => void,
): Promise<void> {
  const inputs = inputsOf(card)
  const where = connector.conversationId
  for (const { verb, data } of actionsOf(card)) {
    const opens = at(data, 'msteams', 'type') === 'task/fetch'
    keep({ how: opens ? 'fetch' : 'press', verb, data, inputs, messageId, where })
    if (!opens) continue
    const opened = await connector.dialog(person, 'fetch', data, messageId)
    for (const one of inDialog(opened, { messageId, where })) {
      keep(one)
      if (one.verb !== 'open') continue
      const next = await connector.dialog(person, 'submit', one.data, messageId)
      for (const further of inDialog(next, { messageId, where })) keep(further)
    }
  }
}

function inDialog(reply: BotReply, from: Pick<Button, 'messageId' | 'where'>): Button[] {
  const card = at(reply.body, 'task', 'value', 'card', 'content')
  const inputs = inputsOf(card)
  return actionsOf(card).map(({ verb, data }) => ({ how: 'submit', verb, data, inputs, ...from }))
}

function inputsOf(card: Json | undefined): Button['inputs'] {
  if (Array.isArray(card)) return card.flatMap(inputsOf)
  if (typeof card !== 'object' || card === null) return []
  const id = at(card, 'id')
  const choices = at(card, 'choices')
  const values = Array.isArray(choices) ? choices.map((one) => String(at(one, 'value'))) : []
  const isInput = String(at(card, 'type')).startsWith('Input.') && typeof id === 'string'
  return [...(isInput ? [{ id, choices: values }] : []), ...Object.values(card).flatMap(inputsOf)]
}

/** Every action that sends something, wherever it stands. */
export function actionsOf(card: Json | undefined): { verb: string; data: Card }[] {
  if (Array.isArray(card)) return card.flatMap(actionsOf)
  if (typeof card !== 'object' || card === null) return []
  const data = at(card, 'data')
  const isAction = /^Action\.(Execute|Submit)$/u.test(String(at(card, 'type')))
  const mine =
    isAction && isCard(data) ? [{ verb: String(at(card, 'verb') ?? at(data, 'verb') ?? ''), data }] : []
  return [...mine, ...Object.values(card).flatMap(actionsOf)]
}
