import { isIP } from 'node:net'
import { z } from 'zod'
import { type Cloud, publicCloud } from './cloud.ts'

/** Everything the environment decides, read once. */
export interface Config {
  /** `room`: no credentials, everything on this machine. `teams`: a real tenant. */
  mode: 'room' | 'teams'
  port: number
  roomPort: number
  /** Where figures are read, on this machine only; null for nowhere. */
  metricsPort: number | null
  /** Where people's browsers and Teams reach the bot. */
  baseUrl: string
  dataDir: string
  formatsDir: string | null
  zone: string
  teams: {
    appId: string
    password: string
    type: string
    tenantId: string
    /** Whose activities are answered. */
    tenants: string[]
    /** No variable changes it: where proofs are checked is not for an environment to say. */
    cloud: Cloud
  }
  /** Who may launch a workshop in a meeting. */
  launch: 'presenters' | 'anyone'
  /** The room starts with the bot; the Playground brings its own client. */
  withRoom: boolean
  logLevel: string
  /** Days a session is kept after it was last touched. */
  retentionDays: number
  /** Records are sealed on disk with the first; each of them opens. Empty for none. */
  dataKeys: Buffer[]
}

const port = (fallback: number) =>
  z.coerce
    .number({ invalid_type_error: 'a port number from 0 to 65535' })
    .int()
    .min(0)
    .max(65_535)
    .default(fallback)

const identifier = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/u
const identifierExpected = 'an identifier such as 00000000-0000-0000-0000-000000000000'

const microsoftId = () =>
  z
    .string()
    .toLowerCase()
    .refine((id) => id === '' || identifier.test(id), identifierExpected)
    .default('')

const retentionExpected = 'a number of days from 30 to 3650'

const environment = z.object({
  NODE_ENV: z.string().default(''),
  PORT: port(3978),
  ROOM_PORT: port(3979),
  METRICS_PORT: port(0).optional(),
  ROOM: z.enum(['on', 'off'], { message: 'on or off' }).default('on'),
  PUBLIC_URL: z.string().url('an address such as https://bot.example.org').optional(),
  DATA_DIR: z.string().default('data'),
  FORMATS_DIR: z.string().optional(),
  TIME_ZONE: z.string().refine(isZone, 'a time zone such as Europe/Paris').default('Europe/Paris'),
  LAUNCH: z.enum(['presenters', 'anyone'], { message: 'presenters or anyone' }).default('presenters'),
  MICROSOFT_APP_ID: microsoftId(),
  MICROSOFT_APP_PASSWORD: z.string().default(''),
  MICROSOFT_APP_TYPE: z
    .enum(['SingleTenant', 'UserAssignedMSI'], { message: 'SingleTenant or UserAssignedMSI' })
    .default('SingleTenant'),
  MICROSOFT_APP_TENANT_ID: microsoftId(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], { message: 'warn, info, debug…' })
    .default('warn'),
  ALLOWED_TENANTS: z
    .string()
    .toLowerCase()
    .default('')
    .transform(listOf)
    .refine((ids) => ids.every((id) => identifier.test(id)), `${identifierExpected}, or several with commas`),
  RETENTION_DAYS: z.coerce
    .number({ invalid_type_error: retentionExpected })
    .int(retentionExpected)
    .min(30, retentionExpected)
    .max(3650, retentionExpected)
    .default(365),
  DATA_KEY: z
    .string()
    .default('')
    .transform((text) => listOf(text).map((one) => Buffer.from(one, 'base64')))
    .refine(
      (keys) => keys.every((one) => one.length === 32),
      '32 bytes in base64, such as `openssl rand -base64 32` gives',
    ),
})

/** The configuration, or the readable list of what is wrong with it. */
export function readConfig(
  env: Record<string, string | undefined>,
): { config: Config } | { wrong: string[] } {
  const filled = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = environment.safeParse(filled)
  if (!parsed.success) return { wrong: [...new Set(parsed.error.issues.map(expectation))] }
  const wrong = missingForTeams(parsed.data)
  return wrong.length ? { wrong } : { config: configOf(parsed.data) }
}

