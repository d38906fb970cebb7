import type { Server as HttpServer } from 'node:http'
import type { TeamsAdapter } from '@microsoft/teams-ai'
import type { TurnContext } from 'botbuilder'
import restify, { type Request, type Response } from 'restify'
import type { Log } from '../ports.ts'
import { readActivity } from './incoming.ts'

/** Something the bot serves by itself: a picture, a document. Null when there is none (any more). */
export interface Served {
  type: string
  body: Buffer | string
  /** Name to save it under; shown in place when absent. */
  fileName?: string
}

interface Parts {
  adapter: TeamsAdapter
  run(context: TurnContext): Promise<unknown>
  picture(token: string): Promise<Served | string>
  document(token: string): Promise<Served | string>
  log: Log
}

/** Characters of the longest signed reference; the router's own limit is 100. */
const longestToken = 2048

/** Bytes of the largest activity that is read. */
const bodyLimit = 262_144

export interface Listening {
  port: number
  close(): Promise<void>
}

/** The bot's own server: activities in, pictures and documents out. */
export async function listen(parts: Parts, port: number, host?: string): Promise<Listening> {
  const server = restify.createServer({
    name: 'ouverture',
    ignoreTrailingSlash: true,
    maxParamLength: longestToken,
  })
  server.use(restify.plugins.bodyParser({ maxBodySize: bodyLimit, mapParams: false }))
  server.on('restifyError', (_request: Request, response: Response, _error: unknown, next: () => void) => {
    response.removeHeader('Content-Type')
    return next()
  })
  server.post('/api/messages', (request, response, next) => {
    void receive(parts, request, response).finally(() => next(false))
  })
  server.get('/healthz', (_request, response, next) => {
    response.send(200, { status: 'ok' })
    next(false)
  })
  server.get('/pictures/:token', (request, response, next) => {
    void serve(response, parts.picture(String(request.params.token))).finally(() => next(false))
  })
  server.get('/documents/:token', (request, response, next) => {
    void serve(response, parts.document(String(request.params.token))).finally(() => next(false))
  })
  return new Promise((resolve, reject) => {
    server.on('error', reject)
    server.listen(port, host, () =>
      resolve({ port: server.address().port, close: () => closed(server.server) }),
    )
  })
}

/** What is no activity is turned away before the SDK sees it: there it would answer with an error's text. */
async function receive(parts: Parts, request: Request, response: Response): Promise<void> {
  if (!readActivity(request.body)) {
    response.send(400, { error: { code: 'BadArgument', message: 'This is no activity.' } })
    return
  }
  try {
    const { body, headers, method = 'POST' } = request
    await parts.adapter.process({ body, headers, method }, response, async (context) => {
      await parts.run(context)
    })
  } catch (error) {
    parts.log.error({ error: String(error) }, 'activity refused')
    if (!response.headersSent) response.send(500, { error: { code: 'ServiceError', message: 'Try again.' } })
  }
}

async function serve(response: Response, wanted: Promise<Served | string>): Promise<void> {
  const found = await wanted.catch(() => '')
  if (typeof found === 'string') {
    response.sendRaw(404, found, { 'Content-Type': 'text/plain; charset=utf-8' })
    return
  }
  const name = found.fileName ? { 'Content-Disposition': `attachment; filename="${found.fileName}"` } : {}
  response.writeHead(200, {
    'Content-Type': found.type,
    'Cache-Control': 'private, max-age=60',
    'X-Content-Type-Options': 'nosniff',
    ...name,
  })
  response.end(found.body)
}

const closed = (server: HttpServer): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
