import type { Retext } from '../summary/review.ts'
import { amendablesOf, isEcho, isSameText, personKeys } from '../summary/review.ts'
import type { SessionEvent } from './events.ts'
import { begun, seatOf } from './place.ts'
import type { Amendment, Session } from './types.ts'

/** What a review changes in a session. None of it is a move: no undo takes it back. */

type Event<K extends SessionEvent['type']> = Extract<SessionEvent, { type: K }>

/** What is accepted stands in the texts from now on; what waits changes nothing but the list of what waits. */
export function mended(session: Session, { amendments, withdrawn }: Event<'mended'>): Session {
  const kept = session.review.amendments.filter(({ id }) => !withdrawn.includes(id))
  return amendments
    .filter((one) => one.state === 'accepted')
    .reduce(
      (after, one) => withText(after, one, one.after),
      withAmendments(session, [...kept, ...amendments]),
    )
}

export function settled(session: Session, { amendment, text }: Event<'settled'>): Session {
  const amendments = session.review.amendments.map((one) => (one.id === amendment.id ? amendment : one))
  const noted = withAmendments(session, amendments)
  return text === null ? noted : withText(noted, amendment, text)
}

export function worded(session: Session, { letter, text }: Event<'worded'>): Session {
  const { [letter]: _replaced, ...others } = session.review.letters
  return {
    ...session,
    review: { ...session.review, letters: text === null ? others : { ...others, [letter]: text } },
  }
}

/** Undoing a move gives back older texts: those that were mended since stay as they were mended. */
export function keepingMended(before: Session, after: Session): Session {
  const accepted = before.review.amendments.filter((one) => one.state === 'accepted')
  if (accepted.length === 0) return after
  const stood = amendablesOf(before, before.launchedAt)
  const stands = amendablesOf(after, after.launchedAt)
  return accepted
    .filter(
      (one) =>
        stood.some((text) => isSameText(text, one) && text.text === one.after) &&
        stands.some((text) => isSameText(text, one) && text.text !== one.after),
    )
    .reduce((kept, one) => withText(kept, one, one.after), after)
}

const withAmendments = (session: Session, amendments: Amendment[]): Session => ({
  ...session,
  review: { ...session.review, amendments },
})

/** A correction mends its author’s words wherever they stand the same; a completion, the one text that was chosen. */
function withText(session: Session, one: Amendment, text: string): Session {
  const texts = amendablesOf(session, session.launchedAt)
  const mine = texts.find((each) => isSameText(each, one))
  const echoes = mine && one.kind === 'correction' ? texts.filter((each) => isEcho(each, mine)) : []
  const places = [one, ...echoes]
  return places.reduce((after, { segment, item, key }) => {
    const change = { item, key, text, by: one.by, version: session.count }
    return outsideSegments(after, segment, change) ?? inSegment(after, segment, change)
  }, session)
}

/** Null for what is a segment's. */
function outsideSegments(session: Session, place: string, { item, key, text }: Retext): Session | null {
  const { context, participants, notes } = session
  if (place === 'context' && Object.hasOwn(context, item))
    return { ...session, context: { ...context, [item]: text } }
  const person = place === 'people' ? participants[item] : undefined
  if (person && personKeys.some((one) => one === key))
    return { ...session, participants: { ...participants, [item]: { ...person, [key]: text } } }
  if (place === 'notes' && notes.some((note) => note.id === item))
    return { ...session, notes: notes.map((note) => (note.id === item ? { ...note, text } : note)) }
  return null
}

function inSegment(session: Session, id: string, change: Retext): Session {
  const seat = begun(session, id) ? seatOf(session, id, session.launchedAt) : null
  if (!seat) return session
  const { answers, shared } = seat.phase.retext(seat.place, change)
  return {
    ...session,
    answers: Object.hasOwn(session.answers, id) ? { ...session.answers, [id]: answers } : session.answers,
    steer: { ...session.steer, shared: { ...session.steer.shared, [id]: shared } },
  }
}
