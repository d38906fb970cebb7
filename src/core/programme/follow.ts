import { bounds } from '../bounds.ts'
import { type Field, gather, line, day as readDay } from '../fields.ts'
import { isRefusal, type Refusal, refuse } from '../phases/contract.ts'
import { say } from '../text.ts'
import type { AskOf } from './asks.ts'
import type { Calendar } from './calendar.ts'
import type { Asking } from './decide.ts'
import type { Dated } from './decided.ts'
import { followKey } from './remind.ts'
import type { FollowUp, Programme } from './types.ts'

const mostFollowUps = 60

/** Nothing is prepared in it: it follows what workshops decided that were prepared in none. */
export const isApart = ({ path }: Programme): boolean => path.length === 0

/** What someone wants to be called to mind: what she writes, or the next steps as they were announced. */
export function followed(
  ask: AskOf<'programme-follow'>,
  asking: Asking,
  before: Programme,
): Programme | Refusal {
  const next = ask.next ? asking.decided?.next : null
  if (ask.next && next?.source !== ask.next) return refuse('unknown')
  const day = (next ? ask.nextDate : ask.date) ?? ''
  const on = comingDay(day, asking)
  const text = line(next?.text ?? ask.text, bounds.context)
  if ('problem' in text || 'problem' in on)
    return refuse('invalid', {
      problems: gather({ text, [next ? 'nextDate' : 'date']: on }).problems,
    })
  const said = { text: text.value, lead: '', deliverable: '' }
  return withFollowUp(before, { ...said, day: on.value, source: next?.source ?? '' }, asking)
}

function comingDay(day: string, { calendar, at }: Asking): Field {
  if (day === '') return { problem: say('problem.empty') }
  const read = readDay(day, 'start')
  return 'value' in read && read.value < calendar.dayAt(at) ? { problem: say('programme.past-day') } : read
}

/** Everything that was decided for a day, each thing once. */
export function withDecided(before: Programme, asking: Asking): Programme | Refusal {
  let after: Programme | Refusal = before
  for (const step of asking.decided?.steps ?? []) {
    if (isRefusal(after)) return after
    after = withFollowUp(after, step, asking)
  }
  return after
}

/** The same source is followed once: its day and its words are those of the last time. What is over is called to mind by the page. */
export function withFollowUp(
  before: Programme,
  dated: Dated,
  { calendar, at: now }: { calendar: Calendar; at: number },
): Programme | Refusal {
  const at = calendar.instantOf(dated.day, '09:00')
  const known = dated.source === '' ? undefined : before.followUps.find((one) => one.source === dated.source)
  if (!known && before.followUps.length >= mostFollowUps)
    return refuse('full', { with: { max: mostFollowUps } })
  const id = known?.id ?? String(before.nextFollowUp)
  const one = { ...dated, id, at, done: known?.done ?? false }
  const moved = known?.day !== dated.day
  const told = moved ? before.told.filter((key) => key !== followKey(id)) : before.told
  return {
    ...before,
    told: moved && at <= now ? [...told, followKey(id)] : told,
    followUps: known
      ? before.followUps.map((other) => (other === known ? one : other))
      : [...before.followUps, one],
    nextFollowUp: before.nextFollowUp + (known ? 0 : 1),
  }
}

/** As the page numbers them. */
export const inOrder = (some: FollowUp[]): FollowUp[] => some.toSorted((a, b) => a.day.localeCompare(b.day))

export const withFollowUps = (before: Programme, change: (one: FollowUp) => FollowUp): Programme => ({
  ...before,
  followUps: before.followUps.map(change),
})
