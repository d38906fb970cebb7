import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Json } from '../../src/core/patch.ts'
import type { Upload } from '../../src/ports.ts'
import { budget, isTooBig, rosterWindows, sendWindows, tenantWindows } from '../../src/room/limits.ts'
import { at, type Card, recordIn } from './words.ts'

export { actionIn, at, type Card, wordsIn } from './words.ts'

/** Someone in the meeting. Without a directory id she is anonymous, and the platform tells no role. */
export interface Guest {
  id: string
  name: string
  aadObjectId?: string
  role?: 'Organizer' | 'Presenter' | 'Attendee'
}

export interface Recorded {
  method: string
  /** Decoded, without the query. */
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  body: Json
  /** As it came. */
  raw: Buffer
  /** Milliseconds of real time. */
  at: number
  /** Null where no answer was given. */
  status: number | null
  /** Whether what it asked was done, whatever was answered. */
  done: boolean
  /** What it was told to wait, in seconds, and when. */
  held: { seconds: number; at: number } | null
  /** Of a message that was posted. */
  messageId: string | null
}

/** What the next requests meet. */
export interface Misfortune {
  /** How many requests; one unless said otherwise. */
  times?: number
  method?: string
  path?: RegExp
  status?: number
  code?: string
  /** In seconds. */
  retryAfter?: number
  /** The thing is done all the same, behind the status that is answered. */
  done?: boolean
  /** No answer ever comes: before the thing is done, or after. */
  hang?: boolean | 'after'
  /** The connection breaks: before the thing is done, or after. */
  reset?: 'before' | 'after'
}

export interface Shown {
  id: string
  activity: Card
  /** The Adaptive Card it carries; empty where it has none. */
  card: Card
}

export interface BotReply {
  status: number
  body: Json
}

export interface TestConnector {
  /** To be given as `serviceUrl`; every activity sent from here carries it. */
  url: string
  conversationId: string
  requests: Recorded[]
  /** Someone's own files: a place where one may be put, and what was put there. */
  filePlace(name: string): Upload
  file(place: Upload): Buffer | undefined
  /** Latest state of each message of the bot, in the order they were posted. */
  activities(): Shown[]
  fault(misfortune: Misfortune): void
  /** Resolves once the condition holds; looked at after each request. */
  until(condition: () => boolean, withinMs?: number): Promise<void>
  /** Where activities go from now on: the bot's `/api/messages`. */
  talkTo(botUrl: string): void
  /** Any activity, completed with what all activities have. */
  send(from: Guest, fields: Card): Promise<BotReply>
  message(from: Guest, text: string): Promise<BotReply>
  invoke(from: Guest, verb: string, data: Card, messageId: string): Promise<BotReply>
  refresh(from: Guest, messageId: string): Promise<BotReply>
  dialog(from: Guest, step: 'fetch' | 'submit', data: Card, messageId: string): Promise<BotReply>
  installed(by: Guest): Promise<BotReply>
  close(): Promise<void>
}

interface Scene {
  people?: Guest[]
  conversationId?: string
  /** Null for a chat that is not a meeting's. */
  meetingId?: string | null
  tenantId?: string
  /** One person's own chat with the bot. */
  personal?: boolean
  botUrl?: string
  /** Whether the documented limits are enforced. */
  limits?: boolean
  /** What a request meets besides the misfortunes announced; null for nothing. */
  weather?: (asked: Recorded) => Misfortune | null
  /** How an activity gets to the bot: once and at once, unless it says otherwise. */
  courier?: (activity: Card, deliver: (activity: Card) => Promise<BotReply>) => Promise<BotReply>
  /** The roster is given in pages no larger than this. */
  pageSize?: number
}

export const bot = { id: '28:ouverture', name: 'Ouverture' }

