import type { Server as HttpServer } from 'node:http'
import type { TeamsAdapter } from '@microsoft/teams-ai'
import type { TurnContext } from 'botbuilder'
import restify, { type Request, type RequestHandler, type Response } from 'restify'
import { z } from 'zod'
import type { Lang } from '../core/text.ts'
import type { Log, Meter, Trail } from '../ports.ts'
import { jsonBody } from './body.ts'
import type { Doorkeeper } from './doorkeeper.ts'
import { plainActivity, readActivity } from './incoming.ts'
import { pageSaying } from './page.ts'

/** Something the bot serves by itself: a picture, a document. Null when there is none (any more). */
export interface Served {
  type: string
  body: Buffer | string
  /** Name to save it under; shown in place when absent. */
  fileName?: string
}

/** Why there is nothing to serve, in a sentence for the one who followed the link. */
export interface Unserved {
  why: 'expired' | 'altered' | 'gone'
  sentence: string
  lang: Lang
}

interface Parts {
  adapter: TeamsAdapter
  admit: Doorkeeper
  run(context: TurnContext): Promise<unknown>
  /** `lang` is the reader's, for what is said to her; a document is in the language its link says. */
  picture(token: string, lang: Lang): Promise<Served | Unserved | null>
  document(token: string, lang: Lang): Promise<Served | Unserved | null>
  ownData(token: string, lang: Lang): Promise<Served | Unserved | null>
  log: Log
  trail: Trail
  meter: Meter
  /** Whether activities can be taken in at this moment. */
  ready(): Promise<boolean>
}

/** Characters of the longest signed reference; the router's own limit is 100. */
const longestToken = 2048

/** Bytes of the largest activity that is read, and real milliseconds it may take to arrive: the platform waits fifteen seconds. */
const bodyBounds = { limit: 262_144, patienceMs: 10_000 }

/** Real milliseconds a request may take to arrive, whatever becomes of it. */
const requestTimeout = 30_000

/**
 * Real milliseconds for which an idle connection is kept: longer than the balancers in front do (a minute, mostly). Whoever closes
 * first must not be the bot, for a request may be on its way.
 */
const idleConnection = 75_000

export interface Listening {
  port: number
  /** Requests under way get their answers, for so long at most. */
  close(withinMs: number): Promise<void>
}

