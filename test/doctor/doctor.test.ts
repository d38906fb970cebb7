import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Examined, examine } from '../../src/doctor/index.ts'
import { speak } from '../../src/locales/index.ts'
import { lowdbStore } from '../../src/stores/lowdb.ts'
import { sealing } from '../../src/stores/sealing.ts'
import { withSession } from '../stores/records.ts'
import { freshFolder, removeFolder, startBot } from '../support/bot.ts'

const cleanups: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

let folder: string
let dataDir: string
beforeEach(() => {
  folder = freshFolder()
  dataDir = join(folder, 'data')
  mkdirSync(dataDir, { mode: 0o700 })
  cleanups.push(() => removeFolder(folder))
})

/** What the examination says, each finding in one line as it is told. */
async function told(env: Record<string, string> = {}, more: Partial<Examined> = {}): Promise<string[]> {
  const given = { ROOM: 'off', PORT: '0', DATA_DIR: dataDir, ...env }
  const found = await examine({
    env: given,
    nodeVersion: 'v22.1.0',
    folder,
    now: Date.now(),
    online: null,
    freeBytes: async () => 1e12,
    ...more,
  })
  return found.map(({ level, text }) => `${level} ${speak(text, { lang: 'en', zone: 'UTC' })}`)
}

const listening = (body: string): Promise<string> =>
  new Promise((found) => {
    const server = createServer((_request, response) => response.end(body))
    cleanups.push(() => {
      server.closeAllConnections()
      server.close()
    })
    server.listen(0, () => {
      const address = server.address()
      found(String(typeof address === 'object' ? address?.port : 0))
    })
  })

const withStored = async (keys: Buffer[] = []) => {
  const store = lowdbStore(dataDir, { sealing: sealing(keys) })
  await store.save(withSession('19:one', 'closed'))
  await store.close()
}

const meetings = () => join(dataDir, 'meetings')

