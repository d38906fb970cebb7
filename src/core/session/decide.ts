import { bounds } from '../bounds.ts'
import { entryOf } from '../entry-of.ts'
import { gather, line, paragraph } from '../fields.ts'
import { type Decision, isRefusal, refuse } from '../phases/contract.ts'
import { type Bilingual, say } from '../text.ts'
import type { Ask, AskOf, Told } from './asks.ts'
import { amend, bring } from './carry.ts'
import { contextAfter, withBlanksFrom } from './context.ts'
import type { SessionEvent } from './events.ts'
import { deadlineStamp, moveStamp, positionStamp } from './expect.ts'
import { facilitators, scribes, steers } from './people.ts'
import { begun, currentSeat, currentSegmentId, leftIn, seatOf } from './place.ts'
import { complete, correct, settle, wordLetter } from './review.ts'
import { apartSince } from './sittings.ts'
import { freshRun, leftFor, minutes, rebalancing, timeLeft } from './timing.ts'
import {
  type Brought,
  type Context,
  type Lack,
  langs,
  type Participant,
  type PersonId,
  type Position,
  type Prepared,
  profiles,
  type Recalled,
  type RosterEntry,
  type Session,
} from './types.ts'

type Verdict = Decision<SessionEvent>

/** Who asks, and when: both come from the authenticated activity and the clock, never from a card. */
export interface From {
  by: PersonId
  at: number
  /** What the archive found for the offer that was chosen; never what a card sent. */
  material?: Brought | null
  /**
   * The sitting of a programme that this session is, with what was written for it, `title` in place of the script's own; never
   * what a card sent.
   */
  prepared?: { as: Prepared; context: Context; title?: Bilingual }
  /** When a workshop of this format is planned that this launch was not taken for. */
  plannedOtherDay?: number
  /** What the session before this one came to. */
  recalled?: Recalled
  /** Id of what caused it, kept with the effects; it decides nothing. */
  cause?: string
}

/** What an ask does to a session, or why not. */
export function decide(ask: Exclude<Ask, { do: 'launch' }>, from: From, session: Session): Verdict {
  switch (ask.do) {
    case 'join':
      return join(ask, from, session)
    case 'leave':
      return leave(from, session)
    case 'prepare':
      return prepare(ask, from, session)
    case 'choose-group':
      return chooseGroup(ask, from, session)
    case 'choose-planned':
      return choosePlanned(from, session)
    case 'bring':
      return bring(ask, from, session)
    case 'amend':
      return amend(ask, from, session)
    case 'name-role':
      return nameRole(ask, from, session)
    case 'contribute':
      return contribute(ask.on, from, session)
    case 'note':
      return takeNote(ask, from, session)
    case 'correct':
      return correct(ask, from, session)
    case 'settle':
      return settle(ask, from, session)
    case 'complete':
      return complete(ask, from, session)
    case 'letter':
      return wordLetter(ask, from, session)
    case 'phase':
      return inPhase(ask, from, session)
    case 'undo':
    case 'redo':
      return stepBack(ask, from, session)
    default:
      return steers(session, from.by) ? steer(ask, from, session) : refuse('facilitator-only')
  }
}

/** What follows from what the world tells: time passed, people came and went. */
export function notice(told: Told, at: number, session: Session): SessionEvent[] {
  switch (told.tell) {
    case 'wake':
      return wake(at, session)
    case 'roster':
    case 'presence': {
      const people = Object.values(rosterAfter(told, session.roster))
      return sameRoster(session, people) ? [] : [{ type: 'roster-seen', people }]
    }
    case 'meeting-ended':
      return isOn(session, at) && session.partedAt === null ? [{ type: 'parted', at }] : []
    case 'meeting-started':
      if (isOfferedAgain(session, told.at)) return [{ type: 'offered-again', at: told.at }]
      return isOn(session, at) && session.partedAt !== null ? [{ type: 'parted', at: null }] : []
    case 'lacks':
    case 'offered':
      return []
  }
}

