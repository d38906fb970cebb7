import { broken, most } from '../support/checker.ts'
import { type Guest, startConnector, type TestConnector } from '../support/connector.ts'
import { inputsOf, type Seat, seat } from '../support/seat.ts'
import { claire, identity, shows } from '../support/wire.ts'
import { startedBot } from './bot.ts'
import { type Group, inSeconds, type Row } from './line.ts'
import type { Setting } from './size.ts'

/** What a whole format #1 asks of the platform, played much faster than people do. */
export async function outbound({ size, grounds }: Setting): Promise<Group[]> {
  const people = Array.from(
    { length: size.workshop },
    (_, index): Guest => ({
      id: `29:p${index}`,
      name: `Personne ${index}`,
      aadObjectId: `aad-p${index}`,
      role: 'Attendee',
    }),
  )
  const ground = await grounds.fresh(grounds.kinds[0] ?? 'files')
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
  return [
    {
      title: `What a format #1 with ${people.length} people asks of the platform`,
      told: `Played to its end in ${inSeconds(ms)}, much faster than people do, while the platform refuses what is over its limits. Compared to the limits Microsoft documents for one conversation.`,
      heads: ['the most that was asked', 'limit'],
      rows: rowsOf(connector.requests),
    },
  ]
}

function rowsOf(requests: TestConnector['requests']): Row[] {
  const [posts = [], edits = [], reads = []] = ['POST', 'PUT', 'GET'].map((method) =>
    requests.filter((one) => one.method === method).map((one) => one.at),
  )
  const sends = [...posts, ...edits]
  const over = broken(requests).length
  const within = (who: string, asked: number, limit: number): Row => ({
    who,
    cells: [String(asked), String(limit)],
    goal: { says: 'within it', reached: asked <= limit },
  })
  return [
    { who: 'posts in all', cells: [String(posts.length), ''], goal: null },
    { who: 'edits in all', cells: [String(edits.length), ''], goal: null },
    within('sends, posts and edits, in an hour', most(sends, 3_600_000), 1800),
    within('sends in 30 s', most(sends, 30_000), 60),
    within('sends in 2 s', most(sends, 2000), 8),
    within('sends in 1 s', most(sends, 1000), 7),
    within('reads of members in an hour', most(reads, 3_600_000), 3600),
    {
      who: 'any limit broken, those of reads and of the tenant too',
      cells: [String(over), ''],
      goal: { says: 'none', reached: over === 0 },
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
