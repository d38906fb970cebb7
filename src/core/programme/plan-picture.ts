import { say, type Text } from '../text.ts'
import { nameOf } from './parts.ts'
import { afterwards, groupOf, kindOf, type MilestoneKind, stepOf } from './planning.ts'
import type { Milestone, Programme } from './types.ts'

/** When a milestone comes, next to the workshop it is for. */
export type Moment = 'before' | 'workshop' | 'after'

export interface PlanRow {
  /** `YYYY-MM-DD`. */
  day: string
  title: Text
  moment: Moment
  done: boolean
}

/** The back-planning as a list along the time: nothing of it depends on the day on which it is looked at. */
export interface PlanPicture {
  name: Text
  rows: PlanRow[]
}

const momentOf = (kind: MilestoneKind): Moment =>
  kind === 'sitting' ? 'workshop' : afterwards.includes(kind) ? 'after' : 'before'

/** Groups that meet on the same day stand in one row. */
export function planPicture(programme: Programme): PlanPicture {
  const { milestones, done } = programme
  const rows = milestones
    .filter((one, index) => milestones.findIndex((other) => isOneRow(one, other)) === index)
    .map((one) => ({
      day: one.day,
      title: shortTitle(one, programme),
      moment: momentOf(kindOf(one)),
      done: done.includes(one.key),
    }))
  return { name: nameOf(programme), rows }
}

const isOneRow = (one: Milestone, other: Milestone): boolean =>
  one.key === other.key ||
  (kindOf(one) === 'sitting' &&
    kindOf(other) === 'sitting' &&
    stepOf(one) === stepOf(other) &&
    one.day === other.day)

/** In a few words: a picture is read on a phone. */
function shortTitle(one: Milestone, programme: Programme): Text {
  const [kind, step] = [kindOf(one), stepOf(one)]
  const workshops = programme.path.length
  if (kind !== 'sitting') return say(`planning.${kind}`, { number: step + 1, workshops })
  const same = programme.milestones
    .filter((other) => isOneRow(one, other))
    .map((other) => groupOf(other) ?? 1)
  const times = programme.sittings
    .filter((other) => other.step === step && same.includes(other.group))
    .map(({ at }) => at)
  return say('planning.sitting', {
    number: step + 1,
    groups: step === 0 && programme.groups > 1 ? same.length : 0,
    group: same[0] ?? 1,
    times: { listing: [...new Set(times)].sort((a, b) => a - b).map((time) => ({ time })) },
  })
}

/** The same as the picture, in words. */
export const planWords = ({ name, rows }: PlanPicture): Text =>
  say('planning.words', { name, rows: { lines: rows.map(rowWords) } })

const rowWords = ({ day, title, moment, done }: PlanRow): Text =>
  say(done ? 'planning.row-done' : 'planning.row', {
    day: { date: day },
    title,
    moment: say(`planning.moment-${moment}`),
  })
