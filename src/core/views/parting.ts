import { facilitators, nameOf, steers } from '../session/people.ts'
import type { Session } from '../session/types.ts'
import { say, type Text } from '../text.ts'
import { type CardView, type Look, langOf, pointingOn, stampOf } from './parts.ts'
import { controls } from './step.ts'

/** The meeting has ended and the workshop has not: the facilitator is named, and decides. */
export function partingView(look: Look): CardView {
  const { session, viewer } = look
  const asks =
    session.partedAt !== null && session.steps.findLast((slot) => slot.startsWith('parting/')) === look.slot
  const facilitates = asks && viewer.sees === 'person' && steers(session, viewer.id)
  const named = asks ? facilitators(session) : []
  return {
    card: 'parting',
    data: {
      asks,
      task: asks ? taskFor(session, facilitates) : becameOf(session),
      notice: pointingOn(look, asks),
      facilitates,
      controls: facilitates ? controls(look) : { expect: '' },
    },
    lang: langOf(look),
    stamp: stampOf(look, null),
    personalFor: named.map((one) => one.id),
    mentions: named.map((one) => ({ id: one.id, name: `${one.firstName} ${one.lastName}`.trim() })),
  }
}

const taskFor = (session: Session, facilitates: boolean): Text =>
  say(facilitates ? 'parting.task-facilitator' : 'parting.task', {
    count: facilitators(session).length,
    names: { listing: facilitators(session).map((one) => nameOf(session, one.id)) },
  })

function becameOf({ steer: { position } }: Session): Text {
  switch (position.status) {
    case 'closed':
      return say('parting.closed')
    case 'paused':
      return say('parting.paused')
    case 'lobby':
    case 'running':
      return say('parting.goes-on')
  }
}
