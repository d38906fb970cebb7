import type { Picture } from '../phases/contract.ts'
import type { Session } from '../session/types.ts'
import { type Copy, type DocumentId, documentIds, say, type Text } from '../text.ts'
import { participationPictureOf } from './participation.ts'
import { type PlacedPart, partsLike, partsOf } from './parts.ts'
import { postOf } from './post.ts'
import { isOver } from './review.ts'

/** What this session can be taken away as, at this moment: a document that would be empty is not offered. */
export function documentsOf(session: Session, copy: Copy, now: number): DocumentId[] {
  const parts = partsOf(session, now)
  return documentIds.filter(
    (id) => (copy === 'organisers' || !forOrganisers.has(id)) && exists(id, { session, parts, now }),
  )
}

/** What the format's own deliverable is called: by the furthest thing the session made. */
export function deliverableKind(session: Session, now: number): 'subjects' | 'canvas' | 'roadmap' | null {
  const kinds = new Set(partsOf(session, now).map(({ part }) => part))
  if (kinds.has('roadmap') || kinds.has('sub-actions')) return 'roadmap'
  if (kinds.has('canvas')) return 'canvas'
  return kinds.has('subjects') ? 'subjects' : null
}

/** How a document is named to people, a key of the locale files. */
export function documentName(id: DocumentId, session: Session, now: number): Text {
  const kind = id === 'deliverable' ? deliverableKind(session, now) : null
  return say(kind ? `document.deliverable-${kind}` : `document.${id}`)
}

/** For whom a document of the organisers' list is: what is published holds no address, whoever downloads it. */
export const copyOf = (id: DocumentId): Copy => (forOrganisers.has(id) ? 'organisers' : 'participants')

/** What the organising team sends in its own name, or works on. */
const forOrganisers: ReadonlySet<DocumentId> = new Set([
  'team-report',
  'steering',
  'thanks',
  'post',
  'data',
  'all',
])

interface From {
  session: Session
  parts: PlacedPart[]
  now: number
}

function exists(id: DocumentId, { session, parts, now }: From): boolean {
  switch (id) {
    case 'report':
    case 'team-report':
    case 'summary':
    case 'steering':
    case 'data':
    case 'all':
      return true
    // Said to others once it is over.
    case 'thanks':
      return isOver(session)
    case 'post':
      return (
        isOver(session) &&
        (session.review.letters.post !== undefined || postOf(session, now, session.lang) !== null)
      )
    case 'deliverable':
      return parts.length > 0
    case 'commitment':
      return partsLike(parts, 'canvas').length > 0
    case 'subjects':
      return partsLike(parts, 'subjects').length > 0
    case 'sub-actions':
      return partsLike(parts, 'sub-actions').length > 0
    case 'roadmap':
      return partsLike(parts, 'roadmap').length > 0
    case 'milestones':
      return partsLike(parts, 'roadmap').some(({ steps }) => steps.some((step) => step.end !== ''))
    case 'matrix':
    case 'timeline':
    case 'participation':
      return pictureFor(id, session, now) !== null
  }
}

/** The picture of this name; null where there is none yet. */
export function pictureFor(
  id: 'matrix' | 'timeline' | 'participation',
  session: Session,
  now: number,
): Picture | null {
  switch (id) {
    case 'matrix':
      return partsLike(partsOf(session, now), 'subjects').at(-1)?.picture ?? null
    case 'timeline':
      return partsLike(partsOf(session, now), 'roadmap').at(-1)?.picture ?? null
    case 'participation':
      return participationPictureOf(session, now)
  }
}
