import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose'
import { z } from 'zod'
import type { Cloud } from '../cloud.ts'
import type { Config } from '../config.ts'
import type { Facts, Log } from '../ports.ts'
import { isServicePlace } from './places.ts'
import { reachFrom } from './reach.ts'

/** Why a request goes no further: 401 proves nothing, 403 proves something else, 503 could not be checked now. */
export interface Unanswered {
  status: 401 | 403 | 503
  /** For the log alone. */
  facts: Facts
}

/** Reads the `authorization` header of a request with the activity it carries. Null when it is answered. */
export type Doorkeeper = (authorization: string | undefined, activity: unknown) => Promise<Unanswered | null>

interface Parts {
  mode: Config['mode']
  teams: Config['teams']
  log: Log
}

/**
 * Who is answered. The SDK checks tokens too, but would also take one the bot was itself given for its own calls, or one
 * that never expires; it takes any channel, any tenant and any address.
 */
export function doorkeeper({ mode, teams, log }: Parts): Doorkeeper {
  const verified = mode === 'teams' ? verifier(teams.cloud, teams.appId) : null

  return async (authorization, activity) => {
    const refused = verified
      ? await refusedInTenant(await verified(authorization), activity, teams)
      : refusedHere(activity)
    if (refused) log.warn({ ...refused.facts, activity: sourceOf(activity).id }, 'request not answered')
    return refused
  }
}

/** A bot without an identity stays on this machine. */
const refusedHere = (activity: unknown): Unanswered | null =>
  isServicePlace(reachFrom(activity).serviceUrl, null) ? null : forbidden('its service is not this machine')

function refusedInTenant(
  proof: Proof | Unanswered,
  activity: unknown,
  { cloud, tenants }: Config['teams'],
): Unanswered | null {
  if ('status' in proof) return proof
  const { serviceUrl, tenantId } = reachFrom(activity)
  if (sourceOf(activity).channelId !== channel) return forbidden('its channel is not Teams')
  if (!proof.endorsements.includes(channel)) return forbidden('its key is not endorsed for Teams')
  if (proof.serviceUrl !== serviceUrl) return forbidden('its token is for another service URL')
  if (!isServicePlace(serviceUrl, cloud.services))
    return forbidden('not a service of Teams', { service: serviceUrl })
  if (!tenants.includes(tenantId.toLowerCase()))
    return forbidden('its tenant is not answered', { tenant: tenantId })
  return null
}

/** The other channels of a registration let whoever writes say who and where she is. */
const channel = 'msteams'

interface Proof {
  serviceUrl: unknown
  /** The channels its key vouches for. */
  endorsements: string[]
}

/** What a token proves, by the rules of the platform for what it sends to a bot. */
function verifier({ issuer, metadata }: Cloud, appId: string) {
  const keys = keysAt(metadata)

  return async (authorization: string | undefined): Promise<Proof | Unanswered> => {
    const token = /^Bearer (\S+)$/u.exec(authorization ?? '')?.[1]
    if (token === undefined) return { status: 401, facts: { why: 'no token' } }
    try {
      const found = await keys()
      const { payload, protectedHeader } = await jwtVerify(token, found, {
        ...rules,
        issuer,
        audience: appId,
      })
      return proofOf(payload, endorsementsOf(found.jwks(), protectedHeader.kid))
    } catch (error) {
      return isTheirs(error)
        ? { status: 401, facts: { why: `token: ${error.code}` } }
        : { status: 503, facts: { why: 'its keys cannot be read', error } }
    }
  }
}

/** Clocks may differ by five minutes, as the platform says. */
const rules = { algorithms: ['RS256'], clockTolerance: 300, requiredClaims: ['exp', 'serviceurl'] }

const proofOf = ({ serviceurl }: JWTPayload, endorsements: string[]): Proof => ({
  serviceUrl: serviceurl,
  endorsements,
})

/** A fault of the token, and not of those who publish the keys. */
const isTheirs = (error: unknown): error is errors.JOSEError =>
  error instanceof errors.JOSEError && !ours.has(error.code)

const ours = new Set([errors.JOSEError.code, errors.JWKSTimeout.code, errors.JWKSInvalid.code])

type Keys = ReturnType<typeof createRemoteJWKSet>

/** The keys are those of the day, and asked for again when one is unknown, twice a minute at most. */
function keysAt(metadata: string): () => Promise<Keys> {
  let found: Promise<Keys> | null = null
  return () => {
    found ??= keysNamedBy(metadata).catch((error) => {
      found = null
      throw error
    })
    return found
  }
}

const openId = z.object({ jwks_uri: z.string().url() })

async function keysNamedBy(metadata: string): Promise<Keys> {
  const response = await fetch(metadata, { signal: AbortSignal.timeout(patienceMs) })
  const { jwks_uri } = openId.parse(await response.json())
  return createRemoteJWKSet(new URL(jwks_uri), { cacheMaxAge: day, timeoutDuration: patienceMs })
}

/** Milliseconds; an activity waits meanwhile, and must be answered in five seconds. */
const patienceMs = 2000
const day = 86_400_000

const keySet = z.object({
  keys: z.array(z.object({ kid: z.string(), endorsements: z.array(z.string()).catch([]) })),
})

/** A property the platform adds to its keys. */
const endorsementsOf = (jwks: unknown, kid: string | undefined): string[] =>
  keySet.safeParse(jwks).data?.keys.find((key) => key.kid === kid)?.endorsements ?? []

const source = z.object({ id: z.string().catch(''), channelId: z.string().catch('') })

const sourceOf = (activity: unknown) => source.catch({ id: '', channelId: '' }).parse(activity)

const forbidden = (why: string, facts: Facts = {}): Unanswered => ({ status: 403, facts: { why, ...facts } })
