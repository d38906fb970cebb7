import { readdirSync, readFileSync } from 'node:fs'
import { IntlMessageFormat } from 'intl-messageformat'
import { parse } from 'yaml'
import type { Lang, Say, Text } from '../core/text.ts'

/** To whom a text is spoken. With `mark`, what people wrote stands between two marks, so that a card can escape it. */
export interface Speech {
  lang: Lang
  /** IANA time zone of the session. */
  zone: string
  mark?: boolean
}

/** Around what a person wrote; never part of what people write. */
export const markOpen = '\uE000'
export const markClose = '\uE001'

/** Files of this folder that are not the bot's sentences. */
const notOurs = ['commands.yaml', 'plan-commands.yaml', 'personas.yaml', 'room.yaml']

const tags: Record<Lang, string> = { fr: 'fr-FR', en: 'en-GB' }
const texts: Record<Lang, ReadonlyMap<string, string>> = { fr: textsOf('fr'), en: textsOf('en') }
const compiled = new Map<string, IntlMessageFormat>()

/** Any text of a view as one string. A key that neither language has throws: it is a mistake in the code. */
export function speak(text: Text, to: Speech): string {
  if ('said' in text) return to.mark ? `${markOpen}${unmarked(text.said)}${markClose}` : text.said
  if ('say' in text) return sentence(text, to)
  if ('time' in text) return timeOfDay(text.time, to)
  if ('day' in text) return dayOf(text.day, to)
  if ('days' in text) return daysOf(text.days, to)
  if ('date' in text) return dateOf(text.date, to.lang, { day: 'numeric', month: 'long', year: 'numeric' })
  if ('month' in text) return dateOf(text.month, to.lang, { month: 'long', year: 'numeric' })
  if ('lasting' in text) return lasting(text.lasting)
  if ('in' in text) return speak(text.text, { ...to, lang: text.in })
  if ('lines' in text) return text.lines.map((one) => speak(one, to)).join('\n')
  if ('listing' in text) return listOf(to.lang).format(text.listing.map((one) => speak(one, to)))
  return text[to.lang]
}

export const hasKey = (lang: Lang, key: string): boolean => texts[lang].has(key)

/** Every `section.key` of a language with its ICU message. */
export const messages = (lang: Lang): ReadonlyMap<string, string> => texts[lang]

export type Words = { [section: string]: { [key: string]: string } }

/** The texts without values, for templates: `silent-ideation.task-done` is `${t.silentIdeation.taskDone}` there. */
export const words = (lang: Lang): Words => (wordsIn[lang] ??= wordsOf(lang))
const wordsIn: Partial<Record<Lang, Words>> = {}

/** How a template spells a section or a key: the expression language has no dashes in names. */
export const wordName = (key: string): string =>
  key.replace(/-(.)/g, (_dash, letter: string) => letter.toUpperCase())

const unmarked = (text: string): string => text.replaceAll(markOpen, '').replaceAll(markClose, '')

function sentence({ say: key, with: values = {} }: Say, to: Speech): string {
  const lang = texts[to.lang].has(key) ? to.lang : other(to.lang)
  const given = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'object' ? speak(value, to) : value,
  ])
  return String(messageOf(lang, key).format(Object.fromEntries(given)))
}

function messageOf(lang: Lang, key: string): IntlMessageFormat {
  const name = `${lang}:${key}`
  const known = compiled.get(name)
  if (known) return known
  const text = texts[lang].get(key)
  if (text === undefined) throw new Error(`no text for "${key}"`)
  const message = new IntlMessageFormat(text, tags[lang], undefined, { ignoreTag: true })
  compiled.set(name, message)
  return message
}

/** « 14 h 32 », « 14 h », "14:32". */
function timeOfDay(instant: number, { lang, zone }: Speech): string {
  const parts = partsOf(instant, lang, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const hour = parts.get('hour') ?? ''
  const minute = parts.get('minute') ?? ''
  if (lang === 'en') return `${hour}:${minute}`
  return minute === '00' ? `${Number(hour)}\u00A0h` : `${Number(hour)}\u00A0h\u00A0${minute}`
}

/** « lundi 23 novembre 2026 », « mardi 1er décembre 2026 ». */
function dayOf(instant: number, { lang, zone }: Speech): string {
  const full = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const
  return inWords(partsOf(instant, lang, zone, full), lang)
}

const daysOf = (instants: number[], to: Speech): string =>
  listOf(to.lang).format(new Set(instants.map((one) => dayOf(one, to))))

/** « 31 août 2027 », « août 2027 »: a day of the calendar is nowhere another day. */
function dateOf(day: string, lang: Lang, shape: Intl.DateTimeFormatOptions): string {
  return inWords(partsOf(Date.parse(`${day}T00:00:00Z`), lang, 'UTC', shape), lang)
}

function inWords(parts: Map<string, string>, lang: Lang): string {
  const day = parts.get('day')
  return [
    parts.get('weekday'),
    lang === 'fr' && day === '1' ? '1er' : day,
    parts.get('month'),
    parts.get('year'),
  ]
    .filter((part) => part !== undefined)
    .join(' ')
}

function partsOf(
  instant: number,
  lang: Lang,
  zone: string,
  shape: Intl.DateTimeFormatOptions,
): Map<string, string> {
  const parts = formatOf(lang, zone, shape).formatToParts(instant)
  return new Map(parts.map(({ type, value }) => [type, value]))
}

/** Making one takes far longer than using it; there are a few shapes, and the zones of the configuration. */
function formatOf(lang: Lang, zone: string, shape: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = [lang, zone, ...Object.values(shape)].join(' ')
  const known = formats.get(name)
  if (known) return known
  const format = new Intl.DateTimeFormat(tags[lang], { ...shape, timeZone: zone })
  formats.set(name, format)
  return format
}
const formats = new Map<string, Intl.DateTimeFormat>()

/** « 45 s », « 7 min », « 1 h 05 »: the same in both languages. */
function lasting(milliseconds: number): string {
  const seconds = Math.round(Math.abs(milliseconds) / 1000)
  if (seconds < 60) return `${seconds}\u00A0s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes}\u00A0min`
  const rest = minutes % 60
  const hours = `${Math.floor(minutes / 60)}\u00A0h`
  return rest === 0 ? hours : `${hours}\u00A0${String(rest).padStart(2, '0')}`
}

const listOf = (lang: Lang) => (lists[lang] ??= new Intl.ListFormat(tags[lang], { type: 'conjunction' }))
const lists: Partial<Record<Lang, Intl.ListFormat>> = {}

const other = (lang: Lang): Lang => (lang === 'fr' ? 'en' : 'fr')

function wordsOf(lang: Lang): Words {
  const tree: Words = {}
  for (const [key, text] of texts[lang]) {
    if (text.includes('{')) continue
    const [section = '', name = ''] = key.split('.')
    tree[wordName(section)] = { ...tree[wordName(section)], [wordName(name)]: text }
  }
  return tree
}

function textsOf(lang: Lang): ReadonlyMap<string, string> {
  const folder = new URL(`./${lang}/`, import.meta.url)
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml') && !notOurs.includes(name))
  return new Map(files.sort().flatMap((name) => textsIn(new URL(name, folder))))
}

function textsIn(file: URL): [string, string][] {
  const sections = parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string>>
  return Object.entries(sections).flatMap(([section, keys]) =>
    Object.entries(keys).map(([key, text]): [string, string] => [`${section}.${key}`, text]),
  )
}
