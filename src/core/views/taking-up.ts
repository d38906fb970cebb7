import { facilitators, nameOf, steers } from '../session/people.ts'
import { currentSegmentId } from '../session/place.ts'
import { apartSince } from '../session/sittings.ts'
import type { Session } from '../session/types.ts'
import { say, type Text } from '../text.ts'
import { type CardView, type Look, langOf, pointingOn, stampOf } from './parts.ts'
import { controls } from './step.ts'

/** People meet again and the workshop waits: the facilitator is named, and takes it up from here. */
export function takingUpView(look: Look): CardView {
  const { session, viewer } = look
  const waits =
    apartSince(session, look.now) !== null &&
    session.steps.findLast((slot) => slot.startsWith('taking-up/')) === look.slot
  const facilitates = waits && viewer.sees === 'person' && steers(session, viewer.id)
  const named = waits ? facilitators(session) : []
  return {
    card: 'taking-up',
    data: {
      waits,
      task: waits ? taskFor(session, facilitates) : say('taking-up.past'),
      notice: pointingOn(look, waits),
      facilitates,
      controls: facilitates ? controls(look) : { expect: '' },
    },
    lang: langOf(look),
    stamp: stampOf(look, null),
    personalFor: named.map((one) => one.id),
    mentions: named.map((one) => ({ id: one.id, name: `${one.firstName} ${one.lastName}`.trim() })),
  }
}

function taskFor(session: Session, facilitates: boolean): Text {
  const id = currentSegmentId(session)
  const title = session.format.segments.find((one) => one.id === id)?.title ?? session.format.title
  const names = { listing: facilitators(session).map((one) => nameOf(session, one.id)) }
  return facilitates ? say('taking-up.task-facilitator', { title }) : say('taking-up.task', { title, names })
}
