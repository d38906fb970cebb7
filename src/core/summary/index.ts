import { addresses } from '../phases/conclusion.ts'
import { nameOf } from '../session/people.ts'
import { begun, type Seat, seatOf } from '../session/place.ts'
import { heldOn, lasted } from '../session/sittings.ts'
import { drift, plannedLength, spentOn } from '../session/timing.ts'
import type { Context, Session } from '../session/types.ts'
import { type Copy, said, say, type Text } from '../text.ts'
import { jobLine } from '../views/lobby.ts'
import { driftText } from '../views/step.ts'
import type { Block, Chapter } from './chapter.ts'
import { originChapter, startChapter } from './origins.ts'
import { outcomeChapter } from './outcome.ts'
import { participationChapter } from './participation.ts'
import { reviewChapter } from './review.ts'

/** The whole summary, computed from the session and from nothing else. */
export function chaptersOf(session: Session, copy: Copy, now: number): Chapter[] {
  const segments = session.format.segments.flatMap((segment) => segmentChapter(session, segment.id, now))
  const team = copy === 'organisers' ? [addressChapter(session)] : []
  return [
    contextChapter(session, now),
    attendanceChapter(session),
    startChapter(session),
    outcomeChapter(session, now),
    ...segments,
    nextChapter(session),
    participationChapter(session, now),
    originChapter(session, now),
    reviewChapter(session, copy),
    ...team,
  ].filter((chapter) => chapter.blocks.length > 0)
}

function contextChapter(session: Session, now: number): Chapter {
  const written = (['subject', 'objective', 'background', 'deliverable'] as (keyof Context)[])
    .filter((key) => session.context[key] !== '')
    .map((key) => ({ label: say(`context.${key}`), value: said(session.context[key]) }))
  const facts = [
    { label: say('summary.date'), value: heldOn(session) },
    { label: say('summary.goal'), value: session.format.goal },
    ...written,
    {
      label: say('summary.lasted'),
      value: say('summary.lasted-of', {
        lasted: { lasting: lasted(session, now) },
        planned: { lasting: plannedLength(session.format) },
      }),
    },
    { label: say('summary.drift'), value: driftText(lateness(session, now)) },
  ]
  return { id: 'context', title: say('summary.context'), blocks: [{ block: 'facts', facts }] }
}

/** As the régie tells it while the session runs; then against its planned length. */
const lateness = (session: Session, now: number): number =>
  drift(session, now) ?? lasted(session, now) - plannedLength(session.format)

function attendanceChapter(session: Session): Chapter {
  const people = Object.values(session.participants).sort((a, b) => a.joinedAt - b.joinedAt)
  return {
    id: 'attendance',
    title: say('summary.attendance'),
    blocks: [
      {
        block: 'table',
        head: [say('summary.person'), say('summary.function'), say('summary.profile'), say('summary.role')],
        rows: people.map((one) => [
          nameOf(session, one.id),
          jobLine(one) ?? said(''),
          say(`profile.${one.profile}`),
          say(`role.${one.role}`),
        ]),
      },
      { block: 'text', text: say('summary.headcount', { count: people.length }) },
    ],
  }
}

/** A segment that never began has no chapter. */
function segmentChapter(session: Session, segmentId: string, now: number): Chapter[] {
  const seat = seatOf(session, segmentId, now)
  if (!seat || !begun(session, segmentId)) return []
  const chapter = seat.phase.chapter(seat.place)
  const blocks = [
    durations(session, segmentId, now),
    ...pictured(seat),
    ...chapter.blocks,
    ...notes(session, segmentId),
  ]
  return [{ ...chapter, blocks }]
}

/** What the exercise drew, with the sentences that say the same. */
function pictured({ phase, place }: Seat): Block[] {
  const part = phase.part(place)
  return part && 'picture' in part && part.picture && part.pictureText
    ? [{ block: 'picture', picture: part.picture, alt: part.pictureText }]
    : []
}

function durations(session: Session, segmentId: string, now: number): Block {
  const segment = session.format.segments.find((one) => one.id === segmentId)
  return {
    block: 'text',
    text: say('summary.durations', {
      planned: { lasting: (segment?.minutes ?? 0) * 60_000 },
      spent: { lasting: spentOn(session, segmentId, now) },
    }),
  }
}

function notes(session: Session, segmentId: string): Block[] {
  const first = session.format.segments[0]?.id === segmentId
  const taken = session.notes.filter((note) => note.segment === segmentId || (first && note.segment === null))
  if (taken.length === 0) return []
  return [{ block: 'list', title: say('summary.notes'), items: taken.map((note) => said(note.text)) }]
}

/** What the organisers wrote of what comes next, and whom to ask. */
function nextChapter({ context }: Session): Chapter {
  const facts = (['nextSteps', 'contact', 'questionnaire'] as const)
    .filter((key) => context[key] !== '')
    .map((key) => ({ label: say(`context.${key}`), value: said(context[key]) }))
  return {
    id: 'next',
    title: say('summary.next'),
    blocks: facts.length ? [{ block: 'facts', facts }] : [],
  }
}

/** Given with consent, and for the organisers' copy only. */
function addressChapter(session: Session): Chapter {
  const given = session.format.segments
    .filter((segment) => segment.phase === 'conclusion')
    .flatMap((segment) => addresses(session.answers[segment.id] ?? {}))
  const rows: Text[][] = given.map(({ who, email }) => [nameOf(session, who), said(email)])
  return {
    id: 'addresses',
    title: say('summary.addresses'),
    blocks: rows.length
      ? [{ block: 'table', head: [say('summary.person'), say('summary.email')], rows }]
      : [],
  }
}
