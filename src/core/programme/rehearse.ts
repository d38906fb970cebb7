import type { Session } from '../session/types.ts'
import { isOf, type Planned, plannedAs } from './launch.ts'
import type { Programme, Sitting } from './types.ts'

/** The milestone that a rehearsal ticks off, of a programme without dates too. */
export const rehearsalKey = '0/rehearse'

export const hasRehearsed = ({ done }: Pick<Programme, 'done'>): boolean => done.includes(rehearsalKey)

/** A workshop of her programme, played before its day. */
export interface Rehearsal extends Planned {
  format: string
}

/** Why there is none: she prepared nothing, or her path has not as many workshops. */
export type Unprepared = { lacks: 'programme' | 'number' } | { lacks: 'workshop'; workshops: number }

/** What she asks to rehearse. */
export interface ToRehearse {
  /** By its number; the one she last worked on where she does not say. */
  programme: string | null
  /** Its place in the path, from 1; the first that was not held yet where she does not say. */
  workshop: number | null
}

interface Asked extends ToRehearse {
  /** Hers, rehearsals left out. */
  held: Session[]
  now: number
}

/** What a rehearsal starts with. */
export function rehearsalOf(
  homes: { home: string; programme: Programme }[],
  { programme: wanted, workshop, held, now }: Asked,
): Rehearsal | Unprepared {
  const [latest] = homes
    .filter(({ programme }) => programme.droppedAt === null && (wanted === null || programme.id === wanted))
    .toSorted((a, b) => b.programme.touchedAt - a.programme.touchedAt)
  if (!latest) return { lacks: wanted === null ? 'programme' : 'number' }
  const { home, programme } = latest
  const ofHers = held.filter((one) => isOf(one, home, programme.id))
  const step = workshop === null ? nextToPlay(programme, ofHers) : workshop - 1
  const stage = programme.path[step]
  if (!stage) return { lacks: 'workshop', workshops: programme.path.length }
  const sitting = sittingOf(programme, step) ?? { step, group: 1, at: now, link: '' }
  return { ...plannedAs({ home, programme, sitting }, true), format: stage.format }
}

/** The first workshop of the path that was not held yet; the last one when all were. */
export function nextToPlay({ path }: Pick<Programme, 'path'>, held: Session[]): number {
  const open = path.findIndex((_, step) => !held.some(({ prepared }) => prepared?.step === step))
  return open < 0 ? path.length - 1 : open
}

const sittingOf = ({ sittings }: Programme, step: number): Sitting | undefined =>
  sittings.filter((one) => one.step === step).toSorted((a, b) => a.group - b.group)[0]
