import type { Channel, Log, Meter, Sent } from '../ports.ts'
import type { Runtime } from '../runtime/index.ts'
import type { Answer } from './answer.ts'
import type { Envelope } from './incoming.ts'
import type { Reach } from './reach.ts'

/**
 * Replies one person may cause at once, and real milliseconds until she may cause one more. In her own chat nobody else
 * reads, and each reply is the receipt of something she gave.
 */
const allowed = {
  shared: { burst: 4, refill: 5000 },
  own: { burst: 20, refill: 1000 },
}

interface Parts {
  channel: Channel
  runtime: Runtime
  log: Log
  meter: Meter
  /** Real milliseconds. */
  now?: () => number
}

/**
 * Says in the chat what an answer holds besides what its sender gets. Nobody waits for it: the pacer may hold it for
 * seconds, and an activity must be answered at once. Someone who floods the bot is not answered each time: the chat's
 * budget belongs to the workshop.
 */
export function speaker({ channel, runtime, log, meter, now = Date.now }: Parts) {
  const allowances = new Map<string, { left: number; at: number }>()

  return function say(envelope: Envelope, reach: Reach, answer: Answer): void {
    const parts = partsOf(envelope, reach, answer)
    if (parts.length === 0 || !mayAnswer(envelope)) return
    void parts
      .reduce((before, next) => before.then(next), Promise.resolve<unknown>(null))
      .catch((error) => log.error({ activity: envelope.id, error }, 'reply not sent'))
  }

  /** What is to be said, one after the other. */
  function partsOf(
    envelope: Envelope,
    reach: Reach,
    { chat, repost, file, later }: Answer,
  ): (() => Promise<unknown>)[] {
    return [
      ...(chat ? [() => channel.post(reach, () => chat).then(told)] : []),
      ...(repost ? [() => runtime.showAgain(envelope.conversationId, repost.session, repost.slot)] : []),
      ...(file ? [() => channel.offerFile(reach, file).then(told)] : []),
      ...(later ? [() => afterwards(reach, later)] : []),
    ]
  }

  async function afterwards(reach: Reach, later: NonNullable<Answer['later']>): Promise<void> {
    const view = await later()
    if (view) told(await channel.post(reach, () => view))
  }

  /** A reply is no part of the workshop: one that is lost is asked for again by whoever missed it. */
  function told(sent: Sent): void {
    if (sent.sent === 'yes') return
    const outcome = sent.sent === 'unsure' ? 'unsure' : 'aside'
    meter.effect(outcome)
    log.warn({ why: sent.why, outcome }, 'a reply may be missing')
  }

  function mayAnswer({ conversationId, from, ground }: Envelope): boolean {
    const { burst, refill } = ground === 'personal' ? allowed.own : allowed.shared
    const who = `${conversationId}|${from.id}`
    const before = allowances.get(who) ?? { left: burst, at: now() }
    const earned = Math.floor((now() - before.at) / refill)
    const left = Math.min(burst, before.left + earned)
    if (allowances.size > 5000) allowances.clear()
    allowances.set(who, {
      left: Math.max(left - 1, 0),
      at: left === burst ? now() : before.at + earned * refill,
    })
    return left > 0
  }
}