const expectation = ({ path, message }: z.ZodIssue): string => `${path.join('.')}: expected ${message}`

type Environment = z.infer<typeof environment>

/** Outside this machine a bot has an identity, and the whole of it: it never starts there half configured. */
function missingForTeams(env: Environment): string[] {
  const reason = env.MICROSOFT_APP_ID === '' ? whyNotTheRoom(env) : null
  if (env.MICROSOFT_APP_ID === '' && reason === null) return []
  const managed = env.MICROSOFT_APP_TYPE === 'UserAssignedMSI'
  const secret = env.MICROSOFT_APP_PASSWORD !== ''
  const wrong: [boolean, string][] = [
    [reason !== null, `MICROSOFT_APP_ID: expected, since ${reason}`],
    [!managed && !secret, 'MICROSOFT_APP_PASSWORD: expected in a tenant, and missing'],
    [managed && secret, 'MICROSOFT_APP_PASSWORD: expected to be empty, since UserAssignedMSI has no secret'],
    [env.MICROSOFT_APP_TENANT_ID === '', 'MICROSOFT_APP_TENANT_ID: expected in a tenant, and missing'],
    [!isPublic(env.PUBLIC_URL), 'PUBLIC_URL: expected the https address at which Teams reaches the bot'],
  ]
  return wrong.filter(([is]) => is).map(([, sentence]) => sentence)
}

/** The room answers whoever speaks to it: any sign that others could, or that a tenant is meant, keeps it closed. */
function whyNotTheRoom(env: Environment): string | null {
  if (env.NODE_ENV === 'production') return 'NODE_ENV is production'
  if (env.PUBLIC_URL !== undefined && !isHere(env.PUBLIC_URL)) return 'PUBLIC_URL is not on this machine'
  const meant = (['MICROSOFT_APP_PASSWORD', 'MICROSOFT_APP_TENANT_ID', 'ALLOWED_TENANTS'] as const).find(
    (name) => env[name].length > 0,
  )
  return meant === undefined ? null : `${meant} is set`
}

function configOf(env: Environment): Config {
  const mode = env.MICROSOFT_APP_ID === '' ? 'room' : 'teams'
  const listed = env.ALLOWED_TENANTS
  return {
    mode,
    port: env.PORT,
    roomPort: env.ROOM_PORT,
    metricsPort: env.METRICS_PORT ?? null,
    baseUrl: env.PUBLIC_URL?.replace(/\/+$/u, '') ?? '',
    dataDir: env.DATA_DIR,
    formatsDir: env.FORMATS_DIR ?? null,
    zone: env.TIME_ZONE,
    teams: {
      appId: env.MICROSOFT_APP_ID,
      password: env.MICROSOFT_APP_PASSWORD,
      type: env.MICROSOFT_APP_TYPE,
      tenantId: env.MICROSOFT_APP_TENANT_ID,
      tenants: listed.length ? listed : [env.MICROSOFT_APP_TENANT_ID].filter((one) => one !== ''),
      cloud: publicCloud,
    },
    launch: env.LAUNCH,
    withRoom: mode === 'room' && env.ROOM === 'on',
    logLevel: env.LOG_LEVEL,
    retentionDays: env.RETENTION_DAYS,
    dataKeys: env.DATA_KEY,
  }
}

function listOf(text: string): string[] {
  return text.split(/[\s,]+/u).filter((one) => one !== '')
}

function isPublic(url: string | undefined): boolean {
  if (url === undefined) return false
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' && isIP(hostname) === 0 && hostname !== 'localhost'
}

const isHere = (url: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname)

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('fr', { timeZone: name })
    return true
  } catch {
    return false
  }
}
