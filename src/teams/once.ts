import { createHash } from 'node:crypto'
import type { Heard, Log } from '../ports.ts'
import type { Envelope } from './incoming.ts'

/** How one activity was dealt with. */
export interface Dealt {
  /** For the one who asked, where the activity waits for an answer. */
  body: unknown
  outcome: 'answered' | 'failed' | 'again'
}

/** Deals with it; what shows in the chat, or was heard of the world, shows only once `isFirst` says so. */
type Deal = (isFirst: () => Promise<boolean>) => Promise<Dealt>

/**
 * The one place where an activity of any kind is told from one that was dealt with already. Delivered while it is being
 * dealt with, it gets the same answer; afterwards, over a restart too, it shows nothing more. Where another process is at
 * it, what nobody waits for is left to that process; what someone waits for is answered by both, and shown by one. A gesture
 * is known under another id as well; that a command is carried out once, whatever its id, is the record's own affair.
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
    const [name, gesture] = namesOf(envelope)
    if (name === undefined) return deal(async () => true)
    if (!envelope.isAsked && !(await heard.take(name).catch(unreadable)))
      return { body: null, outcome: 'again' }
    let isFirst = true
    // Told before it is shown: a process killed in between leaves a reply to be asked for again, and no second one.
    const dealt = await deal(async () => {
      isFirst = await heard.add(name, gesture).catch(unreadable)
      return isFirst
    })
    if (!isFirst) return { ...dealt, outcome: 'again' }
    if (dealt.outcome === 'failed' && !envelope.isAsked) await heard.leave(name).catch(unreadable)
    return dealt
  }

  /** A disk that is full keeps nobody from being answered. */
  function unreadable(error: unknown): true {
    log.warn({ error }, 'what was dealt with could not be looked up')
    return true
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
