import { bounds } from '../bounds.ts'
import { applyPatch, type Json, patchBetween } from '../patch.ts'
import { phaseOf } from '../phases/index.ts'
import { amended } from './carry.ts'
import type { SessionEvent } from './events.ts'
import { keepingMended, mended, settled, worded } from './mending.ts'
import { currentSegmentId } from './place.ts'
import { apartSince } from './sittings.ts'
import { freshRun, stoppedAt } from './timing.ts'
import type { Break, Move, Participant, Position, Session, Steer } from './types.ts'

/** The session after a decision. A decision that names a move can be undone. */
export function apply(
  session: Session,
  { events, move }: { events: SessionEvent[]; move?: string },
  by: string,
  at: number,
): Session {
  const since = move === undefined || move === 'adjourn' ? null : apartSince(session, at)
  // Nobody had decided: it was left when people were; whatever is decided now starts, and is undone, from there.
  const left = since === null ? session : evolve(session, { type: 'adjourned', at: since })
  const after = events.reduce(evolve, left)
  const counted = { ...after, count: session.count + 1 }
  if (move === undefined) return counted
  // Whoever moves the session has decided what becomes of it.
  return remember(left, { ...counted, partedAt: null }, { id: session.count, at, by, what: move })
}

export function evolve(session: Session, event: SessionEvent): Session {
  switch (event.type) {
    case 'joined':
      return withParticipant(session, event.participant)
    case 'left':
      return changed(session, event.who, { leftAt: event.at })
    case 'roster-seen':
      return { ...session, roster: Object.fromEntries(event.people.map((one) => [one.id, one])) }
    case 'role-named':
      return changed(session, event.who, { role: event.role, contributes: event.role === 'participant' })
    case 'contribution-chosen':
      return changed(session, event.who, { contributes: event.on })
    case 'parted':
      return { ...session, partedAt: event.at }
    case 'offered-again':
      return { ...session, offeredAgainAt: event.at }
    case 'lacks-known':
      return { ...session, lacks: event.lacks }
    case 'prepared':
      return { ...session, context: event.context }
    case 'sitting-chosen':
      return {
        ...session,
        prepared: event.prepared,
        context: event.context,
        recalled: event.recalled,
        plannedOtherDay: null,
      }
    case 'brought':
      return withSteer(session, { ...session.steer, brought: event.brought })
    case 'amended':
      return withSteer(session, amendedIn(session.steer, event))
    case 'entered':
      return withSteer(session, entered(session, event))
    case 'paused':
      return withPosition(session, pausedAt(session.steer.position, event.at))
    case 'adjourned':
      return withPosition(session, adjournedAt(session.steer.position, event.at))
    case 'resumed':
      return withSteer(session, resumedAt(session, event.at))
    case 'extended':
      return withPosition(session, extendedTo(session.steer.position, event.deadline))
    case 'rebalanced':
      return withSteer(session, { ...session.steer, runs: allotted(session.steer, event.allotted) })
    case 'ended':
      return withSteer(session, ended(session, event.at))
    case 'warned':
      return withPosition(session, flagged(session.steer.position, 'warned'))
    case 'rang':
      return withPosition(session, flagged(session.steer.position, 'rang'))
    case 'noted':
      return { ...session, notes: [...session.notes, event.note] }
    case 'mended':
      return mended(session, event)
    case 'settled':
      return settled(session, event)
    case 'worded':
      return worded(session, event)
    case 'undone':
      return keepingMended(session, stepped(session, 'moves', 'redo', event.at))
    case 'redone':
      return keepingMended(session, stepped(session, 'redo', 'moves', event.at))
    case 'in-phase':
      return inPhase(session, event)
  }
}

const amendedIn = (steer: Steer, event: Extract<SessionEvent, { type: 'amended' }>): Steer =>
  steer.brought ? { ...steer, brought: amended(steer.brought, event) } : steer