describe('the doctor', () => {
  it('finds nothing to mend where nothing is wrong', async () => {
    await withStored()
    expect(await told()).toEqual([
      'fine Node.js v22.1.0.',
      'fine every variable of this environment can be read. A file is part of it only where the command names it (--env-file).',
      `fine the folder ${dataDir} takes what is written there.`,
      'fine 3 workshop scripts can be read.',
      'fine 1 meeting record can be read.',
    ])
  })

  it.each<[string, Record<string, string>, Partial<Examined>, RegExp]>([
    ['a variable that cannot be read', { PORT: 'http' }, {}, /^wrong PORT: expected a port/u],
    ['a Node.js that is too old', {}, { nodeVersion: 'v20.18.3' }, /^wrong Node\.js v20\.18\.3 is too old/u],
    ['a clock that is late', {}, { now: 0 }, /^wrong this machine’s clock is late/u],
    [
      'a folder that is not there yet',
      { DATA_DIR: `${import.meta.dirname}/nowhere/data` },
      {},
      /^known the folder .*\/nowhere\/data does not exist/u,
    ],
    ['a data folder that is a file', { DATA_DIR: import.meta.filename }, {}, /^wrong .* is a file/u],
    ['a disk with next to nothing left', {}, { freeBytes: async () => 1e7 }, /^wrong only 9\sMB are left/u],
    ['a disk that fills up', {}, { freeBytes: async () => 2e8 }, /^known 190\sMB are left/u],
    [
      'a folder of scripts that is not there',
      { FORMATS_DIR: '/nowhere' },
      {},
      /^wrong \/nowhere: there is no such folder; give FORMATS_DIR/u,
    ],
    [
      'two uses of one port',
      { PORT: '39771', METRICS_PORT: '39771' },
      {},
      /^wrong METRICS_PORT and PORT ask for the same port, 39771;/u,
    ],
  ])('tells %s', async (_, env, more, sentence) => {
    expect(await told(env, more)).toContainEqual(expect.stringMatching(sentence))
  })

  it('tells that nothing is sealed, in a tenant alone', async () => {
    const tenant = {
      MICROSOFT_APP_ID: '11111111-1111-4111-8111-111111111111',
      MICROSOFT_APP_PASSWORD: 'secret',
      MICROSOFT_APP_TENANT_ID: '22222222-2222-4222-8222-222222222222',
      PUBLIC_URL: 'https://bot.example.org',
    }
    const unsealed = expect.stringMatching(/^known no DATA_KEY is given; records are not sealed/u)
    expect(await told(tenant)).toContainEqual(unsealed)
    expect(await told({ ...tenant, DATA_KEY: Buffer.alloc(32, 1).toString('base64') })).not.toContainEqual(
      unsealed,
    )
    expect(await told()).not.toContainEqual(unsealed)
  })

  it('looks at the folders even where a variable is wrong', async () => {
    expect(await told({ LAUNCH: 'all', FORMATS_DIR: '/nowhere' })).toEqual([
      'fine Node.js v22.1.0.',
      'wrong LAUNCH: expected organizer, presenters or anyone.',
      `fine the folder ${dataDir} takes what is written there.`,
      expect.stringMatching(/^wrong \/nowhere: there is no such folder/u),
    ])
  })

  it('looks at the folder that was meant where its name came between quotation marks', async () => {
    const found = await told({ DATA_DIR: `"${dataDir}"` })
    expect(found).toContain('wrong DATA_DIR: remove the quotation marks around the value.')
    expect(found).toContain(`fine the folder ${dataDir} takes what is written there.`)
  })

  it.skipIf(process.platform !== 'linux')('tells a folder that cannot be made', async () => {
    for (const [folder, code] of [
      ['/proc/nowhere/data', 'ENOENT'],
      [join(import.meta.filename, 'data'), 'ENOTDIR'],
    ])
      expect(await told({ DATA_DIR: folder ?? '' })).toContainEqual(
        `wrong the folder ${folder} cannot be made (${code}); change DATA_DIR, or give the account that runs the bot the right to make it.`,
      )
  })

  it.skipIf(process.platform !== 'linux')('tells a folder where nothing can be written', async () => {
    expect(await told({ DATA_DIR: '/proc' })).toContainEqual(
      expect.stringMatching(/^wrong nothing can be written in the folder \/proc/u),
    )
  })

  it('tells a port that another program has from one where the bot runs already', async () => {
    const port = await listening('another program')
    expect(await told({ PORT: port })).toContainEqual(
      `wrong PORT, port ${port} is taken by another program; stop it or choose another port.`,
    )
    const bot = await startBot()
    cleanups.push(() => removeFolder(bot.dataDir))
    cleanups.push(() => bot.close())
    expect(await told({ PORT: String(bot.botPort) })).toContainEqual(
      `fine PORT, the bot already answers on port ${bot.botPort}.`,
    )
  })

  it('names each record that cannot be read, without quoting it', async () => {
    await withStored()
    writeFileSync(join(meetings(), 'torn.json'), '{"idea":"Canari')
    const said = await told()
    expect(said).toContainEqual('fine 1 meeting record can be read.')
    expect(said).toContainEqual(
      expect.stringMatching(/^wrong the record torn\.json cannot be read \(not JSON/u),
    )
    expect(said.join()).not.toContain('Canari')
  })

  it('tells records sealed with another key', async () => {
    await withStored([Buffer.alloc(32, 1)])
    expect(await told({ DATA_KEY: Buffer.alloc(32, 1).toString('base64') })).toContainEqual(
      'fine 1 meeting record can be read.',
    )
    expect(await told({ DATA_KEY: Buffer.alloc(32, 2).toString('base64') })).toContainEqual(
      expect.stringMatching(/^wrong .*sealed with another key/u),
    )
  })

  it.skipIf(process.platform === 'win32')('tells what other accounts of the machine can read', async () => {
    await withStored()
    const secrets = join(folder, '.env')
    writeFileSync(secrets, 'MICROSOFT_APP_PASSWORD=\nPORT=1\n', { mode: 0o644 })
    expect((await told()).filter((line) => !line.startsWith('fine'))).toEqual([])
    writeFileSync(secrets, 'MICROSOFT_APP_PASSWORD=secret\n')
    chmodSync(dataDir, 0o755)
    for (const name of ['one', 'two']) writeFileSync(join(meetings(), `${name}.json`), '{}', { mode: 0o644 })
    const said = await told()
    expect(said).toContainEqual(expect.stringMatching(/^wrong .*\.env holds a secret that other accounts/u))
    expect(said).toContainEqual(expect.stringMatching(/^known other accounts of this machine can enter/u))
    expect(said).toContainEqual(expect.stringMatching(/^known 2 records of /u))
    chmodSync(secrets, 0o600)
    expect((await told()).filter((line) => line.includes('.env'))).toEqual([])
  })

  it('leaves everything as it was', async () => {
    await told({ DATA_DIR: join(folder, 'not-there') })
    await expect(told({ DATA_DIR: join(folder, 'not-there') })).resolves.toContainEqual(
      expect.stringMatching(/does not exist yet/u),
    )
  })
})

it('tells two uses of one port once', async () => {
  const found = await told({ PORT: '39771', METRICS_PORT: '39771' })
  expect(found.filter((one) => one.includes('39771'))).toHaveLength(1)
})

describe('npm run doctor', () => {
  const run = (env: Record<string, string>, ...args: string[]) =>
    new Promise<{ code: number; said: string }>((done) => {
      const root = resolve(import.meta.dirname, '../..')
      const command = [join(root, 'node_modules/tsx/dist/cli.mjs'), 'src/doctor.ts', ...args]
      const all = { ...process.env, PORT: '0', ROOM: 'off', DATA_DIR: dataDir, LANG: 'C.UTF-8', ...env }
      execFile(process.execPath, command, { cwd: root, env: all }, (error, stdout, stderr) =>
        done({ code: Number(error?.code ?? 0), said: stdout + stderr }),
      )
    })

  it('says in French, or in English, what to mend, and ends with 1 where something is', async () => {
    expect(await run({})).toEqual({ code: 0, said: expect.stringMatching(/Rien à corriger\.\n$/u) })
    expect(await run({ PORT: 'http' })).toEqual({
      code: 1,
      said: expect.stringMatching(/À corriger\u00A0: [\s\S]*PORT[\s\S]*1 point à corriger\.\n$/u),
    })
    expect(await run({}, '--lang', 'en')).toMatchObject({
      said: expect.stringMatching(/Nothing to mend\.\n$/u),
    })
    expect(await run({}, '--onlne')).toEqual({
      code: 2,
      said: '«\u00A0--onlne\u00A0»\u00A0: cette option n’existe pas. Options\u00A0: --online et --lang.\n',
    })
    expect(await run({ LANG: 'en_GB.UTF-8' }, '--online')).toMatchObject({
      said: expect.stringMatching(/nothing to check on the network/u),
    })
  })
})
