import type { Draft, Viewer } from '../phases/contract.ts'
import { facilitators, present } from '../session/people.ts'
import type { PersonId, Session } from '../session/types.ts'
import { type Lang, said, say, type Text, type ViewData } from '../text.ts'

/** A card before it is drawn. */
export interface CardView {
  card: string
  data: { [key: string]: ViewData }
  lang: Lang
  /** What every action of the card carries back, besides its own data. */
  stamp: Record<string, string | number | null>
  /** Who gets a personal version of it, at most 60; empty for a card that is the same for everyone. */
  personalFor: PersonId[]
  /** Also where it answers a press it is drawn anew when it is seen again: it has one reader, and no field. */
  follows?: true
  /** Who is named so that her client notifies her. */
  mentions: { id: PersonId; name: string }[]
}

/** What every view of a session is drawn from. */
export interface Look {
  session: Session
  slot: string
  viewer: Viewer
  now: number
  draft: Draft
}

/** At most this many people get a personal version of a card (the platform's limit). */
const personalLimit = 60

/** A person's own language where she told it, else the session's. */
export const langOf = ({ session, viewer }: Look): Lang =>
  (viewer.sees === 'person' ? session.participants[viewer.id]?.lang : undefined) ?? session.lang

/** Carried by every action: which session, segment and card it was drawn for, and at which change. */
export const stampOf = ({ session, slot }: Look, segment: string | null): CardView['stamp'] => ({
  s: session.id,
  g: segment,
  k: slot,
  n: session.count,
})

/** Everyone who may see the card, the facilitators first: they are served even in a crowd. */
export function everyoneHere(session: Session): PersonId[] {
  const first = facilitators(session).map((one) => one.id)
  const joined = present(session).map((one) => one.id)
  const listed = Object.values(session.roster).map((one) => one.id)
  return [...new Set([...first, ...joined, ...listed])].slice(0, personalLimit)
}

export const input = (
  look: Look,
  id: string,
  stored: string | undefined,
): { value: Text; problem: Text | null } => ({
  // Clients leave empty inputs out of what they send: what was typed is then nothing, not what is stored.
  value: said(look.draft.typed ? (look.draft.typed[id] ?? '') : (stored ?? '')),
  problem: look.draft.problems?.[id] ?? null,
})

export const isPerson = (viewer: Viewer, id: PersonId): boolean =>
  viewer.sees === 'person' && viewer.id === id

/** What is refused on a card the workshop has left behind: why, and where to go on. */
export function pointingOn({ draft: { notice }, session }: Look, live: boolean): Text | null {
  if (!notice || live) return notice ?? null
  const closed = session.steer.position.status === 'closed'
  return { lines: [notice, say(closed ? 'step.closing-below' : 'step.current-below')] }
}

/** "Étape 3 sur 7", from a zero-based index. */
export const stepNumber = (session: Session, index: number): Text =>
  say('step.number', { number: index + 1, total: session.format.segments.length })
