import { isOf } from '../programme/launch.ts'
import { stepsOver } from '../programme/planning.ts'
import { wasCancelled } from '../session/place.ts'
import type { ProgrammeLook } from './programme.ts'

/** Groups of this workshop of the path, from 0, whose session was closed. */
export const groupsOver = ({ programme, home = '', held = [] }: ProgrammeLook, step: number): number[] => {
  const closed = held
    .filter(
      (one) => isOf(one, home, programme.id) && one.steer.position.status === 'closed' && !wasCancelled(one),
    )
    .flatMap(({ prepared }) => (prepared?.step === step ? [prepared.group] : []))
  return [...new Set(closed)]
}

/** Workshops that are over, by their place in the path, from 0: the day is, or every group closed its session. */
export function overSteps(look: ProgrammeLook): number[] {
  const { programme, calendar, now } = look
  const byDay = stepsOver(programme, calendar.dayAt(now))
  return programme.path.flatMap((_, step) => {
    const groups = step === 0 ? programme.groups : 1
    return byDay.includes(step) || groupsOver(look, step).length >= groups ? [step] : []
  })
}
