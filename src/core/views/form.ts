import { begun, seatOf } from '../session/place.ts'
import { type CardView, everyoneHere, type Look, langOf, stampOf } from './parts.ts'

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
      notice: draft.notice ?? null,
      forRoom: viewer.sees === 'room',
      ...data,
    },
    lang: langOf(look),
    stamp: stampOf(look, segmentId),
    personalFor: everyoneHere(session),
    mentions: [],
  }
}
