import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { budget, rosterWindows, sendWindows, tenantWindows } from '../../src/room/limits.ts'
import type { Recorded } from '../support/connector.ts'

/** The Bot Connector of a whole tenant: any number of meetings at one address, the documented limits enforced or not. */
export interface Platform {
  url: string
  requests: Recorded[]
  /** Resolves once nothing has been asked for so long. */
  quiet(forMs: number): Promise<void>
  close(): Promise<void>
}

export async function startPlatform({ limits = true } = {}): Promise<Platform> {
  const requests: Recorded[] = []
  const budgets = { tenant: budget(tenantWindows), send: budget(sendWindows), read: budget(rosterWindows) }
  let lastId = Date.now()

  const server = createServer((request, response) => {
    request.on('data', () => {})
    request.on('end', () => answer(recorded(request), response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()

  function answer(asked: Recorded, response: ServerResponse): void {
    requests.push(asked)
    const seconds = wait(asked)
    asked.status = seconds > 0 ? 429 : asked.method === 'POST' ? 201 : 200
    asked.held = seconds > 0 ? { seconds, at: Date.now() } : null
    asked.done = seconds === 0
    lastId += 1
    response.writeHead(asked.status, {
      'content-type': 'application/json',
      ...(seconds > 0 ? { 'retry-after': String(seconds) } : {}),
    })
    response.end(JSON.stringify({ id: String(lastId) }))
  }

  function wait({ method, path }: Recorded): number {
    if (!limits) return 0
    const place = path.split('/')[3] ?? ''
    return budgets.tenant.take('all') || (method === 'GET' ? budgets.read : budgets.send).take(place)
  }

  return {
    url: `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}/`,
    requests,
    async quiet(forMs) {
      for (let seen = -1; seen !== requests.length; await pause(forMs)) seen = requests.length
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** What was said in it is not kept: there would be gigabytes. */
function recorded({ method, url, headers }: IncomingMessage): Recorded {
  const { pathname, searchParams } = new URL(url ?? '/', 'http://loopback')
  return {
    method: method ?? '',
    path: decodeURIComponent(pathname),
    query: searchParams,
    headers,
    body: {},
    raw: Buffer.alloc(0),
    at: Date.now(),
    status: null,
    done: false,
    held: null,
    messageId: null,
  }
}
