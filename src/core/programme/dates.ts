import { link, type Problems, day as readDay } from '../fields.ts'
import { isRefusal, type Refusal, refuse } from '../phases/contract.ts'
import { type Say, say } from '../text.ts'
import type { Calendar } from './calendar.ts'
import { movedAfter } from './moved.ts'
import { milestonesOf, weekLater } from './planning.ts'
import { type Raw, textOf } from './reading.ts'
import type { Milestone, Programme, Sitting } from './types.ts'

/** When it is asked, and what the days are. */
export interface When {
  at: number
  calendar: Calendar
}

export const mostGroups = 8

/** Every sitting the programme has, with or without a date: groups for its first workshop, one for the others. */
export const places = ({
  path,
  groups,
}: Pick<Programme, 'path' | 'groups'>): { step: number; group: number }[] =>
  path.flatMap((_, step) =>
    Array.from({ length: step === 0 ? groups : 1 }, (_each, index) => ({ step, group: index + 1 })),
  )

/**
 * Where a date is left empty, a group meets when the first one does, and a workshop a week after the one before it. What
 * is not sent stays as it is: a group that met when the first one did goes on meeting then; a workshop keeps its date, even
 * where the one before it moved past it, which is pointed out.
 */
export function dated(ask: Raw, when: When, before: Programme): Programme | Refusal {
  const { calendar, at: now } = when
  const problems: Problems = {}
  const sittings: Sitting[] = []
  // What follows from a moment that is wrong is not wrong of itself.
  const unsure = new Set<number>()
  for (const { step, group } of places(before)) {
    const name = `${step}-${group}`
    const known = before.sittings.find((one) => one.step === step && one.group === group)
    const like = sittings.find((one) => one.step === step) ?? null
    const stays = known && !(like && metWith(like, known, before)) ? known : null
    const { day, time } = given(ask, name, stays, calendar)
    const where = link(textOf(ask, `link-${name}`) ?? known?.link ?? '')
    if ('problem' in where) problems[`link-${name}`] = where.problem
    const isDerived = day === '' && time === ''
    if (isDerived && (unsure.has(step) || unsure.has(step - 1))) {
      unsure.add(step)
      continue
    }
    const earlier = lastMoment(
      sittings.filter((one) => one.step === step - 1),
      calendar,
    )
    const at = momentOf({ day, time, like, earlier }, calendar)
    if (typeof at === 'object') {
      problems[`${at.field}-${name}`] = at.problem
      unsure.add(step)
      continue
    }
    const last = Math.max(0, ...sittings.filter((one) => one.step === step - 1).map((one) => one.at))
    if (at <= last && at !== known?.at) problems[`date-${name}`] = say('programme.too-early')
    if (at <= now && at !== known?.at) problems[`date-${name}`] = say('programme.past')
    if (problems[`date-${name}`]) unsure.add(step)
    sittings.push({ step, group, at, link: 'value' in where ? where.value : '' })
  }
  return Object.keys(problems).length
    ? refuse('invalid', { problems })
    : redated({ ...before, sittings, moved: movedAfter(before, sittings, calendar) }, before, when)
}

/** What was typed for a moment, else how it stands. */
const given = (ask: Raw, name: string, stays: Sitting | null, calendar: Calendar) => ({
  day: textOf(ask, `date-${name}`) ?? (stays ? calendar.dayAt(stays.at) : ''),
  time: textOf(ask, `time-${name}`) ?? (stays ? calendar.timeAt(stays.at) : ''),
})

const metWith = (first: Sitting, known: Sitting, { sittings }: Programme): boolean =>
  sittings.some((one) => one.step === known.step && one.group === first.group && one.at === known.at)

function lastMoment(groups: Sitting[], calendar: Calendar): number | null {
  const [first] = groups
  if (!first) return null
  const last = Math.max(...groups.map(({ at }) => at))
  return calendar.instantOf(calendar.dayAt(last), calendar.timeAt(first.at))
}

interface Moment {
  day: string
  time: string
  /** The first group of the same workshop. */
  like: Sitting | null
  /** When the workshop before it ends its round of groups, at the hour of the first one. */
  earlier: number | null
}

function momentOf(
  { day, time, like, earlier }: Moment,
  calendar: Calendar,
): number | { field: 'date' | 'time'; problem: Say } {
  const guess = like?.at ?? (earlier === null ? null : weekLater(earlier, calendar))
  if (day === '' && time === '' && guess !== null) return guess
  const on = day || (guess === null ? '' : calendar.dayAt(guess))
  const hour = time || (guess === null ? '' : calendar.timeAt(guess))
  if (on === '') return { field: 'date', problem: say('problem.empty') }
  if (hour === '') return { field: 'time', problem: say('problem.empty') }
  const read = readDay(on, 'start')
  if ('problem' in read) return { field: 'date', problem: read.problem }
  if (!/^([01]?\d|2[0-3]):[0-5]\d$/u.test(hour)) return { field: 'time', problem: say('programme.bad-time') }
  return calendar.instantOf(read.value, hour.padStart(5, '0'))
}

/** The back-planning follows. What was called to mind already is not again; what moved to another day is. */
export function redated(after: Programme | Refusal, before: Programme, when: When): Programme | Refusal {
  if (isRefusal(after)) return after
  const { calendar, at } = when
  const milestones = milestonesOf(after, calendar)
  const moved = milestones
    .filter((one) => before.milestones.some((was) => was.key === one.key && was.day !== one.day))
    .map(({ key }) => key)
  const told = after.told.filter((key) => !moved.includes(key))
  const passed = milestones.filter((one) => one.at <= at).map(({ key }) => key)
  const replannedAt = stands(after, before) ? before.replannedAt : at
  const former = {
    ...after.former,
    milestones: leftOut([...before.milestones, ...after.former.milestones], milestones),
  }
  return { ...after, milestones, former, told: [...new Set([...told, ...passed])], replannedAt }
}

/** Those that are no longer planned, once each. */
function leftOut(were: Milestone[], planned: Milestone[]): Milestone[] {
  const gone = were.filter(({ key }) => planned.every((one) => one.key !== key))
  return [...new Map(gone.map((one) => [one.key, one])).values()]
}

/** Whatever stood before stands as it did: the same groups, at the same moments and links. */
const stands = (after: Programme, before: Programme): boolean =>
  before.sittings.every((was) => after.sittings.some((one) => isSame(one, was)))

const isSame = (one: Sitting, other: Sitting): boolean =>
  one.step === other.step && one.group === other.group && one.at === other.at && one.link === other.link