/** The bot's own server: activities in, pictures and documents out. */
export async function listen(parts: Parts, port: number, host?: string): Promise<Listening> {
  const server = restify.createServer({
    name: 'ouverture',
    ignoreTrailingSlash: true,
    maxParamLength: longestToken,
  })
  server.server.requestTimeout = requestTimeout
  server.server.keepAliveTimeout = idleConnection
  // Handed on, an error would be answered with its own words.
  server.on('restifyError', (_request: Request, response: Response, error: unknown) => {
    if (!response.headersSent) say(response, statusIn(error))
  })
  server.post('/api/messages', (request, response, next) => {
    void parts.trail.begin('activity', () => receive(parts, request, response)).finally(() => next(false))
  })
  server.get('/healthz', (_request, response, next) => {
    sendJson(response, 200, { status: 'ok' })
    next(false)
  })
  server.get('/readyz', (_request, response, next) => {
    void parts
      .ready()
      .then((ready) => sendJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready' }))
      .finally(() => next(false))
  })
  const served = { pictures: parts.picture, documents: parts.document, 'own-data': parts.ownData }
  for (const [kind, open] of Object.entries(served))
    for (const path of [`/${kind}`, `/${kind}/*`]) {
      const handed: RequestHandler = (request, response, next) => {
        void parts.trail
          .begin('link', () => serve(parts, response, open(tokenOf(request), langOf(request))))
          .finally(() => next(false))
      }
      server.get(path, handed)
      server.head(path, handed)
    }
  return new Promise((resolve, reject) => {
    server.on('error', reject)
    server.listen(port, host, () =>
      resolve({ port: server.address().port, close: (withinMs) => closed(server.server, withinMs) }),
    )
  })
}

/** What is no activity is turned away before the SDK sees it: there it would answer with an error's text. */
async function receive(parts: Parts, request: Request, response: Response): Promise<void> {
  try {
    const body = await jsonBody(request, bodyBounds)
    if ('status' in body) return unreadable(parts, response, body.status)
    const envelope = readActivity(body.read)
    if (!envelope) return unreadable(parts, response, 400)
    const refused = await parts.admit(request.headers.authorization, body.read)
    if (!refused) return await dealt(parts, request, response, body.read)
    parts.meter.activity(envelope.what.kind, 'refused', 0)
    say(response, refused.status)
  } catch (error) {
    parts.log.error({ error }, 'activity refused')
    if (!response.headersSent) say(response, 500)
  }
}

function unreadable({ meter, log }: Parts, response: Response, status: Status): void {
  meter.activity('unreadable', 'unreadable', 0)
  log.info({ why: statuses[status] }, 'no activity')
  say(response, status)
}

/** What the SDK answers is kept where it is an answer of ours; an error it would tell the text of is not. */
async function dealt(
  { adapter, run, log }: Parts,
  { headers, socket }: Request,
  response: Response,
  body: unknown,
): Promise<void> {
  const given: { status: number; body?: unknown } = { status: 200 }
  const answer = {
    socket,
    header() {},
    status: (code: number) => Object.assign(given, { status: code }),
    send: (told: unknown) => Object.assign(given, { body: told }),
    end() {},
  }
  const asked = { body: plainActivity(body), headers, method: 'POST' }
  await adapter.process(asked, answer, async (context) => {
    await run(context)
  })
  if (given.status < 300) return sendJson(response, given.status, given.body)
  log.warn({ why: 'the SDK refused it' }, 'activity refused')
  say(response, given.status === 400 ? 400 : 500)
}

/** Everything that is said of a request that is not answered. Why is in the log: who proves nothing is told nothing. */
const statuses = {
  400: 'BadArgument',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  408: 'RequestTimeout',
  413: 'PayloadTooLarge',
  415: 'UnsupportedMediaType',
  500: 'ServiceError',
  503: 'ServiceUnavailable',
} as const
type Status = keyof typeof statuses

function say(response: Response, status: Status): void {
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer')
  // The rest of a body that does not come is not waited for.
  if (status === 408) response.setHeader('Connection', 'close')
  sendJson(response, status, { error: { code: statuses[status], message: 'This request is not answered.' } })
}

function sendJson(response: Response, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' })
  response.end(body === undefined ? '' : JSON.stringify(body))
}

const withStatus = z.object({ statusCode: z.number() })

/** The router's own errors tell the path that was asked: their status alone is told. */
function statusIn(error: unknown): Status {
  const asked = withStatus.safeParse(error).data?.statusCode
  return asked === 405 ? 405 : asked !== undefined && asked < 500 ? 404 : 500
}

const tokenOf = (request: Request): string => String(request.params['*'] ?? '')

const langOf = (request: Request): Lang =>
  /^\s*en\b/iu.test(request.header('accept-language', 'fr')) ? 'en' : 'fr'

async function serve(
  { log }: Parts,
  response: Response,
  wanted: Promise<Served | Unserved | null>,
): Promise<void> {
  const found = await wanted.catch((error: unknown) => {
    log.error({ error }, 'document not made')
    return null
  })
  if (!found || 'why' in found) return sayWhy(response, found)
  const more = found.fileName
    ? { 'Content-Disposition': `attachment; filename="${found.fileName}"` }
    : { 'Cache-Control': 'private, max-age=60' }
  response.writeHead(200, { ...guarded, 'Content-Type': found.type, ...more })
  response.end(found.body)
}

/** What is served is someone's: no cache shared with others keeps it, no address of it goes further. */
const guarded = {
  'Cache-Control': 'private, no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
}

const statusOf = { expired: 410, altered: 404, gone: 404 } as const

function sayWhy(response: Response, found: Unserved | null): void {
  if (!found) {
    response.writeHead(404, guarded)
    response.end()
    return
  }
  response.writeHead(statusOf[found.why], { ...guarded, 'Content-Type': 'text/html; charset=utf-8' })
  response.end(pageSaying(found.sentence, found.lang))
}

/** Real milliseconds for what was sent already to be read: until then its connection looks as if nobody used it. */
const lastCall = 50

/** Takes no more connections, and ends each once its request has its answer; after `withinMs`, whatever it is about. */
async function closed(server: HttpServer, withinMs: number): Promise<void> {
  server.prependListener('request', (_request, response) => response.setHeader('Connection', 'close'))
  await new Promise((resolve) => setTimeout(resolve, lastCall))
  await new Promise<void>((resolve) => {
    const freeing = setInterval(() => server.closeIdleConnections(), 20)
    const patience = setTimeout(() => server.closeAllConnections(), withinMs - lastCall)
    server.close(() => {
      clearInterval(freeing)
      clearTimeout(patience)
      resolve()
    })
    server.closeIdleConnections()
  })
}