function remember(before: Session, after: Session, move: Omit<Move, 'back'>): Session {
  const back = patchBetween(after.steer as unknown as Json, before.steer as unknown as Json)
  return { ...after, moves: [...after.moves, { ...move, back }].slice(-bounds.moves), redo: [] }
}

/** Takes the last entry of one pile, applies it, and lays its opposite on the other pile. */
function stepped(session: Session, from: 'moves' | 'redo', to: 'moves' | 'redo', at: number): Session {
  const move = session[from].at(-1)
  if (!move) return session
  const patched = applyPatch(session.steer as unknown as Json, move.back) as unknown as Steer
  const { steer, partedAt } = takenUp(session, patched, { at, madeAt: from === 'moves' ? move.at : at })
  const back = patchBetween(steer as unknown as Json, session.steer as unknown as Json)
  return {
    ...session,
    steer,
    partedAt,
    [from]: session[from].slice(0, -1),
    [to]: [...session[to], { ...move, back }],
  }
}

/**
 * What is brought back after the workshop waited takes it up again: the wait is a break, and where things stood before a
 * break is told in the time after it.
 */
function takenUp(
  session: Session,
  patched: Steer,
  { at, madeAt }: { at: number; madeAt: number },
): Pick<Session, 'steer' | 'partedAt'> {
  const goesOn = isOn(patched.position)
  const since = goesOn ? apartSince(session, at) : null
  const over = since === null ? [] : [{ from: since, to: at }]
  const before = patched.position.status === 'lobby' ? [] : patched.breaks
  const kept = before.filter((one) => since === null || one.to <= since)
  // Redone, the same wait would be told twice: as it ended the first time, and now.
  const again = before.filter((one) => !kept.includes(one))
  const later = kept.filter((one) => one.to > madeAt)
  const steer = { ...patched, breaks: [...kept, ...over] }
  return {
    steer: shifted(session, steer, away([...later, ...over]) - away(again)),
    partedAt: goesOn && since === null ? session.partedAt : null,
  }
}

/** Neither before its start, nor over, nor put off. */
const isOn = (position: Position): boolean =>
  position.status === 'running' || (position.status === 'paused' && position.adjournedAt === undefined)

const away = (breaks: Break[]): number => breaks.reduce((sum, { from, to }) => sum + to - from, 0)

/** Later by so much, the phase's own deadlines too. */
function shifted({ format }: Session, steer: Steer, by: number): Steer {
  const { position, shared } = steer
  if (by === 0 || (position.status !== 'running' && position.status !== 'paused')) return steer
  const segment = format.segments[position.index]
  const phase = phaseOf(segment?.phase ?? '')
  const enteredAt = position.enteredAt + by
  return {
    ...steer,
    position:
      position.status === 'running'
        ? { ...position, enteredAt, deadline: position.deadline + by }
        : { ...position, enteredAt, pausedAt: position.pausedAt + by },
    shared:
      phase && segment && Object.hasOwn(shared, segment.id)
        ? { ...shared, [segment.id]: phase.shift(shared[segment.id], by) }
        : shared,
  }
}

function inPhase(session: Session, { segment: id, event }: { segment: string; event: unknown }): Session {
  const segment = session.format.segments.find((one) => one.id === id)
  const phase = segment && phaseOf(segment.phase)
  if (!phase) return session
  const slice = { answers: session.answers[id] ?? {}, shared: session.steer.shared[id] }
  const { answers, shared } = phase.evolve(event, slice)
  return {
    ...session,
    answers: answers === slice.answers ? session.answers : { ...session.answers, [id]: answers },
    steer:
      shared === slice.shared
        ? session.steer
        : { ...session.steer, shared: { ...session.steer.shared, [id]: shared } },
  }
}

