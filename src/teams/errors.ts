import { z } from 'zod'

/** What came of one request: an answer, or none. */
export type Reply =
  | { answered: true; status: number; retryAfterMs: number | null; body: unknown }
  /** `left` when the request may have reached the platform. */
  | { answered: false; left: boolean; why: string; barred?: false }
  /** It was not asked, and never will be. */
  | { answered: false; left: false; why: string; barred: true }

/** What a reply means for the thing that was asked. */
export type Fate =
  | { fate: 'done'; body: unknown }
  /** Not carried out; it may be asked again, not before `afterMs` where the platform says so. */
  | { fate: 'later'; why: string; afterMs: number | null }
  /** It may have been carried out. */
  | { fate: 'unsure'; why: string; afterMs: number | null }
  /** It will not be carried out, now or later. `gone` when the bot is no longer in the conversation. */
  | { fate: 'never'; why: string; gone: boolean }

/** The platform's own words on what to ask again: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit */
export function fateOf(reply: Reply): Fate {
  if (!reply.answered && reply.barred) return { fate: 'never', why: reply.why, gone: false }
  if (!reply.answered) return { fate: reply.left ? 'unsure' : 'later', why: reply.why, afterMs: null }
  const { status, body, retryAfterMs: afterMs } = reply
  if (status >= 200 && status < 300) return { fate: 'done', body }
  const code = errorCode(body)
  const why = code ? `${status} ${code}` : `${status}`
  if (refusedForNow.has(status) || code === 'InvalidBotApiHost') return { fate: 'later', why, afterMs }
  if (lostOnTheWay.has(status)) return { fate: 'unsure', why, afterMs }
  return { fate: 'never', why, gone: status === 403 && code === 'BotNotInConversationRoster' }
}

/** Answered before anything was done. */
const refusedForNow = new Set([412, 429])

/** Answered by something on the way: what was asked may have been done behind it. */
const lostOnTheWay = new Set([502, 503, 504])

/** What `fetch` or the token library threw. Only failures that surely come before the first byte count as not sent. */
export function replyOfError(error: unknown): Reply {
  const code = codeOf(error)
  return { answered: false, left: !neverLeft.has(code), why: code || nameOf(error) }
}

const neverLeft = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/** Seconds, or a date as HTTP allows; `now` in milliseconds since the epoch. */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null || header.trim() === '') return null
  const seconds = Number(header)
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now
  return Number.isFinite(wait) ? Math.min(Math.max(0, wait), longestHold) : null
}

/** No header makes us wait longer than the platform's longest window. */
const longestHold = 3_600_000

/** A word of the platform; what is no word may be anything, a quotation of what was sent included. */
const errorBody = z.object({ error: z.object({ code: z.string().regex(/^\w{1,60}$/u) }) })

function errorCode(body: unknown): string {
  const read = errorBody.safeParse(body)
  return read.success ? read.data.error.code : ''
}

/** `fetch` wraps the cause; several addresses tried at once are an aggregate of their errors. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  return codeOf(error.cause)
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'failed')
