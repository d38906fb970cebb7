import { createServer, type IncomingMessage } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { onlineFindings } from '../../src/doctor/online.ts'
import { speak } from '../../src/locales/index.ts'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean()
})

interface Answer {
  status?: number
  body: string
  date?: Date
}

async function answering(answer: Answer, heard: string[] = []): Promise<string> {
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      heard.push(`${request.url} ${text}`)
      response.writeHead(answer.status ?? 200, { date: (answer.date ?? new Date()).toUTCString() })
      response.end(answer.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return `http://localhost:${typeof address === 'object' ? address?.port : 0}`
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString()
}

const tenant = '00000000-0000-0000-0000-000000000002'
const env = {
  MICROSOFT_APP_ID: '00000000-0000-0000-0000-000000000001',
  MICROSOFT_APP_PASSWORD: 'secret',
  MICROSOFT_APP_TENANT_ID: tenant,
  PUBLIC_URL: 'https://bot.example.org',
}

async function told(
  urls: { bot: string; login: string },
  more: Record<string, string> = {},
): Promise<string[]> {
  const read = readConfig({ ...env, ...more })
  if ('wrong' in read) throw new Error(JSON.stringify(read.wrong))
  const found = await onlineFindings({ ...read.config, baseUrl: urls.bot }, { login: urls.login }, Date.now())
  return found.map(({ level, text }) => `${level} ${speak(text, { lang: 'en', zone: 'UTC' })}`)
}

const healthy = () => answering({ body: '{"status":"ok"}' })
const trusting = () => answering({ body: '{"access_token":"x"}' })
const nowhere = 'http://localhost:1'

describe('the doctor, asked to look at the network', () => {
  it('finds the bot at its address, and its identity good', async () => {
    const heard: string[] = []
    const login = await answering({ body: '{"access_token":"x"}' }, heard)
    const bot = await healthy()
    expect(await told({ bot, login })).toEqual([
      `fine ${bot} leads to the bot.`,
      'fine Microsoft knows the bot’s identity.',
    ])
    expect(heard).toEqual([
      expect.stringMatching(new RegExp(`^/${tenant}/oauth2/v2.0/token .*client_secret=secret`, 'u')),
    ])
  })

  it('tells an address that is not in the DNS, one that is silent, one that is another’s', async () => {
    const login = await trusting()
    const other = await answering({ status: 404, body: 'no' })
    expect((await told({ bot: 'https://ouverture.invalid', login }))[0]).toMatch(
      /^wrong the name ouverture\.invalid is not/u,
    )
    expect((await told({ bot: nowhere, login }))[0]).toMatch(/^known http:\/\/localhost:1 does not answer/u)
    expect((await told({ bot: other, login }))[0]).toMatch(/^wrong .* answers 404, and is not the bot/u)
  })

  it('tells an identity that is refused by its code, and never the answer’s words', async () => {
    const body = '{"error_description":"AADSTS7000215: Invalid client secret for canari"}'
    const said = await told({ bot: await healthy(), login: await answering({ status: 401, body }) })
    expect(said[1]).toMatch(/^wrong Microsoft refuses the bot’s identity \(AADSTS7000215\)/u)
    expect(said.join()).not.toContain('canari')
  })

  it('tells a way out that is closed, and a clock that differs', async () => {
    const bot = await healthy()
    expect((await told({ bot, login: nowhere }))[1]).toMatch(
      /^wrong http:\/\/localhost:1 does not answer; open/u,
    )
    const late = await answering({ body: '{}', date: new Date(Date.now() - 3_600_000) })
    expect((await told({ bot, login: late }))[2]).toMatch(
      /^wrong this machine’s clock differs from Microsoft’s by 60\smin/u,
    )
  })

  it('says that a managed identity is not checked', async () => {
    const urls = { bot: await healthy(), login: nowhere }
    expect(
      await told(urls, { MICROSOFT_APP_TYPE: 'UserAssignedMSI', MICROSOFT_APP_PASSWORD: '' }),
    ).toContainEqual(expect.stringMatching(/^known a managed identity/u))
  })
})
