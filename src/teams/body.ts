import type { IncomingMessage } from 'node:http'

/** What a request carries, or the status that tells why it is not read. */
export type Body = { read: unknown } | { status: 400 | 408 | 413 | 415 }

interface Bounds {
  /** Bytes. */
  limit: number
  /** Real milliseconds for the whole of it to arrive. */
  patienceMs: number
}

/** The platform sends JSON, in UTF-8, as it is: nothing else is taken in, and nothing compressed is unfolded. */
export async function jsonBody(request: IncomingMessage, bounds: Bounds): Promise<Body> {
  const { headers } = request
  if (!plainJson.test(headers['content-type'] ?? '')) return { status: 415 }
  if (!/^(identity)?$/iu.test(headers['content-encoding'] ?? '')) return { status: 415 }
  if (Number(headers['content-length'] ?? 0) > bounds.limit) return { status: 413 }
  const came = await bytesOf(request, bounds)
  if (!Buffer.isBuffer(came)) return came
  const read = valueIn(came)
  return read === undefined || isDeeperThan(depth, read) ? { status: 400 } : { read }
}

const plainJson = /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?;?$/iu

/** Levels of an activity: a card within a message stays well under; much more would exhaust whatever goes through it. */
const depth = 60

function bytesOf(request: IncomingMessage, { limit, patienceMs }: Bounds): Promise<Buffer | Body> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    const over = (came: Buffer | Body) => {
      clearTimeout(patience)
      chunks.length = 0
      resolve(came)
    }
    const patience = setTimeout(() => over({ status: 408 }), patienceMs)
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > limit) over({ status: 413 })
      else chunks.push(chunk)
    })
    request.once('end', () => over(Buffer.concat(chunks)))
    request.once('error', () => over({ status: 400 }))
    request.once('close', () => over({ status: 400 }))
  })
}

/** Undefined where it is no JSON. */
function valueIn(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

const isDeeperThan = (levels: number, value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((one) => isDeeperThan(levels - 1, one)))
