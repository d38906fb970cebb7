import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Meeting } from '../../src/core/meeting.ts'
import { openDatabase } from '../../src/stores/postgres/database.ts'
import { postgresStore } from '../../src/stores/postgres/index.ts'
import { type Balancer, startBalancer } from '../support/balancer.ts'
import { type BotProcess, freshFolder, removeFolder, spawnBot, startBot } from '../support/bot.ts'
import { broken, doubled, posted } from '../support/checker.ts'
import type { TestConnector } from '../support/connector.ts'
import {
  answers,
  closed,
  endsRight,
  everyone,
  goTo,
  led,
  opened,
  pause,
  press,
  rated,
  settled,
  shows,
  thought,
} from '../support/led.ts'
import { quietLog } from '../support/ports.ts'
import { postgresServer, type Server } from '../support/postgres.ts'
import { courier, weather } from '../support/weather.ts'
import { cleanUp, later, meeting, said } from '../support/wire.ts'

let server: Server
beforeAll(async () => {
  server = await postgresServer()
}, 60_000)
afterAll(() => server.stop())
afterEach(cleanUp)

/** Reads the one meeting there is, beside the instances. */
async function reading(url: string): Promise<() => Promise<Meeting>> {
  const store = postgresStore(await openDatabase(url, quietLog))
  later(() => store.close())
  return async () => {
    const [id = ''] = await store.idleSince(Date.now() + 60_000)
    const found = await store.load(id)
    if (!found) throw new Error('no record')
    return found
  }
}

async function balanced(connector: TestConnector, urls: string[], waitMs?: number): Promise<Balancer> {
  const balancer = await startBalancer(urls, waitMs)
  later(() => balancer.close())
  connector.talkTo(balancer.url)
  return balancer
}

/** Processes of their own, that can be killed and frozen. */
async function spawned(url: string, count: number, env: Record<string, string> = {}): Promise<BotProcess[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const folder = freshFolder()
      later(() => removeFolder(folder))
      const one = await spawnBot(folder, { DATABASE_URL: url, REQUEST_TIMEOUT: '2', ...env })
      later(() => one.kill())
      return one
    }),
  )
}

