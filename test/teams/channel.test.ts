import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
} from 'botbuilder'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { publicCloud } from '../../src/cloud.ts'
import { said } from '../../src/core/text.ts'
import { noticeView } from '../../src/core/views/index.ts'
import { safeLog } from '../../src/operations/log.ts'
import type { View } from '../../src/ports.ts'
import { teamsChannel } from '../../src/teams/channel.ts'
import { pacer } from '../../src/teams/pacer.ts'
import { isServicePlace } from '../../src/teams/places.ts'
import { type Reach, reachFrom } from '../../src/teams/reach.ts'
import { actionIn, at, bot, startConnector, type TestConnector } from '../support/connector.ts'

const silent = { info: () => {}, warn: () => {}, error: () => {} }
const withoutIdentity = () => new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}))
const notice = (text: string): View => noticeView(said(text), 'fr', 'good')

describe('the way out to Teams', () => {
  let teams: TestConnector
  let reach: Reach

  beforeEach(async () => {
    teams = await startConnector({ limits: false })
    reach = reachTo(teams.url)
  })
  afterEach(() => teams.close())

  const reachTo = (serviceUrl: string): Reach => ({
    serviceUrl,
    conversationId: teams.conversationId,
    tenantId: 't',
    botId: bot.id,
    botName: bot.name,
    meetingId: 'MCMtest',
    personal: false,
  })

  /** Waits between attempts are skipped: the pacer's own tests are about them. */
  const channel = (more: Partial<Parameters<typeof teamsChannel>[0]> = {}) =>
    teamsChannel({
      adapter: withoutIdentity(),
      appId: '',
      pacer: pacer({ wait: async () => {}, now: jumping() }),
      log: silent,
      zone: 'Europe/Paris',
      address: () => () => 'https://bot.example/x',
      timeoutMs: 300,
      ...more,
    })

  /** With an identity, where Teams' services are this test's. */
  const known = (more: Partial<Parameters<typeof teamsChannel>[0]>) =>
    channel({ appId: 'app', services: [new URL(teams.url).origin], ...more })

  const posts = () => teams.requests.filter((one) => one.method === 'POST')
  const puts = () => teams.requests.filter((one) => one.method === 'PUT')
  const said1 = (index = 0) => JSON.stringify(teams.activities()[index]?.card)

  it('posts a card, and edits it where it stands', async () => {
    const out = channel()
    const sent = await out.post(reach, () => notice('Bonjour'))
    expect(sent).toEqual({ sent: 'yes', messageId: teams.activities()[0]?.id })
    expect(said1()).toContain('Bonjour')
    if (sent.sent !== 'yes') return
    expect(await out.edit(reach, sent.messageId, () => notice('Bonsoir'))).toEqual(sent)
    expect(teams.activities()).toHaveLength(1)
    expect(said1()).toContain('Bonsoir')
  })

  it('tells the log nothing of what a card holds when it is too heavy, or cannot be drawn', async () => {
    const lines: string[] = []
    const write = (line: object, message: string) => void lines.push(JSON.stringify({ ...line, message }))
    const log = safeLog({ info: write, warn: write, error: write }, { cause: () => '' })
    const heavy = await channel({ log }).post(reach, () => notice('Canari '.repeat(40_000)))
    const undrawn = await channel({ log }).post(reach, () => {
      throw new Error('Canari')
    })
    for (const sent of [heavy, undrawn])
      if (sent.sent === 'no') log.warn({ why: sent.why }, 'effect set aside')
    expect(lines).toHaveLength(3)
    expect(lines.join()).toMatch(/its card is too heavy \(\d+ KB\)/u)
    expect(lines.join()).not.toMatch(/canari|withheld/iu)
  })

  it.each([500, 502, 503, 504])(
    'posts once, whatever the SDK would do, when the platform answers %i',
    async (status) => {
      teams.fault({ method: 'POST', status, times: 9 })
      const sent = await channel().post(reach, () => notice('une fois'))
      expect(sent.sent).toBe(status === 500 ? 'no' : 'unsure')
      expect(posts()).toHaveLength(1)
    },
  )

  it.each([
    ['the connection breaks after the post', { reset: 'after' } as const, 1],
    ['the connection breaks before the post', { reset: 'before' } as const, 0],
    ['no answer comes', { hang: true }, 0],
  ])('does not know, and does not double, when %s', async (_, misfortune, arrived) => {
    teams.fault({ method: 'POST', ...misfortune })
    expect(await channel().post(reach, () => notice('une fois'))).toMatchObject({ sent: 'unsure' })
    expect(posts()).toHaveLength(1)
    expect(teams.activities()).toHaveLength(arrived)
  })

  it.each([{ status: 412 }, { status: 429, retryAfter: 1 }, { status: 403, code: 'InvalidBotApiHost' }])(
    'posts after all when the platform first answers %o',
    async (misfortune) => {
      teams.fault({ method: 'POST', times: 2, ...misfortune })
      expect(await channel().post(reach, () => notice('enfin'))).toMatchObject({ sent: 'yes' })
      expect(posts()).toHaveLength(3)
      expect(teams.activities()).toHaveLength(1)
    },
  )

  it.each([{ status: 503 }, { reset: 'after' } as const, { hang: true }])(
    'edits again after %o',
    async (misfortune) => {
      const out = channel()
      const sent = await out.post(reach, () => notice('avant'))
      teams.fault({ method: 'PUT', ...misfortune })
      const messageId = sent.sent === 'yes' ? sent.messageId : ''
      expect(await out.edit(reach, messageId, () => notice('après'))).toMatchObject({ sent: 'yes' })
      expect(puts()).toHaveLength(2)
      expect(said1()).toContain('après')
    },
  )

  it('keeps a post for later when the platform cannot be reached at all', async () => {
    await teams.close()
    expect(await channel().post(reach, () => notice('x'))).toEqual({ sent: 'later', why: 'ECONNREFUSED' })
  })

  it('says when the bot is no longer in the conversation', async () => {
    teams.fault({ status: 403, code: 'BotNotInConversationRoster' })
    expect(await channel().post(reach, () => notice('x'))).toMatchObject({ sent: 'no', gone: true })
  })

  it('does not send a card the platform would refuse for its size', async () => {
    const sent = await channel().post(reach, () => notice('é'.repeat(50_000)))
    expect(sent).toMatchObject({ sent: 'no', gone: false, why: expect.stringContaining('too heavy') })
    expect(teams.requests).toEqual([])
  })

  it('sends nothing when there is nothing to show any more', async () => {
    expect(await channel().post(reach, () => null)).toMatchObject({ sent: 'no', gone: false })
    expect(teams.requests).toEqual([])
  })

  it.each([null, {}, { serviceUrl: 'nowhere' }])('sends nothing to nowhere: %o', async (nowhere) => {
    expect(await channel().post(nowhere, () => notice('x'))).toMatchObject({ sent: 'no' })
  })

  it('answers for a view that cannot be drawn, and goes on', async () => {
    const out = channel()
    const broken = () => {
      throw new Error('no such card')
    }
    expect(await out.post(reach, broken)).toMatchObject({ sent: 'no', why: 'it could not be drawn' })
    expect(await out.post(reach, () => notice('x'))).toMatchObject({ sent: 'yes' })
  })

  it('gives people their own version, sixty at most, with data that a later version understands', async () => {
    const personalFor = Array.from({ length: 70 }, (_, index) => `29:${index}`)
    await channel().post(reach, () => ({ ...notice('x'), stamp: { s: '1', k: 'step/a/1' }, personalFor }))
    const card = teams.activities()[0]?.card
    expect(at(card, 'refresh', 'userIds')).toEqual(personalFor.slice(0, 60))
    expect(actionIn(at(card, 'refresh'), 'refresh')).toMatchObject({
      data: { s: '1', k: 'step/a/1', verb: 'refresh' },
    })
  })

  it('names people so that they are notified, and lets no name be markup', async () => {
    const mentions = [
      { id: '29:c', name: 'Claire Dupont' },
      { id: '29:x', name: '<b>[x](http://pirate)</b>' },
    ]
    await channel().post(reach, () => ({ ...notice('à vous'), mentions }))
    const activity = teams.activities()[0]?.activity
    expect(at(activity, 'text')).toBe('<at>Claire Dupont</at>, <at>b x http://pirate /b</at>')
    expect(at(activity, 'entities', 0)).toEqual({
      type: 'mention',
      text: '<at>Claire Dupont</at>',
      mentioned: { id: '29:c', name: 'Claire Dupont' },
    })
    expect(at(activity, 'summary')).toBe('à vous')
  })

  it('asks for addresses in the name of the meeting, whatever thread a message came from', async () => {
    const asked: string[] = []
    const address = (_: View, meeting: string) => {
      asked.push(meeting)
      return () => ''
    }
    await channel({ address }).post({ ...reach, conversationId: '19:c@thread.tacv2;messageid=1' }, () =>
      notice('x'),
    )
    expect(asked).toEqual(['19:c@thread.tacv2'])
  })

  it('signs what it sends with the bot’s own token', async () => {
    expect(
      await known({ adapter: withToken(async () => 'secret') }).post(reach, () => notice('x')),
    ).toMatchObject({ sent: 'yes' })
    expect(teams.requests[0]?.headers.authorization).toBe('Bearer secret')
  })

  it('sends nothing without the token it should have', async () => {
    const noToken = withToken(() => Promise.reject(new Error('the issuer is away')))
    expect(await known({ adapter: noToken }).post(reach, () => notice('x'))).toMatchObject({
      sent: 'later',
    })
    expect(teams.requests).toEqual([])
  })

  it.each([
    'http://smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net:8443/emea/',
    'https://smba.trafficmanager.net@bot.invalid/',
    'https://someone@smba.trafficmanager.net/emea/',
    'https://anyone.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net.bot.invalid/',
    'http://127.0.0.1:1/',
  ])('gives its token to no place that is not a service of Teams: %s', async (place) => {
    let given = 0
    const counting = withToken(async () => {
      given += 1
      return 'secret'
    })
    const sent = await channel({ adapter: counting, appId: 'app' }).post(reachTo(place), () => notice('x'))
    expect(sent).toEqual({ sent: 'no', why: 'not a service the bot speaks to', gone: false })
    expect(given).toBe(0)
  })

  it.each(['https://smba.trafficmanager.net/fr/7f3c/', 'https://smba.infra.gcc.teams.microsoft.com/teams/'])(
    'speaks to the services of Teams: %s',
    (place) => {
      expect(isServicePlace(place, publicCloud.services)).toBe(true)
    },
  )

  it.each([
    ['http://127.0.0.1:3979/', true],
    ['http://localhost:3979/', true],
    ['http://[::1]:3979/', true],
    ['ws://127.0.0.1:3979/', false],
    ['https://smba.trafficmanager.net/emea/', false],
    ['http://192.168.1.4:3979/', false],
    ['nowhere', false],
  ])('stays on this machine while it has no identity: %s, %s', async (place, isOne) => {
    expect(isServicePlace(place, null)).toBe(isOne)
  })
})

