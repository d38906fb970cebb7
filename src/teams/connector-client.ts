import type { CloudAdapter, TurnContext } from 'botbuilder'
import { publicCloud } from '../cloud.ts'
import { type Reply, replyOfError, retryAfterMs } from './errors.ts'
import { isServicePlace } from './places.ts'

export interface Call {
  method: 'GET' | 'POST' | 'PUT'
  /** Below the service URL, without a leading slash. */
  path: string
  body?: unknown
}

/** One request, one attempt, one reply; never throws. */
export type ConnectorClient = (serviceUrl: string, call: Call) => Promise<Reply>

interface Options {
  adapter: CloudAdapter
  /** Empty where the bot has no identity: the local room. */
  appId: string
  /** Origins of the services it may speak to; null for this machine's only. */
  services?: readonly string[] | null
  /** Milliseconds after which nobody waits for an answer any more. */
  timeoutMs?: number
}

/**
 * The Bot Connector REST API with the SDK's credentials, and without the SDK's client: that one sends a POST again, three
 * times over, on any 5xx and on a broken connection, which no option it forwards can switch off (one message stands four
 * times in the chat), and it drops the fields it does not know. The pacer alone decides what is sent again.
 */
export function connectorClient({
  adapter,
  appId,
  services = appId === '' ? null : publicCloud.services,
  timeoutMs = 15_000,
}: Options): ConnectorClient {
  const authorization = appId ? authorizer(adapter, appId) : async () => null

  return async (serviceUrl, call) => {
    if (!isServicePlace(serviceUrl, services)) return barred
    let header: string | null
    try {
      header = await inTime(authorization(serviceUrl), timeoutMs)
    } catch {
      return { answered: false, left: false, why: 'no token' }
    }
    return replyTo(urlOf(serviceUrl, call.path), call, header, timeoutMs).catch(replyOfError)
  }
}

/** Whatever a record says, nothing goes there. */
const barred: Reply = { answered: false, left: false, barred: true, why: 'not a service the bot speaks to' }

async function replyTo(
  url: string,
  { method, body }: Call,
  authorization: string | null,
  timeoutMs: number,
): Promise<Reply> {
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(authorization ? { authorization } : {}),
    },
    body: body === undefined ? null : JSON.stringify(body),
    signal: AbortSignal.timeout(timeoutMs),
  })
  return {
    answered: true,
    status: response.status,
    retryAfterMs: retryAfterMs(response.headers.get('retry-after'), Date.now()),
    body: jsonIn(await response.text()),
  }
}

const urlOf = (serviceUrl: string, path: string): string => `${serviceUrl.replace(/\/*$/u, '/')}${path}`

/** Gives the `authorization` header for a service URL; the SDK keeps the token until it is about to expire. */
function authorizer(adapter: CloudAdapter, appId: string) {
  let signer: Promise<Signer> | null = null

  return async (serviceUrl: string): Promise<string> => {
    signer ??= signerOf(adapter, appId, serviceUrl).catch((error) => {
      signer = null
      throw error
    })
    return `Bearer ${await (await signer).getToken()}`
  }
}

interface Signer {
  getToken(): Promise<string>
}

/** A proactive turn is the one public way to the credentials the adapter was made with; they fit any service URL. */
async function signerOf(adapter: CloudAdapter, appId: string, serviceUrl: string): Promise<Signer> {
  let found: unknown
  const nowhere = { id: 'credentials', isGroup: false, conversationType: 'personal', name: '' }
  await adapter.continueConversationAsync(
    appId,
    { serviceUrl, channelId: 'msteams', conversation: nowhere },
    async ({ turnState }: TurnContext) => {
      found = turnState.get<{ credentials?: unknown }>(adapter.ConnectorClientKey)?.credentials
    },
  )
  if (!isSigner(found)) throw new Error('the adapter has no credentials that give a token')
  return found
}

const isSigner = (found: unknown): found is Signer =>
  typeof found === 'object' && found !== null && 'getToken' in found && typeof found.getToken === 'function'

function inTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(reject, timeoutMs, new Error('too late')).unref()
  })
  return Promise.race([work, late])
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
