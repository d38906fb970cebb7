/**
 * What happened in one workshop as the people in it saw it, in plain data: what they gave, what they were told, what stood
 * in the record meanwhile. Instants are milliseconds of real time.
 */
export interface Ledger {
  meeting: string
  entries: Entry[]
}

/** What a person is told was received. */

export type About = 'identity' | 'subjects' | 'ratings' | 'address'
export type Fields = Record<string, string>

export type Entry =
  /** She pressed, whatever became of it. */
  | { did: 'gave'; who: string; about: About; fields: Fields; at: number }
  /** Her card says that this is kept; `since` is when she pressed or asked for it. */
  | { did: 'told'; who: string; about: About; fields: Fields; since: number; at: number }
  /** She asked for something to be shown, in writing: it may have been read at any moment between the two. */
  | { did: 'asked'; from: number; to: number }
  /** The facilitator first asked for this step; 8 is the end. */
  | { did: 'moved'; step: number; at: number }
  /** The chat shows until when this step lasts, to the minute. */
  | { did: 'saw'; step: number; until: string; at: number }
  /** Where the record says the workshop stands. */
  | { did: 'read'; at: number; status: string; step: number; deadline: number | null; rang: boolean }
  /** The summary that people can fetch in the end. */
  | { did: 'fetched'; text: string }
  /** It could not go on. */
  | { did: 'stuck'; why: string }

export const ledger = (meeting: string): Ledger => ({ meeting, entries: [] })

/** The entries of one kind, in the order they were made. */
export const those = <K extends Entry['did']>({ entries }: Ledger, did: K): Extract<Entry, { did: K }>[] =>
  entries.filter((one): one is Extract<Entry, { did: K }> => one.did === did)
