import { z } from 'zod'
import { type Cloud, publicCloud } from './cloud.ts'
import { type Lang, say, type Text } from './core/text.ts'

/** Organizers are among the presenters. */
export const launchers = ['organizer', 'presenters', 'anyone'] as const
export type Launchers = (typeof launchers)[number]

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
  /** Where records are kept instead of files, for several instances; null for files. */
  databaseUrl: string | null
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
  /** How long an answer of the platform is waited for, in milliseconds. */
  requestTimeoutMs: number
  /** Who may launch a workshop in a meeting. */
  launch: Launchers
  /** The room starts with the bot; the Playground brings its own client. */
  withRoom: boolean
  logLevel: string
  /** Days a session is kept after it was last touched. */
  retentionDays: number
  /** Records are sealed on disk with the first; each of them opens. Empty for none. */
  dataKeys: Buffer[]
}

/** What was expected of a variable: each is a sentence of the locale files, which takes the variable's `name`. */
const expected = {
  port: 'config.port',
  identifier: 'config.identifier',
  identifiers: 'config.identifiers',
  onOrOff: 'config.on-or-off',
  address: 'config.address',
  zone: 'config.zone',
  launch: 'config.launch',
  appType: 'config.app-type',
  logLevel: 'config.log-level',
  retention: 'config.retention',
  timeout: 'config.timeout',
  key: 'config.key',
  database: 'config.database',
} as const

const port = (fallback: number) =>
  z.coerce
    .number({ invalid_type_error: expected.port })
    .int(expected.port)
    .min(0, expected.port)
    .max(65_535, expected.port)
    .default(fallback)

