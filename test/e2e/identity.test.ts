import { readdirSync, readFileSync, statSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { freshFolder, removeFolder, spawnBot, startBot } from '../support/bot.ts'
import { type Card, bot as itself, type TestConnector } from '../support/connector.ts'
import {
  botToken,
  ours,
  type Platform,
  type Registered,
  startPlatform,
  type Twist,
  theirs,
} from '../support/platform.ts'
import { seat } from '../support/seat.ts'
import { claire, cleanUp, identity, later, meeting, shows } from '../support/wire.ts'

let platform: Platform
beforeAll(async () => {
  platform = await startPlatform()
})
afterAll(() => platform.close())
afterEach(cleanUp)

const tenant = ({ appId }: Registered) => ({
  MICROSOFT_APP_ID: appId,
  MICROSOFT_APP_TYPE: 'UserAssignedMSI',
  MICROSOFT_APP_TENANT_ID: ours,
  PUBLIC_URL: 'https://bot.example.org',
})

/** A bot in a tenant, Teams, and those who vouch for both; nothing is asked of any other machine. */
async function inTenant(env: Record<string, string> = {}) {
  const registered = platform.register()
  const teams = await meeting({ tenantId: ours })
  const services = [new URL(teams.url).origin]
  const running = await startBot(
    { ...tenant(registered), METRICS_PORT: '0', ...env },
    platform.cloud(services),
  )
  later(() => removeFolder(running.dataDir))
  later(() => running.close())
  return { ...running, registered, teams }
}
type Scene = Awaited<ReturnType<typeof inTenant>>

const activity = (teams: TestConnector, fields: Card = {}): Card => ({
  type: 'message',
  id: `a${Math.random()}`,
  text: `<at>${itself.name}</at> lancer`,
  channelId: 'msteams',
  serviceUrl: teams.url,
  from: { id: claire.id, name: claire.name },
  conversation: { id: teams.conversationId, conversationType: 'groupChat', tenantId: ours },
  recipient: itself,
  channelData: { tenant: { id: ours }, meeting: { id: 'MCMtest' } },
  ...fields,
})

async function knock({ botUrl }: Scene, header: string | null, sent: Card) {
  const response = await fetch(botUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(header === null ? {} : { authorization: header }) },
    body: JSON.stringify(sent),
  })
  return { status: response.status, text: await response.text(), headers: response.headers }
}

const bearer = async ({ registered, teams }: Scene, twist: Twist = {}) =>
  `Bearer ${await registered.token(teams.url, twist)}`

/** Every file there with what is in it. */
const contentOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => [name, readFileSync(join(folder, name), 'base64')])
    .sort()

/** Refused, as a message and as an invoke; then someone right speaks there, and what she brings about is all there is. */
async function isTurnedAway(scene: Scene, status: 401 | 403, header: string | null, fields: Card = {}) {
  const before = contentOf(scene.dataDir)
  for (const sent of [
    activity(scene.teams, fields),
    activity(scene.teams, {
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb: 'launch', data: { format: 'format-1' } } },
      ...fields,
    }),
  ]) {
    const reply = await knock(scene, header, sent)
    expect(reply.status).toBe(status)
    expect(JSON.parse(reply.text)).toEqual({
      error: {
        code: status === 401 ? 'Unauthorized' : 'Forbidden',
        message: 'This request is not answered.',
      },
    })
  }
  expect(contentOf(scene.dataDir)).toEqual(before)
  expect(scene.teams.requests).toEqual([])
  expect(scene.registered.asked()).toEqual([])
  expect(scene.log.told.filter((one) => one.level !== 'info').map((one) => one.message)).toEqual([
    'request not answered',
    'request not answered',
  ])
  const figures = await fetch(`http://127.0.0.1:${scene.metricsPort}/metrics`).then((one) => one.text())
  expect(figures).toMatch(/^ouverture_activities_total\{kind="pressed",outcome="refused"\} 1$/mu)

  const right = activity(scene.teams, { type: 'installationUpdate', action: 'add' })
  expect((await knock(scene, await bearer(scene), right)).status).toBe(200)
  await shows(scene.teams, 'Lancer cet atelier')
  expect(scene.teams.activities()).toHaveLength(1)
}

