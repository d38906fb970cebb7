import type { Duties } from './core/duties.ts'
import type { Meeting } from './core/meeting.ts'
import type { OwnData } from './core/personal-data.ts'
import type { Programme } from './core/programme/types.ts'
import type { PersonId, Session } from './core/session/types.ts'
import {
  type Copy,
  type DocumentId,
  type Lang,
  type PaperId,
  type SheetId,
  say,
  type Text,
} from './core/text.ts'
import type { CardView } from './core/views/index.ts'

/** Milliseconds since the Unix epoch. */
export type Instant = number

/** The only source of time. The room's clock may run faster than the wall. */
export interface Clock {
  now(): Instant
  /** Calls `ring` once, at or after `when`; returns a function that cancels it. Never rings synchronously. */
  at(when: Instant, ring: () => void): () => void
}

/** One record per meeting. Every adapter passes the same contract suite. */
export interface Store {
  /**
   * Other processes write the same records: nothing of one is relied on without asking. `count` tells of all of them
   * together, from what was saved.
   */
  shared?: { count(what: WorkLeft): Promise<number> }
  /** The record as last saved, parsed; null when there is none. Throws `DamagedRecord` when it cannot be read. */
  load(meetingId: string): Promise<Meeting | null>
  /**
   * Whole or not at all, on disk when the promise resolves. `meeting.version` must be the stored version plus one
   * (1 for a new record), else `StaleVersion` is thrown and nothing changes. A shared store hands out, in the same
   * write, what the record leaves to do.
   */
  save(meeting: Meeting, duties?: Duties): Promise<void>
  /** Ids of the meetings that may have something to do: a session that runs, or an outbox that is not empty. */
  pending(): Promise<string[]>
  /** Ids of the meetings that hold a session this person helped organise, at some time at least; no list is scanned. */
  ledBy(person: PersonId): Promise<string[]>
  /** Ids of the meetings whose record keeps something of this person; no list is scanned. */
  attendedBy(person: PersonId): Promise<string[]>
  /** Ids of the meetings whose record was not saved since then. */
  idleSince(when: Instant): Promise<string[]>
  /**
   * Removes a record, on disk when the promise resolves. `meeting` is as last saved, else `StaleVersion` is thrown and
   * nothing changes.
   */
  erase(meeting: Meeting): Promise<void>
  close(): Promise<void>
}

/** Does what saved records leave to do, once it is due. One process at a time shows what there is to show of a meeting. */
export interface Work {
  /** Takes over what was left to do, then does what comes. */
  begin(): Promise<void>
  /** A record was saved. */
  saved(meetingId: string, duties: Duties): void
  /** Begins nothing more, and finishes what is under way, for so many real milliseconds at most. */
  stop(withinMs: number): Promise<void>
}

/** How it is done. */
export interface Hands {
  /** Its time has come. Resolves with what it leaves to do then, as if nobody had taken care of any of it. */
  wake(meetingId: string, touch: () => void): Promise<{ version: number; duties: Duties }>
  /**
   * Shows what there is to show, in order. Nothing more is begun once `isOurs` no longer holds. Resolves with how many real
   * milliseconds to wait before what was put off, or left for that reason, is tried again by whoever may; null when
   * nothing was.
   */
  show(meetingId: string, how: { touched: boolean; isOurs(): boolean }): Promise<number | null>
  /** A post that nobody saw arrive for a while. */
  report(meetingId: string, effect: number): Promise<void>
  /** An earlier process was showing something there, and stopped. */
  resume(meetingId: string): Promise<void>
}

/** What was dealt with already, over restarts: the latest thousands. A key tells nothing of anyone. */
export interface Heard {
  /** Whether it is to be dealt with. Of several processes that ask at once, one is told so; the others wait for what it does. */
  take(key: string): Promise<boolean>
  /**
   * It is dealt with: survives a kill of the process once the promise resolves. False where it was already; `gesture`, of
   * several keys of the same moment, lets one process through.
   */
  add(key: string, gesture?: string): Promise<boolean>
  /** What was taken could not be dealt with: whoever is given it again may try at once. */
  leave(key: string): Promise<void>
}