/** Once since it waits, and again at a later gathering. */
function isOfferedAgain(session: Session, at: number): boolean {
  const since = apartSince(session, at)
  const { offeredAgainAt } = session
  if (since === null) return false
  return offeredAgainAt === null || offeredAgainAt < since || at - offeredAgainAt >= bounds.offerEveryMs
}

/** It runs, or pauses for a while: what waits for another day is not asked about again. */
const isOn = (session: Session, now: number): boolean =>
  timeLeft(session, now) !== null && apartSince(session, now) === null

/** What the platform is known not to give has changed: its facilitators are told. */
export const lacking = ({ lacks: known }: Session, lacks: Lack[]): SessionEvent[] =>
  lacks.length === known.length && lacks.every((one) => known.includes(one))
    ? []
    : [{ type: 'lacks-known', lacks }]

type SteeringAsk = Exclude<
  Ask,
  {
    do:
      | 'launch'
      | 'join'
      | 'leave'
      | 'prepare'
      | 'choose-group'
      | 'choose-planned'
      | 'bring'
      | 'amend'
      | 'name-role'
      | 'contribute'
      | 'note'
      | 'correct'
      | 'settle'
      | 'complete'
      | 'letter'
      | 'phase'
      | 'undo'
      | 'redo'
  }
>

function steer(ask: SteeringAsk, from: From, session: Session): Verdict {
  const { position } = session.steer
  if (position.status === 'closed') return refuse('closed')
  if (stale(ask, session)) return refuse('already')
  switch (ask.do) {
    case 'start':
      return position.status === 'lobby' ? enter(0, 'start', from, session) : refuse('running')
    case 'cancel':
      return position.status === 'lobby' ? end(from) : refuse('running')
    default:
      return position.status === 'lobby' ? refuse('not-now') : move(ask, position, from, session)
  }
}

function move(
  ask: Exclude<SteeringAsk, { do: 'start' | 'cancel' }>,
  position: Exclude<Session['steer']['position'], { status: 'lobby' | 'closed' }>,
  from: From,
  session: Session,
): Verdict {
  switch (ask.do) {
    case 'next':
    case 'skip':
      return goOn(ask, position.index, from, session)
    case 'back':
      return position.index > 0 ? enter(position.index - 1, 'back', from, session) : refuse('not-now')
    case 'pause':
      return position.status === 'running' && apartSince(session, from.at) === null
        ? { events: [{ type: 'paused', at: from.at }], move: 'pause' }
        : refuse('already')
    case 'resume':
      return resume(from, session)
    case 'extend':
      return extend(ask.minutes, from, session)
    case 'rebalance':
      return rebalance(from, session)
    case 'end':
      return end(from)
    case 'adjourn':
      return adjourn(position, from, session)
  }
}

/** What would go unseen is told first: the facilitator shows it, or says that she goes on anyway. */
function goOn(ask: AskOf<'next'> | AskOf<'skip'>, index: number, from: From, session: Session): Verdict {
  const left = leftIn(session, currentSegmentId(session) ?? '', from.at)
  if (left && ask.anyway === undefined)
    return refuse('left-unseen', {
      with: { left: left.text, show: left.show.title, command: left.show.command },
    })
  return index + 1 < session.format.segments.length ? enter(index + 1, ask.do, from, session) : end(from)
}

/** It is left where it stands. The sitting was over when the meeting ended, whenever she says that it goes on another day. */
function adjourn(position: Position, { at }: From, session: Session): Verdict {
  if (position.status === 'paused' && position.adjournedAt !== undefined) return refuse('already')
  const since = session.partedAt ?? apartSince(session, at) ?? at
  return { events: [{ type: 'adjourned', at: since }], move: 'adjourn' }
}

function resume({ at }: From, session: Session): Verdict {
  const events = resumption(session, at)
  return events.length ? { events, move: 'resume' } : refuse('already')
}

