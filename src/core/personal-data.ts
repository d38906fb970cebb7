import { type Meeting, meetingRecord, shownAgain } from './meeting.ts'
import { phaseOf } from './phases/index.ts'
import { alike } from './programme/guest-list.ts'
import type { Programme } from './programme/types.ts'
import type { Participant, PersonId, Session } from './session/types.ts'
import { amendablesOf } from './summary/review.ts'
import type { Bilingual, Text } from './text.ts'

/** Everyone a record keeps something of: who took part, in an earlier session too, and the authors of what was carried over. */
export const peopleIn = ({ sessions, programmes }: Meeting): PersonId[] =>
  [...new Set([...sessions.flatMap(knownIn), ...programmes.map(({ owner }) => owner)])].filter(
    (id) => !isAlias(id),
  )

const knownIn = (session: Session): PersonId[] => [
  ...(session.prepared ? [session.prepared.owner] : []),
  ...Object.keys(session.participants),
  ...Object.keys(session.acquaintances),
  ...carriedFrom(session),
]

function carriedFrom({ steer: { brought } }: Session): PersonId[] {
  if (!brought) return []
  const authors = Object.values(brought.origins).flatMap((one) => one.authors.map(({ id }) => id))
  return [...authors, ...brought.changes.map(({ by }) => by)]
}

/** Someone who was forgotten keeps her place in what the group made, under a name that says nothing of her. */
const aliasStart = 'forgotten-'

export const isAlias = (id: PersonId): boolean => id.startsWith(aliasStart)

const isClosed = ({ steer }: Session): boolean => steer.position.status === 'closed'

/** The sessions that still run and keep something of her: she is forgotten there once they are over. */
export const heldBy = ({ sessions }: Meeting, who: PersonId): Session[] =>
  sessions.filter((one) => !isClosed(one) && knownIn(one).includes(who))

/**
 * The meeting without this person's identity. What she contributed stays, under another name; what only concerned her
 * goes: who she is, her address, why she came, her corrections to these. Sessions that run are left as they are.
 */
export function forgotten(meeting: Meeting, who: PersonId): Meeting {
  return forgottenInSessions(withoutProgrammesOf(meeting, who), who)
}

/** What she prepared is hers alone. */
const withoutProgrammesOf = (meeting: Meeting, who: PersonId): Meeting =>
  meeting.programmes.some(({ owner }) => owner === who)
    ? { ...meeting, programmes: meeting.programmes.filter(({ owner }) => owner !== who) }
    : meeting

function forgottenInSessions(meeting: Meeting, who: PersonId): Meeting {
  const touched = overFor(meeting, who)
  if (touched.length === 0) return meeting
  const alias = aliasFor(meeting)
  const sessions = meeting.sessions.map((one) => (touched.includes(one) ? without(one, who, alias) : one))
  const { [who]: _gone, ...roster } = meeting.roster
  const after = meetingRecord.parse({
    ...meeting,
    sessions,
    roster: heldBy(meeting, who).length ? meeting.roster : roster,
  })
  return shownAgain(
    after,
    touched.map(({ id }) => id),
  )
}

/** The sessions she can be forgotten in: those that are over and name her, be it as the author of what was carried over. */
export const overFor = ({ sessions }: Meeting, who: PersonId): Session[] =>
  sessions.filter((one) => isClosed(one) && names(one, who))

const names = (session: Session, who: PersonId): boolean =>
  Object.hasOwn(session.roster, who) || knownIn(session).includes(who)

interface Alias {
  id: PersonId
  /** « Participant A ». */
  letter: string
}

/** The next one: what was carried over may bring an alias of another meeting, whose number is not to be given again. */
function aliasFor({ sessions }: Meeting): Alias {
  const taken = sessions.flatMap(knownIn).filter(isAlias)
  const number = Math.max(0, ...taken.map((id) => Number(id.slice(aliasStart.length)))) + 1
  return { id: `${aliasStart}${number}`, letter: lettered(number) }
}

/** 1 is A, 26 is Z, 27 is AA. */
const lettered = (number: number): string =>
  number < 1 ? '' : lettered(Math.floor((number - 1) / 26)) + String.fromCharCode(65 + ((number - 1) % 26))

function without(session: Session, who: PersonId, alias: Alias): unknown {
  const { format, ...rest } = session
  const kept = { ...rest, answers: answersWithout(session, who), review: reviewWithout(session, who) }
  const { [who]: _seen, ...roster } = session.roster
  const { [who]: _known, ...acquaintances } = session.acquaintances
  const me = session.participants[who]
  const participants = me ? { ...session.participants, [who]: nameless(me, alias) } : session.participants
  // Undoing would bring back what was just erased.
  const prepared = preparedWithout(session, who)
  const bare = { ...kept, roster, acquaintances, participants, prepared, moves: [], redo: [] }
  return { ...(renamed(bare, who, alias) as object), format }
}

/** Whoever prepared it wrote names: hers goes from them, and with the one who prepared it the way to her chat. */
function preparedWithout({ prepared, participants, roster }: Session, who: PersonId): Session['prepared'] {
  if (!prepared) return null
  const me = participants[who]
  const names = [me ? `${me.firstName} ${me.lastName}` : '', roster[who]?.name ?? ''].filter(
    (name) => name.trim() !== '',
  )
  const isOthers = ({ name }: { name: string }) => !names.some((one) => alike(one, name))
  return {
    ...prepared,
    home: prepared.owner === who ? '' : prepared.home,
    team: prepared.team.filter(isOthers),
    expected: prepared.expected.filter(isOthers),
  }
}