/** Its message holds nothing of what people wrote. */
export class StaleVersion extends Error {
  override name = 'StaleVersion'
}

/** The database cannot be used; its message is the code of the reason, such as ECONNREFUSED or 28P01, and no more. */
export class DatabaseRefused extends Error {
  override name = 'DatabaseRefused'
}

/** Its message says what is wrong and where, for the log; `why` says it to people. Neither holds anything of what people wrote. */
export class DamagedRecord extends Error {
  override name = 'DamagedRecord'
  constructor(
    message: string,
    readonly why: Text = say('damage.other'),
  ) {
    super(message)
  }
}

/** A card to draw: its template and its data, still in both languages, with people's words marked as such. */
export type View = CardView

/** What became of something sent. */
export type Sent =
  | { sent: 'yes'; messageId: string }
  /** It may have arrived: no answer came back. */
  | { sent: 'unsure'; why: string }
  /** Refused for now, again and again, or held: it did not arrive, and may be sent later. */
  | { sent: 'later'; why: string }
  /** It will never arrive; `gone` when the bot is no longer in the conversation. */
  | { sent: 'no'; why: string; gone: boolean }

/** The way out to the chat. Pacing, retries and the platform's limits are behind it. */
export interface Channel {
  /** `view` is asked at the moment of sending, so that what is shown is what is true then; null cancels the send. */
  post(reach: unknown, view: () => View | null): Promise<Sent>
  edit(reach: unknown, messageId: string, view: () => View | null): Promise<Sent>
  /** The bot was added to a conversation, or removed from it: where it is not, nothing is sent. */
  member(reach: unknown, isIn: boolean): void
  /** Something was being shown there when an earlier process stopped: what that one sent counts. */
  resume(reach: unknown): void
  /** Asks someone, in her personal chat, whether she takes a file; it is made and sent once she accepts. */
  offerFile(reach: unknown, offer: FileOffer): Promise<Sent>
  /** Puts an accepted file where she was told to, then shows it in the chat. Asked twice for one place, it is given once. */
  giveFile(reach: unknown, upload: Upload, file: FileGiven): Promise<Given>
}

export interface FileOffer {
  name: string
  description: string
  bytes: number
  /** Comes back with her answer, through her client: whoever reads it checks it again. */
  about: Record<string, string>
}

/** Where an accepted file goes, in the words of her client: nothing of it is trusted. */
export interface Upload {
  uploadUrl: string
  /** Where the file will be opened. */
  contentUrl: string
  name: string
  uniqueId: string
  /** The ending of the name, without its dot. */
  fileType: string
}

export interface FileGiven {
  /** Media type. */
  type: string
  name: string
  body: Buffer
}

/** `refused`: that place will not take it, or is none of the platform's; `unreachable`: it may another time. */
export type Given = 'given' | 'refused' | 'unreachable'

/** A file, whole in memory: nothing is ever written half. */
export interface Made {
  /** Media type. */
  type: string
  body: Buffer
  fileName: string
}

/** What a session, a programme, and what is kept of someone can be taken away as. */
export interface Documents {
  make(document: DocumentId, of: { session: Session; copy: Copy; lang: Lang }): Promise<Made>
  /** `home` is the chat that keeps the programme. */
  paper(paper: PaperId, of: { programme: Programme; home: string; group: number; lang: Lang }): Promise<Made>
  /** The subjects of its groups, brought together; null where there is nothing to draw yet. */
  sheet(
    sheet: SheetId,
    of: { programme: Programme; home: string; sessions: Session[]; lang: Lang },
  ): Promise<Made | null>
  /** Everything kept of one person, for herself. */
  ownData(own: OwnData[], programmes: Programme[], lang: Lang): Made
}

