/** What the days are where the programme takes place. Days are `YYYY-MM-DD`, times `HH:MM`, instants milliseconds since the epoch. */
export interface Calendar {
  /** The day it is there at this instant. */
  dayAt(at: number): string
  timeAt(at: number): string
  /** The instant of this time of that day there. */
  instantOf(day: string, time: string): number
  /** Neither a Saturday, nor a Sunday, nor a public holiday. */
  isWorkingDay(day: string): boolean
  /** The public holiday that falls on this day, in French; null on any other day. */
  holiday(day: string): string | null
}

const oneDay = 86_400_000

export const daysLater = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * oneDay).toISOString().slice(0, 10)

/** This day, or the nearest working day on that side of it. */
export function workingDay(day: string, side: 'before' | 'after', calendar: Calendar): string {
  let found = day
  while (!calendar.isWorkingDay(found)) found = daysLater(found, side === 'before' ? -1 : 1)
  return found
}
