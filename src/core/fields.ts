import { bounds } from './bounds.ts'
import { type Say, say } from './text.ts'

/** A field as cleaned, or the sentence that says what to mend. */
export type Field = { value: string } | { problem: Say }

/** What is wrong in a form, by input id. */
export type Problems = Record<string, Say>

/** One line: control characters and line breaks become spaces. */
export function line(raw: unknown, max: number, needed = true): Field {
  return checked(clean(raw).replace(/\s+/gu, ' ').trim(), max, needed)
}

/** Several lines: line breaks are kept, at most two in a row. */
export function paragraph(raw: unknown, max: number, needed = true): Field {
  const text = clean(raw)
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  return checked(text, max, needed)
}

/** An e-mail address in the common shape; anything stricter refuses real addresses. */
export function email(raw: unknown, needed = true): Field {
  const field = line(raw, bounds.email, needed)
  if ('problem' in field || field.value === '') return field
  return /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:".]{2,}$/u.test(field.value)
    ? field
    : { problem: say('problem.email') }
}

/** An https link, or nothing. */
export function link(raw: unknown): Field {
  const field = line(raw, bounds.link, false)
  if ('problem' in field || field.value === '') return field
  return /^https:\/\/[^\s<>"]+\.[^\s<>"]+$/iu.test(field.value) ? field : { problem: say('problem.link') }
}

/**
 * A day as `YYYY-MM-DD`, or nothing. A month or a year alone stands for its first or its last day, as `edge` says;
 * people also type 31/12/2027 and 12/2027.
 */
export function day(raw: unknown, edge: 'start' | 'end'): Field {
  const field = line(raw, bounds.name, false)
  if ('problem' in field || field.value === '') return field
  const [year = '', month = '', date = ''] = partsOfDay(field.value)
  const shown = `${year}-${month || (edge === 'start' ? '01' : '12')}`
  const last = new Date(Date.UTC(Number(year), Number(shown.slice(5)), 0)).getUTCDate()
  const value = `${shown}-${date || (edge === 'start' ? '01' : String(last))}`
  const read = new Date(`${value}T00:00:00Z`)
  const real = !Number.isNaN(read.getTime()) && read.toISOString().startsWith(value)
  return real && /^20\d\d$/u.test(year) ? { value } : { problem: say('problem.day') }
}

function partsOfDay(text: string): string[] {
  const padded = (part: string) => part.padStart(2, '0')
  const [a = '', b = '', c = ''] = text.split(/[-/. ]+/u)
  if (/^\d{4}$/u.test(a)) return [a, b && padded(b), c && padded(c)]
  return c ? [c, padded(b), padded(a)] : [b, padded(a)]
}

/** Splits fields into their values and their problems, keyed by input id. */
export function gather<K extends string>(
  fields: Record<K, Field>,
): { values: Record<K, string>; problems: Problems } {
  const values = {} as Record<K, string>
  const problems: Problems = {}
  for (const key of Object.keys(fields) as K[]) {
    const field = fields[key]
    if ('problem' in field) problems[key] = field.problem
    else values[key] = field.value
  }
  return { values, problems }
}

function checked(text: string, max: number, needed: boolean): Field {
  if (needed && text === '') return { problem: say('problem.empty') }
  const length = [...text].length
  if (length > max) return { problem: say('problem.long', { length, max }) }
  return { value: text }
}

/**
 * Drops what no one can see and what could disturb the rest of the card: control characters, lone surrogates,
 * private-use marks (the card layer uses them), and direction overrides that would spill over their own field.
 */
function clean(raw: unknown): string {
  if (typeof raw !== 'string') return ''
  return (
    raw
      .slice(0, bounds.rawField)
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g, ' ')
      .replace(/[\u202A-\u202E\u2066-\u2069\uFEFF\uFFFD-\uFFFF\uE000-\uF8FF]/g, '')
      .normalize('NFC')
  )
}
