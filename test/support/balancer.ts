import { createServer, request, type Server } from 'node:http'

/** What stands before several instances: each request goes to the next of them, and to another when one is gone. */
export interface Balancer {
  url: string
  /** Where requests go from now on. */
  to(urls: string[]): void
  close(): Promise<void>
}

/** Milliseconds Teams waits for an answer. */
const patience = 15_000

/** `waitMs` is how long an answer is waited for. */
export async function startBalancer(urls: string[], waitMs = patience): Promise<Balancer> {
  let targets = urls
  let turn = 0
  const server = createServer((asked, answer) => {
    const parts: Buffer[] = []
    asked.on('data', (part: Buffer) => parts.push(part))
    asked.on('end', () => pass(Buffer.concat(parts), targets.length))

    function refused(status: number): void {
      answer.writeHead(status)
      answer.end()
    }

    function pass(body: Buffer, tries: number): void {
      turn += 1
      const target = targets[turn % targets.length]
      if (target === undefined || tries === 0) {
        refused(503)
        return
      }
      const passed = request(target, { method: asked.method ?? 'GET', headers: asked.headers }, (reply) => {
        answer.writeHead(reply.statusCode ?? 502, reply.headers)
        reply.pipe(answer)
      })
      passed.setTimeout(waitMs, () => passed.destroy(new Error('no answer')))
      // Only what was not taken is given to another.
      passed.on('error', (error) =>
        'code' in error && error.code === 'ECONNREFUSED'
          ? pass(body, tries - 1)
          : answer.headersSent
            ? answer.destroy()
            : refused(502),
      )
      passed.end(body)
    }
  })
  const port = await listening(server)
  return {
    url: `http://127.0.0.1:${port}/api/messages`,
    to(next) {
      targets = next
    },
    close: () => new Promise((done) => server.close(() => done())),
  }
}

const listening = (server: Server): Promise<number> =>
  new Promise((done) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      done(typeof address === 'object' && address ? address.port : 0)
    }),
  )
