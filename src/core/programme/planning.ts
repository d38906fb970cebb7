import { plusMonths } from '../schedule.ts'
import { type Calendar, daysLater, workingDay } from './calendar.ts'
import type { Milestone, Programme, Sitting } from './types.ts'

/** What is to be done around workshops, in the order in which it comes (kit §4 and §5). */
export const milestoneKinds = [
  'slot',
  'invite',
  'framing',
  'chase',
  'brief',
  'rehearse',
  'between',
  'eve',
  'sitting',
  'thanks',
  'report',
  'hand-on',
] as const
export type MilestoneKind = (typeof milestoneKinds)[number]

/** The hour at which things are called to mind. */
const reminderTime = '09:00'

/** Days before the first workshop, by kind; the slot is fixed a month before. */
const before = { invite: 21, framing: 14, chase: 10, brief: 7, rehearse: 3 } as const

/** What is done once, ahead of the whole path. */
export const leadingKinds: readonly MilestoneKind[] = [
  'slot',
  ...(Object.keys(before) as (keyof typeof before)[]),
]

/** Days after each workshop. */
const after = { thanks: 1, report: 4 } as const

/** Days between two workshops, in the kit (§4). */
export const daysBetween = 7

/** A moment for each workshop after the first: a week later at the same time, on a working day. */
export function weekLater(at: number, calendar: Calendar): number {
  const day = workingDay(daysLater(calendar.dayAt(at), daysBetween), 'after', calendar)
  return calendar.instantOf(day, calendar.timeAt(at))
}

/** The whole back-planning, oldest first; empty until the first workshop has a date. */
export function milestonesOf(
  programme: Pick<Programme, 'path' | 'sittings'>,
  calendar: Calendar,
): Milestone[] {
  const steps = programme.path.map((_, step) =>
    inOrder(programme.sittings.filter((one) => one.step === step)),
  )
  const [first] = steps[0] ?? []
  if (!first) return []
  const all = [
    ...ahead(first, calendar),
    ...steps.flatMap((some, step) => around(some, step, steps, calendar)),
  ]
  return all.toSorted((a, b) => a.day.localeCompare(b.day) || rankOf(a) - rankOf(b))
}

export const kindOf = ({ key }: Pick<Milestone, 'key'>): MilestoneKind =>
  milestoneKinds.find((kind) => kind === key.split('/')[1]) ?? 'sitting'

export const stepOf = ({ key }: Pick<Milestone, 'key'>): number => Number(key.split('/')[0])

/** The group of a milestone that is one group's; null for what concerns them all. */
export const groupOf = ({ key }: Pick<Milestone, 'key'>): number | null => {
  const group = key.split('/')[2]
  return group === undefined ? null : Number(group)
}

/** How the workshop of one group is called among the milestones. */
export const sittingKey = (step: number, group: number): string => `${step}/sitting/${group}`

const rankOf = (one: Milestone): number => milestoneKinds.indexOf(kindOf(one))

const inOrder = (sittings: Sitting[]): Sitting[] =>
  sittings.toSorted((a, b) => a.at - b.at || a.group - b.group)

/** Once for the whole path: counted back from its first workshop. */
function ahead(first: Sitting, calendar: Calendar): Milestone[] {
  const day = calendar.dayAt(first.at)
  const days = Object.entries(before).map(([kind, count]) => [kind, daysLater(day, -count)] as const)
  return [['slot', plusMonths(day, -1)] as const, ...days].map(([kind, on]) =>
    milestone(`0/${kind}`, workingDay(on, 'before', calendar), calendar),
  )
}

/** The eve, the day, and what comes after one workshop of the path. */
function around(sittings: Sitting[], step: number, steps: Sitting[][], calendar: Calendar): Milestone[] {
  const [first, last] = [sittings[0], sittings.at(-1)]
  if (!first || !last) return []
  const [dayOne, end] = [calendar.dayAt(first.at), calendar.dayAt(last.at)]
  const earlier = steps[step - 1]?.at(-1)
  const isLast = step === steps.length - 1
  const on = (kind: MilestoneKind, day: string) => milestone(`${step}/${kind}`, day, calendar)
  return [
    ...(earlier ? [on('between', between(calendar.dayAt(earlier.at), dayOne, calendar))] : []),
    on('eve', workingDay(daysLater(dayOne, -1), 'before', calendar)),
    ...sittings.map(({ group, at }) => milestone(sittingKey(step, group), calendar.dayAt(at), calendar)),
    on('thanks', workingDay(daysLater(end, after.thanks), 'after', calendar)),
    on('report', workingDay(daysLater(end, after.report), 'after', calendar)),
    ...(isLast ? [on('hand-on', workingDay(daysLater(end, daysBetween), 'after', calendar))] : []),
  ]
}

/** Two days after a workshop one settles what the next one starts from; never later than the eve of that one. */
function between(before: string, next: string, calendar: Calendar): string {
  const day = workingDay(daysLater(before, 2), 'after', calendar)
  return day < next ? day : workingDay(daysLater(next, -1), 'before', calendar)
}

const milestone = (key: string, day: string, calendar: Calendar): Milestone => ({
  key,
  day,
  at: calendar.instantOf(day, reminderTime),
})

/** What is done once a workshop is over; of the rest, nothing is of use any more then. */
export const afterwards: readonly MilestoneKind[] = ['thanks', 'report', 'hand-on']

/** Workshops that are over, by their place in the path: once the day on which the last group meets is past. */
export function stepsOver({ path, milestones }: Programme, today: string): number[] {
  return path.flatMap((_, step) => {
    const days = milestones
      .filter((one) => stepOf(one) === step && kindOf(one) === 'sitting')
      .map(({ day }) => day)
    return days.length > 0 && days.every((day) => day < today) ? [step] : []
  })
}

export const isOpen = (one: Milestone, { done }: Programme, over: number[]): boolean =>
  !done.includes(one.key) && (afterwards.includes(kindOf(one)) || !over.includes(stepOf(one)))

/** The day is over and nobody said that it was done; a workshop needs no tick, nor what was to be done ahead of one that is over. */
export const isLate = (one: Milestone, programme: Programme, today: string, over: number[]): boolean =>
  one.day < today && kindOf(one) !== 'sitting' && isOpen(one, programme, over)

/** What comes next: the oldest that is still to be done. */
export const nextMilestone = (programme: Programme, today: string, over: number[]): Milestone | null =>
  programme.milestones.find(
    (one) => isOpen(one, programme, over) && (kindOf(one) !== 'sitting' || one.day >= today),
  ) ?? null
