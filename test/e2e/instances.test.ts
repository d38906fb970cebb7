import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startBalancer } from '../support/balancer.ts'
import { freshFolder, removeFolder, spawnBot, startBot } from '../support/bot.ts'
import { postgresServer, type Server } from '../support/postgres.ts'
import { claire, cleanUp, later, lobby, meeting, others, said, shows } from '../support/wire.ts'

let server: Server
beforeAll(async () => {
  server = await postgresServer()
}, 60_000)
afterAll(() => server.stop())
afterEach(cleanUp)

/** Two instances on one database, whoever asks being sent to one and the other in turn. */
async function pair() {
  const connector = await meeting()
  const DATABASE_URL = await server.database()
  const running = await Promise.all([startBot({ DATABASE_URL }), startBot({ DATABASE_URL })])
  for (const one of running) {
    later(() => removeFolder(one.dataDir))
    later(() => one.close())
  }
  const balancer = await startBalancer(running.map(({ botUrl }) => botUrl))
  later(() => balancer.close())
  connector.talkTo(balancer.url)
  return { connector, running, logs: running.map(({ log }) => log) }
}

const idea = (title: string) => ({ title1: title, sentence1: 'Une phrase.', title2: '', sentence2: '' })

describe('two instances on one database', () => {
  it('lead one workshop together: each answer once, each card once', { timeout: 120_000 }, async () => {
    const { connector, logs } = await pair()
    const { host, seats } = await lobby(connector)
    for (const verb of ['start', 'next', 'next', 'next']) await host.press(verb)
    await shows(connector, 'Vos sujets')
    await Promise.all(seats.map((one) => one.press('ideas-done', idea(`Sujet de ${one.who.name}`))))
    await host.press('next')
    await host.press('cards-show-all')
    for (const one of seats) await shows(connector, `Sujet de ${one.who.name}`)
    for (const one of others)
      expect(said(connector).split(`Sujet de ${one.name}`).length - 1, one.name).toBeLessThanOrEqual(2)
    expect(logs.flatMap(({ told }) => told.filter(({ level }) => level !== 'info'))).toEqual([])
  })
})

void claire
void freshFolder
void spawnBot
