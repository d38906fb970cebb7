import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FileGiven, Log, Upload } from '../../src/ports.ts'
import { teamsChannel } from '../../src/teams/channel.ts'
import { isFilePlace, uploader } from '../../src/teams/files.ts'
import { pacer } from '../../src/teams/pacer.ts'
import type { Reach } from '../../src/teams/reach.ts'
import { at, bot, startConnector, type TestConnector } from '../support/connector.ts'

const report: FileGiven = { type: 'text/csv', name: 'sujets.csv', body: Buffer.from('titre\r\nÉcole 🌱\r\n') }

describe('a file for someone', () => {
  let teams: TestConnector
  let place: Upload
  let told: { why: unknown; message: string }[]

  beforeEach(async () => {
    teams = await startConnector({ limits: false })
    place = teams.filePlace('sujets.csv')
    told = []
  })
  afterEach(() => teams.close())

  const log: Log = {
    info() {},
    warn: ({ why }, message) => void told.push({ why, message }),
    error: ({ why }, message) => void told.push({ why, message }),
  }

  const reach = (personal = true): Reach => ({
    serviceUrl: teams.url,
    conversationId: teams.conversationId,
    tenantId: 't',
    botId: bot.id,
    botName: bot.name,
    meetingId: null,
    personal,
  })

  const channel = (more: { appId?: string } = {}) =>
    teamsChannel({
      adapter: new CloudAdapter(new ConfigurationBotFrameworkAuthentication({})),
      appId: '',
      pacer: pacer({ wait: async () => {} }),
      log,
      zone: 'Europe/Paris',
      address: () => () => 'https://bot.example/x',
      ...more,
    })

  const puts = () => teams.requests.filter((one) => one.method === 'PUT')
  const tiles = () => teams.activities().map(({ activity }) => at(activity, 'attachments', 0))

  it('is offered with its size and what it is about, word for word', async () => {
    const about = { m: '19:m', s: '1', d: 'report' }
    const offer = { name: 'Compte rendu.docx', description: 'Le compte rendu', bytes: 12_345, about }
    const sent = await channel().offerFile(reach(), offer)
    expect(sent.sent).toBe('yes')
    expect(tiles()).toEqual([
      {
        contentType: 'application/vnd.microsoft.teams.card.file.consent',
        name: 'Compte rendu.docx',
        content: {
          description: 'Le compte rendu',
          sizeInBytes: 12_345,
          acceptContext: about,
          declineContext: about,
        },
      },
    ])
  })

  it('is offered in a personal chat only: elsewhere the platform would refuse it', async () => {
    const offer = { name: 'a', description: 'b', bytes: 1, about: {} }
    expect((await channel().offerFile(reach(false), offer)).sent).toBe('no')
    expect(await channel().giveFile(reach(false), place, report)).toBe('refused')
    expect(await channel().giveFile({ nowhere: true }, place, report)).toBe('refused')
    expect(teams.requests).toEqual([])
  })

  it('is put whole where she said, then stands in the chat', async () => {
    expect(await channel().giveFile(reach(), place, report)).toBe('given')
    expect(teams.file(place)).toEqual(report.body)
    const size = report.body.byteLength
    expect(puts()[0]?.headers).toMatchObject({
      'content-range': `bytes 0-${size - 1}/${size}`,
      'content-length': String(size),
      'content-type': 'text/csv',
    })
    expect(puts()[0]?.headers).not.toHaveProperty('authorization')
    expect(tiles()).toEqual([
      {
        contentType: 'application/vnd.microsoft.teams.card.file.info',
        contentUrl: place.contentUrl,
        name: 'sujets.csv',
        content: { uniqueId: place.uniqueId, fileType: 'csv' },
      },
    ])
  })

  it('of five megabytes arrives like a small one', async () => {
    const body = Buffer.alloc(5 * 1024 * 1024, 'Ouverture ')
    expect(await channel().giveFile(reach(), place, { ...report, body })).toBe('given')
    expect(teams.file(place)?.equals(body)).toBe(true)
  })

  it('asked for twice, at once or again later, is put once and shown once', async () => {
    const out = channel()
    const both = [out.giveFile(reach(), place, report), out.giveFile(reach(), place, report)]
    expect(await Promise.all(both)).toEqual(['given', 'given'])
    expect(await out.giveFile(reach(), place, report)).toBe('given')
    expect(puts()).toHaveLength(1)
    expect(tiles()).toHaveLength(1)
  })

  it.each([
    ['the connection breaks before', { reset: 'before' } as const],
    ['the connection breaks after', { reset: 'after' } as const],
    ['something on the way answers 502', { status: 502 }],
    ['it is busy, 503', { status: 503 }],
    ['it is slow, 504', { status: 504 }],
  ])('is put a second time when %s', async (_what, misfortune) => {
    teams.fault({ method: 'PUT', ...misfortune })
    expect(await channel().giveFile(reach(), place, report)).toBe('given')
    expect(puts()).toHaveLength(2)
    expect(teams.file(place)).toEqual(report.body)
  })

  it('that cannot be put is told as such, is not shown, and may be tried again', async () => {
    const out = channel()
    teams.fault({ method: 'PUT', status: 503, times: 2 })
    expect(await out.giveFile(reach(), place, report)).toBe('unreachable')
    expect(tiles()).toEqual([])
    expect(await out.giveFile(reach(), place, report)).toBe('given')
  })

  it('is not waited for without end', async () => {
    teams.fault({ method: 'PUT', hang: true, times: 2 })
    const put = uploader({ appId: '', log, timeoutMs: 50 })
    expect(await put(teams.url, place, report)).toBe('unreachable')
  })

  it.each([302, 307, 400, 401, 403, 404, 409, 413, 416, 500, 507, 202])(
    'answered by %i is refused at once, and goes nowhere else',
    async (status) => {
      teams.fault({ method: 'PUT', status })
      expect(await channel().giveFile(reach(), place, report)).toBe('refused')
      expect(teams.requests).toHaveLength(1)
    },
  )

  it('is hers even when the chat does not take the tile', async () => {
    teams.fault({ method: 'POST', status: 403, code: 'BotNotInConversationRoster' })
    expect(await channel().giveFile(reach(), place, report)).toBe('given')
    expect(told.map((one) => one.message)).toEqual(['a file that was given is not shown'])
  })

  it('without a byte in it is never put', async () => {
    expect(await channel().giveFile(reach(), place, { ...report, body: Buffer.alloc(0) })).toBe('refused')
    expect(teams.requests).toEqual([])
  })

  it('never leaves for a machine that is not hers, and its address is told to nobody', async () => {
    const knocks: string[] = []
    const other = createServer((request, response) => {
      knocks.push(request.url ?? '')
      response.end()
    })
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const foreign = `http://127.0.0.1:${(other.address() as AddressInfo).port}/secret-place`
    const out = channel()
    expect(await out.giveFile(reach(), { ...place, uploadUrl: foreign }, report)).toBe('refused')
    expect(await out.giveFile(reach(), { ...place, contentUrl: foreign }, report)).toBe('refused')
    const named = channel({ appId: 'an-identity' })
    expect(await named.giveFile(reach(), place, report)).toBe('refused')
    expect(knocks).toEqual([])
    expect(teams.requests).toEqual([])
    expect(told).toHaveLength(3)
    expect(JSON.stringify(told)).not.toContain('secret-place')
    other.close()
  })

  it('does not follow where the place sends it', async () => {
    const knocks: string[] = []
    const other = createServer((request, response) => {
      knocks.push(request.url ?? '')
      response.writeHead(request.url === '/go' ? 307 : 200, { location: '/elsewhere' }).end()
    })
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const room = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`
    const put = uploader({ appId: '', log })
    const went = await put(room, { ...place, uploadUrl: `${room}go`, contentUrl: room }, report)
    expect(went).toBe('refused')
    expect(knocks).toEqual(['/go'])
    other.close()
  })
})

describe('a place for files', () => {
  it.each([
    'https://contoso-my.sharepoint.com/personal/anne/_api/v2.0/drive/items/01/uploadSession?guid=1',
    'https://CONTOSO.SharePoint.com/x',
    'https://contoso.sharepoint.us/x',
    'https://contoso.sharepoint-mil.us/x',
    'https://contoso.sharepoint.cn/x',
    'https://contoso.sharepoint.com:443/x',
  ])('is one of Microsoft’s: %s', (address) => {
    expect(isFilePlace(address, null)).toBe(true)
  })

  it.each([
    'http://contoso.sharepoint.com/x',
    'https://sharepoint.com.evil.example/x',
    'https://contoso.sharepoint.com.evil.example/x',
    'https://evil.example/.sharepoint.com',
    'https://evil.example/?x=.sharepoint.com',
    'https://evil.example#.sharepoint.com',
    'https://evilsharepoint.com/x',
    'https://sharepoint.com/x',
    'https://x.sharepoint.com@evil.example/',
    'https://anne:word@contoso.sharepoint.com/x',
    'https://evil.example\\.sharepoint.com/x',
    'https://contoso.sharepoint.com:8443/x',
    'https://contoso.sharepoint.com./x',
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://2130706433/x',
    'https://0x7f.1/x',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/.sharepoint.com',
    'ftp://contoso.sharepoint.com/x',
    'file:///etc/passwd',
    'data:text/plain,x',
    'javascript:alert(1)',
    '//contoso.sharepoint.com/x',
    'contoso.sharepoint.com',
    '',
    'https://',
  ])('is nothing else: %s', (address) => {
    expect(isFilePlace(address, null)).toBe(false)
  })

  it('is, for a bot without an identity, the room it talks to and nothing else', () => {
    const room = 'http://127.0.0.1:3979/'
    expect(isFilePlace('http://127.0.0.1:3979/api/room/uploads/x', room)).toBe(true)
    for (const other of [
      'http://127.0.0.1:3978/x',
      'https://127.0.0.1:3979/x',
      'http://localhost:3979/x',
      'http://someone@127.0.0.1:3979/x',
      'https://contoso.sharepoint.com/x',
    ])
      expect(isFilePlace(other, room)).toBe(false)
    expect(isFilePlace('data:text/plain,x', 'data:text/plain,y')).toBe(false)
  })
})
