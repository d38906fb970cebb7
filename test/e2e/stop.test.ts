import { afterEach, describe, expect, it } from 'vitest'
import { freshFolder, removeFolder, spawnBot } from '../support/bot.ts'
import { wordsIn } from '../support/connector.ts'
import { claire, cleanUp, later, meeting, others, said, shows } from '../support/wire.ts'

afterEach(cleanUp)

async function running(dataDir = freshFolder()) {
  const connector = await meeting()
  const bot = await spawnBot(dataDir)
  later(() => removeFolder(dataDir))
  later(() => bot.kill())
  connector.talkTo(bot.botUrl)
  return { connector, bot, dataDir }
}

describe('a bot that is told to stop', () => {
  it('answers everyone who was asking, ends well, and goes on at the next start', {
    timeout: 60_000,
  }, async () => {
    const { connector, bot, dataDir } = await running()
    // The platform gives no answer: who launches waits for it.
    connector.fault({ method: 'GET', hang: true })
    const asked = [claire, ...others].map((who) => connector.message(who, who === claire ? 'lancer' : 'aide'))
    await connector.until(() => connector.requests.some((one) => one.method === 'GET'))
    bot.signal('SIGTERM')
    const answers = await Promise.all(asked)
    expect(answers.map((one) => one.status).filter((status) => status >= 300)).toEqual([])
    expect(await bot.gone).toBe(0)
    expect(said(connector)).not.toContain('Qui êtes-vous')

    const again = await spawnBot(dataDir)
    later(() => again.kill())
    connector.talkTo(again.botUrl)
    await shows(connector, 'Qui êtes-vous')
    expect(connector.activities().filter((one) => wordsIn(one.card).includes('Qui êtes-vous'))).toHaveLength(
      1,
    )
  })

  it('ends at once for someone who tells it twice', { timeout: 60_000 }, async () => {
    const { connector, bot } = await running()
    connector.fault({ method: 'GET', hang: true, times: 2 })
    const asked = connector.message(claire, 'lancer').catch(() => null)
    await connector.until(() => connector.requests.some((one) => one.method === 'GET'))
    bot.signal('SIGTERM')
    const again = setInterval(() => bot.signal('SIGTERM'), 700)
    later(() => clearInterval(again))
    expect(await bot.gone).not.toBe(0)
    expect(await asked).toBeNull()
  })
})
