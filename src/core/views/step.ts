import type { Segment } from '../format.ts'
import { isRehearsal } from '../programme/launch.ts'
import { liveSlot } from '../session/effects.ts'
import { expectStamp } from '../session/expect.ts'
import { facilitators, nameOf, scribes, steers } from '../session/people.ts'
import { begun, currentSegmentId, leftIn, seatOf } from '../session/place.ts'
import { apartSince } from '../session/sittings.ts'
import { drift, isWorthProposing, rebalancing, timeLeft } from '../session/timing.ts'
import type { PersonId, Session } from '../session/types.ts'
import { say, type Text, type ViewData } from '../text.ts'
import { cameBack } from './lobby.ts'
import { type CardView, everyoneHere, type Look, langOf, pointingOn, stampOf, stepNumber } from './parts.ts'

/** The card of a segment: what is expected of the reader, until when, and for facilitators the controls. */
export function stepView(look: Look, segmentId: string): CardView | null {
  const { session, slot } = look
  const index = session.format.segments.findIndex((one) => one.id === segmentId)
  const segment = session.format.segments[index]
  if (!segment) return null
  // A move that was undone leaves the card of a segment that has not begun after all.
  const live =
    begun(session, segmentId) && liveSlot(session) === slot && session.steer.position.status !== 'closed'
  const data = live ? liveStep(look, segmentId) : pastStep(look, segmentId)
  return {
    card: `step:${segment.phase}`,
    data: {
      number: stepNumber(session, index),
      title: segment.title,
      minutesLabel: say('time.minutes', { minutes: allottedMinutes(session, segment) }),
      instruction: segment.instruction,
      rehearsal: live && isRehearsal(session),
      notice: pointingOn(look, live),
      ...data,
    },
    lang: langOf(look),
    stamp: stampOf(look, segmentId),
    personalFor: live ? everyoneHere(session) : [],
    mentions: [],
  }
}

/** As rebalanced, where a proposal was accepted. */
const allottedMinutes = ({ steer }: Session, segment: Segment): number =>
  Math.round((steer.runs[segment.id]?.allotted ?? segment.minutes * 60_000) / 60_000)

/** Which controls there are, and what they say. */
export function controls(
  { session, now, viewer }: Pick<Look, 'session' | 'now' | 'viewer'>,
  phaseLeads = false,
): { [key: string]: ViewData } {
  const me = viewer.sees === 'person' ? viewer.id : ''
  const { position } = session.steer
  const index = position.status === 'running' || position.status === 'paused' ? position.index : -1
  const following = session.format.segments[index + 1]
  return {
    expect: expectStamp(session),
    next: say(following ? 'control.next' : 'control.finish'),
    following: following ? say('control.following', { title: following.title }) : null,
    nextEnds: following === undefined,
    // Something would go unseen: she is told first.
    asksFirst: leftIn(session, currentSegmentId(session) ?? '', now) !== null,
    phaseLeads,
    back: index > 0,
    paused: position.status === 'paused' || apartSince(session, now) !== null,
    undo: lastOf(session.moves, 'control.undo'),
    undoOf: doneByAnother(session, me),
    redo: lastOf(session.redo, 'control.redo'),
  }
}

function liveStep(look: Look, segmentId: string): { [key: string]: ViewData } {
  const { session, viewer, now } = look
  const seat = seatOf(session, segmentId, now)
  const me = viewer.sees === 'person' ? viewer.id : null
  const facilitates = me !== null && steers(session, me)
  const body = seat?.phase.body(seat.place, viewer) ?? {}
  return {
    ...clockFace(session, now),
    task: taskFor(look, segmentId),
    body,
    mayJoin: me !== null && !isIn(session, me),
    forRoom: me === null,
    facilitates,
    writes: me !== null && scribes(session, me),
    ...(facilitates ? desk(session, now) : emptyDesk),
    // One accent a card: while the exercise has its own next gesture, "next segment" is a plain button.
    controls: facilitates ? controls(look, body.leads === true) : { expect: '' },
    past: false,
  }
}

/** Nothing of the desk is in a payload that is not a facilitator's. */
const emptyDesk = { twice: null, drift: null, driftMood: 'calm', proposal: null }

