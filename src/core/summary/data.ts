import { labelOf } from '../brought.ts'
import { addresses, type Opinion, opinions } from '../phases/conclusion.ts'
import { nameOf } from '../session/people.ts'
import { begun, seatOf } from '../session/place.ts'
import { lasted } from '../session/sittings.ts'
import { plannedLength } from '../session/timing.ts'
import type { Session } from '../session/types.ts'
import type { Copy, Said } from '../text.ts'
import type { AmendmentData, PersonData, SegmentData, StartData, SummaryData } from './data-shape.ts'
import { participationOf } from './participation.ts'
import { partsLike, partsOf } from './parts.ts'
import { editionOf } from './review.ts'

/** Everything the session holds that this copy may tell. */
export function dataOf(session: Session, copy: Copy, now: number): SummaryData {
  const { id, title, goal, deliverable } = session.format
  return {
    edition: editionOf(session),
    issuedAt: iso(now),
    copy,
    format: { id, title, goal, deliverable },
    ...timesOf(session, now),
    context: session.context,
    people: peopleOf(session),
    profiles: participationOf(session, now).profiles,
    ...(copy === 'organisers' ? { addresses: addressesOf(session) } : {}),
    startedFrom: startOf(session),
    segments: segmentsOf(session, now),
    notes: session.notes.map((one) => ({
      segment: one.segment,
      takenAt: iso(one.at),
      by: nameOf(session, one.by),
      text: one.text,
    })),
    ...resultsOf(session, now),
    opinions: opinionsOf(session),
    amendments: amendmentsOf(session, now),
  }
}

const iso = (instant: number): string => new Date(instant).toISOString()

const isoOrNull = (instant: number | null): string | null => (instant === null ? null : iso(instant))

type Times = 'status' | 'launchedAt' | 'startedAt' | 'closedAt' | 'plannedMinutes' | 'lastedSeconds'

function timesOf(session: Session, now: number): Pick<SummaryData, Times> {
  const { position } = session.steer
  return {
    status: position.status,
    launchedAt: iso(session.launchedAt),
    startedAt: position.status === 'lobby' ? null : isoOrNull(position.startedAt),
    closedAt: position.status === 'closed' ? iso(position.closedAt) : null,
    plannedMinutes: plannedLength(session.format) / 60_000,
    lastedSeconds: Math.round(lasted(session, now) / 1000),
  }
}

const peopleOf = (session: Session): PersonData[] =>
  Object.values(session.participants)
    .sort((a, b) => a.joinedAt - b.joinedAt)
    .map((one) => ({
      name: nameOf(session, one.id),
      position: one.position,
      organisation: one.organisation,
      profile: one.profile,
      role: one.role,
      joinedAt: iso(one.joinedAt),
      leftAt: isoOrNull(one.leftAt),
    }))

const conclusions = ({ format }: Session) => format.segments.filter(({ phase }) => phase === 'conclusion')

const addressesOf = (session: Session): { name: Said; email: string }[] =>
  conclusions(session)
    .flatMap(({ id }) => addresses(session.answers[id] ?? {}))
    .map(({ who, email }) => ({ name: nameOf(session, who), email }))

const opinionsOf = (session: Session): Opinion[] =>
  conclusions(session).flatMap(({ id, options }) => opinions(options, session.answers[id] ?? {}))

/** What came before is named; where it was held and by whom is not. */
function startOf({ steer: { brought } }: Session): StartData | null {
  if (!brought) return null
  return {
    shape: brought.shape,
    from: brought.lineage.map(({ title, at, group }) => ({ title, heldAt: iso(at), group: group ?? null })),
    fields: brought.fields.map((one) => ({ key: one.key, label: labelOf(one), text: one.text })),
    changes: brought.changes.map(({ key, before, after, name, at }) => ({
      key,
      before,
      after,
      by: name,
      changedAt: iso(at),
    })),
  }
}

function segmentsOf(session: Session, now: number): SegmentData[] {
  const lines = participationOf(session, now).segments
  return session.format.segments.map(({ id, phase, title, minutes }) => {
    const line = lines.find(({ segment }) => segment === id)
    return {
      id,
      exercise: phase,
      title,
      begun: begun(session, id),
      plannedMinutes: minutes,
      spentSeconds: Math.round((line?.spent ?? 0) / 1000),
      answered: line?.answered ?? null,
      contributions: line?.contributions ?? null,
    }
  })
}

type Results = 'subjectSheets' | 'canvases' | 'subActionLists' | 'roadmaps'

/** Ids stay inside: some are made from a person's. */
function resultsOf(session: Session, now: number): Pick<SummaryData, Results> {
  const parts = partsOf(session, now)
  return {
    subjectSheets: partsLike(parts, 'subjects').map(({ segment, board, rule, cards }) => ({
      segment,
      board,
      rule,
      cards: cards.map(withoutId),
    })),
    canvases: partsLike(parts, 'canvas').map(({ segment, subject, headings }) => ({
      segment,
      subject,
      headings,
    })),
    subActionLists: partsLike(parts, 'sub-actions').map(({ segment, list }) => ({
      segment,
      subActions: list.map(withoutId),
    })),
    roadmaps: partsLike(parts, 'roadmap').map(({ segment, horizon, steps, warnings, left }) => ({
      segment,
      horizon,
      steps: steps.map(withoutId),
      warnings,
      leftOut: left,
    })),
  }
}

function withoutId<T extends { id: string }>({ id: _id, ...rest }: T): Omit<T, 'id'> {
  return rest
}

const amendmentsOf = (session: Session, now: number): AmendmentData[] =>
  session.review.amendments
    .filter(({ state }) => state === 'accepted')
    .map((one) => {
      const seat = seatOf(session, one.segment, now)
      const texts = seat && begun(session, one.segment) ? seat.phase.texts(seat.place) : []
      const text = texts.find(({ item, key }) => item === one.item && key === one.key)
      return {
        kind: one.kind,
        segment: one.segment,
        label: text?.label ?? null,
        field: text?.field ?? null,
        before: one.before,
        after: one.after,
        by: nameOf(session, one.by),
        signalledAt: iso(one.at),
        acceptedAt: isoOrNull(one.settledAt),
      }
    })
