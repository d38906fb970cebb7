import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Meeting } from '../../src/core/meeting.ts'
import { type BotProcess, freshFolder, removeFolder, spawnBot } from '../support/bot.ts'
import { ambiguous, broken, doubled, most, notItsOwn, posted, type Stood } from '../support/checker.ts'
import { at, type Guest, type Recorded, type TestConnector } from '../support/connector.ts'
import {
  answers,
  closed,
  endsRight,
  everyone,
  goTo,
  type Led,
  led,
  opened,
  pause,
  press,
  rated,
  settled,
  shows,
  thought,
} from '../support/led.ts'
import type { Seat } from '../support/seat.ts'
import { courier, weather } from '../support/weather.ts'
import { bot, claire, cleanUp, identity, later, meeting, said } from '../support/wire.ts'

afterEach(cleanUp)

function recordIn(dataDir: string): Meeting {
  const folder = join(dataDir, 'meetings')
  const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return JSON.parse(readFileSync(join(folder, file), 'utf8'))
}

describe('format #1, seven people, on a platform where one request in five fails', () => {
  it.each([1, 2, 3])(
    'ends right, breaks no limit and doubles nothing: chance %i',
    { timeout: 180_000 },
    async (seed) => {
      const post = courier(seed)
      const connector = await meeting({
        people: everyone,
        limits: true,
        weather: weather(seed),
        courier: post.carry,
      })
      const running = await bot(connector, { REQUEST_TIMEOUT: '1', METRICS_PORT: '0' })
      const here = led(connector)
      await opened(here)
      await thought(here)
      await rated(here)
      await closed(here)
      await post.allCame()
      await settled(here, () => recordIn(running.dataDir))

      await endsRight(here, () => recordIn(running.dataDir))
      const { requests } = connector
      expect(broken(requests)).toEqual([])
      expect(doubled(posted(requests), here.asked)).toEqual([])
      expect(requests.filter(({ status }) => status !== null && status >= 500).length).toBeGreaterThan(2)
      expect(post.twice()).toBeGreaterThan(5)
      // Each post nobody can vouch for is told, and no request goes out that the pacer did not ask for.
      const unsure = running.log.told.filter(({ facts }) => facts.outcome === 'unsure')
      expect(unsure).toHaveLength(ambiguous(requests).length)
      expect(notItsOwn(requests)).toEqual([])
      expect(await askedBy(running.metricsPort)).toBe(requests.length)
    },
  )
})

describe('the same with a process that is killed', () => {
  it('loses no answer, doubles nothing, and goes on: three times', { timeout: 180_000 }, async () => {
    const dataDir = freshFolder()
    later(() => removeFolder(dataDir))
    const post = courier(7)
    const connector = await meeting({
      people: everyone,
      limits: true,
      weather: weather(7),
      courier: post.carry,
    })
    const here = led(connector)
    let running: BotProcess | null = null
    later(() => running?.kill())
    const restarts = async (): Promise<void> => {
      await running?.kill()
      running = await spawnBot(dataDir, { REQUEST_TIMEOUT: '1' })
      connector.talkTo(running.botUrl)
    }
    const unanswered = (isDone: boolean) =>
      here.comes('a post without answer', () => {
        const last = connector.requests.findLast(({ method }) => method === 'POST')
        return last?.status === null && last.done === isDone
      })

    await restarts()
    await opened(here)
    // The message is in the chat, and the process dies before it knows.
    connector.fault({ method: 'POST', hang: 'after' })
    await press(here, here.host, 'start')
    await unanswered(true)
    await restarts()
    await shows(here, 'Étape 1 sur 7')
    // It never arrived, and the process dies before it knows.
    for (const step of [2, 3]) await goTo(here, step)
    connector.fault({ method: 'POST', hang: true })
    await press(here, here.host, 'next')
    await unanswered(false)
    await restarts()
    await shows(here, 'Vos sujets')
    // While everyone answers.
    const answering = Promise.all(here.seats.map((one) => answers(here, one)))
    await pause(150)
    await restarts()
    await answering
    await rated(here)
    await closed(here)
    await post.allCame()
    await settled(here, () => recordIn(dataDir))

    await endsRight(here, () => recordIn(dataDir))
    const { requests } = connector
    expect(broken(requests)).toEqual([])
    expect(doubled(posted(requests), here.asked)).toEqual([])
    const left = recordIn(dataDir).outbox.filter(({ state }) => state === 'unsure')
    expect(left.length).toBeLessThanOrEqual(ambiguous(requests).length)
    expect(notItsOwn(requests)).toEqual([])
  })
})

const crowd: Guest[] = Array.from({ length: 10 }, (_, index) => ({
  id: `29:p${index}`,
  name: `Personne ${index}`,
  aadObjectId: `aad-p${index}`,
  role: 'Attendee',
}))

