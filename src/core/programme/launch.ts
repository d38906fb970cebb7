import type { Context, Prepared, Session } from '../session/types.ts'
import type { Programme, Sitting } from './types.ts'

/** How far from its time a sitting may be launched and still be taken for the one that was planned: the day itself. */
const around = 12 * 3_600_000

/** A sitting, with what a session launched for it is given. */
export interface Planned {
  as: Prepared
  context: Context
}

/**
 * The sitting that a launch of this format is, at this moment: the nearest in time of those that no session holds yet. Null where
 * none was planned for that day.
 */
export function plannedNow(
  homes: { home: string; programme: Programme }[],
  asked: { format: string; now: number; held: Session[] },
): Planned | null {
  const near = homes
    .filter(({ programme }) => programme.droppedAt === null)
    .flatMap(({ home, programme }) =>
      programme.sittings
        .filter((one) => programme.path[one.step]?.format === asked.format)
        .filter((one) => Math.abs(one.at - asked.now) <= around)
        .map((sitting) => ({ home, programme, sitting })),
    )
    .filter((one) => !asked.held.some((session) => isHeldBy(session, one)))
    .sort(
      (a, b) =>
        Math.abs(a.sitting.at - asked.now) - Math.abs(b.sitting.at - asked.now) ||
        a.sitting.group - b.sitting.group,
    )
  const [first] = near
  return first ? plannedAs(first, false) : null
}

interface At {
  home: string
  programme: Programme
  sitting: Sitting
}

/** What a session of this sitting starts with; `rehearsal` when it is played before the day. */
export function plannedAs({ home, programme, sitting }: At, rehearsal: boolean): Planned {
  const { owner, team, groups, guests, context, id } = programme
  const { step, group, at } = sitting
  const several = step === 0 ? groups : 1
  const expected = guests
    .filter((one) => one.answer !== 'no' && (several === 1 || one.group === group))
    .map(({ name, answer }) => ({ name, confirmed: answer === 'yes' }))
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
    },
    context,
  }
}

const isHeldBy = ({ prepared }: Session, { home, programme, sitting }: At): boolean =>
  prepared !== null &&
  !prepared.rehearsal &&
  prepared.home === home &&
  prepared.programme === programme.id &&
  prepared.step === sitting.step &&
  prepared.group === sitting.group

/** The sessions of a programme, rehearsals left out. */
export const isOf = ({ prepared }: Session, home: string, programme: string): boolean =>
  prepared !== null && !prepared.rehearsal && prepared.home === home && prepared.programme === programme

/** Played before the day, to try. */
export const isRehearsal = ({ prepared }: Session): boolean => prepared?.rehearsal === true
