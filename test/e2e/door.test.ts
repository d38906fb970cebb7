import { Agent, get, type IncomingMessage } from 'node:http'
import { PassThrough } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { jsonBody } from '../../src/teams/body.ts'
import type { TestConnector } from '../support/connector.ts'
import { type RawReply, rawBytes, rawRequest } from '../support/raw.ts'
import { bot, claire, cleanUp, lobby, meeting, shows } from '../support/wire.ts'

afterEach(cleanUp)

const json = { 'content-type': 'application/json; charset=utf-8' }

/** A message as the platform sends it, changed. */
const activity = ({ url, conversationId }: TestConnector, change: object = {}) => ({
  type: 'message',
  id: `d-${Math.random()}`,
  channelId: 'msteams',
  serviceUrl: url,
  from: { id: claire.id, name: claire.name },
  conversation: { id: conversationId, conversationType: 'groupChat', tenantId: 'tenant-test' },
  recipient: { id: '28:ouverture', name: 'Ouverture' },
  text: 'aide',
  channelData: { tenant: { id: 'tenant-test' }, meeting: { id: 'MCMtest' } },
  ...change,
})

/** What is told where nothing is answered: the same sentence, whatever was wrong. */
const constant = /^\{"error":\{"code":"[A-Za-z]+","message":"This request is not answered\."\}\}$/u

