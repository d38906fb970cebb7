import { wasCancelled } from '../session/place.ts'
import type { Context, Prepared, Session } from '../session/types.ts'
import { awaitedAt } from './onward.ts'
import type { Programme, Sitting } from './types.ts'

/** How far from its time a sitting may be launched and still be taken for the one that was planned: the day itself. */
const around = 12 * 3_600_000

/** A sitting, with what a session launched for it is given. */
export interface Planned {
  as: Prepared
  context: Context
}

/**
 * The sitting of one group that a launch, or a session that runs already, is said to be: the nearest in time, whatever the
 * day and whoever holds it, for she says so herself.
 */
export function plannedGroup(
  homes: { home: string; programme: Programme }[],
  asked: { format: string; now: number; group: number },
): Planned | null {
  const [first] = nearest(sittingsOf(homes, asked.format), asked.now).filter(
    ({ sitting, programme }) => sitting.group === asked.group && sitting.step === 0 && programme.groups > 1,
  )
  return first ? plannedAs(first, false) : null
}

/** The same session as another group of its programme; its sitting may have no date. */
export function asGroup(
  { plannedFor, ...before }: Prepared,
  programme: Programme,
  group: number,
): Planned | null {
  if (before.step !== 0 || group < 1 || group > programme.groups) return null
  const known = programme.sittings.find((one) => one.step === 0 && one.group === group)
  const sitting = known ?? { step: 0, group, at: plannedFor, link: '' }
  return plannedAs({ home: before.home, programme, sitting }, before.rehearsal)
}

/**
 * The sitting that a launch of this format is, at this moment: the nearest in time of those that no session holds yet. Null where
 * none was planned for that day.
 */
export function plannedNow(
  homes: { home: string; programme: Programme }[],
  asked: { format: string; now: number; held: Session[] },
): Planned | null {
  const planned = plannedAnyDay(homes, asked)
  return planned && Math.abs(planned.as.plannedFor - asked.now) <= around ? planned : null
}

/** The format of what is planned for now, whichever it is; null where nothing is. */
export function formatNow(
  homes: { home: string; programme: Programme }[],
  asked: { now: number; held: Session[]; group?: number },
): string | null {
  const formats = new Set(homes.flatMap(({ programme }) => programme.path.map(({ format }) => format)))
  const all = [...formats].flatMap((format) => sittingsOf(homes, format))
  const first = nearest(all, asked.now).find(
    (one) =>
      Math.abs(one.sitting.at - asked.now) <= around &&
      (asked.group === undefined || one.sitting.group === asked.group) &&
      !asked.held.some((session) => isHeldBy(session, one)),
  )
  return first?.programme.path[first.sitting.step]?.format ?? null
}

/** The same, whatever the day it was planned for: a meeting may be moved, or a workshop held before its time. */
export function plannedAnyDay(
  homes: { home: string; programme: Programme }[],
  asked: { format: string; now: number; held: Session[] },
): Planned | null {
  const first = nearest(sittingsOf(homes, asked.format), asked.now).find(
    (one) => !asked.held.some((session) => isHeldBy(session, one)),
  )
  return first ? plannedAs(first, false) : null
}

/** Where another meeting than this one was launched as the same already, it is told. */
export const pointedOut = (planned: Planned, held: Session[], meetingId: string): Planned => ({
  ...planned,
  as: {
    ...planned.as,
    again: held.some((one) => one.meetingId !== meetingId && isSameSitting(one, planned.as)),
  },
})

/** What was cancelled before it began is still to be held. */
const isSameSitting = (
  session: Session,
  { home, programme, step, group }: Pick<Prepared, 'home' | 'programme' | 'step' | 'group'>,
): boolean =>
  isOf(session, home, programme) &&
  !wasCancelled(session) &&
  session.prepared?.step === step &&
  session.prepared.group === group

const sittingsOf = (homes: { home: string; programme: Programme }[], format: string): At[] =>
  homes
    .filter(({ programme }) => programme.droppedAt === null)
    .flatMap(({ home, programme }) =>
      programme.sittings
        .filter((one) => programme.path[one.step]?.format === format)
        .map((sitting) => ({ home, programme, sitting })),
    )

const nearest = (all: At[], now: number): At[] =>
  all.toSorted(
    (a, b) =>
      Math.abs(a.sitting.at - now) - Math.abs(b.sitting.at - now) || a.sitting.group - b.sitting.group,
  )

interface At {
  home: string
  programme: Programme
  sitting: Sitting
}

/** What a session of this sitting starts with; `rehearsal` when it is played before the day. */
export function plannedAs({ home, programme, sitting }: At, rehearsal: boolean): Planned {
  const { owner, team, groups, context, id } = programme
  const { step, group, at } = sitting
  const several = step === 0 ? groups : 1
  const expected = awaitedAt(programme, step, group).map(({ name, answer }) => ({
    name,
    confirmed: answer === 'yes',
  }))
  return {
    as: {
      home,
      programme: id,
      owner,
      step,
      group,
      groups: several,
      plannedFor: at,
      team,
      expected,
      rehearsal,
      again: false,
    },
    context,
  }
}

const isHeldBy = (session: Session, { home, programme, sitting }: At): boolean =>
  isSameSitting(session, { home, programme: programme.id, ...sitting })

/** The sessions of a programme, rehearsals left out. */
export const isOf = ({ prepared }: Session, home: string, programme: string): boolean =>
  prepared !== null && !prepared.rehearsal && prepared.home === home && prepared.programme === programme

/** Played before the day, to try. */
export const isRehearsal = ({ prepared }: Session): boolean => prepared?.rehearsal === true