/** Ten people who never wait for one another. */
async function hasty(here: Led): Promise<void> {
  const { connector, host, seats } = here
  await connector.installed(claire)
  await press(here, host, 'launch', { format: 'format-1' })
  await shows(here, 'Qui êtes-vous')
  const all = (act: (one: Seat) => Promise<unknown>) => Promise.all(seats.map(act))
  await all((one) => press(here, one, 'join', identity('Personne', one.who.id.slice(4))))
  await goTo(here, 1)
  await all((one) => press(here, one, 'clear'))
  for (const step of [2, 3, 4]) await goTo(here, step)
  await shows(here, 'Vos sujets')
  await all((one) => answers(here, one))
  await rated(here)
  await closed(here)
}

describe('three meetings of one tenant, ten people in each who all answer at once', () => {
  it('stay within every limit, as the platform counts: not one request is refused', {
    timeout: 180_000,
  }, async () => {
    const connectors = await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        meeting({ people: [claire, ...crowd], limits: true, conversationId: `19:meeting_${name}@thread.v2` }),
      ),
    )
    const { botUrl } = await bot(connectors[0] as TestConnector)
    for (const connector of connectors) connector.talkTo(botUrl)
    await Promise.all(connectors.map((connector) => hasty(led(connector, crowd))))

    const requests = connectors.flatMap((connector) => connector.requests)
    expect(broken(requests)).toEqual([])
    expect(requests.filter(({ status }) => status === 429)).toEqual([])
    for (const connector of connectors) {
      expect(doubled(posted(connector.requests), [])).toEqual([])
      expect(kindsOf(posted(connector.requests))).toEqual({
        welcome: 1,
        lobby: 1,
        join: 1,
        step: 8,
        form: 3,
        summary: 1,
      })
      const sends = connector.requests.filter(({ method }) => method !== 'GET').map(({ at }) => at)
      expect(sends.length).toBeLessThanOrEqual(45)
      expect(connector.requests.filter((one) => one.path === '/v3/conversations')).toEqual([])
      // They had more to say than may be said at once: the limits were felt.
      expect(most(sends, 2000)).toBeGreaterThan(4)
    }
  })
})

const welcomed = 'Ouverture anime vos ateliers'

/** How many messages of each kind; of one that is none of these, its words. */
function kindsOf(messages: readonly Stood[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { what } of messages) {
    const kind = /^\d+ ([a-z]+)/u.exec(what)?.[1] ?? (what.includes(welcomed) ? 'welcome' : what)
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  return counts
}

describe('the SDK', () => {
  it('sends nothing of its own, however long a turn lasts', { timeout: 40_000 }, async () => {
    const connector = await meeting({ people: everyone })
    await bot(connector)
    // Her role is read before she may launch, and Teams does not answer.
    connector.fault({ method: 'GET', hang: true, times: 2 })
    const since = Date.now()
    await led(connector).host.types('lancer format-1')
    expect(Date.now() - since).toBeGreaterThan(2000)
    await connector.until(() => said(connector).includes('Qui êtes-vous'))
    expect(notItsOwn(connector.requests)).toEqual([])
    expect(connector.requests.every(({ body }) => at(body, 'type') !== 'typing')).toBe(true)
  })
})

describe('the checker on the platform’s side', () => {
  const path = '/v3/conversations/19:a/activities'
  const request = (time: number, more: Partial<Recorded> = {}): Recorded => ({
    method: 'POST',
    path,
    query: new URLSearchParams(),
    headers: {},
    body: {},
    raw: Buffer.from(''),
    at: time,
    status: 201,
    done: true,
    held: null,
    messageId: null,
    ...more,
  })
  const every = (ms: number, count: number, more: Partial<Recorded> = {}) =>
    Array.from({ length: count }, (_, index) => request(index * ms, more))

  it.each([
    ['eight in a second', every(120, 8), every(150, 7)],
    ['nine in two seconds', every(240, 9), every(260, 9)],
    ['sixty-one in thirty seconds', every(490, 61), every(501, 61)],
    ['fifteen reads in a second', every(66, 15, { method: 'GET' }), every(126, 15, { method: 'GET' })],
    [
      'fifty-one of a tenant in a second',
      every(19, 51).map((one, index) => ({ ...one, path: `/v3/conversations/${index}/activities` })),
      every(20, 51).map((one, index) => ({ ...one, path: `/v3/conversations/${index}/activities` })),
    ],
    [
      'what comes before it may',
      [request(0, { status: 429, held: { seconds: 2, at: 1 } }), request(1900)],
      [request(0, { status: 429, held: { seconds: 2, at: 1 } }), request(2001)],
    ],
  ])('sees %s', (_, tooMany, enough) => {
    expect(broken(tooMany)).not.toEqual([])
    expect(broken(enough)).toEqual([])
  })

  it('sees a message that stands twice, unless someone asked for it in between', () => {
    const twice = [
      { what: 'x', at: 10 },
      { what: 'y', at: 20 },
      { what: 'x', at: 30 },
    ]
    expect(doubled(twice, [])).toEqual(['x'])
    expect(doubled(twice, [{ from: 5, to: 9 }])).toEqual(['x'])
    expect(doubled(twice, [{ from: 12, to: 15 }])).toEqual([])
  })
})

/** What the bot says it asked of the platform. */
async function askedBy(port: number | null): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  const counts = [...text.matchAll(/^ouverture_requests_total\{.*\} (\d+)$/gmu)]
  return counts.reduce((sum, [, count]) => sum + Number(count), 0)
}
