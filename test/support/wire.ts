import { removeFolder, startBot } from './bot.ts'
import { type Guest, startConnector, type TestConnector, wordsIn } from './connector.ts'
import { type Seat, seat } from './seat.ts'

/** A bot, a Bot Connector and some people, with no room between them. */

export const claire: Guest = {
  id: '29:claire',
  name: 'Claire Martin',
  aadObjectId: 'aad-claire',
  role: 'Organizer',
}
export const others: Guest[] = [
  { id: '29:paul', name: 'Paul Petit', aadObjectId: 'aad-paul', role: 'Attendee' },
  { id: '29:lea', name: 'Léa Roux', aadObjectId: 'aad-lea', role: 'Attendee' },
  { id: '29:tom', name: 'Tom Blanc', aadObjectId: 'aad-tom', role: 'Presenter' },
  { id: '8:anonymous', name: 'Zoé (invitée)' },
]
export const people = [claire, ...others]

const cleanups: (() => Promise<unknown> | unknown)[] = []
/** After each test: what it started is ended, last first. */
export async function cleanUp(): Promise<void> {
  for (const clean of cleanups.splice(0).reverse()) await clean()
}

export const later = (clean: () => Promise<unknown> | unknown): void => void cleanups.push(clean)

export async function meeting(options: Parameters<typeof startConnector>[0] = {}): Promise<TestConnector> {
  const connector = await startConnector({ people, limits: false, ...options })
  cleanups.push(() => connector.close())
  return connector
}

export async function bot(connector: TestConnector, env: Record<string, string> = {}) {
  const running = await startBot(env)
  cleanups.push(() => removeFolder(running.dataDir))
  cleanups.push(() => running.close())
  connector.talkTo(running.botUrl)
  return running
}

/** Someone's own chat with the same bot. */
export async function ownChat(who: Guest, botUrl: string): Promise<TestConnector> {
  const chat = await meeting({
    people: [who],
    conversationId: `a:${who.id}`,
    meetingId: null,
    personal: true,
  })
  chat.talkTo(botUrl)
  return chat
}

export const said = (connector: TestConnector) =>
  connector
    .activities()
    .map((one) => wordsIn(one.card))
    .join('\n')

export const shows = (connector: TestConnector, text: string | RegExp) =>
  connector.until(
    () => (typeof text === 'string' ? said(connector).includes(text) : text.test(said(connector))),
    15_000,
  )

export const identity = (first: string, last: string) => ({
  firstName: first,
  lastName: last,
  position: 'Chargée de mission',
  organisation: 'Mairie',
  profile: 'agent',
  lang: 'fr',
})

/** Claire has launched and everyone has joined. */
export async function lobby(
  connector: TestConnector,
  format = 'format-1',
): Promise<{ host: Seat; seats: Seat[] }> {
  const host = seat(connector, claire)
  await connector.installed(claire)
  await shows(connector, 'Lancer cet atelier')
  await host.press('launch', { format })
  await shows(connector, 'Qui êtes-vous')
  const seats = others.map((one) => seat(connector, one))
  for (const one of seats) {
    const [first = '', last = ''] = one.who.name.split(' ')
    await one.press('join', identity(first, last))
  }
  return { host, seats }
}
