import { mean, spread, withinShare } from './statistics.ts'

/** Where a card stands: `x` feasibility, `y` desirability, in points of the scale. */
export interface Point {
  x: number
  y: number
}

/** One person's rating of one card; null for "I do not know". */
export interface Ballot {
  x: number | null
  y: number | null
}

/** A card is agreed on an axis when at least `share` of its votes stand within `within` points of their median. */
export interface Agreement {
  within: number
  share: number
}

/** What the room's votes say of a card. */
export interface Placement {
  /** Null until someone votes or a facilitator places it. */
  at: Point | null
  byHand: boolean
  votes: { x: number[]; y: number[] }
  divided: boolean
  /** The larger of the two standard deviations, to tell the most divided first. */
  spread: number
}

/** At the mean of the votes, unless a facilitator's hand says otherwise. */
export function placement(ballots: Ballot[], hand: Point | undefined, rule: Agreement): Placement {
  const votes = { x: known(ballots.map((one) => one.x)), y: known(ballots.map((one) => one.y)) }
  const x = mean(votes.x)
  const y = mean(votes.y)
  return {
    at: hand ?? (x !== null && y !== null ? { x, y } : null),
    byHand: hand !== undefined,
    votes,
    divided: !agreed(votes.x, rule) || !agreed(votes.y, rule),
    spread: Math.max(spread(votes.x), spread(votes.y)),
  }
}

/** What the rank of a card comes from; `alone` when one person only rated it. */
export interface Standing {
  at: Point | null
  priority: boolean
  alone: boolean
}

/**
 * Priority first, then the furthest into the corner where both axes are high. What one person alone rated comes after
 * what several did: one enthusiast is not the room. Cards without a place last.
 */
export function inRank(a: Standing, b: Standing): number {
  const weight = ({ at }: Standing) => (at ? at.x + at.y : Number.NEGATIVE_INFINITY)
  const stands = (one: Standing) => (one.at === null ? 2 : one.alone ? 1 : 0)
  if (a.priority !== b.priority) return a.priority ? -1 : 1
  if (stands(a) !== stands(b)) return stands(a) - stands(b)
  return weight(a) === weight(b) ? 0 : weight(b) - weight(a)
}

export const byRank = <T extends Placement & { priority: boolean }>(a: T, b: T): number =>
  inRank({ ...a, alone: restsOnOne(a) }, { ...b, alone: restsOnOne(b) })

/** Rated by one person, and moved by nobody since. */
export const restsOnOne = ({ byHand, votes }: Placement): boolean => !byHand && opinions(votes) === 1

/** How many people rated it, on one axis at least. */
export const opinions = ({ x, y }: Placement['votes']): number => Math.max(x.length, y.length)

/** In the quarter where both axes are above the middle of the scale. */
export function inCorner(at: Point, scale: { min: number; max: number }): boolean {
  const middle = (scale.min + scale.max) / 2
  return at.x > middle && at.y > middle
}

/** One vote divides nobody. */
const agreed = (votes: number[], { within, share }: Agreement): boolean =>
  votes.length < 2 || withinShare(votes, within) >= share

const known = (values: (number | null)[]): number[] => values.filter((value) => value !== null)
