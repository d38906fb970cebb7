import { type Refusal, refuse } from '../phases/contract.ts'
import type { AskOf } from './asks.ts'
import type { Guest, Programme } from './types.ts'

/** Several groups hold the first workshop; those after it are for one group (kit §1), which is to be chosen among them. */
export const isNarrowed = ({ path, groups }: Pick<Programme, 'path' | 'groups'>): boolean =>
  path.length > 1 && groups > 1

/** Those who may be chosen: whoever did not decline. */
export const mayGoOn = ({ guests }: Pick<Programme, 'guests'>): Guest[] =>
  guests.filter(({ answer }) => answer !== 'no')

/** Who was chosen and is still invited; null as long as nobody was. */
export function chosenOnward({ onward, ...programme }: Programme): Guest[] | null {
  const chosen = mayGoOn(programme).filter(({ id }) => onward.includes(id))
  return isNarrowed(programme) && chosen.length > 0 ? chosen : null
}

/** Whoever is awaited there: the group itself for the first workshop, those chosen for the next ones. */
export function awaitedAt(programme: Programme, step: number, group: number): Guest[] {
  const all = mayGoOn(programme)
  if (step > 0) return chosenOnward(programme) ?? all
  return programme.groups === 1 ? all : all.filter((one) => one.group === group)
}

/** Ids of guests, between commas; none of them: everyone is awaited again. */
export function narrowed(ask: AskOf<'programme-onward'>, before: Programme): Programme | Refusal {
  if (!isNarrowed(before)) return refuse('one-group')
  const ids = ask.onward.split(',').map((one) => one.trim())
  return { ...before, onward: before.guests.flatMap(({ id }) => (ids.includes(id) ? [id] : [])) }
}