describe('how to get back to a conversation', () => {
  it('is read from an activity', () => {
    const activity = {
      serviceUrl: 'https://smba.example/fr/',
      conversation: { id: '19:m', conversationType: 'groupChat', tenantId: 't' },
      recipient: bot,
      channelData: { tenant: { id: 't2' }, meeting: { id: 'M' } },
    }
    expect(reachFrom(activity)).toEqual({
      serviceUrl: 'https://smba.example/fr/',
      conversationId: '19:m',
      tenantId: 't',
      botId: bot.id,
      botName: bot.name,
      meetingId: 'M',
      personal: false,
    })
  })

  it.each([
    null,
    {},
    { serviceUrl: 3, conversation: [] },
    { serviceUrl: 'https://x', conversation: { id: 'c' }, channelData: 4 },
  ])('never fails on an activity that lacks it: %o', (activity) => {
    expect(reachFrom(activity)).toMatchObject({ tenantId: '', meetingId: null, personal: false })
  })
})

/** Real time that also jumps over every wait, so that none is waited for. */
function jumping(): () => number {
  let now = 0
  return () => {
    now += 5000
    return now
  }
}

class Credentials extends ConfigurationServiceClientCredentialFactory {
  readonly getToken: () => Promise<string>
  constructor(getToken: () => Promise<string>) {
    super({
      MicrosoftAppId: 'app',
      MicrosoftAppPassword: 'x',
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppTenantId: 't',
    })
    this.getToken = getToken
  }
  override async createCredentials(
    ...args: Parameters<ConfigurationServiceClientCredentialFactory['createCredentials']>
  ) {
    return Object.assign(await super.createCredentials(...args), { getToken: this.getToken })
  }
}

const withToken = (getToken: () => Promise<string>): CloudAdapter =>
  new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}, new Credentials(getToken)))
