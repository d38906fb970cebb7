import http from 'node:http'

export interface Asked {
  params: Record<string, string>
  query: URLSearchParams
  headers: http.IncomingHttpHeaders
  /** Parsed JSON; `undefined` when the request carried none. */
  body: unknown
  raw: Buffer
}

export type Answer =
  | { kind: 'json'; status: number; body: unknown; headers?: Record<string, string> }
  | { kind: 'bytes'; status: number; type: string; body: string | Buffer; headers?: Record<string, string> }
  | { kind: 'broken' }

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: RegExp
  /** How many bytes of a file it takes; null where JSON is expected. */
  largestFile: number | null
  handle(asked: Asked): Answer | Promise<Answer>
}

/** `path` such as `/v3/conversations/:cid/members`; each `:name` is one decoded segment. */
export function route(
  method: Route['method'],
  path: string,
  handle: Route['handle'],
  largestFile: number | null = null,
): Route {
  const pattern = path.replace(/:(\w+)/g, '(?<$1>[^/]+)')
  return { method, path: new RegExp(`^${pattern}/?$`), handle, largestFile }
}

export const json = (body: unknown, status = 200): Answer => ({ kind: 'json', status, body })

/** The Bot Framework's shape of an error. */
export function connectorError(status: number, code: string, message: string) {
  return { kind: 'json' as const, status, body: { error: { code, message } } }
}

/** Thrown by a handler to refuse; any other error is a 500. */
export class Refused extends Error {
  readonly answer: Answer
  constructor(status: number, code: string, message = code) {
    super(message)
    this.answer = connectorError(status, code, message)
  }
}

export function httpServer(routes: Route[], log: (line: string) => void): http.Server {
  return http.createServer((request, response) => {
    respond(routes, request).then(
      (answer) => write(answer, response),
      (error: unknown) => {
        if (error instanceof Refused) return write(error.answer, response)
        log(`room: ${request.method} ${request.url}: ${String(error)}`)
        write(connectorError(500, 'InternalServerError', 'The room failed'), response)
      },
    )
  })
}

/** Loopback names only: a page elsewhere must not reach the room by a name that resolves to it. */
export function isOurs(request: http.IncomingMessage): boolean {
  const host = hostName(`http://${request.headers.host ?? ''}`)
  const origin = request.headers.origin
  return isLoopback(host) && (!origin || isLoopback(hostName(origin)))
}

async function respond(routes: Route[], request: http.IncomingMessage): Promise<Answer> {
  if (!isOurs(request)) throw new Refused(403, 'ForeignHost')
  const url = new URL(request.url ?? '/', 'http://room')
  const found = match(routes, request.method ?? 'GET', url.pathname)
  if (!found) throw new Refused(404, 'NotFound', 'No such address in the room')
  const { handle, largestFile } = found.route
  const raw = await bytes(request, largestFile ?? largestBody)
  return handle({
    params: found.params,
    query: url.searchParams,
    headers: request.headers,
    raw,
    body: largestFile === null ? parsedJson(request, raw) : undefined,
  })
}

function match(routes: Route[], method: string, pathname: string) {
  for (const route of routes) {
    const groups = route.method === method ? route.path.exec(pathname) : null
    if (groups) return { route, params: decoded(groups.groups ?? {}) }
  }
  return undefined
}

function decoded(groups: Record<string, string>): Record<string, string> {
  try {
    return Object.fromEntries(
      Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]),
    )
  } catch {
    throw new Refused(400, 'BadRequest', 'Unreadable address')
  }
}

const largestBody = 2 * 1024 * 1024

async function bytes(request: http.IncomingMessage, largest: number): Promise<Buffer> {
  // Before anything is read: who is stopped halfway through a body may never see the answer.
  if (Number(request.headers['content-length']) > largest) throw new Refused(413, 'MessageSizeTooBig')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    chunks.push(chunk)
    size += chunk.length
    if (size > largest) throw new Refused(413, 'MessageSizeTooBig')
  }
  return Buffer.concat(chunks)
}

function parsedJson(request: http.IncomingMessage, raw: Buffer): unknown {
  if (raw.length === 0) return undefined
  if (!request.headers['content-type']?.includes('json'))
    throw new Refused(415, 'BadRequest', 'JSON expected')
  try {
    return JSON.parse(raw.toString('utf8'))
  } catch {
    throw new Refused(400, 'BadSyntax', 'Unreadable JSON')
  }
}

function write(answer: Answer, response: http.ServerResponse): void {
  if (answer.kind === 'broken') {
    response.destroy()
    return
  }
  const body = answer.kind === 'json' ? JSON.stringify(answer.body ?? {}) : answer.body
  const type = answer.kind === 'json' ? 'application/json; charset=utf-8' : answer.type
  response.writeHead(answer.status, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...answer.headers,
  })
  response.end(body)
}

function hostName(url: string): string {
  try {
    return new URL(url).hostname
  } catch {
    return ''
  }
}

function isLoopback(name: string): boolean {
  return name === 'localhost' || name === '127.0.0.1' || name === '[::1]'
}
