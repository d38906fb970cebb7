import { gapOf, lastDay } from '../programme/moved.ts'
import { groupOf, isLate, isOpen, kindOf, stepOf } from '../programme/planning.ts'
import type { Milestone, Programme, Stage } from '../programme/types.ts'
import { daysFrom } from '../schedule.ts'
import { said, say, type Text, type ViewData } from '../text.ts'
import type { ProgrammeLook } from './programme.ts'
import { dayText, numberedRow } from './programme-follow.ts'
import { movedNote } from './programme-moved.ts'
import { overSteps } from './programme-over.ts'
import { planPapers } from './programme-papers.ts'

type Data = { [key: string]: ViewData }
type SittingsLook = Pick<ProgrammeLook, 'programme' | 'calendar' | 'now'>

/** The whole back-planning, oldest first. */
export function planPage(look: ProgrammeLook): Data {
  const { programme, now, calendar } = look
  const today = calendar.dayAt(now)
  const over = overSteps(look)
  return {
    ...planPapers(programme),
    ...movedNote(look, 'plan'),
    notes: sittingNotes(look),
    none: programme.milestones.length === 0,
    rows: tickable(programme.milestones.map((one) => milestoneRow(one, programme, { today, over }))).map(
      numberedRow,
    ),
  }
}

/** Far ahead, nothing is to be ticked off yet: a button a line would hide what is due. */
function tickable(rows: MilestoneRow[]): MilestoneRow[] {
  const soon = rows.filter(({ ticks, done, late }) => ticks && !done && !late).slice(0, soonest)
  return rows.map((one) => ({
    ...one,
    ticks: one.ticks && (one.done || one.late || soon.includes(one)),
  }))
}

const soonest = 3

type MilestoneRow = Data & { ticks: boolean; done: boolean; late: boolean; day: Text }

/** A milestone as it is told: what it is, by when, and whether that is over. */
export function milestoneRow(
  one: Milestone,
  programme: Programme,
  { today, over }: { today: string; over: number[] },
): MilestoneRow {
  const kind = kindOf(one)
  const done = programme.done.includes(one.key)
  const late = isLate(one, programme, today, over)
  return {
    key: one.key,
    title: milestoneTitle(one, programme),
    help: milestoneHelp(one, programme),
    day: dayText(one, late),
    done,
    late,
    isMoment: kind === 'sitting',
    ticks: kind !== 'sitting' && (done || isOpen(one, programme, over)),
    mark: done ? '✓' : kind === 'sitting' ? '●' : '○',
  }
}

/** What there is to do: groups that run one workshop are launched by their number. */
export const milestoneHelp = (one: Pick<Milestone, 'key'>, { groups }: Pick<Programme, 'groups'>): Text =>
  say(`milestone.${kindOf(one)}-help`, { groups: stepOf(one) === 0 ? groups : 1 })

export function milestoneTitle(
  one: Pick<Milestone, 'key'>,
  programme: Pick<Programme, 'path' | 'groups'>,
  stage: Stage | undefined = programme.path[stepOf(one)],
): Text {
  const kind = kindOf(one)
  const group = groupOf(one)
  return say(`milestone.${kind}`, {
    number: stepOf(one) + 1,
    workshops: programme.path.length,
    title: stage?.title ?? said(''),
    group: programme.groups > 1 && stepOf(one) === 0 ? (group ?? 0) : 0,
  })
}

/** Pointed out, never refused: a public holiday, a week-end, two workshops that are close or the wrong way round. */
export function sittingNotes({ programme, calendar, now }: SittingsLook): Text[] {
  const { sittings, path, milestones } = programme
  const days = new Map(sittings.map(({ at }) => [calendar.dayAt(at), at]))
  const off = [...days]
    .filter(([day]) => !calendar.isWorkingDay(day))
    .sort()
    .map(([day, at]) => {
      const name = calendar.holiday(day)
      const date = { day: at }
      return name ? say('programme.holiday', { date, name: said(name) }) : say('programme.week-end', { date })
    })
  const told = gapOf(programme, { at: now, calendar })?.step
  const close = path.slice(1).flatMap((_, index) => {
    const [before, after] = [lastDay(sittings, index, calendar), lastDay(sittings, index + 1, calendar)]
    if (!before || !after || index === told) return []
    const between = daysFrom(before, after)
    if (between < 0) return [say('programme.wrong-way', { number: index + 2, before: index + 1 })]
    return between < 5 ? [say('programme.close', { number: index + 2, days: between })] : []
  })
  return milestones.length ? [...off, ...close] : off
}