/** Who is in a meeting, as the platform says. */
export interface Directory {
  roster(reach: unknown): Promise<{ id: PersonId; name: string }[]>
  /**
   * Read fresh, never cached. `none` of someone who is in no directory, or not of this chat; null where the platform
   * does not tell: no meeting, refused, out of reach.
   */
  role(reach: unknown, person: Asker): Promise<'organizer' | 'presenter' | 'attendee' | 'none' | null>
}

/** Someone who asks, with her id in the platform's directory where what she sent told it. */
export interface Asker {
  id: PersonId
  directoryId: string | null
}

/**
 * What a line of the log may tell: a fact that is not here has no place in it, and a value that is no such thing is not
 * written. Nothing people wrote, no name, no address.
 */
export type Facts = {
  /** Ids: the platform's, or ours. */
  activity?: string
  meeting?: string
  conversation?: string
  tenant?: string
  /** Where an activity says it comes from. */
  service?: string
  session?: string
  slot?: string
  effect?: number
  /** What it was: a word of ours, or of the platform's errors. */
  kind?: string
  outcome?: string
  lane?: string
  file?: string
  why?: string
  /** Reduced to its name, its code and where in our code it came from: messages quote what people wrote. */
  error?: unknown
  tries?: number
  /** Milliseconds. */
  afterMs?: number
  tookMs?: number
  lateMs?: number
  meetings?: number
  sessions?: number
  held?: number
}

/** Where problems are told. A message is always the same sentence: what varies is a fact. */
export interface Log {
  info(facts: Facts, message: string): void
  warn(facts: Facts, message: string): void
  error(facts: Facts, message: string): void
}

/**
 * What everything that is being done comes from: one activity, one ring of an alarm. Its id is on every line of the log
 * and on every effect that is saved, so that what is shown later is traced back to it.
 */
export interface Trail {
  /** Work that something new causes. */
  begin<T>(what: 'activity' | 'link' | 'ring' | 'start' | 'display', work: () => T): T
  /** Work that goes on with what an earlier cause left to do. */
  under<T>(cause: string, work: () => T): T
  /** Empty where nothing is known to have caused this. */
  cause(): string
  /** The work of a queue is its asker's, not that of whoever set the queue going. */
  kept<Given extends unknown[], T>(work: (...given: Given) => T): (...given: Given) => T
}

export const noTrail: Trail = {
  begin: (_what, work) => work(),
  under: (_cause, work) => work(),
  cause: () => '',
  kept: (work) => work,
}

/** What happens, in figures. What tells figures apart is a word of ours: never a person, a meeting, a text. */
export interface Meter {
  /** An activity was dealt with; `kind` is one of the kinds the door knows. */
  activity(kind: string, outcome: ActivityOutcome, seconds: number): void
  /** A request to the platform was answered, or not: `status` is null then. */
  request(kind: RequestKind, status: number | null): void
  /** How long a request waited for its turn. */
  waited(kind: RequestKind, seconds: number): void
  retried(kind: RequestKind): void
  /** What became of something to show. */
  effect(outcome: EffectOutcome): void
  saved(outcome: 'saved' | 'stale' | 'failed', seconds: number): void
  /** An alarm rang, so long after its time. */
  rang(lateSeconds: number): void
  document(outcome: 'made' | 'failed', seconds: number): void
  /** A figure that is looked at when it is asked for. */
  watch(what: Watched, read: () => number | Promise<number>): void
}

/** `again`: delivered once more. */
export type ActivityOutcome = 'answered' | 'again' | 'unreadable' | 'refused' | 'failed'
export type RequestKind = 'post' | 'edit' | 'read'
/** `passed`: its moment was over before it was sent. `later`: it waits. `unsure`: it may have arrived. */
export type EffectOutcome = 'shown' | 'passed' | 'later' | 'unsure' | 'aside'
export type Watched = WorkLeft | 'waiting-requests'
export type WorkLeft = 'live-sessions' | 'outbox'

export const noMeter: Meter = {
  activity() {},
  request() {},
  waited() {},
  retried() {},
  effect() {},
  saved() {},
  rang() {},
  document() {},
  watch() {},
}
