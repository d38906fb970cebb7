import { begun, seatOf } from '../session/place.ts'
import { say, type Text, type ViewData } from '../text.ts'
import { joinFields } from './lobby.ts'
import { type CardView, everyoneHere, type Look, langOf, pointingOn, stampOf } from './parts.ts'

/** A phase's input card: a message of its own, never edited while people write in it. */
export function formView(look: Look, segmentId: string): CardView | null {
  const { session, viewer, draft, now } = look
  const seat = seatOf(session, segmentId, now)
  if (!seat || !begun(session, segmentId)) return null
  const data = seat.phase.form(seat.place, viewer, draft)
  if (!data) return null
  return {
    card: `forms/${seat.phase.kind}`,
    data: {
      title: seat.place.segment.title,
      notice: noticeOn(look, seat.place.current),
      forRoom: viewer.sees === 'room',
      joins: draft.joins === true,
      joining: draft.joins ? joiningOn(look) : {},
      ...data,
    },
    lang: langOf(look),
    stamp: stampOf(look, segmentId),
    personalFor: everyoneHere(session),
    mentions: [],
  }
}

function noticeOn(look: Look, current: boolean): Text | null {
  const { joins, problems, edit } = look.draft
  if (joins && !problems) return say('join.first-here')
  return pointingOn(look, current || problems !== undefined || edit === true)
}

/** The fields of the form were sent before anyone asked who she is: they say nothing of it. */
function joiningOn(look: Look): { [key: string]: ViewData } {
  const { typed, ...draft } = look.draft
  const asked = typed?.lang !== undefined
  return joinFields(asked ? look : { ...look, draft })
}
