import { createServer } from 'node:http'
import type { Metrics } from './metrics.ts'

/** Serves the figures on this machine only: they are for the one who runs the bot, not for whoever reaches it. */
export async function serveMetrics(
  { text, contentType }: Metrics,
  port: number,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const known = request.method === 'GET' && request.url === '/metrics'
    void (known ? text() : Promise.resolve(null)).then(
      (body) => {
        // Not chained: the router of the bot's own server changes what `writeHead` returns, everywhere.
        response.writeHead(body === null ? 404 : 200, body === null ? {} : { 'content-type': contentType })
        response.end(body ?? '')
      },
      () => request.socket.destroy(),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
