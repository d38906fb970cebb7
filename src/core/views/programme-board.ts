import { entryOf } from '../entry-of.ts'
import { theRoom } from '../phases/contract.ts'
import { places } from '../programme/dates.ts'
import { isOf } from '../programme/launch.ts'
import type { Sitting } from '../programme/types.ts'
import { contributors } from '../session/people.ts'
import { currentSeat, wasCancelled } from '../session/place.ts'
import { apartSince, lasted } from '../session/sittings.ts'
import { drift } from '../session/timing.ts'
import type { Session } from '../session/types.ts'
import { said, say, type Text, type ViewData } from '../text.ts'
import { stepNumber } from './parts.ts'
import type { ProgrammeLook } from './programme.ts'
import { clockFace, driftText } from './step.ts'

type Data = { [key: string]: ViewData }

/** Where a sitting stands, as the dashboard tells it. */
const states = ['waiting', 'lobby', 'running', 'paused', 'adjourned', 'closed'] as const
type State = (typeof states)[number]

/**
 * The dashboard: each sitting of the programme with where it stands. Of what people write it holds counts alone, those
 * that everyone in their meeting sees.
 */
export function boardPage(look: ProgrammeLook): Data {
  const { programme, now } = look
  const rows = places(programme).flatMap((place) => rowsOf(place, look))
  return {
    help: say('board.help', { groups: programme.groups }),
    seen: say('board.seen', { time: { time: now } }),
    several: programme.groups > 1,
    count: countText(rows.map(({ state }) => state)),
    workshops: programme.path.map(({ title }, step) => ({
      title: say('board.workshop', { number: step + 1, workshops: programme.path.length, title }),
      rows: rows.filter((one) => one.step === step).map(({ data }) => data),
    })),
  }
}

interface Row {
  step: number
  state: State
  data: Data
}

/** The session of a sitting, or each of them where it was launched twice. */
function rowsOf(place: Pick<Sitting, 'step' | 'group'>, look: ProgrammeLook): Row[] {
  const { programme, now, home = '', held = [] } = look
  const sitting = programme.sittings.find((one) => one.step === place.step && one.group === place.group)
  const title =
    place.step === 0 && programme.groups > 1 ? say('programme.group', { group: place.group }) : null
  const sessions = held
    .filter((one) => isOf(one, home, programme.id) && !wasCancelled(one))
    .filter(({ prepared }) => prepared?.step === place.step && prepared.group === place.group)
    .sort((a, b) => a.launchedAt - b.launchedAt)
  const drawn = sessions.length
    ? sessions.map((one) => ({ state: stateOf(one, now), data: heldData(one, now) }))
    : [{ state: 'waiting' as const, data: waitingData(place, sitting, look) }]
  return drawn.map(({ state, data }) => ({
    step: place.step,
    state,
    data: {
      ...data,
      title,
      state: say(`board.state-${state}`),
      mark: marks[state],
      link: state === 'closed' ? '' : (sitting?.link ?? ''),
    },
  }))
}

const marks: Record<State, string> = {
  waiting: '○',
  lobby: '○',
  running: '●',
  paused: '‖',
  adjourned: '‖',
  closed: '✓',
}

function stateOf(session: Session, now: number): State {
  const { status } = session.steer.position
  return (status === 'running' || status === 'paused') && apartSince(session, now) !== null
    ? 'adjourned'
    : status
}

/** Nothing of a session that is not there: every row has the same fields. */
const blank: Data = {
  line: null,
  step: null,
  progress: null,
  time: null,
  drift: null,
  over: false,
  late: false,
  hint: null,
  meeting: '',
  session: '',
  closed: false,
}

function waitingData(
  { step, group }: Pick<Sitting, 'step' | 'group'>,
  sitting: Sitting | undefined,
  { programme, formats }: ProgrammeLook,
): Data {
  const format = programme.path[step]?.format ?? ''
  return {
    ...blank,
    line: sitting
      ? say('programme.moment', { day: { day: sitting.at }, time: { time: sitting.at } })
      : say('programme.no-date'),
    hint: say('board.launch', {
      format: format === Object.keys(formats)[0] ? 'first' : 'other',
      id: said(/-(\d+)$/u.exec(format)?.[1] ?? format),
      group: step === 0 && programme.groups > 1 ? group : 0,
    }),
  }
}

function heldData(session: Session, now: number): Data {
  const about = { ...blank, meeting: session.meetingId, session: session.id }
  const { position } = session.steer
  switch (position.status) {
    case 'lobby':
      return { ...about, line: joinedText(session) }
    case 'running':
    case 'paused':
      return { ...about, ...underWay(session, position.index, now) }
    case 'closed':
      return {
        ...about,
        closed: true,
        line: say('board.over', {
          people: Object.keys(session.participants).length,
          lasted: { lasting: lasted(session, now) },
        }),
      }
  }
}

/** Those who take part, beside how many were invited to. */
const joinedText = (session: Session): Text =>
  say('board.joined', {
    people: contributors(session).length,
    expected: session.prepared?.expected.length ?? 0,
  })

function underWay(session: Session, index: number, now: number): Data {
  const { ends, left, mood } = clockFace(session, now)
  const late = drift(session, now) ?? 0
  return {
    step: say('board.step', {
      number: stepNumber(session, index),
      title: session.format.segments[index]?.title ?? said(''),
    }),
    line: joinedText(session),
    progress: progressOf(session, now),
    time:
      isText(ends) && isText(left)
        ? say('board.time', { ends, left })
        : isText(left)
          ? say('board.time-only', { left })
          : null,
    drift: driftText(late),
    over: mood === 'over',
    late: late >= 120_000,
  }
}

/** How far the exercise is, as the card that everyone there receives tells it. */
function progressOf(session: Session, now: number): Text | null {
  const seat = currentSeat(session, now)
  const body = seat?.phase.body(seat.place, theRoom) ?? {}
  const own = body.progress
  if (isText(own)) return own
  const { floor } = body
  const told = typeof floor === 'object' && floor !== null ? entryOf({ ...floor }, 'progress') : null
  return isText(told) ? told : null
}

const isText = (value: unknown): value is Text =>
  typeof value === 'object' && value !== null && 'say' in value && typeof value.say === 'string'

/** « 3 groupes : 2 en cours, 1 terminé ». */
function countText(all: State[]): Text {
  const counts = states
    .map((state) => ({ state, count: all.filter((one) => one === state).length }))
    .filter(({ count }) => count > 0)
  return {
    listing: counts.map(({ state, count }) => say(`board.count-${state}`, { count })),
  }
}