const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`

describe('the door', () => {
  it('keeps an idle connection for longer than the balancers in front of it do', async () => {
    const { botUrl } = await bot(await meeting())
    const agent = new Agent({ keepAlive: true })
    const told = await new Promise<IncomingMessage>((resolve, reject) => {
      get(new URL('/healthz', botUrl), { agent }, resolve).on('error', reject)
    })
    told.resume()
    agent.destroy()
    expect(told.headers.connection).toBe('keep-alive')
    const seconds = Number(/timeout=(\d+)/u.exec(String(told.headers['keep-alive']))?.[1])
    expect(seconds).toBeGreaterThan(60)
  })

  it('turns away what it does not read with a status and the same words, and goes on', {
    timeout: 60_000,
  }, async () => {
    const connector = await meeting()
    const { botUrl, log } = await bot(connector)
    const good = JSON.stringify(activity(connector))
    const send = (body: Buffer | string, headers = json, more = {}) =>
      rawRequest(botUrl, { body, headers: { ...headers, ...more } })
    const typed = (type: string) => ({ 'content-type': type })
    const wrong: [what: string, status: number, asked: () => Promise<RawReply>][] = [
      ['no body', 400, () => send('')],
      ['no JSON', 400, () => send('{')],
      ['a word', 400, () => send('bonjour')],
      ['null', 400, () => send('null')],
      ['a number', 400, () => send('1e999')],
      ['an array', 400, () => send(`[${good}]`)],
      ['an array of arrays', 400, () => send('['.repeat(130_000) + ']'.repeat(130_000))],
      ['too many levels', 400, () => send(nested(40_000))],
      [
        'too many levels in an activity',
        400,
        () => send(good.replace('"aide"', `"aide","value":${nested(30_000)}`)),
      ],
      [
        'half a sign',
        400,
        () => send(Buffer.concat([Buffer.from('{"type":"'), Buffer.from([0xc3]), Buffer.from('"}')])),
      ],
      [
        'another encoding of text',
        415,
        () => send(Buffer.from(good, 'utf16le'), typed('application/json; charset=utf-16')),
      ],
      ['no type', 415, () => send(good, {} as never)],
      ['a form', 415, () => send('type=message&id=1', typed('application/x-www-form-urlencoded'))],
      [
        'a form with a file',
        415,
        () =>
          send(
            '--x\r\ncontent-disposition: form-data; name="f"; filename="../../f"\r\n\r\nf\r\n--x--',
            typed('multipart/form-data; boundary=x'),
          ),
      ],
      ['text', 415, () => send(good, typed('text/plain'))],
      ['another JSON', 415, () => send(good, typed('application/json-patch+json'))],
      ['compressed', 415, () => send(gzipSync(good), json, { 'content-encoding': 'gzip' })],
      ['compressed, and broken', 415, () => send('not gzip', json, { 'content-encoding': 'gzip' })],
      ['compressed otherwise', 415, () => send(good, json, { 'content-encoding': 'br' })],
      ['too large', 413, () => send('x'.repeat(300_000))],
      ['too large, by what it tells', 413, () => send(`{"a":"${'x'.repeat(9_000_000)}"}`)],
      [
        'too large, without telling',
        413,
        () =>
          rawRequest(botUrl, {
            headers: json,
            chunked: Array.from({ length: 40 }, () => 'x'.repeat(10_000)),
          }),
      ],
      [
        'another path',
        404,
        () => rawRequest(botUrl, { path: '/api/secret?x=<script>', headers: json, body: good }),
      ],
      ['a path above', 404, () => rawRequest(botUrl, { method: 'GET', path: '/pictures/..%2f..%2fetc' })],
      ['a path that is none', 404, () => rawRequest(botUrl, { method: 'GET', path: '/%E0%A4%A' })],
      ['reading', 405, () => rawRequest(botUrl, { method: 'GET' })],
      ['putting', 405, () => rawRequest(botUrl, { method: 'PUT', headers: json, body: good })],
      ['erasing', 405, () => rawRequest(botUrl, { method: 'DELETE' })],
      ['options', 405, () => rawRequest(botUrl, { method: 'OPTIONS' })],
    ]
    for (const [what, status, asked] of wrong) {
      const answer = await asked()
      expect(answer.status, what).toBe(status)
      if (!/path (above|that)/u.test(what)) expect(answer.body, what).toMatch(constant)
      expect(answer.body, what).not.toMatch(/script|etc|api|node_modules|Error:/u)
    }
    expect((await rawRequest(botUrl, { method: 'HEAD' })).status).toBe(405)
    expect(log.told.filter((one) => one.level === 'error')).toEqual([])
    expect((await send(good)).status).toBe(200)
    await shows(connector, 'aide')
  })

  it('reads an activity whose type says nothing of its letters, or comes in pieces', async () => {
    const connector = await meeting()
    const { botUrl } = await bot(connector)
    const good = JSON.stringify(activity(connector))
    for (const type of [
      'application/json',
      'application/json;charset="utf-8"',
      'Application/JSON; Charset=UTF-8',
    ])
      expect((await rawRequest(botUrl, { headers: { 'content-type': type }, body: good })).status, type).toBe(
        200,
      )
    const pieces = [good.slice(0, 20), good.slice(20)]
    expect((await rawRequest(botUrl, { headers: json, chunked: pieces })).status).toBe(200)
  })

  it('answers what only looks like HTTP in the words of the protocol', async () => {
    const connector = await meeting()
    const { botUrl } = await bot(connector)
    const good = JSON.stringify(activity(connector))
    const head = (more: string) => `POST /api/messages HTTP/1.1\r\nhost: x\r\n${more}\r\n\r\n`
    expect(await rawBytes(botUrl, 'bonjour\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /u)
    expect(await rawBytes(botUrl, head(`x: ${'y'.repeat(40_000)}`))).toMatch(/^HTTP\/1\.1 431 /u)
    expect(await rawBytes(botUrl, head('content-length: 5\r\ncontent-length: 6'))).toMatch(
      /^HTTP\/1\.1 400 /u,
    )
    expect(await rawBytes(botUrl, head('content-length: 5\r\ntransfer-encoding: chunked'))).toMatch(
      /^HTTP\/1\.1 400 /u,
    )
    const twice = `content-type: application/json\r\ncontent-type: text/plain\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(good)}`
    expect(await rawBytes(botUrl, head(twice) + good)).toMatch(/^HTTP\/1\.1 200 /u)
    expect((await rawRequest(botUrl, { headers: json, body: good })).status).toBe(200)
  })

  it('does not wait for a body that does not come', async () => {
    const slow = Object.assign(new PassThrough(), { headers: { ...json, 'content-length': '40' } })
    slow.write('{"type":')
    const read = jsonBody(slow as unknown as IncomingMessage, { limit: 100, patienceMs: 1 })
    expect(await read).toEqual({ status: 408 })
  })

  it('forgets a body whose sender left in the middle of it', async () => {
    const left = Object.assign(new PassThrough(), { headers: json })
    const read = jsonBody(left as unknown as IncomingMessage, { limit: 100, patienceMs: 60_000 })
    left.write('{"type":')
    left.destroy()
    expect(await read).toEqual({ status: 400 })
  })
})

describe('an activity that makes no sense', () => {
  it('is never a fault of ours, whatever it lacks', { timeout: 60_000 }, async () => {
    const connector = await meeting()
    const { botUrl, log } = await bot(connector)
    const { host } = await lobby(connector)
    const values = [null, 7, 'x', [], {}, true, 1e308, { id: null }, { id: {} }, [[[]]]]
    const keys = Object.keys(activity(connector))
    const more = [
      'value',
      'name',
      'action',
      'replyToId',
      'membersAdded',
      'locale',
      'entities',
      'attachments',
      'timestamp',
      '__proto__',
      'constructor',
    ]
    const types = [
      'message',
      'invoke',
      'event',
      'conversationUpdate',
      'installationUpdate',
      'typing',
      'trace',
      'messageReaction',
      'endOfConversation',
      'commandResult',
      '',
    ]
    for (const type of types)
      for (const key of [...keys, ...more])
        for (const value of values) {
          const body = JSON.stringify(activity(connector, { type })).replace(
            /\}$/u,
            `,${JSON.stringify(key)}:${JSON.stringify(value)}}`,
          )
          const answer = await rawRequest(botUrl, { headers: json, body })
          const what = `${type} ${key} ${JSON.stringify(value)}`
          expect(answer.status, what).toBeLessThan(500)
          if (answer.status >= 300) expect(answer.body, what).toMatch(constant)
        }
    expect(log.told.filter((one) => one.level === 'error')).toEqual([])
    await host.press('start')
    await shows(connector, 'Étape 1 sur 7')
  })

  it('gets an empty answer where it asks for what the bot does not do', async () => {
    const connector = await meeting()
    await bot(connector)
    for (const name of [
      'composeExtension/query',
      'signin/verifyState',
      'message/submitAction',
      'x'.repeat(150),
    ])
      expect(await connector.send(claire, { type: 'invoke', name, value: { commandId: 'x' } })).toEqual({
        status: 200,
        body: {},
      })
    const pressed = await connector.send(claire, {
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: 'x' },
    })
    expect(pressed).toEqual({
      status: 200,
      body: {
        statusCode: 400,
        type: 'application/vnd.microsoft.error',
        value: { code: 'BadRequest', message: '' },
      },
    })
  })
})
