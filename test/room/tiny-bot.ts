import http from 'node:http'
import type { AddressInfo } from 'node:net'

/** An activity as it came over the wire; tests read what they need. */
export interface Heard {
  type: string
  name?: string
  text?: string
  id: string
  from: { id: string; name: string; aadObjectId?: string }
  conversation: { id: string; conversationType: string }
  serviceUrl: string
  replyToId?: string
  membersAdded?: { id: string }[]
  channelData: { meeting?: { id: string } }
  // biome-ignore lint/suspicious/noExplicitAny: a test bot trusts the room it tests.
  value?: any
}

export type Behaviour = (heard: Heard, bot: TinyBot) => unknown

export interface TinyBot {
  url: string
  heard: Heard[]
  /** Resolves as soon as something like that has been heard, at once if it already was. */
  hears(matches: (heard: Heard) => boolean): Promise<Heard>
  call(
    method: string,
    heard: Heard,
    path: string,
    body?: object,
  ): Promise<{ status: number; body: Reply; wait: string | null }>
  /** Posts a message with one card and returns its id. */
  post(heard: Heard, card: object): Promise<string>
  edit(heard: Heard, id: string, card: object): Promise<void>
  close(): Promise<void>
}

// biome-ignore lint/suspicious/noExplicitAny: as above.
type Reply = any

/** A bot of a few lines on node:http: `behave` returns the invoke's answer, `{ status }` alone to fail. */
export async function tinyBot(behave: Behaviour = () => undefined, port = 0): Promise<TinyBot> {
  const heard: Heard[] = []
  const waiting = new Set<() => void>()

  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const activity = JSON.parse(Buffer.concat(chunks).toString()) as Heard
    heard.push(activity)
    for (const check of waiting) check()
    const answer = await behave(activity, bot)
    const status = (answer as { status?: number } | undefined)?.status ?? 200
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(answer === undefined ? '' : JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))

  const bot: TinyBot = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`,
    heard,
    hears: (matches) =>
      new Promise((resolve) => {
        const check = () => {
          const found = heard.find(matches)
          if (!found) return
          waiting.delete(check)
          resolve(found)
        }
        waiting.add(check)
        check()
      }),
    async call(method, { serviceUrl }, path, body) {
      const response = await fetch(`${serviceUrl}${path}`, {
        method,
        ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
      })
      return {
        status: response.status,
        body: await response.json(),
        wait: response.headers.get('retry-after'),
      }
    },
    async post(to, card) {
      const { body } = await bot.call('POST', to, activitiesOf(to), withCard(card))
      return body.id
    },
    async edit(to, id, card) {
      await bot.call('PUT', to, `${activitiesOf(to)}/${id}`, withCard(card))
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return bot
}

export function activitiesOf(heard: Heard): string {
  return `v3/conversations/${encodeURIComponent(heard.conversation.id)}/activities`
}

export function withCard(content: object): object {
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
  }
}

export function card(body: object[], rest: object = {}): object {
  return { type: 'AdaptiveCard', version: '1.5', body, ...rest }
}

export const text = (words: string) => ({ type: 'TextBlock', text: words, wrap: true })

export const execute = (title: string, verb: string, data: object = {}) => ({
  type: 'Action.Execute',
  title,
  verb,
  data,
})

export const cardAnswer = (value: object) => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.card.adaptive',
  value,
})

export const messageAnswer = (value: string) => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.activity.message',
  value,
})