function entered(session: Session, event: Extract<SessionEvent, { type: 'entered' }>): Steer {
  const segment = session.format.segments[event.index]
  const { position, shared } = session.steer
  if (!segment) return session.steer
  const runs = settleRun(session, event.at)
  const run = runs[segment.id] ?? freshRun(segment)
  return {
    ...withBreak(session, event.at),
    runs: { ...runs, [segment.id]: { ...run, visits: run.visits + 1 } },
    shared: Object.hasOwn(shared, segment.id) ? shared : { ...shared, [segment.id]: event.begun },
    position: {
      status: 'running',
      startedAt: position.status === 'lobby' || position.startedAt === null ? event.at : position.startedAt,
      index: event.index,
      enteredAt: event.at,
      deadline: event.deadline,
      warned: false,
      rang: false,
    },
  }
}

/** The visit that ends here is added to what its segment took; pauses have moved `enteredAt` and do not count. */
function settleRun(session: Session, at: number): Steer['runs'] {
  const { position, runs } = session.steer
  const id = currentSegmentId(session)
  const run = id === null ? undefined : runs[id]
  if (id === null || !run || position.status === 'lobby' || position.status === 'closed') return runs
  const took = Math.max(stoppedAt(session, at) - position.enteredAt, 0)
  return { ...runs, [id]: { ...run, spent: run.spent + took } }
}

/** Whatever takes the workshop up again, or closes it, ends what lay between two sittings. */
function withBreak(session: Session, at: number): Steer {
  const from = apartSince(session, at)
  const { steer } = session
  return from === null ? steer : { ...steer, breaks: [...steer.breaks, { from, to: at }] }
}

const ended = (session: Session, at: number): Steer => {
  const { position } = session.steer
  return {
    ...withBreak(session, at),
    runs: settleRun(session, at),
    position: {
      status: 'closed',
      startedAt: position.status === 'lobby' ? null : position.startedAt,
      index: position.status === 'lobby' ? 0 : position.index,
      closedAt: position.status === 'lobby' ? at : Math.max(at, position.startedAt ?? at),
    },
  }
}

function pausedAt(position: Position, at: number): Position {
  if (position.status !== 'running') return position
  const { startedAt, index, enteredAt, deadline } = position
  const pausedAt = Math.max(at, enteredAt)
  return { status: 'paused', startedAt, index, enteredAt, left: deadline - pausedAt, pausedAt }
}

/** One that was paused already stays so. */
function adjournedAt(before: Position, at: number): Position {
  const position = pausedAt(before, at)
  return position.status === 'paused' ? { ...position, adjournedAt: at } : position
}

/** The phase's own deadlines move with the segment's. */
function resumedAt(session: Session, at: number): Steer {
  const { position } = session.steer
  if (position.status !== 'paused') return session.steer
  const { startedAt, index, enteredAt, left } = position
  // A clock that stepped back meanwhile moves what is counted from, as one that went on does.
  const lasted = at - position.pausedAt
  const running: Position = {
    status: 'running',
    startedAt,
    index,
    enteredAt,
    deadline: at + left - lasted,
    warned: false,
    rang: left <= 0,
  }
  return shifted(session, { ...withBreak(session, at), position: running }, lasted)
}

const extendedTo = (position: Position, deadline: number): Position =>
  position.status === 'running' ? { ...position, deadline, warned: false, rang: false } : position

const flagged = (position: Position, flag: 'warned' | 'rang'): Position =>
  position.status === 'running' ? { ...position, warned: true, [flag]: true } : position

const allotted = ({ runs }: Steer, given: Record<string, number>): Steer['runs'] => ({
  ...runs,
  ...Object.fromEntries(
    Object.entries(given).map(([id, value]) => [
      id,
      { spent: 0, visits: 0, ...runs[id], allotted: value + (runs[id]?.spent ?? 0) },
    ]),
  ),
})

const withSteer = (session: Session, steer: Steer): Session => ({ ...session, steer })

const withPosition = (session: Session, position: Position): Session =>
  withSteer(session, { ...session.steer, position })

const withParticipant = (session: Session, participant: Participant): Session => ({
  ...session,
  participants: { ...session.participants, [participant.id]: participant },
})

function changed(session: Session, who: string, change: Partial<Participant>): Session {
  const before = session.participants[who]
  return before ? withParticipant(session, { ...before, ...change }) : session
}
