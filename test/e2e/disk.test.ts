import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { schemaVersion } from '../../src/core/meeting.ts'
import { type BotProcess, freshFolder, removeFolder, spawnBot } from '../support/bot.ts'
import { at, type TestConnector, wordsIn } from '../support/connector.ts'
import type { Seat } from '../support/seat.ts'
import { mayMount, type SmallDisk, smallDisk } from '../support/small-disk.ts'
import { claire, cleanUp, later, lobby, meeting, shows } from '../support/wire.ts'

afterEach(cleanUp)

const unsaved = 'Je n’ai pas pu enregistrer'
const unread = 'ne peut pas être lu'

/** A process that keeps its records there, and speaks to these. */
async function running(dataDir: string, connectors: TestConnector[]): Promise<BotProcess> {
  const bot = await spawnBot(dataDir, { LOG_LEVEL: 'warn' })
  later(() => bot.kill())
  for (const one of connectors) one.talkTo(bot.botUrl)
  return bot
}

/** The lines of its log that are about this meeting. */
const toldOf = (bot: BotProcess, id: string): string =>
  bot
    .told()
    .split('\n')
    .filter((line) => line.includes(`"meeting":"${id}"`))
    .join('\n')

const roomy = (): SmallDisk => {
  const disk = smallDisk(8)
  later(() => disk.remove())
  return disk
}

const ended: Record<string, { happen(disk: SmallDisk): void; over(disk: SmallDisk): void; code: string }> = {
  'is full': { happen: (disk) => disk.fill(), over: (disk) => disk.free(), code: 'ENOSPC' },
  'turned read-only': {
    happen: (disk) => disk.readOnly(true),
    over: (disk) => disk.readOnly(false),
    code: 'EROFS',
  },
}

describe.skipIf(!mayMount).each(Object.entries(ended))('a disk that %s', (_, { happen, over, code }) => {
  const id = '19:disk@thread.v2'

  it('is told to the one who asked and in the log, and keeps nothing from going on afterwards', {
    timeout: 90_000,
  }, async () => {
    const disk = roomy()
    const connector = await meeting({ conversationId: id })
    const bot = await running(disk.dir, [connector])
    const { host } = await lobby(connector)
    await host.press('start')
    await shows(connector, 'Étape 1 sur 7')
    happen(disk)
    expect(wordsIn(await host.press('next'))).toContain(unsaved)
    await connector.message(claire, 'étape suivante')
    await shows(connector, unsaved)
    expect(toldOf(bot, id)).toContain(code)
    over(disk)
    await host.press('next')
    await shows(connector, 'Étape 2 sur 7')
  })

  it('lets the bot start, take up what runs, and save again once it does', { timeout: 90_000 }, async () => {
    const disk = roomy()
    const connector = await meeting({ conversationId: id })
    const first = await running(disk.dir, [connector])
    const { host } = await lobby(connector)
    await host.press('start')
    await shows(connector, 'Étape 1 sur 7')
    await first.kill()
    happen(disk)
    const bot = await running(disk.dir, [connector])
    expect(wordsIn(await host.press('next'))).toContain(unsaved)
    expect(toldOf(bot, id)).toContain(code)
    over(disk)
    await host.press('next')
    await shows(connector, 'Étape 2 sur 7')
  })
})

const damages: [string, (text: string) => string, RegExp][] = [
  ['cut short', (text) => text.slice(0, 400), /not JSON/u],
  ['empty', () => '', /not JSON/u],
  ['of a newer version', () => `{"schema":${schemaVersion + 1}}`, /newer version/u],
]

/** The file of the meeting, and what it holds. */
function fileOf(dataDir: string, id: string): { file: string; text: string } {
  const folder = join(dataDir, 'meetings')
  const files = readdirSync(folder).map((name) => join(folder, name))
  const found = files.map((file) => ({ file, text: readFileSync(file, 'utf8') }))
  return found.find(({ text }) => text.includes(`"id":"${id}"`)) ?? { file: '', text: '' }
}

describe.each(damages)('a record that is %s', (_, damaged, why) => {
  it('sets its own meeting aside, says so there, and is taken up once it is mended, without a restart', {
    timeout: 90_000,
  }, async () => {
    const dataDir = freshFolder()
    later(() => removeFolder(dataDir))
    const [ill, well] = [
      await meeting({ conversationId: '19:ill@thread.v2' }),
      await meeting({ conversationId: '19:well@thread.v2' }),
    ]
    const first = await running(dataDir, [ill, well])
    const hosts: Seat[] = []
    for (const connector of [ill, well]) {
      const { host } = await lobby(connector)
      await host.press('start')
      await shows(connector, 'Étape 1 sur 7')
      hosts.push(host)
    }
    await first.kill()
    const { file, text } = fileOf(dataDir, '19:ill@thread.v2')
    writeFileSync(file, damaged(text))
    const bot = await running(dataDir, [ill, well])
    expect(toldOf(bot, '19:ill@thread.v2')).toMatch(/meeting set aside/u)
    expect(toldOf(bot, '19:ill@thread.v2')).toMatch(why)

    await ill.message(claire, 'aide')
    await shows(ill, unread)
    const card = ill.activities().find((one) => wordsIn(one.card).includes('Étape 1 sur 7'))
    const pressed = await ill.invoke(claire, 'next', { s: '1' }, card?.id ?? '')
    expect(String(at(pressed.body, 'value'))).toContain(unread)
    const typed = 'Une longue note à ne pas perdre'
    const dialog = await ill.dialog(claire, 'submit', { d: 'note', verb: 'note', s: '1', text: typed }, '')
    expect(wordsIn(dialog.body)).toMatch(new RegExp(`${unread}.*${typed}`, 'su'))
    expect(toldOf(bot, '19:ill@thread.v2')).toContain('npm run doctor')
    expect(readFileSync(file, 'utf8')).toBe(damaged(text))

    await hosts[1]?.press('next')
    await shows(well, 'Étape 2 sur 7')

    writeFileSync(file, text)
    await hosts[0]?.press('next')
    await shows(ill, 'Étape 2 sur 7')
  })
})