function taskFor(look: Look, segmentId: string): Text {
  const { session, viewer, now } = look
  const seat = seatOf(session, segmentId, now)
  if (viewer.sees === 'person' && !isIn(session, viewer.id)) return say('step.task-join')
  if (apartSince(session, now) !== null) return untilAnotherDay(session, viewer)
  if (session.steer.position.status === 'paused') return say('step.task-paused')
  return seat ? seat.phase.task(seat.place, viewer) : say('step.task-join')
}

function untilAnotherDay(session: Session, viewer: Look['viewer']): Text {
  if (viewer.sees === 'person' && steers(session, viewer.id)) return say('step.task-adjourned-facilitator')
  const names = { listing: facilitators(session).map((one) => nameOf(session, one.id)) }
  return say('step.task-adjourned', { names })
}

/** When the step ends, what is left of it, and how it looks. */
export function clockFace(session: Session, now: number): { [key: string]: ViewData } {
  const { position } = session.steer
  const left = timeLeft(session, now)
  if (left === null || position.status === 'lobby' || position.status === 'closed')
    return { ends: null, left: null, mood: 'past' }
  const waits = apartSince(session, now) !== null
  if (waits || position.status === 'paused') {
    const told = waits ? 'step.adjourned' : 'step.paused'
    return { ends: null, left: say(told, { left: { lasting: Math.max(left, 0) } }), mood: 'paused' }
  }
  const ends = say('step.ends', { at: { time: position.deadline } })
  // A minute that has begun counts: at 6 min 40 s people read 7 minutes.
  if (left > 0)
    return {
      ends,
      left: say('step.left', { left: { lasting: roundedUp(left) } }),
      mood: moodOf(session, left),
    }
  const over = Math.floor(-left / 60_000) * 60_000
  return {
    ends,
    left: over > 0 ? say('step.over', { by: { lasting: over } }) : say('step.time-up'),
    mood: 'over',
  }
}

const moodOf = (session: Session, left: number): string =>
  left <= session.format.warnMinutes * 60_000 ? 'warn' : 'calm'

const roundedUp = (left: number): number => {
  const step = left <= 60_000 ? 15_000 : 60_000
  return Math.ceil(left / step) * step
}

/** The drift against the planned length, and a way to absorb it. */
function desk(session: Session, now: number): { [key: string]: ViewData } {
  const late = drift(session, now) ?? 0
  const lines = isWorthProposing(session, now) ? rebalancing(session, now) : null
  return {
    twice: cameBack(session),
    drift: driftText(late),
    driftMood: Math.abs(late) < 120_000 ? 'calm' : 'warn',
    proposal: lines && {
      text: say('desk.proposal'),
      lines: lines
        .filter((one) => Math.round(one.from / 60_000) !== Math.round(one.to / 60_000))
        .map((one) => ({
          title: one.segment.title,
          change: say('desk.change', { from: { lasting: one.from }, to: { lasting: one.to } }),
        })),
    },
  }
}

/** Under one minute, on time. */
export function driftText(late: number): Text {
  if (Math.abs(late) < 60_000) return say('desk.on-time')
  const by = { lasting: Math.round(Math.abs(late) / 60_000) * 60_000 }
  return late > 0 ? say('desk.late', { by }) : say('desk.early', { by })
}

function pastStep({ session }: Look, segmentId: string): { [key: string]: ViewData } {
  const run = session.steer.runs[segmentId]
  const again = session.steps.some(
    (slot) => slot.startsWith(`step/${segmentId}/`) && slot === liveSlot(session),
  )
  return {
    pastMark: say(again ? 'step.moved' : 'step.past'),
    ends:
      again || !run || run.visits === 0
        ? say('step.elsewhere')
        : say('step.took', { lasted: { lasting: run.spent } }),
    left: null,
    mood: 'past',
    task: say('step.past'),
    body: {},
    mayJoin: false,
    forRoom: false,
    facilitates: false,
    writes: false,
    ...emptyDesk,
    controls: { expect: '' },
    past: true,
  }
}

function lastOf(pile: Session['moves'], key: string): Text | null {
  const move = pile.at(-1)
  return move ? say(key, { what: say(`move.${move.what}`) }) : null
}

/** Whose act would be undone, where it is not one's own last one. */
function doneByAnother(session: Session, me: PersonId): Text | null {
  const move = session.moves.at(-1)
  return move && move.by !== me ? say('control.undo-of', { name: nameOf(session, move.by) }) : null
}

const isIn = (session: Session, who: PersonId): boolean => session.participants[who]?.leftAt === null
