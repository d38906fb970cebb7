import IntlMessageFormat from 'intl-messageformat'
import type { Language } from '../views.ts'

type Texts = Record<string, Record<string, string>>

export interface PageData {
  language: Language
  /** IANA zone in which every hour of the page is told, the bot's own. */
  zone: string
  texts: Record<Language, Texts>
  slug: string
  title: string
  hasOrganizer: boolean
  arrivals: number
}

export const pageData: PageData = JSON.parse(document.getElementById('page-data')?.textContent ?? '{}')

let language: Language = pageData.language

export function currentLanguage(): Language {
  return language
}

export function setLanguage(chosen: Language): void {
  language = chosen
  document.documentElement.lang = chosen
}

/** `section.key`, in the language of the tab. */
export function t(path: string, values: Record<string, string | number> = {}): string {
  const [section = '', key = ''] = path.split('.')
  const text = pageData.texts[language][section]?.[key]
  if (text === undefined) return path
  return String(new IntlMessageFormat(text, language).format(values))
}

const locales = { fr: 'fr-FR', en: 'en-GB' }

/** « 12 ko », "12 kB", in steps of a thousand; the space is the one all other figures of the page have. */
export function fileSize(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte'] as const
  const step = bytes < 1000 ? 0 : bytes < 999_500 ? 1 : 2
  const shape = { style: 'unit', unit: units[step], unitDisplay: step === 0 ? 'long' : 'short' } as const
  const maximumFractionDigits = step === 2 ? 1 : 0
  const told = new Intl.NumberFormat(locales[language], { ...shape, maximumFractionDigits })
  return told.format(bytes / 1000 ** step).replace('\u202F', '\u00A0')
}

/** As the cards tell it: « 14 h 32 », « 14 h », "14:32". */
export function clockTime(at: number): string {
  const parts = partsOf(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const { hour = '', minute = '' } = parts
  if (language === 'en') return `${hour}:${minute}`
  return minute === '00' ? `${Number(hour)}\u00A0h` : `${Number(hour)}\u00A0h\u00A0${minute}`
}

/** « mardi 1er décembre », "Tuesday 1 December". */
export function dayName(at: number): string {
  return dayOf(at, 'long')
}

/** « mar. 1er déc. », "Tue 1 Dec". */
export function shortDayName(at: number): string {
  return dayOf(at, 'short')
}

export function isSameDay(one: number, other: number): boolean {
  return dateOf(one) === dateOf(other)
}

export function dayAndTime(at: number, today: number): string {
  if (isSameDay(at, today)) return clockTime(at)
  return t('header.day-and-time', { day: shortDayName(at), time: clockTime(at) })
}

function dayOf(at: number, length: 'long' | 'short'): string {
  const { weekday, day, month } = partsOf(at, { weekday: length, day: 'numeric', month: length })
  return [weekday, language === 'fr' && day === '1' ? '1er' : day, month].join('\u00A0')
}

function dateOf(at: number): string {
  const { year, month, day } = partsOf(at, { year: 'numeric', month: 'numeric', day: 'numeric' })
  return `${year}-${month}-${day}`
}

/** In the room's own zone, wherever the browser is. */
function partsOf(at: number, shape: Intl.DateTimeFormatOptions): Partial<Record<string, string>> {
  const format = new Intl.DateTimeFormat(locales[language], { ...shape, timeZone: pageData.zone })
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
}
