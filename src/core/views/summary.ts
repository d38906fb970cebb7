import type { Item } from '../phases/contract.ts'
import { isRehearsal } from '../programme/launch.ts'
import { offersOf } from '../session/carry.ts'
import { outcome, outcomeSegment } from '../session/outcome.ts'
import { nameOf, scribes, steers } from '../session/people.ts'
import { begun, seatOf } from '../session/place.ts'
import { heldOn, lasted } from '../session/sittings.ts'
import { plannedLength } from '../session/timing.ts'
import type { PersonId, Session } from '../session/types.ts'
import { documentName, documentsOf } from '../summary/documents.ts'
import { mayCorrect, pendingCorrections } from '../summary/review.ts'
import { said, say, type Text, type ViewData } from '../text.ts'
import { type CardView, everyoneHere, type Look, langOf, stampOf } from './parts.ts'
import { controls, driftText } from './step.ts'

/** The closing card: what came out, and the summary to download. */
export function summaryView(look: Look): CardView {
  const { session, viewer, now } = look
  const { position } = session.steer
  if (position.status !== 'closed' || position.startedAt === null) return setAside(look)
  const facilitates = viewer.sees === 'person' && steers(session, viewer.id)
  const took = lasted(session, now)
  return {
    card: 'summary',
    data: {
      title: session.format.title,
      rehearsal: isRehearsal(session),
      date: say('summary.on', { day: heldOn(session) }),
      people: say('summary.headcount', { count: Object.keys(session.participants).length }),
      lasted: say('summary.took', { lasted: { lasting: took } }),
      drift: driftText(took - plannedLength(session.format)),
      ...results(session, now),
      next: session.context.nextSteps ? said(session.context.nextSteps) : null,
      contact: session.context.contact ? said(session.context.contact) : null,
      questionnaire: session.context.questionnaire,
      hasQuestionnaire: session.context.questionnaire !== '',
      download: { document: 'report', copy: 'participants' },
      ...taken(look),
      notice: look.draft.notice ?? null,
      forRoom: viewer.sees === 'room',
      facilitates,
      mayContinue: facilitates && !isRehearsal(session) && offersOf(session, now).length > 0,
      hasOrigins: viewer.sees === 'person' && outcome(session, now).length > 0,
      ...review(look),
      controls: facilitates ? controls(look) : { expect: '' },
    },
    lang: langOf(look),
    stamp: stampOf(look, null),
    personalFor: everyoneHere(session),
    mentions: [],
  }
}

/** The format's own deliverable, once there is one. */
function taken({ session, now }: Look): { [key: string]: ViewData } {
  const exists = documentsOf(session, 'participants', now).includes('deliverable')
  return {
    deliverable: exists ? { document: 'deliverable', copy: 'participants' } : null,
    deliverableName: exists ? documentName('deliverable', session, now) : null,
  }
}

/** What may still be mended, and by whom; nothing of the organisers' is in anyone else's payload. */
function review({ session, viewer, now }: Look): { [key: string]: ViewData } {
  const me = viewer.sees === 'person' ? viewer.id : null
  const organises = me !== null && scribes(session, me)
  const settles = me !== null && steers(session, me)
  const waiting = pendingCorrections(session)
  return {
    mayCorrect: me !== null && mayCorrect(session, me, now),
    mine: me === null ? null : ownCorrections(session, me),
    organises,
    everything: organises ? { document: 'all', copy: 'organisers' } : null,
    settles: settles && session.review.amendments.length > 0,
    waiting: settles && waiting ? say('library.waiting', { count: waiting }) : null,
  }
}

/** What became of what she signalled: her receipt, on the card she signalled it from. */
function ownCorrections({ review: { amendments } }: Session, me: PersonId): Text | null {
  const mine = amendments.filter(({ kind, by }) => kind === 'correction' && by === me)
  const count = (state: string) => mine.filter((one) => one.state === state).length
  const told = (['waiting', 'accepted', 'refused'] as const).flatMap((state) =>
    count(state) ? [say(`documents.mine-${state}`, { count: count(state) })] : [],
  )
  return told.length ? say('documents.mine', { list: { listing: told } }) : null
}

/** A session cancelled before it began, or a summary card whose session went on after all. */
const setAside = (look: Look): CardView => ({
  card: 'notice',
  data: {
    text: say(look.session.steer.position.status === 'closed' ? 'summary.cancelled' : 'summary.reopened'),
    tone: 'attention',
    hint: say(
      look.session.steer.position.status === 'closed' ? 'summary.cancelled-hint' : 'summary.reopened-hint',
    ),
  },
  lang: langOf(look),
  stamp: stampOf(look, null),
  personalFor: [],
  mentions: [],
})

/** What the last segment that has results hands on, and its picture. */
function results(session: Session, now: number): { [key: string]: ViewData } {
  const seats = session.format.segments
    .filter((segment) => begun(session, segment.id))
    .map((segment) => seatOf(session, segment.id, now))
  const pictured = seats.findLast((seat) => seat?.phase.picture(seat.place))
  const items = outcome(session, now)
  const from = outcomeSegment(session, now)
  const priority = items.filter((one) => one.priority)
  return {
    results: items.map((one) => result(session, one)),
    hasResults: items.length > 0,
    resultTitle: session.format.segments.find(({ id }) => id === from)?.title ?? null,
    priority: priority.map((one) => said(one.title)),
    hasPriority: priority.length > 0,
    picture: pictured ? { picture: pictured.place.segment.id, stamp: `final-${session.count}` } : null,
    pictureText: pictured ? say('summary.picture-text') : null,
  }
}

const result = (session: Session, one: Item): { [key: string]: ViewData } => ({
  number: String(one.number ?? ''),
  title: one.title ? said(one.title) : (one.label ?? null),
  sentence: one.sentence ? said(one.sentence) : null,
  authors: authors(session, one),
  mark: one.priority ? say('matrix.mark-priority') : null,
})

const authors = (session: Session, one: Item): Text | null =>
  one.authors.length ? { listing: one.authors.map((who) => nameOf(session, who)) } : null