/** What takes it up again: after a pause, or where it was left when nobody decided anything. Nothing while it runs. */
function resumption(session: Session, at: number): SessionEvent[] {
  if (session.steer.position.status === 'paused') return [{ type: 'resumed', at }]
  return apartSince(session, at) === null ? [] : [{ type: 'resumed', at }]
}

const end = ({ at }: From): Verdict => ({ events: [{ type: 'ended', at }], move: 'end' })

function enter(index: number, what: string, { at }: From, session: Session): Verdict {
  const segment = session.format.segments[index]
  const seat = segment && seatOf(session, segment.id, at)
  if (!segment || !seat) return refuse('unknown')
  const run = session.steer.runs[segment.id] ?? freshRun(segment)
  const fresh = begun(session, segment.id) ? null : seat.phase.begin(seat.place)
  return { events: [{ type: 'entered', index, at, deadline: at + leftFor(run), begun: fresh }], move: what }
}

/** From the deadline, or from now once it has passed: "+2 min" always gives two minutes. A pause ends first. */
function extend(count: number, { at }: From, session: Session): Verdict {
  const left = timeLeft(session, at)
  if (left === null) return refuse('not-now')
  const deadline = at + Math.max(left, 0) + minutes(count)
  return { events: [...resumption(session, at), { type: 'extended', deadline }], move: 'extend' }
}

function rebalance({ at }: From, session: Session): Verdict {
  const lines = rebalancing(session, at)
  if (!lines) return refuse('not-now')
  const allotted = Object.fromEntries(lines.map(({ segment, to }) => [segment.id, to]))
  return { events: [{ type: 'rebalanced', allotted }], move: 'rebalance' }
}

function stepBack(ask: AskOf<'undo'> | AskOf<'redo'>, { by, at }: From, session: Session): Verdict {
  if (!steers(session, by)) return refuse('facilitator-only')
  if (ask.expect !== undefined && !ask.expect.endsWith(`/${moveStamp(session)}`)) return refuse('already')
  if (ask.do === 'undo')
    return session.moves.length ? { events: [{ type: 'undone', at }] } : refuse('nothing-to-undo')
  return session.redo.length ? { events: [{ type: 'redone', at }] } : refuse('nothing-to-redo')
}

/** A control drawn for another moment is not carried out: a double click moves once. */
function stale(ask: SteeringAsk, session: Session): boolean {
  if (ask.expect === undefined) return false
  const stamp = ask.do === 'extend' ? deadlineStamp(session) : positionStamp(session)
  return !ask.expect.startsWith(stamp)
}

function join(ask: AskOf<'join'>, { by, at }: From, session: Session): Verdict {
  if (session.steer.position.status === 'closed') return refuse('closed')
  const before = session.participants[by]
  if (!before && Object.keys(session.participants).length >= bounds.participants)
    return refuse('full', { with: { max: bounds.participants } })
  const { values, problems } = gather({
    firstName: line(ask.firstName, bounds.name),
    lastName: line(ask.lastName, bounds.name),
    position: line(ask.position, bounds.position, false),
    organisation: line(ask.organisation, bounds.organisation, false),
  })
  const profile = profiles.find((one) => one === ask.profile)
  if (!profile) problems.profile = say('problem.choice')
  if (!profile || Object.keys(problems).length) return refuse('invalid', { problems })
  const lang = langs.find((one) => one === ask.lang) ?? before?.lang ?? session.lang
  const participant: Participant = {
    ...newcomer(by, at, session),
    ...before,
    ...values,
    profile,
    lang,
    introduced: true,
    leftAt: null,
  }
  if (ask.contributes)
    participant.contributes = ask.contributes === 'true' || participant.role === 'participant'
  return { events: [{ type: 'joined', participant }] }
}

