import { entryOf } from '../entry-of.ts'
import type { Said } from '../text.ts'
import { said } from '../text.ts'
import type { Participant, PersonId, Role, Session } from './types.ts'

/** Who is in the workshop now, in the order they joined. */
export const present = (session: Session): Participant[] =>
  Object.values(session.participants)
    .filter((one) => one.leftAt === null)
    .sort((a, b) => a.joinedAt - b.joinedAt)

/** Who answers the exercises: the kit keeps the facilitator neutral unless she chooses otherwise. */
export const contributors = (session: Session): Participant[] =>
  present(session).filter((one) => one.contributes)

/** Who left the meeting, as the meeting itself told; whoever comes back is in it again. */
export const isAway = ({ roster }: Session, person: PersonId): boolean => roster[person]?.present === false

/** Whose answers are waited for: who answers the exercises, but not those who left the meeting without having answered. */
export const awaited = (session: Session, answered: (person: PersonId) => boolean): Participant[] =>
  contributors(session).filter(({ id }) => answered(id) || !isAway(session, id))

/**
 * Names under which someone is in the workshop under two identities, the earlier one away: the platform gives another
 * to anyone anonymous who comes back.
 */
export function cameBackAs(session: Session): Participant[] {
  const named = (one: Participant) => `${one.firstName} ${one.lastName}`.toLowerCase()
  const people = present(session)
  const isHere = ({ id }: Participant) => session.roster[id]?.present === true
  return people.filter(
    (one, index) =>
      isHere(one) && people.slice(0, index).some((other) => named(other) === named(one) && !isHere(other)),
  )
}

/** Facilitator and co-facilitators: they move the session. */
export const steers = (session: Session, person: PersonId): boolean =>
  hasRole(session, person, ['facilitator', 'co-facilitator'])

/** The organising team also includes the note-taker: notes and the subject cards. */
export const scribes = (session: Session, person: PersonId): boolean =>
  hasRole(session, person, ['facilitator', 'co-facilitator', 'note-taker'])

/** Of the organising team, or the one who prepared the session in her programme: what it leaves is theirs. */
export const organises = (session: Session, person: PersonId): boolean =>
  scribes(session, person) || session.prepared?.owner === person

export const organisersOf = (session: Session): PersonId[] => [
  ...new Set([
    ...Object.keys(session.participants).filter((person) => scribes(session, person)),
    ...(session.prepared ? [session.prepared.owner] : []),
  ]),
]

export const facilitators = (session: Session): Participant[] =>
  present(session).filter((one) => one.role === 'facilitator' || one.role === 'co-facilitator')

/** A person's name as everyone sees it: as given when joining, else as the roster says. */
export function nameOf(session: Session, person: PersonId): Said {
  const joined = entryOf(session.participants, person)
  if (joined) return said(`${joined.firstName} ${joined.lastName}`.trim())
  return said(entryOf(session.roster, person)?.name ?? '…')
}

/** The shortest name that is hers alone in this workshop, for a button. */
export function shortNameOf(session: Session, person: PersonId): Said {
  const first = entryOf(session.participants, person)?.firstName
  const alone = first && present(session).filter((one) => one.firstName === first).length <= 1
  return alone ? said(first) : nameOf(session, person)
}

function hasRole(session: Session, person: PersonId, wanted: Role[]): boolean {
  const role = entryOf(session.participants, person)?.role
  return role !== undefined && wanted.includes(role)
}
