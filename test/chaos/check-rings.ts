import type { Recorded } from '../support/connector.ts'
import { at, wordsIn } from '../support/words.ts'
import type { Kept, Session } from './kept.ts'
import { type Entry, type Ledger, those } from './ledger.ts'

/** A deadline that passed so many milliseconds ago has rung, whatever befell the processes meanwhile. */
const ringsWithin = 45_000

type Reading = Extract<Entry, { did: 'read' }> & { deadline: number }

/** What is known of one step's time. */
interface Step {
  step: number
  readings: Reading[]
  /** Messages that said that its time was up. */
  shown: readonly Recorded[]
  /** Rings that the record tells of. */
  recorded: number
  /** When the facilitator first asked to move on. */
  left: number
  /** The message may be in the chat, or not. */
  inDoubt: boolean
}

/** Each step whose deadline passed while it ran rings once, not before that deadline, which moves by a pause alone. */
export function rings(ledger: Ledger, kept: Kept, requests: readonly Recorded[]): string[] {
  const [session] = kept.sessions
  const steps = session ? stepsOf(ledger, { session, kept, requests }) : []
  return steps.flatMap((one) =>
    [missed(one), often(one), unseen(one), early(one), movedBy(one, ledger), told(one, ledger)].flatMap(
      (why) => (why === null ? [] : [`step ${one.step} ${why}`]),
    ),
  )
}

function stepsOf(
  ledger: Ledger,
  { session, kept, requests }: { session: Session; kept: Kept; requests: readonly Recorded[] },
): Step[] {
  return session.format.segments.map(({ id, title }, index) => ({
    step: index + 1,
    readings: those(ledger, 'read')
      .filter((one): one is Reading => one.deadline !== null)
      .filter(({ step }) => step === index + 1),
    shown: requests.filter((one) => isRing(one, title.fr)),
    recorded: session.steps.filter((slot) => slot.startsWith(`ring/${id}/`)).length,
    left: those(ledger, 'moved').find(({ step }) => step === index + 2)?.at ?? Number.POSITIVE_INFINITY,
    inDoubt: kept.outbox.some(({ slot, state }) => slot.startsWith(`ring/${id}/`) && state === 'unsure'),
  }))
}

/** A message that was posted and tells, to whoever reads it, that this step's time is up. */
function isRing({ messageId, body }: Recorded, title: string): boolean {
  const words = wordsIn(at(body, 'attachments', 0, 'content'))
  return messageId !== null && words.includes('le temps est écoulé') && words.includes(title)
}

function missed({ readings, left, recorded }: Step): string | null {
  const deadline = readings.at(-1)?.deadline ?? Number.POSITIVE_INFINITY
  return recorded === 0 && left - deadline > ringsWithin ? 'never rang, long after its deadline' : null
}

function often({ recorded, shown }: Step): string | null {
  const times = Math.max(recorded, shown.length)
  return times > 1 ? `rang ${times} times` : null
}

const unseen = ({ recorded, shown, inDoubt }: Step): string | null =>
  recorded > 0 && shown.length === 0 && !inDoubt ? 'rang, and nobody was shown it' : null

/** Before the deadline in force then: the last that was read, or the one read next. */
function early({ readings, shown }: Step): string | null {
  const isEarly = shown.some((ring) => {
    const near = [readings.findLast((one) => one.at <= ring.at), readings.find((one) => one.at > ring.at)]
    const inForce = near.flatMap((one) => one?.deadline ?? [])
    return inForce.length > 0 && inForce.every((deadline) => ring.at < deadline)
  })
  const isMarked = readings.some(({ rang, deadline, at: then }) => rang && then < deadline)
  return isEarly || isMarked ? 'rang before its deadline' : null
}

/** Nothing but a pause moves a deadline: no restart does. */
function movedBy({ step, readings }: Step, ledger: Ledger): string | null {
  const paused = those(ledger, 'read').filter((one) => one.step === step && one.status === 'paused')
  const isMoved = readings.some((one, index) => {
    const next = readings[index + 1]
    if (next === undefined || next.deadline === one.deadline) return false
    return !paused.some((pause) => pause.at > one.at && pause.at < next.at)
  })
  return isMoved ? 'has another deadline, and nobody paused' : null
}

/** The minute that people read on its card is the minute of a deadline it had. */
function told({ step, readings }: Step, ledger: Ledger): string | null {
  const minutes = readings.map(({ deadline }) => minuteOf(deadline))
  const wrong = those(ledger, 'saw').find((one) => one.step === step && !minutes.includes(one.until))
  return wrong && readings.length > 0
    ? `was said to end at ${wrong.until}, and ends at ${minutes.join(', ')}`
    : null
}

/** « 14:05 », in the time of the run. */
const minuteOf = (instant: number): string => new Date(instant).toISOString().slice(11, 16)
