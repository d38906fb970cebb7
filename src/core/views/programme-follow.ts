import { notFollowed } from '../programme/decided.ts'
import { inOrder } from '../programme/follow.ts'
import type { FollowUp, Programme } from '../programme/types.ts'
import { said, say, type Text, type ViewData } from '../text.ts'
import type { ProgrammeLook } from './programme.ts'

type Data = { [key: string]: ViewData }

/** What was decided, and what is still to be called to mind of it. */
export function followPage({ programme, now, calendar, draft, decided }: ProgrammeLook): Data {
  const today = calendar.dayAt(now)
  const steps = decided ? notFollowed(decided, programme).length : 0
  const next = programme.followUps.some(({ source }) => source === decided?.next?.source)
    ? null
    : decided?.next
  return {
    backTo: programme.path.length ? 'programme' : 'programmes',
    steps: steps ? say('programme.steps-found', { count: steps }) : null,
    next: next ? said(next.text) : null,
    nextSource: next?.source ?? '',
    nextDate: draft.typed?.nextDate ?? '',
    nextDateProblem: draft.problems?.nextDate ?? null,
    text: said(draft.typed?.text ?? ''),
    textProblem: draft.problems?.text ?? null,
    date: draft.typed?.date ?? '',
    dateProblem: draft.problems?.date ?? null,
    rows: inOrder(programme.followUps).map((one, index) => ({
      ...numberedRow(followRow(one, today), index),
      listed: say('programme.unfollow-row', { number: index + 1, text: said(one.text) }),
    })),
  }
}

/** Told one by one on a card; the older ones are counted. */
const toldAtOnce = 6

/** What is due by this day and not done, the latest first: a day may have gone by while nobody could be told. */
export function dueRows({ followUps }: Programme, day: string): { followed: Data[]; left: number } {
  const due = inOrder(followUps)
    .filter((one) => one.day <= day && !one.done)
    .toReversed()
  return {
    followed: due.slice(0, toldAtOnce).map((one) => followRow(one, day)),
    left: Math.max(due.length - toldAtOnce, 0),
  }
}

/** A row that can be called by its number, in what is typed. */
export const numberedRow = (row: Row, index: number): Row => ({
  ...row,
  day: say('plan.row', { number: index + 1, day: row.day }),
})

interface Row extends Data {
  day: Text
}

function followRow(one: FollowUp, today: string): Row {
  const { id, text, lead, deliverable, day, done } = one
  const late = !done && day < today
  return {
    id,
    title: said(text),
    details: detailsOf(lead, deliverable),
    day: dayText(one, late),
    done,
    late,
    mark: done ? '✓' : '○',
  }
}

/** The day of the week counts as much as the date. */
export const dayText = ({ at }: { at: number }, late: boolean): Text =>
  late ? say('programme.was-due', { day: { day: at } }) : { day: at }

const detailsOf = (lead: string, deliverable: string): Text[] => [
  ...(lead ? [say('programme.led-by', { lead: said(lead) })] : []),
  ...(deliverable ? [say('programme.to-give', { deliverable: said(deliverable) })] : []),
]
