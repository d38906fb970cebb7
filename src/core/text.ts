/** A text a format script gives in both languages. */
export interface Bilingual {
  fr: string
  en: string
}

/** What a person wrote. The card layer shows it as plain text, whatever it contains. */
export interface Said {
  said: string
}

/** A sentence of the locale files, with its values. */
export interface Say {
  say: string
  with?: Record<string, Text | number | string>
}

/** A moment of the day, shown in the session's time zone. */
export interface TimeOfDay {
  time: number
}

/** A day, shown in full. */
export interface DayOf {
  day: number
}

/** Several moments, shown as the days they fall on, each day once. */
export interface DaysOf {
  days: number[]
}

/** A day of the calendar as `YYYY-MM-DD`, the same in every time zone, shown as « 31 août 2027 ». */
export interface DateOf {
  date: string
}

/** The month of a day of the calendar, shown as « août 2027 ». */
export interface MonthOf {
  month: string
}

/** A length of time in milliseconds, shown in whole minutes (or seconds under one minute). */
export interface Lasting {
  lasting: number
}

/** Several texts in one sentence: "a, b and c". */
export interface Listing {
  listing: Text[]
}

/** Several texts, a line each. */
export interface Lines {
  lines: Text[]
}

/** A text that keeps its language, whoever reads it: a letter is in the session's. */
export interface InLang {
  in: Lang
  text: Text
}

/** A picture the bot draws from a segment; the card layer turns it into an address. `stamp` changes when the picture does. */
export interface PictureOf {
  picture: string
  stamp: string
}

/** A document to download; the card layer turns it into an address. */
export interface DocumentOf {
  document: DocumentId
  copy: Copy
  /** The session it is made from, where it is not the card's own. */
  of?: { meeting: string; session: string }
}

/** Everything a session can be taken away as. */
export const documentIds = [
  'report',
  'deliverable',
  'commitment',
  'team-report',
  'steering',
  'thanks',
  'post',
  'summary',
  'subjects',
  'sub-actions',
  'roadmap',
  'milestones',
  'matrix',
  'timeline',
  'participation',
  'data',
  'all',
] as const
export type DocumentId = (typeof documentIds)[number]

/** For whom a document is: participants get no e-mail address, and none of the organisers' own texts. */
export type Copy = 'participants' | 'organisers'

/** Everything a view may show. Plain strings in a view are identifiers, never shown. */
export type Text =
  | Bilingual
  | Said
  | Say
  | TimeOfDay
  | DayOf
  | DaysOf
  | DateOf
  | MonthOf
  | Lasting
  | Listing
  | Lines
  | InLang

/** Everything kept of this person, for herself. */
export interface OwnDataOf {
  ownData: string
}

/** What an organiser shows, prints or sends before her workshops. */
export const paperIds = [
  'plan-picture',
  'plan-calendar',
  'brief-referent',
  'brief-challenger',
  'brief-note-taker',
  'invitation',
  'chasing',
  'eve',
] as const
export type PaperId = (typeof paperIds)[number]

/** What brings the subjects of several groups together. */
export const sheetIds = ['merged-sheet', 'merged-table', 'merged-matrix'] as const
export type SheetId = (typeof sheetIds)[number]

/** A paper of a programme kept in the chat the card is in; the card layer turns it into an address. */
export interface PaperOf {
  paper: PaperId | SheetId
  programme: string
  /** For whom it is, where each group has its own: from 1. */
  group: number
  /** Only where it is shown in place: changes when it does. */
  stamp?: string
}

export type Address = PictureOf | DocumentOf | OwnDataOf | PaperOf

export type ViewData =
  | string
  | number
  | boolean
  | null
  | Text
  | Address
  | ViewData[]
  | { [key: string]: ViewData }

export type Lang = 'fr' | 'en'

export const said = (text: string): Said => ({ said: text })

export const say = (key: string, values?: Say['with']): Say =>
  values ? { say: key, with: values } : { say: key }
