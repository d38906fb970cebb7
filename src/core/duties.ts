import { liveSession, type Meeting } from './meeting.ts'
import { nextReminder } from './programme/remind.ts'
import { nextAlarm, nextDisplay } from './session/alarm.ts'

/** What a saved record leaves to do. */
export interface Duties {
  /** When it is next to be looked at, in milliseconds since the epoch: a time runs out, a card reads differently. */
  wakeAt: number | null
  /** Whether something waits to be shown; `newly` when nothing did before. */
  show: 'no' | 'still' | 'newly'
  /** Posts of which nobody knows whether they arrived: each is reported after a while, unless it is seen meanwhile. */
  doubts: number[]
}

/** `before` is null when nobody took care of what it left to do. */
export function dutiesOf(before: Meeting | null, after: Meeting | null, now: number): Duties {
  if (!after) return { wakeAt: null, show: 'no', doubts: [] }
  const known = before ? doubtsIn(before) : []
  const waited = before !== null && waits(before)
  return {
    wakeAt: nextWake(after, now),
    show: waits(after) ? (waited ? 'still' : 'newly') : 'no',
    doubts: doubtsIn(after).filter((id) => !known.includes(id)),
  }
}

/** A session that runs, something left to show, or to call to mind. */
export const isPending = (meeting: Meeting): boolean =>
  liveSession(meeting) !== null || meeting.outbox.length > 0 || nextReminder(meeting.programmes) !== null

function nextWake(meeting: Meeting, now: number): number | null {
  const session = liveSession(meeting)
  const live = session ? [nextAlarm(session), nextDisplay(session, now)] : []
  const moments = [...live, nextReminder(meeting.programmes)].filter((one) => one !== null)
  return moments.length > 0 ? Math.min(...moments) : null
}

/** Something is due and the bot is there to show it. */
const waits = ({ away, outbox }: Meeting): boolean =>
  !away && outbox.some(({ state }) => state === 'due' || state === 'trying')

const doubtsIn = ({ outbox }: Meeting): number[] =>
  outbox.filter(({ state, told }) => state === 'unsure' && told === null).map(({ id }) => id)
