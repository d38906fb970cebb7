import type { Text } from '../text.ts'
import type { Position, Session } from './types.ts'

/** Since when the workshop is put off to another day; null while it is not. */
export const adjournedAt = (position: Position): number | null =>
  position.status === 'paused' ? position.adjournedAt : null

/** From the start, without what lies between two days, in milliseconds; 0 before it starts. */
export function lasted({ steer: { position } }: Session, now: number): number {
  if (position.status === 'lobby' || position.startedAt === null) return 0
  const until = position.status === 'closed' ? position.closedAt : (adjournedAt(position) ?? now)
  return until - position.startedAt - away(position.breaks)
}

/** The breaks, with the one that ends now. */
export function breaksAt(position: Position, at: number): Breaks {
  if (position.status === 'lobby') return []
  const since = adjournedAt(position)
  return since === null ? position.breaks : [...position.breaks, { from: since, to: at }]
}

/** The days it was held on, each once as people lived them; the day it was launched before it starts. */
export function heldOn({ steer: { position }, launchedAt }: Session): Text {
  if (position.status === 'lobby' || position.startedAt === null) return { day: launchedAt }
  const end = position.status === 'closed' ? position.closedAt : null
  const resumed = position.breaks.map(({ to }) => to).filter((to) => to !== end)
  return { days: [position.startedAt, ...resumed] }
}

type Breaks = { from: number; to: number }[]

const away = (breaks: Breaks): number => breaks.reduce((sum, { from, to }) => sum + to - from, 0)
