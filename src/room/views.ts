/** What a tab receives and answers: the only shapes shared by the server and the browser. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

export type Entry = 'organizer' | 'presenter' | 'attendee' | 'guest' | 'anonymous'
export type Role = 'Organizer' | 'Presenter' | 'Attendee'
export type Pace = 'slow' | 'normal' | 'fast'
export type Language = 'fr' | 'en'

export interface MemberView {
  key: string
  name: string
  role: Role
  kind: 'member' | 'guest' | 'anonymous'
  present: boolean
  simulated: boolean
}

export interface AttachmentView {
  contentType: string
  contentUrl?: string | undefined
  name?: string | undefined
  content?: Json | undefined
  /** Of a file that is kept here. */
  bytes?: number | undefined
}

export interface MessageView {
  id: string
  /** The author's key, or `bot`. */
  from: string
  fromName: string
  /** Room time, in milliseconds. */
  at: number
  edited: boolean
  /** Grows by one at each edit: a personal view is of one revision. */
  revision: number
  text: string
  format: 'plain' | 'markdown'
  attachments: AttachmentView[]
  /** What the person said to the file it offers. */
  answered?: 'accept' | 'decline' | undefined
}

export interface ConversationHeader {
  id: string
  slug: string
  kind: 'meeting' | 'personal' | 'group'
  title: string
  botInstalled: boolean
  running: boolean
  members: MemberView[]
  /** Of a meeting where a prepared workshop is rehearsed. */
  rehearsal?:
    | {
        programme: string
        workshop?: number | undefined
        isOneOfSeveral?: boolean | undefined
        isOver: boolean
      }
    | undefined
  /** Of a personal chat: which message shows a page of what is prepared, and how to ask for it again. */
  page?: { message: string; action: Refresh['action'] } | undefined
}

export interface ConversationView extends ConversationHeader {
  messages: MessageView[]
}

export interface ClockView {
  realAt: number
  virtualAt: number
  speed: number
}

export interface Me {
  key: string
  mri: string
  name: string
  language: Language
}

/** Someone this browser has been before. */
export interface Acquaintance {
  token: string
  key: string
  name: string
  /** In the meeting that is being entered; null for who has never been there. */
  role: Role | null
  /** Whether something is being prepared in their own chat. */
  prepares: boolean
  /** Whether one of their tabs is open at this moment. */
  isHere: boolean
}

export type LiveEvent =
  | { type: 'snapshot'; me: Me; current: string; conversations: ConversationView[]; clock: ClockView }
  | { type: 'conversation'; conversation: ConversationHeader }
  | { type: 'conversation-gone'; id: string }
  | { type: 'message'; conversation: string; message: MessageView }
  | { type: 'message-gone'; conversation: string; id: string }
  | { type: 'typing'; conversation: string }
  | { type: 'undelivered'; conversation: string }
  | { type: 'clock'; clock: ClockView }

/** A request for a personal view. */
export interface Refresh {
  action: { type: 'Action.Execute'; id?: string | undefined; verb?: string | undefined; data: JsonObject }
}

/** What came back from the bot after someone pressed something. */
export type Outcome =
  | { kind: 'card'; card: JsonObject }
  | { kind: 'notice'; text: string }
  | {
      kind: 'dialog'
      title: string
      card: JsonObject
      height?: number | undefined
      width?: number | undefined
    }
  | { kind: 'nothing' }
  | { kind: 'failed'; status: number }
