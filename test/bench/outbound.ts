import { broken, most } from '../support/checker.ts'
import { type Guest, startConnector, type TestConnector } from '../support/connector.ts'
import { inputsOf, type Seat, seat } from '../support/seat.ts'
import { claire, identity, shows } from '../support/wire.ts'
import { startedBot } from './bot.ts'
import { freshGround } from './ground.ts'
import { inSeconds, type Line } from './line.ts'
import type { Setting } from './size.ts'

/** What a whole format #1 asks of the platform, played much faster than people do. */
export async function outbound({ size, env }: Setting): Promise<Line[]> {
  const people = Array.from(
    { length: size.workshop },
    (_, index): Guest => ({
      id: `29:p${index}`,
      name: `Personne ${index}`,
      aadObjectId: `aad-p${index}`,
      role: 'Attendee',
    }),
  )
  const ground = await freshGround(env)
  const bot = await startedBot(ground.env)
  const connector = await startConnector({ people: [claire, ...people], limits: true, botUrl: bot.url })
  const begun = performance.now()
  await played(
    connector,
    seat(connector, claire),
    people.map((one) => seat(connector, one)),
  )
  const ms = performance.now() - begun
  await bot.end()
  await connector.close()
  await ground.clear()
  const { requests } = connector
  const [posts, edits, reads] = ['POST', 'PUT', 'GET'].map((method) =>
    requests.filter((one) => one.method === method),
  )
  const sends = [...(posts ?? []), ...(edits ?? [])].map((one) => one.at)
  const over = broken(requests)
  return [
    {
      what: `requests of a format #1 with ${people.length} people, played in ${inSeconds(ms)}`,
      measured: `${posts?.length} posts, ${edits?.length} edits, ${reads?.length} reads`,
      against: `the limit for one conversation: 1800 sends an hour, 3600 reads`,
      goal: 'within it',
      reached: sends.length <= 1800,
    },
    {
      what: 'the worst burst of it',
      measured: `${most(sends, 1000)} sends in 1 s, ${most(sends, 2000)} in 2 s, ${most(sends, 30_000)} in 30 s; limits broken: ${over.length}`,
      against: 'the limits: 7, 8, 60',
      goal: 'none broken',
      reached: over.length === 0,
    },
  ]
}

async function played(connector: TestConnector, host: Seat, seats: Seat[]): Promise<void> {
  await connector.installed(claire)
  await host.press('launch', { format: 'format-1' })
  await shows(connector, 'Qui êtes-vous')
  await Promise.all(seats.map((one) => one.press('join', identity('Personne', one.who.id.slice(4)))))
  const step = async (verb: string, number: number) => {
    await host.press(verb)
    await connector.until(
      () => JSON.stringify(connector.activities()).includes(`Étape ${number} sur 7`),
      60_000,
    )
  }
  await step('start', 1)
  for (const number of [2, 3, 4]) await step('next', number)
  await Promise.all(
    seats.map((one) =>
      one.press('ideas-done', { title1: `Sujet de ${one.who.name}`, sentence1: 'Une phrase claire.' }),
    ),
  )
  await step('next', 5)
  await host.press('cards-show-all')
  await step('next', 6)
  await Promise.all(seats.map(rated))
  await host.press('reveal')
  await step('next', 7)
  await Promise.all(
    seats.map((one) =>
      one.press('feedback-save', { email: `${one.who.id.slice(3)}@example.org`, consent: 'true' }),
    ),
  )
  await host.press('next')
  await connector.until(() => JSON.stringify(connector.activities()).includes('Télécharger'), 60_000)
}

/** Page after page, until her form is a receipt. */
async function rated(one: Seat): Promise<void> {
  await one.find('rate-save')
  while (await one.offered('rate-save')) {
    const { card } = await one.find('rate-save')
    await one.press('rate-save', Object.fromEntries(inputsOf(card).map((id) => [id, '4'])))
  }
}