const newcomer = (id: PersonId, at: number, session: Session) => ({
  id,
  role: 'participant' as const,
  contributes: true,
  joinedAt: at,
  joinedDuring: session.steer.position.status === 'lobby' ? -1 : session.steer.position.index,
})

function leave({ by, at }: From, session: Session): Verdict {
  const person = session.participants[by]
  if (!person || person.leftAt !== null) return refuse('join-first')
  const others = facilitators(session).filter((one) => one.id !== by)
  if (steers(session, by) && others.length === 0) return refuse('not-alone')
  return { events: [{ type: 'left', who: by, at }] }
}

function prepare({ do: _do, ...given }: AskOf<'prepare'>, { by }: From, session: Session): Verdict {
  if (!steers(session, by)) return refuse('facilitator-only')
  const { values, problems } = contextAfter(given, session.context)
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  return { events: [{ type: 'prepared', context: values }] }
}

/** What was written for this session already stays; one that nobody had prepared is given what the programme says. */
function chooseGroup({ group }: AskOf<'choose-group'>, { by, prepared }: From, session: Session): Verdict {
  if (!steers(session, by) && session.prepared?.owner !== by) return refuse('facilitator-only')
  if (session.steer.position.status === 'closed') return refuse('closed')
  if (!prepared) return refuse('no-such-group', { with: { group } })
  return { events: [asSitting(prepared, session)] }
}

function choosePlanned({ by, prepared, recalled }: From, session: Session): Verdict {
  if (!steers(session, by)) return refuse('facilitator-only')
  if (session.steer.position.status === 'closed') return refuse('closed')
  if (session.prepared) return refuse('planned-already')
  return prepared ? { events: [asSitting(prepared, session, recalled)] } : refuse('none-planned')
}

function asSitting(
  { as, context }: NonNullable<From['prepared']>,
  session: Session,
  recalled: Recalled | null = null,
): SessionEvent {
  return {
    type: 'sitting-chosen',
    prepared: as,
    context: session.prepared ? session.context : withBlanksFrom(context, session.context),
    recalled: session.recalled ?? recalled,
  }
}

/** Someone named before joining is put in with the name the roster knows. */
function nameRole(ask: AskOf<'name-role'>, { by, at }: From, session: Session): Verdict {
  if (!steers(session, by)) return refuse('facilitator-only')
  const known = entryOf(session.participants, ask.person)
  const listed = entryOf(session.roster, ask.person)
  if (!known && !listed) return refuse('unknown-person')
  const others = facilitators(session).filter((one) => one.id !== ask.person)
  if (ask.role !== 'facilitator' && ask.role !== 'co-facilitator' && others.length === 0)
    return refuse('not-alone')
  const joined: SessionEvent[] = known
    ? []
    : [{ type: 'joined', participant: fromRoster(ask.person, listed?.name ?? '', at, session) }]
  return { events: [...joined, { type: 'role-named', who: ask.person, role: ask.role }] }
}

/** A participant as the roster knows her, until she fills the join card. */
export function fromRoster(
  id: PersonId,
  name: string,
  at: number,
  session: Pick<Session, 'lang' | 'steer'>,
): Participant {
  const [firstName = '', ...rest] = name
    .replace(/\s*\(.*\)\s*$/u, '')
    .trim()
    .split(/\s+/u)
  return {
    id,
    firstName: firstName.slice(0, bounds.name) || '…',
    lastName: rest.join(' ').slice(0, bounds.name),
    position: '',
    organisation: '',
    profile: 'agent',
    lang: session.lang,
    role: 'participant',
    contributes: true,
    introduced: false,
    joinedAt: at,
    joinedDuring: session.steer.position.status === 'lobby' ? -1 : session.steer.position.index,
    leftAt: null,
  }
}

function contribute(on: boolean, { by }: From, session: Session): Verdict {
  const person = session.participants[by]
  if (!person) return refuse('join-first')
  if (person.contributes === on || person.role === 'participant') return refuse('already')
  return { events: [{ type: 'contribution-chosen', who: by, on }] }
}

