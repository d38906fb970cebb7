import type { Programme } from './types.ts'

/** What is called to mind on one day, in one message. */
export interface Reminder {
  programme: string
  day: string
  at: number
  /** What it tells of: `told` keeps them. */
  keys: string[]
}

export const followKey = (id: string): string => `follow/${id}`

/** Everything that is still to be called to mind, a message a day, soonest first. */
export function remindersOf(programme: Programme): Reminder[] {
  if (programme.droppedAt !== null) return []
  const planned = programme.milestones
    .filter(({ key }) => !programme.done.includes(key))
    .map(({ key, day, at }) => ({ key, day, at }))
  const followed = programme.followUps
    .filter(({ done }) => !done)
    .map(({ id, day, at }) => ({ key: followKey(id), day, at }))
  const open = [...planned, ...followed].filter(({ key }) => !programme.told.includes(key))
  const days = [...new Set(open.map(({ day }) => day))].sort()
  return days.map((day) => {
    const some = open.filter((one) => one.day === day)
    return {
      programme: programme.id,
      day,
      at: Math.min(...some.map(({ at }) => at)),
      keys: some.map(({ key }) => key),
    }
  })
}

/** The next moment at which there is something to call to mind; null when nothing is left. */
export function nextReminder(programmes: Programme[]): number | null {
  const moments = programmes.flatMap(remindersOf).map(({ at }) => at)
  return moments.length ? Math.min(...moments) : null
}

/** What is due now, each programme having it told. Days that went by unnoticed are told of in one message: the latest. */
export function reminded(
  programmes: Programme[],
  now: number,
): { programmes: Programme[]; due: { programme: string; day: string }[] } {
  const due: { programme: string; day: string }[] = []
  const after = programmes.map((one) => {
    const some = remindersOf(one).filter(({ at }) => at <= now)
    const last = some.at(-1)
    if (!last) return one
    due.push({ programme: one.id, day: last.day })
    return { ...one, told: [...one.told, ...some.flatMap(({ keys }) => keys)] }
  })
  return { programmes: due.length ? after : programmes, due }
}

/** The card that calls things to mind, and the programme and the day it is about. */
export const reminderSlot = ({ programme, day }: { programme: string; day: string }): string =>
  `reminder/${programme}/${day}`

export function reminderIn(slot: string): { programme: string; day: string } | null {
  const [kind, programme, day] = slot.split('/')
  return kind === 'reminder' && programme && day ? { programme, day } : null
}
