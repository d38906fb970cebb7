import { type Decided, decidedIn, follows, nextStepsOf } from '../core/programme/decided.ts'
import { isApart } from '../core/programme/follow.ts'
import { isOf } from '../core/programme/launch.ts'
import type { Programme } from '../core/programme/types.ts'
import type { Session } from '../core/session/types.ts'
import type { Text } from '../core/text.ts'
import type { Desk } from './answer.ts'
import type { Envelope, Press } from './incoming.ts'

/** What goes with a press: what was decided in the sessions it is about, and the programme that follows them. */
export interface Found {
  fields: { p?: string }
  decided?: Decided
  /** What is said once it is done, where it names what it is about. */
  saved?: Text
}

/** What the sessions of an organiser decided. They are read among those she organised, whatever a card says. */
export function decisions({ archive, clock }: Pick<Desk, 'archive' | 'clock'>) {
  /** In the sessions of this programme, and in those it follows already. */
  async function of({ from, conversationId }: Envelope, programme: Programme): Promise<Decided> {
    const sessions = (await archive.organisedBy(from.id)).filter(
      (one) => isOver(one) && (isOf(one, conversationId, programme.id) || follows(programme, one)),
    )
    return decidedIn(sessions, clock.now())
  }

  /** Null where the card names a session that is not hers. */
  async function askedIn(envelope: Envelope, press: Press, mine: Programme[]): Promise<Found | null> {
    const { verb, meeting, session: id, fields } = press
    if (verb === 'programme-follow' && fields.next) return nextOf(envelope, fields.next)
    if (verb !== 'programme-decided') return { fields: {} }
    if (!meeting || !id) {
      const programme = mine.find((one) => one.id === fields.p)
      return { fields: {}, ...(programme ? { decided: await of(envelope, programme) } : {}) }
    }
    const session = await archive.session(envelope.from.id, meeting, id)
    if (!session || !isOver(session) || session.prepared?.rehearsal) return null
    const kept = mine.filter(({ droppedAt }) => droppedAt === null)
    const home = kept.find((one) => isOf(session, envelope.conversationId, one.id)) ?? kept.find(isApart)
    return { fields: { p: home?.id ?? '' }, decided: decidedIn([session], clock.now()) }
  }

  async function nextOf({ from }: Envelope, source: string): Promise<Found | null> {
    const session = (await archive.organisedBy(from.id)).find((one) => nextStepsOf(one) === source)
    return session && isOver(session) ? { fields: {}, decided: decidedIn([session], clock.now()) } : null
  }

  return { of, askedIn }
}

const isOver = ({ steer }: Session): boolean => steer.position.status === 'closed'