/** All zeros is the example that a page or a sentence gives. */
const identifier = /^(?!0{8}(?:-0{4}){3}-0{12}$)[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/u

const microsoftId = () =>
  z
    .string()
    .toLowerCase()
    .refine((id) => id === '' || identifier.test(id), expected.identifier)
    .default('')

const environment = z.object({
  NODE_ENV: z.string().toLowerCase().default(''),
  PORT: port(3978),
  ROOM_PORT: port(3979),
  METRICS_PORT: port(0).optional(),
  ROOM: z.enum(['on', 'off'], { message: expected.onOrOff }).default('on'),
  PUBLIC_URL: z.string().url(expected.address).refine(isOrigin, expected.address).optional(),
  DATA_DIR: z.string().default('data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/u, expected.database)
    .optional(),
  FORMATS_DIR: z.string().optional(),
  TIME_ZONE: z.string().refine(isZone, expected.zone).default('Europe/Paris'),
  LAUNCH: z.enum(launchers, { message: expected.launch }).default('presenters'),
  MICROSOFT_APP_ID: microsoftId(),
  MICROSOFT_APP_PASSWORD: z.string().default(''),
  MICROSOFT_APP_TYPE: z
    .enum(['SingleTenant', 'UserAssignedMSI'], { message: expected.appType })
    .default('SingleTenant'),
  MICROSOFT_APP_TENANT_ID: microsoftId(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], { message: expected.logLevel })
    .default('warn'),
  ALLOWED_TENANTS: z
    .string()
    .toLowerCase()
    .default('')
    .transform(listOf)
    .refine((ids) => ids.every((id) => identifier.test(id)), expected.identifiers),
  REQUEST_TIMEOUT: z.coerce
    .number({ invalid_type_error: expected.timeout })
    .int(expected.timeout)
    .min(1, expected.timeout)
    .max(60, expected.timeout)
    .default(15),
  RETENTION_DAYS: z.coerce
    .number({ invalid_type_error: expected.retention })
    .int(expected.retention)
    .min(30, expected.retention)
    .max(3650, expected.retention)
    .default(365),
  DATA_KEY: z
    .string()
    .default('')
    .transform(listOf)
    .refine((keys) => keys.every((one) => /^[\w+/-]{43}=?$/u.test(one)), expected.key)
    .transform((keys) => keys.map((one) => Buffer.from(one, 'base64'))),
})

/** The configuration, or the readable list of what is wrong with it. */
export function readConfig(env: Record<string, string | undefined>): { config: Config } | { wrong: Text[] } {
  const filled = filledIn(env)
  const pasted = pastedWrong(filled)
  const parsed = environment.safeParse(filled)
  const issues = parsed.error?.issues ?? []
  // What depends on several variables is told at once: those that cannot be read count as not given, and are told once.
  const unread = new Set([...pasted.keys(), ...issues.map(({ path }) => String(path[0]))])
  const rest = environment.parse(
    Object.fromEntries(Object.entries(filled).filter(([name]) => !unread.has(name))),
  )
  const wrong = [
    ...pasted.values(),
    ...expectations(issues.filter(({ path }) => !pasted.has(String(path[0])))),
    ...together(rest).filter((text) => !isAbout(text, unread)),
    ...portsTwice(rest, unread),
  ]
  return wrong.length ? { wrong } : { config: configOf(rest) }
}

/** The two folders of a configuration, which can be looked at whatever the rest says. */
export function foldersIn(env: Record<string, string | undefined>): Pick<Config, 'dataDir' | 'formatsDir'> {
  const { DATA_DIR, FORMATS_DIR } = environment
    .pick({ DATA_DIR: true, FORMATS_DIR: true })
    .parse(Object.fromEntries(Object.entries(filledIn(env)).map(([name, value]) => [name, unquoted(value)])))
  return { dataDir: DATA_DIR, formatsDir: FORMATS_DIR ?? null }
}

/** A variable left empty is one that was not given; spaces around a value are nobody's intention. */
const filledIn = (env: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  )

/** Some programs that load a `.env` file give its quotation marks too, and a folder would be named with them. */
const pastedWrong = (filled: Record<string, string>): Map<string, Text> =>
  new Map(
    Object.keys(environment.shape)
      .filter((name) => unquoted(filled[name] ?? '') !== (filled[name] ?? ''))
      .map((name) => [name, say('config.quoted', { name })]),
  )

const unquoted = (value: string): string => /^(["'])(.*)\1$/su.exec(value)?.[2] ?? value

/** Each port that two variables ask for; 0 is any free one. */
function portsTwice(env: Environment, unread: ReadonlySet<string>): Text[] {
  const withRoom = env.MICROSOFT_APP_ID === '' && env.ROOM === 'on'
  const asked: [string, number][] = [
    ['PORT', env.PORT],
    ['ROOM_PORT', withRoom ? env.ROOM_PORT : 0],
    ['METRICS_PORT', env.METRICS_PORT ?? 0],
  ]
  const told = asked.filter(([name, port]) => port !== 0 && !unread.has(name))
  return told.flatMap(([name, port], at) => {
    const first = told.slice(0, at).find((one) => one[1] === port)
    return first ? [say('config.port-twice', { name, other: first[0], port: String(port) })] : []
  })
}

/** What several variables say together. */
const together = (env: Environment): Text[] => [...missingForTeams(env), ...roomWithDatabase(env)]

/** Whether a sentence is about one of these variables, which it names or begins with. */
function isAbout(text: Text, names: ReadonlySet<string>): boolean {
  if (!('say' in text)) return false
  const about = subjects[text.say] ?? text.with?.name
  return typeof about === 'string' && names.has(about)
}

/** What sentences that take no name are about. */
const subjects: Record<string, string> = {
  'config.room-database': 'DATABASE_URL',
  'config.missing-secret': 'MICROSOFT_APP_PASSWORD',
  'config.no-secret': 'MICROSOFT_APP_PASSWORD',
  'config.same-identifier': 'MICROSOFT_APP_TENANT_ID',
  'config.public-url': 'PUBLIC_URL',
  'config.identity-production': 'MICROSOFT_APP_ID',
  'config.identity-elsewhere': 'MICROSOFT_APP_ID',
  'config.identity-meant': 'MICROSOFT_APP_ID',
}

/** A value that breaks several rules is told once. */
function expectations(issues: z.ZodIssue[]): Text[] {
  const first = new Map([...issues].reverse().map(({ path, message }) => [path.join('.'), message]))
  return [...first].reverse().map(([name, sentence]) => say(sentence, { name }))
}

/** The language of whoever starts the bot or examines it: French, unless the machine is set to English. */
export const operatorLang = ({ LANG = '' }: Record<string, string | undefined>): Lang =>
  LANG.toLowerCase().startsWith('en') ? 'en' : 'fr'

type Environment = z.infer<typeof environment>

/** Outside this machine a bot has an identity, and the whole of it: it never starts there half configured. */
function missingForTeams(env: Environment): Text[] {
  const reason = env.MICROSOFT_APP_ID === '' ? whyNotTheRoom(env) : null
  if (env.MICROSOFT_APP_ID === '' && reason === null) return []
  const managed = env.MICROSOFT_APP_TYPE === 'UserAssignedMSI'
  const secret = env.MICROSOFT_APP_PASSWORD !== ''
  const wrong: [boolean, Text][] = [
    [!managed && !secret, say('config.missing-secret')],
    [managed && secret, say('config.no-secret')],
    [env.MICROSOFT_APP_TENANT_ID === '', say('config.missing', { name: 'MICROSOFT_APP_TENANT_ID' })],
    [reason === null && env.MICROSOFT_APP_TENANT_ID === env.MICROSOFT_APP_ID, say('config.same-identifier')],
    [!isPublic(env.PUBLIC_URL), say('config.public-url')],
  ]
  return [...(reason === null ? [] : [reason]), ...wrong.filter(([is]) => is).map(([, text]) => text)]
}

/** The room's clock runs faster when told to; the database's does not. */
function roomWithDatabase(env: Environment): Text[] {
  const room = env.MICROSOFT_APP_ID === '' && env.ROOM === 'on'
  return room && env.DATABASE_URL !== undefined ? [say('config.room-database')] : []
}

/** The room answers whoever speaks to it: any sign that others could, or that a tenant is meant, keeps it closed. */
function whyNotTheRoom(env: Environment): Text | null {
  if (env.NODE_ENV === 'production') return say('config.identity-production')
  if (env.PUBLIC_URL !== undefined && !isHere(env.PUBLIC_URL)) return say('config.identity-elsewhere')
  const meant = (['MICROSOFT_APP_PASSWORD', 'MICROSOFT_APP_TENANT_ID', 'ALLOWED_TENANTS'] as const).find(
    (name) => env[name].length > 0,
  )
  return meant === undefined ? null : say('config.identity-meant', { name: meant })
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
    databaseUrl: env.DATABASE_URL ?? null,
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
    requestTimeoutMs: env.REQUEST_TIMEOUT * 1000,
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
  return (
    protocol === 'https:' && /\.[a-z][\da-z-]*\.?$/u.test(hostname) && !/\.local(?:host)?\.?$/u.test(hostname)
  )
}

/** What Teams calls and what people follow is made from it: a path, a question or a name in it would be lost. */
function isOrigin(url: string): boolean {
  const { protocol, origin, href, pathname } = URL.canParse(url)
    ? new URL(url)
    : { protocol: '', origin: '', href: '', pathname: '' }
  return /^https?:$/u.test(protocol) && pathname === '/' && href === `${origin}/`
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
