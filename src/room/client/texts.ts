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

export function clockTime(at: number): string {
  return new Date(at).toLocaleTimeString(locales[language], {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: pageData.zone,
  })
}

export function dayAndTime(at: number, today: number): string {
  if (new Date(at).toDateString() === new Date(today).toDateString()) return clockTime(at)
  const day = new Date(at).toLocaleDateString(locales[language], {
    day: 'numeric',
    month: 'short',
    timeZone: pageData.zone,
  })
  return `${day} ${clockTime(at)}`
}
