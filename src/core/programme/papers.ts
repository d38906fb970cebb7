import { type PaperId, paperIds } from '../text.ts'
import type { Programme } from './types.ts'

/** Those that are one group's own. */
const byGroup: readonly PaperId[] = ['invitation', 'chasing', 'eve']

/** Those that tell the dates, and nothing without them. */
const byDate: readonly PaperId[] = ['plan-picture', 'plan-calendar']

/** Which papers this programme has for this group; those that are nobody's own are the first group's. */
export const papersOf = ({ milestones, groups }: Programme, group: number): PaperId[] =>
  paperIds
    .filter((one) => !byDate.includes(one) || milestones.length > 0)
    .filter((one) => (byGroup.includes(one) ? group >= 1 && group <= groups : group === 1))
