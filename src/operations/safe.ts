import { DamagedRecord, StaleVersion } from '../ports.ts'

/** What may be written of what was given to us: nothing here can hold a sentence, a name or an address. */

/** An id of the platform or ours: no spaces, no letters beyond ASCII; an e-mail address is none. */
export const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^[\w:.@;=|%+/~-]{0,300}$/u.test(value) && !isAddress(value)

/** Chats are `19:…@thread.…` and `…@unq.gbl.spaces`: what has an at-sign and is none of these is someone's. */
const isAddress = (value: string): boolean =>
  value.includes('@') && !/@(thread\.(v2|tacv2|skype)|unq\.gbl\.spaces)(;|$)/u.test(value)

/** One of our own words, or a few of them: what we say of a refusal, a status and a code of the platform. */
export const isWord = (value: unknown): value is string =>
  typeof value === 'string' && /^\w[\w .:,()-]{0,100}$/u.test(value)

export interface ErrorFacts {
  name: string
  code?: string
  /** Where in our code it was made: `core/meeting.ts:120:5`. */
  at?: string
  /** Of our own errors that promise to quote nothing. */
  says?: string
}

/** An error as it may be written. Its message stays out: a parser's, a schema's and a server's quote what they were given. */
export function errorFacts(error: unknown): ErrorFacts {
  if (!(error instanceof Error)) return { name: typeof error }
  const code = codeOf(error)
  const at = placeOf(error)
  const says = error instanceof DamagedRecord || error instanceof StaleVersion ? error.message : null
  return { name: nameOf(error), ...(code ? { code } : {}), ...(at ? { at } : {}), ...(says ? { says } : {}) }
}

const nameOf = ({ name }: Error): string => (/^[A-Z]\w{1,60}$/u.test(name) ? name : 'Error')

/** A system's code, or that of what caused it. */
function codeOf(error: Error): string | null {
  if ('code' in error && typeof error.code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/u.test(error.code))
    return error.code
  return error.cause instanceof Error ? codeOf(error.cause) : null
}

/** The message stands in the stack too, and may look like a place. */
function placeOf({ stack = '', message }: Error): string | null {
  const frames = stack.includes(message) ? stack.slice(stack.indexOf(message) + message.length) : ''
  return /^\s+at .*\/src\/((?:[a-z-]+\/)*[a-z-]+\.ts:\d+:\d+)\)?$/mu.exec(frames)?.[1] ?? null
}
