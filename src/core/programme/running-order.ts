import type { Format, Segment } from '../format.ts'
import { say, type Text } from '../text.ts'
import { spanOf, whenPart } from './parts.ts'
import type { Programme, Sitting, TeamRole } from './types.ts'

/** One workshop of a path, minute by minute, for one role. */
export interface RunningOrder {
  title: Text
  /** When it takes place, a line a group where they differ. */
  when: Text[]
  goal: Text | null
  deliverable: Text
  /** What each clock is for; empty where one is enough. */
  groups: Text[]
  rows: RunningRow[]
  /** Said in the place of the rows: the script is not here any more. */
  none: Text | null
}

export interface RunningRow {
  /** A clock time for each of the groups, or the minutes that have gone by. */
  clocks: Text[]
  minutes: number
  title: Text
  objective: Text
  /** What a facilitator does and says, or what a note-taker writes down. */
  lines: Text[]
  attention: Text[]
  /** When it ends, on the last row. */
  end: Text | null
}

interface Asked {
  role: TeamRole
  programme: Programme
  step: number
  formats: Record<string, Format>
}

export function runningOrder({ role, programme, step, formats }: Asked): RunningOrder {
  const stage = programme.path[step]
  const format = formats[stage?.format ?? '']
  const starts = startsOf(programme, step)
  const title = stage?.title ?? say('brief.no-script')
  return {
    title: say('programme.workshop', { number: step + 1, title }),
    when: starts.length
      ? starts.map((one) => whenOf(one, stage?.minutes ?? 0, starts.length > 1))
      : [whenPart(programme, step, 1).text],
    goal: format?.goal ?? null,
    deliverable: stage?.deliverable ?? say('brief.no-script'),
    groups: isClocked(starts) && starts.length > 1 ? starts.map(groupsIn) : [],
    rows: format ? rowsOf(format, role, isClocked(starts) ? starts : []) : [],
    none: format ? null : say('brief.no-script'),
  }
}

/** Groups that begin together. */
interface Start {
  sitting: Sitting
  groups: number[]
}

function startsOf({ sittings }: Programme, step: number): Start[] {
  const some = sittings.filter((one) => one.step === step).toSorted((a, b) => a.at - b.at)
  const moments = [...new Set(some.map(({ at }) => at))]
  return moments.flatMap((at) => {
    const together = some.filter((one) => one.at === at)
    const [sitting] = together
    return sitting ? [{ sitting, groups: together.map(({ group }) => group).sort((a, b) => a - b) }] : []
  })
}

/** So many clocks stand side by side and can still be read; with more, or none, the minutes that have gone by are told. */
const mostClocks = 3

const isClocked = (starts: Start[]): boolean => starts.length > 0 && starts.length <= mostClocks

const whenOf = ({ sitting, groups }: Start, minutes: number, several: boolean): Text => {
  const when = spanOf(sitting, minutes)
  return several ? say('brief.when-groups', { groups: groupsIn({ groups }), when }) : when
}

const groupsIn = ({ groups }: Pick<Start, 'groups'>): Text =>
  say('brief.groups', { count: groups.length, groups: { listing: groups.map(numbered) } })

const numbered = (group: number): Text => say('brief.number', { group })

function rowsOf(format: Format, role: TeamRole, starts: Start[]): RunningRow[] {
  let gone = 0
  return format.segments.map((segment, index) => {
    const before = gone
    gone += segment.minutes
    const isLast = index === format.segments.length - 1
    return {
      clocks: clocksAt(before, starts),
      minutes: segment.minutes,
      title: segment.title,
      objective: segment.objective,
      ...toldTo(role, segment),
      end: isLast ? say('brief.end', { times: { listing: clocksAt(gone, starts) } }) : null,
    }
  })
}

const clocksAt = (minutes: number, starts: Start[]): Text[] =>
  starts.length
    ? starts.map(({ sitting }) => ({ time: sitting.at + minutes * 60_000 }))
    : [say('brief.gone', { minutes })]

const toldTo = (
  role: TeamRole,
  { phase, guide, attention }: Segment,
): Pick<RunningRow, 'lines' | 'attention'> =>
  role === 'note-taker' ? { lines: [say(`brief.note-${phase}`)], attention: [] } : { lines: guide, attention }
