import type { Desk, Exercise, PlainAnswer, Reply } from './plain/exercise.ts'
import { guide } from './plain/guides.ts'
import { questionnaire } from './plain/questionnaire.ts'
import { ratings } from './plain/ratings.ts'
import { ideas, subjects } from './plain/written.ts'
import { currentSeat } from './session/place.ts'
import type { PersonId, Session } from './session/types.ts'
import type { Text } from './text.ts'

/** Null where plain words answer nothing at this moment. */
export function plainAnswer(text: string, session: Session, who: PersonId, now: number): PlainAnswer | null {
  return exerciseOf(session, who, now)?.read(text.trim()) ?? null
}

export const deskOf = (session: Session, who: PersonId, now: number): Desk =>
  exerciseOf(session, who, now)?.desk ?? { how: null, items: [], mine: [], rest: null, sealed: false }

/** What is missing in words that were neither an answer nor a command; null where the exercise cannot say. */
export const misread = (text: string, session: Session, who: PersonId, now: number): Text | null =>
  exerciseOf(session, who, now)?.misread?.(text) ?? null

/** What to say to "I have finished", sent as this verb; null where the exercise takes it. */
export const finishing = (verb: string, session: Session, who: PersonId, now: number): Reply | null =>
  exerciseOf(session, who, now)?.finish(verb) ?? null

/** What is nobody else's to see is answered in plain words: it is never typed in the meeting's chat. */
function exerciseOf(session: Session, who: PersonId, now: number): Exercise | null {
  const seat = currentSeat(session, now)
  if (!seat || !session.participants[who]?.contributes) return null
  const mine = session.answers[seat.place.segment.id]?.[who]
  switch (seat.phase.kind) {
    case 'silent-ideation':
      return subjects(seat.place, mine)
    case 'ideation-by-profile':
      return ideas(seat.place, mine)
    case 'matrix':
      return ratings(seat.place, mine)
    case 'conclusion':
      return questionnaire(seat.place, mine)
    default:
      return guide(seat)
  }
}
