import { type Refusal, refuse } from '../phases/contract.ts'
import type { AskOf } from './asks.ts'
import type { Programme } from './types.ts'

/*
 * What an organiser says of the subjects of several groups: that two are one, that two are not. Both are kept by reference,
 * meeting, session and card, so that neither a group that comes later nor another ranking makes them say something else.
 */

type Told = Pick<Programme, 'same' | 'distinct'>

const mostPairs = 100

/** Every subject that is one with this one, itself first where it stands alone. */
export const setOf = (reference: string, same: string[][]): string[] =>
  same.find((some) => some.includes(reference)) ?? [reference]

/** What is one with a subject differs from what that subject differs from. */
export const areTwo = (some: string[], others: string[], { distinct }: Pick<Told, 'distinct'>): boolean =>
  distinct.some((pair) => links(pair, some, others))

const links = ([one = '', other = '']: string[], some: string[], others: string[]): boolean =>
  (some.includes(one) && others.includes(other)) || (some.includes(other) && others.includes(one))

/** Whatever was one with either is one with both, and no longer two. */
export function together(ask: AskOf<'programme-same'>, before: Programme): Programme | Refusal {
  if (!areNamed(ask)) return refuse('unknown')
  const touching = before.same.filter((some) => some.includes(ask.one) || some.includes(ask.other))
  const united = [...new Set([...touching.flat(), ask.one, ask.other])]
  return {
    ...before,
    same: [...before.same.filter((some) => !touching.includes(some)), united],
    distinct: before.distinct.filter((pair) => !links(pair, united, united)),
  }
}

/** Two that were one are two again. */
export function toldApart(ask: AskOf<'programme-distinct'>, before: Programme): Programme | Refusal {
  if (!areNamed(ask)) return refuse('unknown')
  const same = before.same.filter((some) => !(some.includes(ask.one) && some.includes(ask.other)))
  if (areTwo(setOf(ask.one, same), setOf(ask.other, same), before)) return { ...before, same }
  if (before.distinct.length >= mostPairs) return refuse('full', { with: { max: mostPairs } })
  return { ...before, same, distinct: [...before.distinct, [ask.one, ask.other]] }
}

/** They may be pointed out as one again. */
export function alikeAgain(ask: AskOf<'programme-alike'>, before: Programme): Programme | Refusal {
  if (!areNamed(ask)) return refuse('unknown')
  const [some, others] = [setOf(ask.one, before.same), setOf(ask.other, before.same)]
  return { ...before, distinct: before.distinct.filter((pair) => !links(pair, some, others)) }
}

const areNamed = ({ one, other }: { one: string; other: string }): boolean =>
  one !== '' && other !== '' && one !== other
