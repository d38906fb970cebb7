import { isIP } from 'node:net'
import { z } from 'zod'

/** Everything the environment decides, read once. */
export interface Config {
  /** `room`: no credentials, everything on this machine. `teams`: a real tenant. */
  mode: 'room' | 'teams'
  port: number
  roomPort: number
  /** Where people's browsers and Teams reach the bot. */
  baseUrl: string
  dataDir: string
  formatsDir: string | null
  zone: string
  teams: { appId: string; password: string; type: string; tenantId: string; tenants: string[] }
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

const retentionExpected = 'a number of days from 30 to 3650'

const environment = z.object({
  PORT: port(3978),
  ROOM_PORT: port(3979),
  ROOM: z.enum(['on', 'off'], { message: 'on or off' }).default('on'),
  PUBLIC_URL: z.string().url('an address such as https://bot.example.org').optional(),
  DATA_DIR: z.string().default('data'),
  FORMATS_DIR: z.string().optional(),
  TIME_ZONE: z.string().refine(isZone, 'a time zone such as Europe/Paris').default('Europe/Paris'),
  LAUNCH: z.enum(['presenters', 'anyone'], { message: 'presenters or anyone' }).default('presenters'),
  MICROSOFT_APP_ID: z.string().default(''),
  MICROSOFT_APP_PASSWORD: z.string().default(''),
  MICROSOFT_APP_TYPE: z
    .enum(['SingleTenant', 'UserAssignedMSI'], { message: 'SingleTenant or UserAssignedMSI' })
    .default('SingleTenant'),
  MICROSOFT_APP_TENANT_ID: z.string().default(''),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], { message: 'warn, info, debug…' })
    .default('warn'),
  ALLOWED_TENANTS: z.string().default(''),
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

/** With an app id the bot is in a tenant: it never starts there half configured. */
function missingForTeams(env: Environment): string[] {
  if (env.MICROSOFT_APP_ID === '') {
    return env.MICROSOFT_APP_PASSWORD
      ? ['MICROSOFT_APP_ID: expected, since MICROSOFT_APP_PASSWORD is set']
      : []
  }
  const needed: [string, boolean][] = [
    [
      'MICROSOFT_APP_PASSWORD',
      env.MICROSOFT_APP_TYPE === 'SingleTenant' && env.MICROSOFT_APP_PASSWORD === '',
    ],
    ['MICROSOFT_APP_TENANT_ID', env.MICROSOFT_APP_TENANT_ID === ''],
    ['PUBLIC_URL', env.PUBLIC_URL === undefined || !isPublic(env.PUBLIC_URL)],
  ]
  return needed
    .filter(([, missing]) => missing)
    .map(([name]) =>
      name === 'PUBLIC_URL'
        ? 'PUBLIC_URL: expected the https address at which Teams reaches the bot'
        : `${name}: expected in a tenant, and missing`,
    )
}

function configOf(env: Environment): Config {
  const mode = env.MICROSOFT_APP_ID === '' ? 'room' : 'teams'
  const listed = listOf(env.ALLOWED_TENANTS)
  return {
    mode,
    port: env.PORT,
    roomPort: env.ROOM_PORT,
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
    },
    launch: env.LAUNCH,
    withRoom: mode === 'room' && env.ROOM === 'on',
    logLevel: env.LOG_LEVEL,
    retentionDays: env.RETENTION_DAYS,
    dataKeys: env.DATA_KEY,
  }
}

const listOf = (text: string): string[] => text.split(/[\s,]+/u).filter((one) => one !== '')

function isPublic(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' && isIP(hostname) === 0 && hostname !== 'localhost'
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('fr', { timeZone: name })
    return true
  } catch {
    return false
  }
}