describe('an activity that Teams signed for this bot, of a tenant of the list', () => {
  it('is answered, with the token of the bot’s managed identity', { timeout: 30_000 }, async () => {
    const scene = await inTenant()
    expect((await knock(scene, await bearer(scene), activity(scene.teams))).status).toBe(200)
    await shows(scene.teams, 'Qui êtes-vous')
    expect(scene.teams.requests.map((one) => one.headers.authorization)).toEqual(
      scene.teams.requests.map(() => `Bearer ${botToken}`),
    )
    const [asked] = scene.registered.asked()
    expect(asked?.searchParams.get('resource')).toBe('https://api.botframework.com')
    expect(asked?.searchParams.get('client_id')).toBe(scene.registered.appId)
    expect(scene.log.told.filter((one) => one.level === 'error')).toEqual([])
  })

  it('may come from a clock five minutes away, and from any tenant of the list', {
    timeout: 30_000,
  }, async () => {
    const scene = await inTenant({ ALLOWED_TENANTS: `${ours.toUpperCase()}, ${theirs}` })
    const now = Math.floor(Date.now() / 1000)
    const others = { conversation: { id: '19:other', tenantId: theirs } }
    for (const [claims, fields] of [
      [{ exp: now - 240 }, {}],
      [{ nbf: now + 240 }, {}],
      [{}, others],
      [{}, { ...others, channelData: { tenant: { id: theirs.toUpperCase() } } }],
      [{}, { conversation: { id: '19:third' }, channelData: { tenant: { id: theirs } } }],
    ] as [NonNullable<Twist['claims']>, Card][]) {
      const sent = activity(scene.teams, { type: 'conversationUpdate', ...fields })
      expect((await knock(scene, await bearer(scene, { claims }), sent)).status).toBe(200)
    }
  })

  it('is checked with keys that are read once', { timeout: 30_000 }, async () => {
    const scene = await inTenant()
    const header = await bearer(scene)
    const sent = () => knock(scene, header, activity(scene.teams, { type: 'conversationUpdate' }))
    await sent()
    const read = platform.keysRead()
    const replies = await Promise.all([sent(), sent(), sent()])
    expect(replies.map((one) => one.status)).toEqual([200, 200, 200])
    expect(platform.keysRead()).toBe(read)
  })

  it('is to be sent again while the keys cannot be read', { timeout: 30_000 }, async () => {
    const scene = await inTenant()
    platform.publish(false)
    const header = await bearer(scene)
    expect((await knock(scene, header, activity(scene.teams))).status).toBe(503)
    expect(scene.teams.requests).toEqual([])
    platform.publish(true)
    expect((await knock(scene, header, activity(scene.teams))).status).toBe(200)
    await shows(scene.teams, 'Qui êtes-vous')
  })
})