describe('several instances on one database, whoever asks being sent to each in turn', () => {
  it.each([11, 12])(
    'lead format #1 to its end on a platform where one request in five fails: chance %i',
    { timeout: 240_000 },
    async (seed) => {
      const post = courier(seed)
      const connector = await meeting({
        people: everyone,
        limits: true,
        weather: weather(seed),
        courier: post.carry,
      })
      const DATABASE_URL = await server.database()
      const record = await reading(DATABASE_URL)
      const running = await Promise.all([1, 2].map(() => startBot({ DATABASE_URL, REQUEST_TIMEOUT: '1' })))
      for (const one of running) {
        later(() => removeFolder(one.dataDir))
        later(() => one.close())
      }
      await balanced(
        connector,
        running.map(({ botUrl }) => botUrl),
      )
      const here = led(connector)
      await opened(here)
      await thought(here)
      await rated(here)
      await closed(here)
      await post.allCame()
      await settled(here, record)

      await endsRight(here, record)
      expect(broken(connector.requests)).toEqual([])
      expect(doubled(posted(connector.requests), here.asked)).toEqual([])
    },
  )

  it('lose nothing and double nothing when one is killed while everyone answers', {
    timeout: 240_000,
  }, async () => {
    const connector = await meeting({ people: everyone, limits: true })
    const url = await server.database()
    const record = await reading(url)
    const [first, second] = (await spawned(url, 2)) as [BotProcess, BotProcess]
    const balancer = await balanced(connector, [first.botUrl, second.botUrl])
    const here = led(connector)
    await opened(here)
    for (const step of [1, 2, 3, 4]) await goTo(here, step)
    await shows(here, 'Vos sujets')
    const answering = Promise.all(here.seats.map((one) => answers(here, one)))
    await pause(150)
    await first.kill()
    balancer.to([second.botUrl])
    await answering
    await rated(here)
    const [third] = (await spawned(url, 1)) as [BotProcess]
    balancer.to([second.botUrl, third.botUrl])
    await closed(here)
    await settled(here, record)

    await endsRight(here, record)
    expect(broken(connector.requests)).toEqual([])
    expect(doubled(posted(connector.requests), here.asked)).toEqual([])
  })

  it('double nothing when one is frozen, taken for dead, and goes on', { timeout: 240_000 }, async () => {
    const connector = await meeting({ people: everyone, limits: true })
    const url = await server.database()
    const record = await reading(url)
    const [first, second] = (await spawned(url, 2)) as [BotProcess, BotProcess]
    // Whoever was sent to it does not wait until it thaws.
    const balancer = await balanced(connector, [first.botUrl, second.botUrl], 4000)
    const here = led(connector)
    await opened(here)
    for (const step of [1, 2, 3, 4]) await goTo(here, step)
    await shows(here, 'Vos sujets')
    const answering = Promise.all(here.seats.map((one) => answers(here, one)))
    await pause(100)
    first.freeze(true)
    balancer.to([second.botUrl])
    await answering
    // Longer than the others wait for it.
    await pause(9000)
    await goTo(here, 5)
    first.freeze(false)
    balancer.to([first.botUrl, second.botUrl])
    await press(here, here.host, 'cards-show-all')
    await rated(here, { isShown: true })
    await closed(here)
    await settled(here, record)

    await endsRight(here, record)
    expect(broken(connector.requests)).toEqual([])
    expect(doubled(posted(connector.requests), here.asked)).toEqual([])
  })

  it('go on when the database was away for a while', { timeout: 240_000 }, async () => {
    const connector = await meeting({ people: everyone, limits: true })
    const url = await server.database()
    const record = await reading(url)
    const instances = await spawned(url, 2)
    await balanced(
      connector,
      instances.map(({ botUrl }) => botUrl),
    )
    const here = led(connector)
    await opened(here)
    for (const step of [1, 2, 3, 4]) await goTo(here, step)
    await shows(here, 'Vos sujets')
    const answering = Promise.all(here.seats.map((one) => answers(here, one)))
    await pause(100)
    await server.restart(3000)
    await answering
    await rated(here)
    await closed(here)
    await settled(here, record)

    await endsRight(here, record)
    expect(broken(connector.requests)).toEqual([])
    expect(doubled(posted(connector.requests), here.asked)).toEqual([])
  })

  it('ring once, on time, when the one that showed the step is killed', { timeout: 120_000 }, async () => {
    const connector = await meeting({ people: everyone, limits: true })
    const url = await server.database()
    const [first, second] = (await spawned(url, 2, { FORMATS_DIR: quickFormat() })) as [
      BotProcess,
      BotProcess,
    ]
    const balancer = await balanced(connector, [first.botUrl])
    const here = led(connector)
    await opened(here, 'quick')
    await press(here, here.host, 'start')
    await shows(here, 'Étape 1 sur 7')
    const record = await reading(url)
    await settled(here, record)
    const { position } = (await record()).sessions[0]?.steer ?? {}
    const deadline = position?.status === 'running' ? position.deadline : 0
    balancer.to([second.botUrl])
    await first.kill()
    expect(Date.now()).toBeLessThan(deadline)
    await here.comes('the ring', () => said(connector).includes('le temps est écoulé'))
    const rings = posted(connector.requests).filter(({ what }) => what.includes('ring'))
    expect(rings).toHaveLength(1)
    // Nothing rings before its time; how long after is for the benchmark to say.
    expect((await record()).sessions[0]?.steer.position).toMatchObject({ rang: true })
  })
})

/** The first format, with a first step of twelve seconds. */
function quickFormat(): string {
  const folder = freshFolder()
  later(() => removeFolder(folder))
  const script = readFileSync(new URL('../../src/formats/format-1.yaml', import.meta.url), 'utf8')
    .replace('id: format-1', 'id: quick')
    .replace('minutes: 10', 'minutes: 0.2')
    .replace('warnMinutes: 2', 'warnMinutes: 0.1')
  writeFileSync(join(folder, 'quick.yaml'), script)
  return folder
}
