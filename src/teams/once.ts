import { createHash } from 'node:crypto'
import type { Heard, Log } from '../ports.ts'
import type { Envelope } from './incoming.ts'

/** How one activity was dealt with. */
export interface Dealt {
  /** For the one who asked, where the activity waits for an answer. */
  body: unknown
  outcome: 'answered' | 'failed' | 'again'
  /** Something was said in the chat, or heard of the world: a second time would show. */
  shows: boolean
}

/** Deals with it; `again` when what it shows was shown already, and only its answer is wanted. */
type Deal = (again: boolean) => Promise<Dealt>

/**
 * The one place where an activity of any kind is told from one that was dealt with already. Delivered while it is being
 * dealt with, it gets the same answer; afterwards, over a restart too, it shows nothing more. A gesture is known under
 * another id as well; that a command is carried out once, whatever its id, is the record's own affair.
 */
export function once({ heard, log }: { heard: Heard; log: Log }) {
  const underWay = new Map<string, Promise<Dealt>>()

  return async function dealtOnce(envelope: Envelope, deal: Deal): Promise<Dealt> {
    const names = namesOf(envelope)
    const same = names.map((name) => underWay.get(name)).find((one) => one !== undefined)
    if (same) return { ...(await same), outcome: 'again' }
    const dealing = dealtWith(envelope, deal)
    for (const name of names) underWay.set(name, dealing)
    try {
      return await dealing
    } finally {
      for (const name of names) underWay.delete(name)
    }
  }

  async function dealtWith(envelope: Envelope, deal: Deal): Promise<Dealt> {
    const [name] = namesOf(envelope)
    const again = name !== undefined && (await heard.has(name).catch(unreadable))
    if (again && !envelope.isAsked) return { body: null, outcome: 'again', shows: false }
    const dealt = await deal(again)
    if (again) return { ...dealt, outcome: 'again' }
    if (name !== undefined && dealt.shows && dealt.outcome === 'answered')
      await heard.add(name).catch(unreadable)
    return dealt
  }

  /** A disk that is full keeps nobody from being answered. */
  function unreadable(error: unknown): false {
    log.warn({ error }, 'what was dealt with could not be looked up')
    return false
  }
}

/** Its own name first, then what a gesture is known by under any id. Nothing is told of whom and where. */
function namesOf({ id, conversationId, from, what, key }: Envelope): string[] {
  const own = id === '' ? [] : [digest([conversationId, from.id, what.kind, id])]
  const gesture = key.startsWith('p:') ? [digest([conversationId, key])] : []
  return [...own, ...gesture]
}

const digest = (told: string[]): string =>
  createHash('sha256').update(JSON.stringify(told)).digest('base64url').slice(0, 22)
