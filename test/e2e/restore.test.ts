import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { examine } from '../../src/doctor/index.ts'
import { freshFolder, removeFolder, startBot } from '../support/bot.ts'
import { linksIn, wordsAt } from '../support/finished.ts'
import { seat } from '../support/seat.ts'
import { claire, cleanUp, later, lobby, meeting, ownChat, shows } from '../support/wire.ts'

afterEach(cleanUp)

const keyed = (letter: string) => ({ DATA_KEY: Buffer.alloc(32, letter).toString('base64') })

function folder(): string {
  const made = freshFolder()
  later(() => removeFolder(made))
  return made
}

async function started(dataDir: string, env: Record<string, string>) {
  const bot = await startBot({ ...env, DATA_DIR: dataDir })
  later(() => bot.close())
  return bot
}

/** The bot is stopped, its data folder copied elsewhere, and the first one lost. */
async function movedElsewhere(bot: Awaited<ReturnType<typeof started>>, dataDir: string): Promise<string> {
  await bot.close()
  const elsewhere = folder()
  cpSync(dataDir, elsewhere, { recursive: true })
  removeFolder(dataDir)
  return elsewhere
}

const records = (dataDir: string) =>
  readdirSync(join(dataDir, 'meetings')).map((name) => readFileSync(join(dataDir, 'meetings', name), 'utf8'))

describe('a copy of the data folder', () => {
  it('restored elsewhere with its key, goes on with the workshop and still knows who led it', {
    timeout: 90_000,
  }, async () => {
    const [connector, dataDir] = [await meeting(), folder()]
    const bot = await started(dataDir, keyed('a'))
    connector.talkTo(bot.botUrl)
    const { host } = await lobby(connector)
    await host.press('start')
    await shows(connector, 'Étape 1 sur 7')

    const elsewhere = await movedElsewhere(bot, dataDir)
    expect(records(elsewhere).join('')).not.toContain('Claire')
    const again = await started(elsewhere, keyed('a'))
    connector.talkTo(again.botUrl)
    const chat = await ownChat(claire, again.botUrl)
    await chat.message(claire, 'mes ateliers')
    await shows(chat, 'Gouvernement Ouvert')
    await seat(connector, claire).press('next')
    await shows(connector, 'Étape 2 sur 7')
  })

  it('opens the links given before it was made', { timeout: 90_000 }, async () => {
    const [connector, dataDir] = [await meeting(), folder()]
    const bot = await started(dataDir, {})
    connector.talkTo(bot.botUrl)
    const { host } = await lobby(connector)
    await host.press('start')
    await connector.message(claire, 'documents')
    await shows(connector, 'Compte rendu')
    const given = connector.activities().flatMap((one) => linksIn(one.card))[0] ?? ''
    expect(await wordsAt(given)).toContain('Claire')

    const again = await started(await movedElsewhere(bot, dataDir), {})
    const moved = new URL(new URL(given).pathname, again.botUrl)
    expect(await wordsAt(moved.href)).toContain('Claire')
  })

  it('is told by the doctor to have another key, and opens with both when the key is replaced', {
    timeout: 90_000,
  }, async () => {
    const [connector, dataDir] = [await meeting(), folder()]
    const bot = await started(dataDir, keyed('a'))
    connector.talkTo(bot.botUrl)
    await lobby(connector)
    const elsewhere = await movedElsewhere(bot, dataDir)

    expect(await unread(elsewhere, keyed('b').DATA_KEY)).toBe(1)
    expect(await unread(elsewhere, `${keyed('b').DATA_KEY},${keyed('a').DATA_KEY}`)).toBe(0)
  })
})

/** How many records the doctor cannot read with these keys. */
async function unread(dataDir: string, keys: string): Promise<number> {
  const env = { DATA_DIR: dataDir, DATA_KEY: keys, PORT: '0', ROOM_PORT: '0' }
  const given = { env, nodeVersion: process.version, folder: dataDir, now: Date.now(), online: null }
  const found = await examine(given)
  return found.filter(({ text }) => 'say' in text && text.say === 'doctor.record').length
}
