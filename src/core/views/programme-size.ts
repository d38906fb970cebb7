import { groupsFor } from '../programme/advice.ts'
import { mostGroups } from '../programme/dates.ts'
import { asAdvised } from '../programme/path.ts'
import { destinations, type Programme, startingPoints } from '../programme/types.ts'
import { said, say, type ViewData } from '../text.ts'
import type { ProgrammeDraft, ProgrammeLook } from './programme.ts'

/** The two questions of the kit (§4). */
export const pathQuestions = (
  { typed, problems }: ProgrammeDraft,
  stands: Pick<Programme, 'from' | 'to'>,
): { [key: string]: ViewData } => ({
  from: {
    value: typed?.from ?? stands.from,
    choices: startingPoints.map((one) => ({ value: one, title: say(`programme.from-${one}`) })),
    problem: problems?.from ?? null,
  },
  to: {
    value: typed?.to ?? stands.to,
    choices: destinations.map((one) => ({ value: one, title: say(`programme.to-${one}`) })),
    problem: problems?.to ?? null,
  },
})

/** What was chosen first, to be chosen again: the path, how many people, in how many groups: as the kit advises unless someone chose otherwise. */
export function sizePage({ programme, draft }: ProgrammeLook): { [key: string]: ViewData } {
  const { groups, sittings, guests } = programme
  const stands = sizeStanding(programme)
  return {
    ...pathQuestions(draft, programme),
    people: said(draft.typed?.people ?? stands.people),
    peopleProblem: draft.problems?.people ?? null,
    groups: draft.typed?.groups ?? stands.groups,
    groupsProblem: draft.problems?.groups ?? null,
    choices: [
      { value: asAdvised, title: say('programme.size-advised') },
      ...Array.from({ length: mostGroups }, (_, index) => ({
        value: String(index + 1),
        title: say('programme.size-groups', { groups: index + 1 }),
      })),
    ],
    // What becomes of the groups there would no longer be is said before they go.
    fewer: groups > 1 && sittings.length + guests.length > 0 ? say('programme.size-fewer', { groups }) : null,
  }
}

/** What was chosen so far, by input id. */
export const sizeStanding = ({ from, to, people, groups }: Programme) => ({
  from,
  to,
  people: String(people),
  groups: groups === groupsFor(people) ? asAdvised : String(groups),
})
