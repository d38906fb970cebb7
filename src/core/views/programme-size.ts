import { groupsFor } from '../programme/advice.ts'
import { asAdvised, mostGroups } from '../programme/dates.ts'
import { said, say, type ViewData } from '../text.ts'
import type { ProgrammeLook } from './programme.ts'

/** How many people, in how many groups: as the kit advises unless someone chose otherwise. */
export function sizePage({ programme, draft }: ProgrammeLook): { [key: string]: ViewData } {
  const { people, groups, sittings, guests } = programme
  return {
    people: said(draft.typed?.people ?? String(people)),
    peopleProblem: draft.problems?.people ?? null,
    groups: draft.typed?.groups ?? (groups === groupsFor(people) ? asAdvised : String(groups)),
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
