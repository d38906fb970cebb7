import { type Gap, gapOf } from '../programme/moved.ts'
import { daysBetween } from '../programme/planning.ts'
import { say, type Text, type ViewData } from '../text.ts'
import type { ProgrammeLook } from './programme.ts'

type Data = { [key: string]: ViewData }

/**
 * A workshop moved and those after it did not: nothing moves by itself, one press moves them too, and one back. Where the
 * week of the kit (§4) still holds, only the page of the dates says so.
 */
export function movedNote(
  { programme, calendar, now }: Pick<ProgrammeLook, 'programme' | 'calendar' | 'now'>,
  page: 'dates' | 'plan' | 'hub',
): Data {
  const gap = gapOf(programme, { at: now, calendar })
  const isClose = gap !== null && gap.days < daysBetween
  const told = page === 'dates' || isClose
  const isShifted = page === 'dates' && programme.moved?.shifted === true
  return {
    moved: told && gap ? gapText(gap) : isShifted ? say('programme.shifted-since') : null,
    movedClose: isClose,
    shifts: told && gap !== null,
    shiftsBack: isShifted,
  }
}

function gapText({ step, days }: Gap): Text {
  const about = { moved: step + 1, next: step + 2, days }
  if (days < 0) return say('programme.moved-past', about)
  return say(days < daysBetween ? 'programme.moved-close' : 'programme.moved-away', about)
}
