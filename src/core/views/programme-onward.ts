import { groupSize } from '../programme/advice.ts'
import { chosenOnward, isNarrowed, mayGoOn } from '../programme/onward.ts'
import type { Programme } from '../programme/types.ts'
import { said, say, type Text, type ViewData } from '../text.ts'
import type { ProgrammeLook } from './programme.ts'

type Data = { [key: string]: ViewData }

/** Which of those invited go on, where several groups hold the first workshop and one the next. */
export function onwardPage({ programme, draft }: ProgrammeLook): Data {
  const all = mayGoOn(programme)
  const { onward, groups, path } = programme
  return {
    help: say('coming.help', { groups, workshops: path.length - 1 }),
    none: all.length === 0,
    chosen: draft.typed?.onward ?? onward.join(','),
    choices: all
      .toSorted((a, b) => a.group - b.group)
      .map(({ id, name, organisation, group }) => ({
        value: id,
        title: say('coming.choice', {
          name: said(organisation ? `${name}, ${organisation}` : name),
          group,
        }),
      })),
  }
}

/** How many go on, and whether they make one group; null where everyone does. */
export function onwardLine(programme: Programme): Text | null {
  if (!isNarrowed(programme) || programme.guests.length === 0) return null
  const count = chosenOnward(programme)?.length ?? 0
  if (count === 0 && mayGoOn(programme).length <= groupSize.max) return null
  return say('coming.line', {
    count,
    size: count > groupSize.max ? 'many' : count < groupSize.min ? 'few' : 'right',
  })
}
