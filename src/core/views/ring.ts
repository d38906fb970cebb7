import { facilitators, nameOf, steers } from '../session/people.ts'
import { say } from '../text.ts'
import { type CardView, type Look, langOf, pointingOn, stampOf } from './parts.ts'
import { controls } from './step.ts'

/** Time is up: the room is told, the facilitator is named and decides. */
export function ringView(look: Look, segmentId: string): CardView | null {
  const { session, viewer } = look
  const segment = session.format.segments.find((one) => one.id === segmentId)
  if (!segment) return null
  const { position } = session.steer
  const still =
    position.status === 'running' &&
    position.rang &&
    session.format.segments[position.index]?.id === segmentId &&
    session.steps.findLast((slot) => slot.startsWith('ring/')) === look.slot
  const facilitates = viewer.sees === 'person' && steers(session, viewer.id) && still
  const named = facilitators(session)
  return {
    card: 'ring',
    data: {
      title: say('ring.title', { title: segment.title }),
      still,
      task: say(still ? (facilitates ? 'ring.task-facilitator' : 'ring.task') : 'ring.past', {
        count: named.length,
        names: { listing: named.map((one) => nameOf(session, one.id)) },
      }),
      notice: pointingOn(look, still),
      facilitates,
      controls: facilitates ? controls(look) : { expect: '' },
    },
    lang: langOf(look),
    stamp: stampOf(look, segmentId),
    personalFor: still ? named.map((one) => one.id) : [],
    mentions: (still ? named : []).map((one) => ({
      id: one.id,
      name: `${one.firstName} ${one.lastName}`.trim(),
    })),
  }
}