function takeNote(ask: AskOf<'note'>, { by, at }: From, session: Session): Verdict {
  if (!scribes(session, by)) return refuse('organisers-only')
  if (session.notes.length >= bounds.notes) return refuse('full', { with: { max: bounds.notes } })
  const { values, problems } = gather({ text: paragraph(ask.text, bounds.note) })
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  const note = { id: `n${session.count}`, segment: noteSegment(session), by, at, text: values.text }
  return { events: [{ type: 'noted', note }] }
}

/** A note taken after the end belongs to the last segment. */
const noteSegment = (session: Session): string | null => {
  const { position } = session.steer
  return (
    currentSegmentId(session) ??
    (position.status === 'closed' ? (session.format.segments[position.index]?.id ?? null) : null)
  )
}

function inPhase(ask: AskOf<'phase'>, { by, at }: From, session: Session): Verdict {
  const { position } = session.steer
  const segmentId = ask.segment ?? currentSegmentId(session) ?? ''
  const seat = seatOf(session, segmentId, at)
  if (!seat) return position.status === 'closed' ? refuse('closed') : refuse('not-now')
  if (!begun(session, segmentId)) return refuse('not-now')
  if (!session.participants[by] || session.participants[by]?.leftAt !== null) return refuse('join-first')
  const { late } = seat.phase
  if (position.status === 'closed' && late !== 'after-close') return refuse('closed')
  if (!seat.place.current && late === undefined) return refuse('not-now')
  const verdict = seat.phase.decide(ask.input, by, seat.place)
  if (isRefusal(verdict)) return verdict
  return {
    ...verdict,
    events: verdict.events.map((event) => ({ type: 'in-phase', segment: segmentId, event })),
  }
}

/** Time only rings: it warns, it tells a deadline has passed, it never moves anything. */
function wake(at: number, session: Session): SessionEvent[] {
  const { position } = session.steer
  if (position.status !== 'running') return []
  const events: SessionEvent[] = []
  const warnAt = position.deadline - minutes(session.format.warnMinutes)
  if (!position.rang && at >= position.deadline) events.push({ type: 'rang' })
  else if (!position.warned && at >= warnAt) events.push({ type: 'warned' })
  const seat = currentSeat(session, at)
  const shared = seat && session.steer.shared[seat.place.segment.id]
  for (const event of seat?.phase.ring(shared, at) ?? [])
    events.push({ type: 'in-phase', segment: seat?.place.segment.id ?? '', event })
  return events
}

/**
 * The roster once this is known. Someone newly listed is taken to be there; someone who came in without being listed
 * is kept until she leaves.
 */
export function rosterAfter(
  told: Extract<Told, { tell: 'roster' | 'presence' }>,
  known: Session['roster'],
): Session['roster'] {
  if (told.tell === 'roster') {
    const listed = told.people.map(({ id, name }) => ({ id, name, present: known[id]?.present ?? true }))
    const others = Object.values(known).filter((one) => one.unlisted && one.present)
    return byId([...others, ...listed])
  }
  const came = told.came.map(({ id, name }): RosterEntry => ({ id, name, present: true, unlisted: true }))
  const back = new Set(came.map(({ id }) => id))
  const seen = (one: RosterEntry): boolean => back.has(one.id) || (one.present && !told.left.includes(one.id))
  const before = Object.values(known).map((one) => ({ ...one, present: seen(one) }))
  return byId([...before, ...came.filter(({ id, name }) => name !== '' && !known[id])])
}

const byId = (people: RosterEntry[]): Session['roster'] =>
  Object.fromEntries(people.map((one) => [one.id, one]))

const sameRoster = (session: Session, people: Session['roster'][string][]): boolean =>
  people.length === Object.keys(session.roster).length &&
  people.every((one) => {
    const known = session.roster[one.id]
    return known?.name === one.name && known.present === one.present
  })
