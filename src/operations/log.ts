import type { Facts, Log, Trail } from '../ports.ts'
import { errorFacts, isId, isWord } from './safe.ts'

/** What a line is written with: pino, or a test. */
export interface Writer {
  info(line: object, message: string): void
  warn(line: object, message: string): void
  error(line: object, message: string): void
}

/** The one way to the log. A fact that is not what it should be is left out and named under `withheld`. */
export function safeLog(writer: Writer, trail: Pick<Trail, 'cause'>): Log {
  const at = (level: keyof Writer) => (facts: Facts, message: string) =>
    writer[level]({ ...cause(trail), ...written(facts) }, message)
  return { info: at('info'), warn: at('warn'), error: at('error') }
}

const cause = (trail: Pick<Trail, 'cause'>): object => (trail.cause() === '' ? {} : { cause: trail.cause() })

type Check = (value: unknown) => boolean

const isCount: Check = (value) => typeof value === 'number' && Number.isFinite(value)

const checks: { [fact in Exclude<keyof Facts, 'error'>]-?: Check } = {
  activity: isId,
  meeting: isId,
  conversation: isId,
  tenant: isId,
  service: isId,
  session: isId,
  slot: isId,
  effect: isCount,
  kind: isWord,
  outcome: isWord,
  lane: isWord,
  file: isId,
  why: isWord,
  tries: isCount,
  afterMs: isCount,
  tookMs: isCount,
  lateMs: isCount,
  meetings: isCount,
  sessions: isCount,
  held: isCount,
}

function written(facts: Facts): object {
  const { error, ...rest } = facts
  const given = Object.entries(rest).filter(([, value]) => value !== undefined)
  const kept = given.filter(([fact, value]) => checkOf(fact)(value))
  const withheld = given
    .filter((one) => !kept.includes(one))
    .map(([fact]) => (fact in checks ? fact : 'other'))
  return {
    ...Object.fromEntries(kept),
    ...('error' in facts ? { error: errorFacts(error) } : {}),
    ...(withheld.length ? { withheld } : {}),
  }
}

const checkOf = (fact: string): Check => new Map(Object.entries(checks)).get(fact) ?? (() => false)
