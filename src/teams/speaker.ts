import { sessionById } from '../core/meeting.ts'
import { theRoom } from '../core/phases/contract.ts'
import { viewOf } from '../core/views/index.ts'
import type { Channel, Clock, Log } from '../ports.ts'
import type { Runtime } from '../runtime/index.ts'
import type { Answer } from './answer.ts'
import type { Envelope } from './incoming.ts'
import type { Reach } from './reach.ts'

/**
 * Says in the chat what an answer holds besides what its sender gets. Nobody waits for it: the pacer may hold it for
 * seconds, and an activity must be answered at once.
 */
export function speaker({
  channel,
  runtime,
  clock,
  log,
}: {
  channel: Channel
  runtime: Runtime
  clock: Clock
  log: Log
}) {
  return function say(envelope: Envelope, reach: Reach, { chat, repost }: Answer): void {
    const told = chat ? channel.post(reach, () => chat) : repost ? again(envelope, reach, repost) : null
    told?.catch((error) => log.error({ activity: envelope.id, error: String(error) }, 'reply not sent'))
  }

  /** The live card once more at the bottom of the chat; from now on it is the one kept current. */
  async function again(
    envelope: Envelope,
    reach: Reach,
    { session: id, slot }: { session: string; slot: string },
  ) {
    const meeting = await runtime.look(envelope.conversationId)
    const session = sessionById(meeting, id)
    if (!session) return
    const sent = await channel.post(reach, () => viewOf(session, slot, theRoom, clock.now()))
    if (sent.sent === 'yes') await runtime.relocate(envelope.conversationId, id, slot, sent.messageId)
  }
}