const nameless = (me: Participant, { letter }: Alias): Participant => ({
  ...me,
  firstName: 'Participant',
  lastName: letter,
  position: '',
  organisation: '',
})

function answersWithout(session: Session, who: PersonId): Session['answers'] {
  const kept = Object.entries(session.answers).map(([id, given]) => {
    const phase = phaseOf(session.format.segments.find((one) => one.id === id)?.phase ?? '')
    const mine = given[who]
    return [id, mine === undefined || !phase ? given : { ...given, [who]: phase.forget(mine) }] as const
  })
  return Object.fromEntries(kept)
}

/** Corrections of her own name, function or reason say who she is as much as the texts did. */
const reviewWithout = ({ review }: Session, who: PersonId): Session['review'] => ({
  ...review,
  amendments: review.amendments.filter(({ item }) => item !== who),
})

/** Her id stands as a key, as a value, and at the head of the ids of what she wrote: `<id>#2`, `<segment>/<id>#2`. */
function renamed(value: unknown, who: PersonId, alias: Alias): unknown {
  if (typeof value === 'string') return renamedId(value, who, alias)
  if (Array.isArray(value)) return value.map((one) => renamed(one, who, alias))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(
    ([key, one]) => [renamedId(key, who, alias), renamed(one, who, alias)] as const,
  )
  const after = Object.fromEntries(entries)
  const isHers = [after.id, after.by].includes(alias.id) && typeof after.name === 'string'
  return isHers ? { ...after, name: `Participant ${alias.letter}` } : after
}

function renamedId(text: string, who: PersonId, { id: alias }: Alias): string {
  const at = text.lastIndexOf(who)
  if (at < 0) return text
  const [before, after] = [text.slice(0, at), text.slice(at + who.length)]
  return /(^|[/~])$/u.test(before) && /^($|#\d+$)/u.test(after) ? `${before}${alias}${after}` : text
}

/** The meeting without one session. The last one gone, only the number of the next is kept. */
export function withoutSession(meeting: Meeting, session: string): Meeting {
  const sessions = meeting.sessions.filter(({ id }) => id !== session)
  const elsewhere = (key: string) => !key.startsWith(`${session}/`)
  return {
    ...meeting,
    sessions,
    roster: sessions.length === 0 ? {} : meeting.roster,
    outbox: meeting.outbox.filter((one) => one.session !== session),
    messages: Object.fromEntries(Object.entries(meeting.messages).filter(([key]) => elsewhere(key))),
  }
}

/** When something last happened in a session: what its retention is counted from. */
export function lastTouched({ launchedAt, steer: { position }, review, notes, moves }: Session): number {
  return Math.max(
    launchedAt,
    position.status === 'closed' ? position.closedAt : 0,
    ...[...review.amendments, ...notes, ...moves].map(({ at }) => at),
    ...review.amendments.map(({ settledAt }) => settledAt ?? 0),
  )
}

/** The meeting without the sessions nobody has touched since then; null where nothing is left to keep. */
export function withoutExpired(meeting: Meeting, since: number): Meeting | null {
  const expired = meeting.sessions.filter((one) => lastTouched(one) < since)
  const programmes = meeting.programmes.filter((one) => lastUsed(one) >= since)
  if (expired.length === meeting.sessions.length && programmes.length === 0) return null
  const kept = programmes.length < meeting.programmes.length ? { ...meeting, programmes } : meeting
  return expired.reduce((left, { id }) => withoutSession(left, id), kept)
}

/** A programme is kept for as long after its last day as after its last change. */
const lastUsed = ({ touchedAt, sittings, followUps }: Programme): number =>
  Math.max(touchedAt, ...sittings.map(({ at }) => at), ...followUps.map(({ at }) => at))

/** What is kept of one person in one session, to be given to her. */
export interface OwnData {
  meeting: string
  session: string
  title: Bilingual
  /** Milliseconds since the Unix epoch. */
  launchedAt: number
  identity: Participant
  /** As stored: per segment, what she answered. */
  answers: { segment: Bilingual; given: unknown }[]
  /** The texts that bear her name, as they stand now; who she is stands in `identity`. */
  texts: { segment: Text; label: Text; field: Text | null; text: string }[]
  notes: { at: number; text: string }[]
  corrections: Session['review']['amendments']
}

/** What she prepared, the latest first. */
export const programmesOf = ({ programmes }: Meeting, who: PersonId): Programme[] =>
  programmes.filter(({ owner }) => owner === who).toReversed()

/** Everything kept of her in a meeting, session by session, the latest first. */
export const ownDataIn = (meeting: Meeting, who: PersonId, now: number): OwnData[] =>
  meeting.sessions
    .flatMap((one) => {
      const identity = one.participants[who]
      return identity ? [ownDataOf(one, identity, now)] : []
    })
    .toReversed()

function ownDataOf(session: Session, identity: Participant, now: number): OwnData {
  const who = identity.id
  return {
    meeting: session.meetingId,
    session: session.id,
    title: session.format.title,
    launchedAt: session.launchedAt,
    identity,
    answers: session.format.segments.flatMap(({ id, title }) => {
      const given = session.answers[id]?.[who]
      return given === undefined ? [] : [{ segment: title, given }]
    }),
    texts: amendablesOf(session, now)
      .filter(({ authors, segment, text }) => authors.includes(who) && segment !== 'people' && text !== '')
      .map(({ title, label, field, text }) => ({ segment: title, label, field, text })),
    notes: session.notes.filter(({ by }) => by === who).map(({ at, text }) => ({ at, text })),
    corrections: session.review.amendments.filter(({ by }) => by === who),
  }
}
