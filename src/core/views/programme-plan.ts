import type { Calendar } from '../programme/calendar.ts'
import { groupOf, isLate, kindOf, stepOf } from '../programme/planning.ts'
import type { Milestone, Programme, Sitting } from '../programme/types.ts'
import { daysFrom } from '../schedule.ts'
import { said, say, type Text, type ViewData } from '../text.ts'
import type { ProgrammeLook } from './programme.ts'
import { dayText, numberedRow } from './programme-follow.ts'
import { planPapers } from './programme-papers.ts'

type Data = { [key: string]: ViewData }

/** The whole back-planning, oldest first. */
export function planPage({ programme, now, calendar }: ProgrammeLook): Data {
  const today = calendar.dayAt(now)
  return {
    ...planPapers(programme),
    notes: sittingNotes(programme, calendar),
    none: programme.milestones.length === 0,
    rows: tickable(programme.milestones.map((one) => milestoneRow(one, programme, today))).map(numberedRow),
  }
}

/** Far ahead, nothing is to be ticked off yet: a button a line would hide what is due. */
function tickable(rows: MilestoneRow[]): MilestoneRow[] {
  const soon = rows.filter(({ ticks, done, late }) => ticks && !done && !late).slice(0, soonest)
  return rows.map((one) => ({
    ...one,
    isMoment: !one.ticks,
    ticks: one.ticks && (one.done || one.late || soon.includes(one)),
  }))
}

const soonest = 3

type MilestoneRow = Data & { ticks: boolean; done: boolean; late: boolean; day: Text }

/** A milestone as it is told: what it is, by when, and whether that is over. */
export function milestoneRow(one: Milestone, programme: Programme, today: string): MilestoneRow {
  const kind = kindOf(one)
  const done = programme.done.includes(one.key)
  const late = isLate(one, programme, today)
  return {
    key: one.key,
    title: milestoneTitle(one, programme),
    help: say(`milestone.${kind}-help`),
    day: dayText(one.day, late),
    done,
    late,
    ticks: kind !== 'sitting',
    mark: done ? '✓' : kind === 'sitting' ? '●' : '○',
  }
}

export function milestoneTitle(one: Milestone, programme: Programme): Text {
  const kind = kindOf(one)
  const stage = programme.path[stepOf(one)]
  const group = groupOf(one)
  return say(`milestone.${kind}`, {
    number: stepOf(one) + 1,
    workshops: programme.path.length,
    title: stage?.title ?? said(''),
    group: programme.groups > 1 && stepOf(one) === 0 ? (group ?? 0) : 0,
  })
}

/** Pointed out, never refused: a public holiday, a week-end, two workshops that are close. */
export function sittingNotes({ sittings, path, milestones }: Programme, calendar: Calendar): Text[] {
  const days = [...new Set(sittings.map(({ at }) => calendar.dayAt(at)))].sort()
  const off = days
    .filter((day) => !calendar.isWorkingDay(day))
    .map((day) => {
      const name = calendar.holiday(day)
      const date = { date: day }
      return name ? say('programme.holiday', { date, name: said(name) }) : say('programme.week-end', { date })
    })
  const close = path.slice(1).flatMap((_, index) => {
    const [before, after] = [lastDay(sittings, index, calendar), lastDay(sittings, index + 1, calendar)]
    return before && after && daysFrom(before, after) < 5
      ? [say('programme.close', { number: index + 2, days: daysFrom(before, after) })]
      : []
  })
  return milestones.length ? [...off, ...close] : off
}

const lastDay = (sittings: Sitting[], step: number, calendar: Calendar): string | undefined =>
  sittings
    .filter((one) => one.step === step)
    .map(({ at }) => calendar.dayAt(at))
    .sort()
    .at(-1)
