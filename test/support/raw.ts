import { request as httpRequest, type OutgoingHttpHeaders } from 'node:http'
import { connect } from 'node:net'

export interface RawReply {
  status: number
  body: string
}

interface Asked {
  method?: string
  path?: string
  headers?: OutgoingHttpHeaders
  body?: Buffer | string
  /** Sent piece by piece, with no length told. */
  chunked?: (Buffer | string)[]
}

/** One HTTP request, as no well-made client would send it. */
export function rawRequest(
  botUrl: string,
  { method = 'POST', path, headers = {}, body, chunked }: Asked,
): Promise<RawReply> {
  const url = new URL(path ?? '/api/messages', botUrl)
  const told = chunked || body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
  return new Promise((resolve, reject) => {
    const asking = httpRequest(
      url,
      { method, headers: { ...told, ...headers }, agent: false },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
        )
      },
    )
    asking.on('error', reject)
    for (const chunk of chunked ?? []) asking.write(chunk)
    asking.end(body)
  })
}

/** Bytes as they are, on a connection that is then left to the other side; gives all that came back. */
export function rawBytes(botUrl: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(botUrl)
  return new Promise((resolve, reject) => {
    let came = ''
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    socket.on('data', (chunk) => {
      came += String(chunk)
    })
    socket.on('close', () => resolve(came))
    socket.on('error', reject)
  })
}