describe('nothing is done, sent or written for', { timeout: 30_000 }, () => {
  const hour = 3600
  const now = () => Math.floor(Date.now() / 1000)
  const entra = `https://sts.windows.net/${ours}/`

  const twisted: [string, (bot: string) => Twist][] = [
    ['a token that expired six minutes ago', () => ({ claims: { exp: now() - 360 } })],
    ['a token that never expires', () => ({ claims: { exp: undefined } })],
    ['a token not valid yet', () => ({ claims: { nbf: now() + 360, exp: now() + hour } })],
    ['a token for another bot', () => ({ claims: { aud: theirs } })],
    ['a token for nobody', () => ({ claims: { aud: undefined } })],
    ['a token of another issuer', () => ({ claims: { iss: 'https://api.botframework.us' } })],
    ['a token of no issuer', () => ({ claims: { iss: undefined } })],
    ['a token without a service URL', () => ({ claims: { serviceurl: undefined } })],
    ['a token signed another way', () => ({ alg: 'RS512' })],
    ['a key that is not published', () => ({ key: 'stray' })],
    ['a stray key under a published name', () => ({ key: 'stray', kid: 'teams' })],
    [
      'a token the bot was given for its own calls',
      (bot) => ({
        claims: { iss: entra, aud: 'https://api.botframework.com', appid: bot, tid: ours, ver: '1.0' },
      }),
    ],
    [
      'an emulator’s token, version 2',
      (bot) => ({
        claims: { iss: `https://login.microsoftonline.com/${ours}/v2.0`, azp: bot, tid: ours, ver: '2.0' },
      }),
    ],
    [
      'a token of another tenant’s directory',
      (bot) => ({
        claims: { iss: `https://sts.windows.net/${theirs}/`, appid: bot, tid: theirs, ver: '1.0' },
      }),
    ],
    [
      'another bot that takes this one for its skill',
      () => ({
        claims: { iss: entra, appid: theirs, ver: '1.0' },
      }),
    ],
  ]
  it.each(twisted)('%s', async (_name, twist) => {
    const scene = await inTenant()
    await isTurnedAway(scene, 401, await bearer(scene, twist(scene.registered.appId)))
  })

  const headers: [string, (bot: Registered, url: string) => Promise<string | null> | string | null][] = [
    ['no token', () => null],
    ['an empty header', () => ''],
    ['a word', () => 'Bearer'],
    ['what is no token', () => 'Bearer a.b.c'],
    ['a name and a password', () => 'Basic Y2xhaXJlOnNlY3JldA=='],
    ['a right token under another scheme', async (bot, url) => `Token ${await bot.token(url)}`],
    ['a token without a signature', (bot, url) => `Bearer ${bot.unsecured(url)}`],
    [
      'a right token cut before its signature',
      async (bot, url) => `Bearer ${(await bot.token(url)).split('.').slice(0, 2).join('.')}.`,
    ],
    [
      'a right token with another payload',
      async (bot, url) => {
        const [head, , signature] = (await bot.token(url)).split('.')
        return `Bearer ${head}.${bot.unsecured(url).split('.')[1]}x.${signature}`
      },
    ],
    ['the published key used as a secret', async (bot, url) => `Bearer ${await bot.confused(url)}`],
  ]
  it.each(headers)('%s', async (_name, header) => {
    const scene = await inTenant()
    await isTurnedAway(scene, 401, await header(scene.registered, scene.teams.url))
  })

  const unproven: [string, Twist, Card][] = [
    ['a service URL that is not the token’s', {}, { serviceUrl: 'https://smba.trafficmanager.net/emea/' }],
    [
      'the token’s service URL, elsewhere on the same machine',
      { claims: { serviceurl: 'http://127.0.0.1:9/' } },
      {},
    ],
    [
      'an unknown service, even in a token',
      { claims: { serviceurl: 'https://bot.invalid/' } },
      { serviceUrl: 'https://bot.invalid/' },
    ],
    ['no service URL', { claims: { serviceurl: '' } }, { serviceUrl: '' }],
    ['a key that speaks for another channel', { key: 'webchat' }, {}],
    ['a key that speaks for no channel', { key: 'unendorsed' }, {}],
    ['another channel of the registration', { key: 'webchat' }, { channelId: 'webchat' }],
    ['an App Service extension', {}, { channelId: 'AseChannel' }],
    ['no channel', {}, { channelId: '' }],
    ['a conversation of another tenant', {}, { conversation: { id: '19:other', tenantId: theirs } }],
    [
      'another tenant told by the channel',
      {},
      { conversation: { id: '19:other' }, channelData: { tenant: { id: theirs } } },
    ],
    ['a tenant nobody tells', {}, { conversation: { id: '19:other' }, channelData: {} }],
  ]
  it.each(unproven)('%s', async (_name, twist, fields) => {
    const scene = await inTenant()
    await isTurnedAway(scene, 403, await bearer(scene, twist), fields)
  })

  it('a service URL remembered from elsewhere, whatever the record says', async () => {
    const registered = platform.register()
    const teams = await meeting({ tenantId: ours })
    const dataDir = freshFolder()
    later(() => removeFolder(dataDir))
    const room = await spawnBot(dataDir)
    teams.talkTo(room.botUrl)
    await teams.message(claire, 'lancer')
    await shows(teams, 'Qui êtes-vous')
    teams.fault({ method: 'PUT', reset: 'before', times: 1000 })
    await seat(teams, claire).press('join', identity('Claire', 'Martin'))
    await teams.until(() => teams.requests.some((one) => one.method === 'PUT'))
    await room.kill()
    const before = teams.requests.length

    const inTeams = await startBot(
      { ...tenant(registered), DATA_DIR: dataDir },
      platform.cloud(['https://smba.invalid']),
    )
    later(() => inTeams.close())
    // A conversation taken up is left alone for two seconds first.
    await vi.waitFor(
      () =>
        expect(inTeams.log.told).toContainEqual({
          level: 'warn',
          facts: expect.objectContaining({ why: 'not a service the bot speaks to' }),
          message: 'effect set aside',
        }),
      10_000,
    )
    expect(teams.requests).toHaveLength(before)
    expect(registered.asked()).toEqual([])
  })
})

describe('a bot without an identity', { timeout: 30_000 }, () => {
  it('answers no activity whose service is on another machine', async () => {
    const teams = await meeting()
    const running = await startBot()
    later(() => removeFolder(running.dataDir))
    later(() => running.close())
    teams.talkTo(running.botUrl)
    for (const serviceUrl of ['https://smba.trafficmanager.net/emea/', 'http://192.0.2.1/'])
      expect((await teams.send(claire, { type: 'message', text: 'lancer', serviceUrl })).status).toBe(403)
    expect((await teams.message(claire, 'lancer')).status).toBe(200)
    await shows(teams, 'Qui êtes-vous')
  })

  it('listens on this machine alone', async () => {
    const running = await startBot()
    later(() => removeFolder(running.dataDir))
    later(() => running.close())
    const outside = Object.values(networkInterfaces())
      .flatMap((one) => one ?? [])
      .find((one) => !one.internal && one.family === 'IPv4')
    const reached = await fetch(`http://127.0.0.1:${running.botPort}/healthz`).then((one) => one.status)
    expect(reached).toBe(200)
    if (!outside) return
    await expect(fetch(`http://${outside.address}:${running.botPort}/healthz`)).rejects.toThrow()
  })
})