/** A Bot Connector on loopback: what Teams is to the bot, for tests, without the meeting room. */
export async function startConnector(scene: Scene = {}): Promise<TestConnector> {
  const {
    people = [],
    conversationId = '19:meeting_test@thread.v2',
    meetingId = 'MCMtest',
    limits = true,
  } = scene
  const { tenantId = 'tenant-test', pageSize = 500 } = scene
  const messages = new Map<string, Card>()
  const requests: Recorded[] = []
  const files = new Map<string, Buffer>()
  const misfortunes: (Misfortune & { times: number })[] = []
  const watchers = new Set<() => void>()
  const budgets = { tenant: budget(tenantWindows), send: budget(sendWindows), roster: budget(rosterWindows) }
  let botUrl = scene.botUrl ?? ''
  let lastId = Date.now()

  const server = createServer((request, response) => {
    // Who leaves in the middle of a request gets no answer.
    const served = serve(request, response).catch(() => request.socket.destroy())
    void served.finally(() => {
      for (const look of watchers) look()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}/`

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await recorded(request)
    requests.push(asked)
    const wait = limits ? overLimit(asked) : 0
    if (wait > 0) return reply(asked, response, refusal(429, 'TooManyRequests', wait))
    const fault = misfortuneFor(asked)
    if (fault?.hang === true) return
    if (fault?.reset === 'before') return void request.socket.destroy()
    const refused =
      fault?.status === undefined ? null : refusal(fault.status, fault.code ?? 'Injected', fault.retryAfter)
    if (refused && !fault?.done) return reply(asked, response, refused)
    const answer = work(asked)
    asked.done = answer.status < 300
    if (refused) return reply(asked, response, refused)
    if (fault?.hang === 'after') return
    if (fault?.reset === 'after') return void request.socket.destroy()
    reply(asked, response, answer)
  }

  function overLimit({ method, path }: Recorded): number {
    const wait = budgets.tenant.take('all')
    if (wait > 0 || /^\/(v1|files)\//u.test(path)) return wait
    return method === 'GET' ? budgets.roster.take(path) : budgets.send.take(conversationId)
  }

  function misfortuneFor(asked: Recorded): Misfortune | undefined {
    const { method, path } = asked
    const found = misfortunes.find(
      (one) => one.times > 0 && (!one.method || one.method === method) && (!one.path || one.path.test(path)),
    )
    if (found) found.times -= 1
    return found ?? scene.weather?.(asked) ?? undefined
  }

  function work(asked: Recorded): Answer {
    const { method, path, query, body, raw } = asked
    if (method === 'PUT' && path.startsWith('/files/')) return stored(path, raw)
    const [, version, place, id = '', what = '', rest] = path.split('/')
    if (version === 'v1' && place === 'meetings') return participant(id, rest ?? '')
    if (id !== conversationId) return refusal(404, 'ConversationNotFound')
    if (isTooBig(body)) return refusal(413, 'MessageSizeTooBig')
    switch (`${method} ${what}`) {
      case 'POST activities':
        return posted(asked)
      case 'PUT activities':
        return messages.has(rest ?? '')
          ? kept(rest ?? '', recordIn(body))
          : refusal(404, 'ActivityNotFoundInConversation')
      case 'DELETE activities':
        messages.delete(rest ?? '')
        return { status: 200, body: {} }
      case 'GET members':
        return rest === undefined ? { status: 200, body: people.map(account) } : member(rest)
      case 'GET pagedmembers':
        return page(
          Math.min(pageSize, Number(query.get('pageSize') ?? 200)),
          Number(query.get('continuationToken') ?? 0),
        )
      default:
        return refusal(404, 'NotFound')
    }
  }

  function stored(path: string, raw: Buffer): Answer {
    const isNew = !files.has(path)
    files.set(path, raw)
    return { status: isNew ? 201 : 200, body: {} }
  }

  function posted(asked: Recorded): Answer {
    lastId += 1
    asked.messageId = String(lastId)
    return { ...kept(asked.messageId, recordIn(asked.body)), status: 201 }
  }

  function kept(id: string, body: Card): Answer {
    messages.set(id, body)
    return { status: 200, body: { id } }
  }

  function member(id: string): Answer {
    const found = people.find((one) => one.id === id)
    return found ? { status: 200, body: account(found) } : refusal(404, 'MemberNotFoundInConversation')
  }

  function page(size: number, from: number): Answer {
    const everyone = [...people.map(account), bot]
    const more = from + size < everyone.length ? { continuationToken: String(from + size) } : {}
    return { status: 200, body: { members: everyone.slice(from, from + size), ...more } }
  }

  function participant(meeting: string, directoryId: string): Answer {
    const found = people.find((one) => one.aadObjectId === directoryId)
    if (meeting !== meetingId || !found?.role) return refusal(404, 'ParticipantNotFound')
    return { status: 200, body: { user: account(found), meeting: { role: found.role, inMeeting: true } } }
  }

  const send = (from: Guest, fields: Card): Promise<BotReply> => {
    const activity = { ...common(from), ...fields }
    return scene.courier ? scene.courier(activity, deliver) : deliver(activity)
  }

  async function deliver(activity: Card): Promise<BotReply> {
    const response = await fetch(botUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(activity),
      // Longer than Teams waits, which sends again then.
      signal: AbortSignal.timeout(20_000),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? null : jsonIn(text) }
  }

  const common = (from: Guest): Card => ({
    id: randomUUID(),
    timestamp: new Date().toISOString(),
    channelId: 'msteams',
    serviceUrl: url,
    from: { id: from.id, name: from.name, ...(from.aadObjectId ? { aadObjectId: from.aadObjectId } : {}) },
    conversation: scene.personal
      ? { id: conversationId, conversationType: 'personal', tenantId }
      : { id: conversationId, conversationType: 'groupChat', isGroup: true, tenantId },
    recipient: bot,
    locale: 'fr-FR',
    channelData: { tenant: { id: tenantId }, ...(meetingId ? { meeting: { id: meetingId } } : {}) },
  })

  const invoke = (from: Guest, verb: string, data: Card, messageId: string, trigger = 'manual') =>
    send(from, {
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: messageId,
      value: { action: { type: 'Action.Execute', verb, data }, trigger },
    })

  return {
    url,
    conversationId,
    requests,
    filePlace: (name) => ({
      uploadUrl: `${url}files/${encodeURIComponent(name)}?guid=${randomUUID()}`,
      contentUrl: `${url}mine/${encodeURIComponent(name)}`,
      name,
      uniqueId: randomUUID(),
      fileType: name.split('.').at(-1) ?? '',
    }),
    file: ({ uploadUrl }) => files.get(decodeURIComponent(new URL(uploadUrl).pathname)),
    activities: () => [...messages].map(([id, activity]) => ({ id, activity, card: cardIn(activity) })),
    fault: (misfortune) => void misfortunes.push({ ...misfortune, times: misfortune.times ?? 1 }),
    until: (condition, withinMs = 10_000) => until(condition, watchers, withinMs),
    talkTo(address) {
      botUrl = address
    },
    send,
    message: (from, text) =>
      send(from, {
        type: 'message',
        text: `<at>${bot.name}</at> ${text}`,
        textFormat: 'plain',
        entities: [{ type: 'mention', mentioned: bot, text: `<at>${bot.name}</at>` }],
      }),
    invoke,
    refresh(from, messageId) {
      const action = at(cardIn(messages.get(messageId) ?? {}), 'refresh', 'action')
      if (action === undefined) throw new Error(`message ${messageId} has no personal refresh`)
      return invoke(from, String(at(action, 'verb')), recordIn(at(action, 'data')), messageId, 'automatic')
    },
    dialog: (from, step, data, messageId) =>
      send(from, { type: 'invoke', name: `task/${step}`, replyToId: messageId, value: { data } }),
    installed: (by) => send(by, { type: 'installationUpdate', action: 'add' }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Answer {
  status: number
  body: Card | Card[]
  retryAfter?: number
}

const refusal = (status: number, code: string, retryAfter?: number): Answer => ({
  status,
  body: { error: { code, message: code } },
  ...(retryAfter === undefined ? {} : { retryAfter }),
})

function reply(asked: Recorded, response: ServerResponse, { status, body, retryAfter }: Answer): void {
  asked.status = status
  asked.held = retryAfter === undefined ? null : { seconds: retryAfter, at: Date.now() }
  const wait = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }
  response.writeHead(status, { 'content-type': 'application/json', ...wait })
  response.end(JSON.stringify(body))
}

const account = ({ id, name, aadObjectId }: Guest): Card => ({
  id,
  name,
  ...(aadObjectId ? { aadObjectId, objectId: aadObjectId } : {}),
})

const cardIn = (activity: Card): Card => recordIn(at(activity, 'attachments', 0, 'content'))

async function recorded(request: IncomingMessage): Promise<Recorded> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://loopback')
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  const raw = Buffer.concat(chunks)
  const isJson = request.headers['content-type']?.includes('json') ?? false
  return {
    method: request.method ?? '',
    path: decodeURIComponent(pathname),
    query: searchParams,
    headers: request.headers,
    body: isJson && raw.length > 0 ? JSON.parse(raw.toString()) : {},
    raw,
    at: Date.now(),
    status: null,
    done: false,
    held: null,
    messageId: null,
  }
}

function until(condition: () => boolean, watchers: Set<() => void>, withinMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const over = (settle: () => void) => {
      clearTimeout(timer)
      watchers.delete(look)
      settle()
    }
    const look = () => {
      if (condition()) over(resolve)
    }
    const timer = setTimeout(() => over(() => reject(new Error(`waited in vain for ${condition}`))), withinMs)
    watchers.add(look)
    look()
  })
}

function jsonIn(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
