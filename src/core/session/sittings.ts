import { bounds } from '../bounds.ts'
import type { Text } from '../text.ts'
import type { Break, Session } from './types.ts'

/** From one instant to another, people being there. */
export interface Sitting {
  from: number
  to: number
}

type Steered = Pick<Session, 'steer' | 'partedAt'>

/**
 * Since when the workshop waits for another day, null while it is on: it was put off; or the meeting ended, or it was
 * paused, so long ago that nobody can still be there.
 */
export function apartSince({ steer: { position }, partedAt }: Steered, now: number): number | null {
  if (position.status !== 'running' && position.status !== 'paused') return null
  if (position.status === 'paused' && position.adjournedAt !== undefined) return position.adjournedAt
  const stopped = partedAt ?? (position.status === 'paused' ? position.pausedAt : null)
  return stopped !== null && now - stopped >= bounds.apartMs ? stopped : null
}

/** What lies between the sittings, the one that is to come included: it is part of no length of time. */
export function breaksOf(session: Steered, now: number): Break[] {
  const since = apartSince(session, now)
  const { breaks } = session.steer
  return since === null ? breaks : [...breaks, { from: since, to: now }]
}

/** When people were there, oldest first; none before the start. */
export function sittingsOf(session: Steered, now: number): Sitting[] {
  const { position } = session.steer
  if (position.status === 'lobby' || position.startedAt === null) return []
  const breaks = breaksOf(session, now)
  const starts = [position.startedAt, ...breaks.map((one) => one.to)]
  const ends = [...breaks.map((one) => one.from), position.status === 'closed' ? position.closedAt : now]
  return starts
    .map((from, index) => ({ from, to: ends[index] ?? from }))
    .filter(({ from, to }, index) => from < to || index === 0)
}

/** How long the session took so far, in milliseconds: pauses included, as people lived it; the days between apart. */
export const lasted = (session: Steered, now: number): number =>
  sittingsOf(session, now).reduce((sum, { from, to }) => sum + Math.max(to - from, 0), 0)

/** The days it was held on, each once as people lived them; the day it was launched before it starts. */
export function heldOn({ steer: { position, breaks }, launchedAt }: Session): Text {
  if (position.status === 'lobby' || position.startedAt === null) return { day: launchedAt }
  const end = position.status === 'closed' ? position.closedAt : null
  const resumed = breaks.map(({ to }) => to).filter((to) => to !== end)
  return { days: [position.startedAt, ...resumed] }
}
