import joursFeries from '@socialgouv/jours-feries'
import { DateTime } from 'luxon'
import type { Calendar } from './core/programme/calendar.ts'

/** The calendar of a time zone, with the public holidays of metropolitan France. */
export function frenchCalendar(zone: string): Calendar {
  const years = new Map<number, Map<string, string>>()

  function holidaysOf(year: number): Map<string, string> {
    const known =
      years.get(year) ?? new Map(Object.entries(joursFeries(year)).map(([name, on]) => [isoDay(on), name]))
    years.set(year, known)
    return known
  }

  const holiday = (day: string): string | null => holidaysOf(Number(day.slice(0, 4))).get(day) ?? null

  return {
    dayAt: (at) => DateTime.fromMillis(at, { zone }).toFormat('yyyy-MM-dd'),
    timeAt: (at) => DateTime.fromMillis(at, { zone }).toFormat('HH:mm'),
    instantOf: (day, time) => DateTime.fromISO(`${day}T${time}`, { zone }).toMillis(),
    isWorkingDay: (day) => DateTime.fromISO(day, { zone: 'utc' }).weekday < 6 && holiday(day) === null,
    holiday,
  }
}

/** The library gives midnights of this machine. */
const isoDay = (on: Date): string => DateTime.fromJSDate(on).toFormat('yyyy-MM-dd')
