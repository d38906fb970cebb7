import type { Effect } from '../session/effects.ts'
import { facilitators } from '../session/people.ts'
import type { Session } from '../session/types.ts'
import { say, type Text } from '../text.ts'
import type { CardView } from './parts.ts'
import { noticeView } from './welcome.ts'

/** Says to the one who facilitates which cards may be missing, and what shows them again; null when none is. */
export function unsentView(session: Session, effects: Effect[]): CardView | null {
  if (effects.length === 0) return null
  const refused = effects.every((one) => one.state === 'aside')
  const cards = { listing: effects.map(({ slot }) => nameOfCard(session, slot)) }
  const text = say(refused ? 'unsent.refused' : 'unsent.unsure', { cards })
  const hint = say(refused ? 'unsent.hint-refused' : 'unsent.hint', { count: effects.length })
  const mentions = facilitators(session).map(({ id, firstName, lastName }) => ({
    id,
    name: `${firstName} ${lastName}`.trim(),
  }))
  return { ...noticeView(text, session.lang, 'attention', hint), mentions }
}

function nameOfCard(session: Session, slot: string): Text {
  const [kind = '', id] = slot.split('/')
  const title = session.format.segments.find((one) => one.id === id)?.title
  switch (kind) {
    case 'form':
      return say('unsent.form', { title: title ?? session.format.title })
    case 'step':
      return say('unsent.step', { title: title ?? session.format.title })
    case 'join':
      return say('unsent.join')
    case 'summary':
      return say('unsent.summary')
    default:
      return say('unsent.lobby')
  }
}
