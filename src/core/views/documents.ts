import { scribes } from '../session/people.ts'
import { heldOn } from '../session/sittings.ts'
import { letters, type PersonId, type Session } from '../session/types.ts'
import { copyOf, documentName, documentsOf } from '../summary/documents.ts'
import { gapsIn, partsOf } from '../summary/parts.ts'
import { editionOf, pendingCorrections } from '../summary/review.ts'
import { type Copy, type DocumentId, type Lang, say, type Text, type ViewData } from '../text.ts'
import type { CardView, Look } from './parts.ts'

type Data = { [key: string]: ViewData }

/** Rows of the list, in the order people look for them: what is published, what is sent, what is worked on. */
const groups: { title: string; ids: DocumentId[] }[] = [
  { title: 'publish', ids: ['report', 'deliverable', 'commitment'] },
  { title: 'to-send', ids: ['thanks', 'steering', 'post'] },
  { title: 'for-team', ids: ['team-report', 'data'] },
  { title: 'pictures', ids: ['matrix', 'timeline', 'participation'] },
  { title: 'files', ids: ['summary', 'subjects', 'sub-actions', 'roadmap', 'milestones'] },
]

/** Opens in a dialog of the meeting, for the organising team; also while the session runs. */
export function documentsDialog({ session, now }: Look, by: PersonId): Data | null {
  return scribes(session, by) ? { ...listed(session, 'organisers', now), personal: false } : null
}

/**
 * The documents of one session as a message: in the personal chat of someone who organised it, or, in the participants'
 * version, in the chat of the meeting.
 */
export function documentsView(
  session: Session,
  copy: Copy,
  to: { lang: Lang; now: number; reader: Reader | null; notice?: Text },
): CardView {
  const data = listed(session, copy, to.now)
  return {
    card: 'documents',
    data: { ...data, notice: to.notice ?? null, ...desk(session, copy, to) },
    lang: to.lang,
    stamp: { m: session.meetingId, s: session.id, g: null, k: 'documents', n: session.count },
    personalFor: [],
    mentions: [],
  }
}

/** Whose personal chat it is in; null for the chat of a meeting. */
interface Reader {
  id: PersonId
  /** She leads the session, and decides on corrections. */
  settles: boolean
}

/** What she may do besides downloading; nothing of it is in a message others receive. */
function desk(session: Session, copy: Copy, { reader, now }: { reader: Reader | null; now: number }): Data {
  const waiting = pendingCorrections(session)
  return {
    personal: reader !== null,
    choices: reader ? choicesOf(session, copy, now) : [],
    erases: reader?.settles === true,
    settles: reader?.settles === true && session.review.amendments.length > 0,
    waiting: reader?.settles && waiting ? say('library.waiting', { count: waiting }) : null,
  }
}

function listed(session: Session, copy: Copy, now: number): Data {
  const all = documentsOf(session, copy, now)
  const { position } = session.steer
  return {
    title: session.format.title,
    date: say('summary.on', { day: heldOn(session) }),
    state: stateOf(session, now),
    team: copy === 'organisers',
    closed: position.status === 'closed',
    groups: groups
      .map(({ title, ids }) => ({
        title: say(`documents.${title}`),
        rows: ids.filter((id) => all.includes(id)).map((id) => rowOf(id, session, now)),
      }))
      .filter(({ rows }) => rows.length > 0),
    all: all.includes('all') ? addressOf('all', session) : null,
  }
}

/** Where the documents stand, and what nobody has filled in or checked yet. */
function stateOf(session: Session, now: number): Text {
  if (session.steer.position.status !== 'closed') return say('documents.so-far')
  const edition = editionOf(session)
  const stands = edition > 1 ? say('documents.edition', { edition }) : say('documents.final')
  const { empty, toCheck } = gapsIn(partsOf(session, now))
  const gaps = [
    ...(empty ? [say('documents.empty', { count: empty })] : []),
    ...(toCheck ? [say('documents.to-check', { count: toCheck })] : []),
  ]
  return gaps.length ? say('documents.gaps', { stands, gaps: { listing: gaps } }) : stands
}

const rowOf = (id: DocumentId, session: Session, now: number): Data => ({
  name: documentName(id, session, now),
  kind: say(`document-kind.${id}`),
  url: addressOf(id, session),
  letter: letters.find((one) => one === id) ?? '',
})

const addressOf = (document: DocumentId, session: Session) => ({
  document,
  copy: copyOf(document),
  of: { meeting: session.meetingId, session: session.id },
})

const choicesOf = (session: Session, copy: Copy, now: number): Data[] =>
  documentsOf(session, copy, now).map((id) => ({
    value: id,
    title: say('documents.choice', {
      name: documentName(id, session, now),
      kind: say(`document-kind.${id}`),
    }),
  }))
