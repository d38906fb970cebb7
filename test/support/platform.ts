import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { exportJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import type { Cloud } from '../../src/cloud.ts'
import { publicCloud } from '../../src/cloud.ts'

export const ours = '7f3c1a52-0b8e-4d6f-9a21-5c4e8d7b6a90'
export const theirs = '0b1d2c3e-4f50-4617-8293-a4b5c6d7e8f9'

type Claims = { [claim: string]: unknown }

/** What stands in a token, changed from a right one. An `undefined` claim is left out. */
export interface Twist {
  claims?: Claims
  /** Names a key; `stray` is published nowhere. */
  key?: 'teams' | 'webchat' | 'unendorsed' | 'stray'
  kid?: string
  alg?: 'RS256' | 'RS512'
}

export interface Platform {
  cloud(services: readonly string[]): Cloud
  keysRead(): number
  /** Whether the keys can be read. */
  publish(isUp: boolean): void
  /** A bot it knows: another for each test, since the SDK keeps tokens for the whole process. */
  register(): Registered
  close(): Promise<void>
}

export interface Registered {
  appId: string
  /** What the managed identity's address was asked for it. */
  asked(): URL[]
  token(serviceUrl: string, twist?: Twist): Promise<string>
  /** The same claims under `alg: none`. */
  unsecured(serviceUrl: string): string
  /** The same claims under HS256, with the published key as the secret. */
  confused(serviceUrl: string): Promise<string>
}

/** What the bot is given for its own calls. */
export const botToken = 'the-bot-s-own-token'

/**
 * Microsoft's side of identity, on loopback: an OpenID issuer that signs what Teams sends, and the address on an Azure
 * machine that gives a managed identity its tokens. One for a test file: the SDK keeps both addresses for the whole process.
 */
export async function startPlatform(): Promise<Platform> {
  const fresh = () => generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pairs = { teams: fresh(), webchat: fresh(), unendorsed: fresh(), stray: fresh() }
  const endorsements = [
    ['teams', { endorsements: ['msteams', 'skype'] }],
    ['webchat', { endorsements: ['webchat'] }],
    ['unendorsed', {}],
  ] as const
  const published = await Promise.all(
    endorsements.map(async ([kid, more]) => ({
      ...(await exportJWK(pairs[kid].publicKey)),
      kid,
      use: 'sig',
      ...more,
    })),
  )
  const asked: URL[] = []
  let keysRead = 0
  let isUp = true
  const { url, close } = await serving((request, response) => {
    const address = new URL(request.url ?? '/', url)
    const answer = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    if (address.pathname === '/identity') {
      asked.push(address)
      return answer(200, tokenFor(request))
    }
    if (!isUp) return answer(503, {})
    if (address.pathname === '/openid')
      return answer(200, { issuer: publicCloud.issuer, jwks_uri: `${url}/keys` })
    keysRead += 1
    answer(200, { keys: published })
  })
  process.env.IDENTITY_ENDPOINT = `${url}/identity`
  process.env.IDENTITY_HEADER = 'this-machine'

  function register(): Registered {
    const appId = randomUUID()
    const payload = (serviceUrl: string, claims: Claims = {}): JWTPayload => {
      const now = Math.floor(Date.now() / 1000)
      const right = {
        iss: publicCloud.issuer,
        aud: appId,
        nbf: now - 60,
        exp: now + 3600,
        serviceurl: serviceUrl,
      }
      return { ...right, ...claims }
    }
    return {
      appId,
      asked: () => asked.filter((one) => one.searchParams.get('client_id') === appId),
      token: (serviceUrl, { claims, key = 'teams', kid = key, alg = 'RS256' } = {}) =>
        new SignJWT(payload(serviceUrl, claims))
          .setProtectedHeader({ alg, kid, typ: 'JWT' })
          .sign(pairs[key].privateKey),
      unsecured: (serviceUrl) => new UnsecuredJWT(payload(serviceUrl)).encode(),
      confused: (serviceUrl) =>
        new SignJWT(payload(serviceUrl))
          .setProtectedHeader({ alg: 'HS256', kid: 'teams', typ: 'JWT' })
          .sign(
            new TextEncoder().encode(
              pairs.teams.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
            ),
          ),
    }
  }

  return {
    cloud: (services) => ({ ...publicCloud, metadata: `${url}/openid`, services }),
    keysRead: () => keysRead,
    publish(up) {
      isUp = up
    },
    register,
    async close() {
      delete process.env.IDENTITY_ENDPOINT
      delete process.env.IDENTITY_HEADER
      await close()
    },
  }
}

/** As the identity endpoint of an Azure App Service answers; it takes only who knows this machine's header. */
function tokenFor({ headers }: IncomingMessage): object {
  if (headers['x-identity-header'] !== 'this-machine') return { error: 'who are you' }
  const inAnHour = Math.floor(Date.now() / 1000) + 3600
  return { access_token: botToken, expires_on: String(inAnHour), resource: '', token_type: 'Bearer' }
}

async function serving(listener: RequestListener): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
