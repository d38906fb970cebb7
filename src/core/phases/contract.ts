import type { z } from 'zod'
import type { Problems } from '../fields.ts'
import type { Segment } from '../format.ts'
import type { PersonId, Session } from '../session/types.ts'
import type { Chapter } from '../summary/chapter.ts'
import type { Part } from '../summary/part.ts'
import type { Amendable, Retext } from '../summary/review.ts'
import type { Bilingual, Text, ViewData } from '../text.ts'
import type { Follower, OfferChoice } from '../views/carry.ts'

/**
 * One kind of exercise. A phase keeps three things apart: what the script's author wrote (`options`), what each person
 * wrote (`answers`, sealed unless a view says otherwise), and what facilitators steer and the room shares (`shared`).
 */
export interface Phase<Options, Answer, Shared, Input, Event> {
  /** Name of the file, the card and the test; the word a script uses. */
  kind: string
  options: z.ZodType<Options, z.ZodTypeDef, unknown>
  answer: z.ZodType<Answer, z.ZodTypeDef, unknown>
  shared: z.ZodType<Shared, z.ZodTypeDef, unknown>
  /** What a person may send; each variant's `do` is the verb of a card's action. */
  input: z.ZodType<Input, z.ZodTypeDef, unknown>
  /** The shared part when the segment is entered for the first time. */
  begin(scene: Omit<Scene<Options, Answer, Shared>, 'shared'>): Shared
  decide(input: Input, by: PersonId, scene: Scene<Options, Answer, Shared>): Decision<Event>
  evolve(event: Event, slice: Slice<Answer, Shared>): Slice<Answer, Shared>
  /** The sentence that tells this viewer what to do now. */
  task(scene: Scene<Options, Answer, Shared>, viewer: Viewer): Text
  /** What the step card shows this viewer, for the template `cards/phases/<kind>.json`. */
  body(scene: Scene<Options, Answer, Shared>, viewer: Viewer): { [key: string]: ViewData }
  /** The input card, a message of its own (template `cards/forms/<kind>.json`). */
  form?(scene: Scene<Options, Answer, Shared>, viewer: Viewer, draft: Draft): { [key: string]: ViewData }
  /** A form opened in a dialog (template `cards/dialogs/<name>.json`), or null when this person may not open it. */
  dialog?(
    name: string,
    scene: Scene<Options, Answer, Shared>,
    by: PersonId,
    draft: Draft,
  ): { [key: string]: ViewData } | null
  /** How long it takes input when its segment is not the one running; by default it takes none. */
  late?: 'until-close' | 'after-close'
  /** What the phase's picture shows, once it may be seen. */
  picture?(scene: Scene<Options, Answer, Shared>): Picture | null
  /** Its harvest stays sealed until a later phase shows it. */
  sealed?: true
  /** What the phase hands to later segments. */
  harvest?(scene: Scene<Options, Answer, Shared>): Item[]
  /** What people wrote in this very segment and the room has seen: what its items may cite as their sources. */
  contributions?(scene: Scene<Options, Answer, Shared>): Item[]
  /** What was kept from the room and would go unseen, should the workshop move on now; null where nothing would. */
  leaves?(scene: Scene<Options, Answer, Shared>): Left | null
  /** What another session may start from, best first. */
  offers?(scene: Scene<Options, Answer, Shared>): Offer[]
  /** What this phase starts from, where it works on what an earlier session produced. */
  takes?(options: Options): Start | null
  /** Works within a horizon, which the facilitator sets when she prepares. */
  horizon?: true
  /** Shows the administration's own examples, beside the script's. */
  exemplified?: true
  /** Whose contributions this phase has shown to the room, taken from the segment named in its options' `from`. */
  reveals?(shared: Shared): PersonId[]
  /** Whether this event deserves a fresh step card at the bottom of the chat, the old one folded. */
  announces?(event: Event): boolean
  /** The next moment this phase must be woken at, if any. */
  alarm?(shared: Shared): number | null
  /** What happens at that moment. */
  ring?(shared: Shared, now: number): Event[]
  /** Moves the phase's own deadlines by the length of a pause, in milliseconds. */
  shift?(shared: Shared, by: number): Shared
  chapter(scene: Scene<Options, Answer, Shared>): Chapter
  /** Who took part, where it is not by writing: those who spoke. */
  took?(scene: Scene<Options, Answer, Shared>): PersonId[]
  /** An answer once its author asks to be forgotten: what it says of her goes, what she contributed stays. */
  forget?(answer: Answer): Answer
  /** Its piece of the format's deliverable, once there is something in it. */
  part?(scene: Scene<Options, Answer, Shared>): Part | null
  /** The texts that may still be mended when the session is over: by who said them, or by the organising team. */
  texts?(scene: Scene<Options, Answer, Shared>): Amendable[]
  /** The same slice with one of those texts replaced, and nothing else; as it was where the text is not there. */
  retext?(scene: Scene<Options, Answer, Shared>, change: Retext): Slice<Answer, Shared>
}

export interface Slice<Answer, Shared> {
  answers: Record<PersonId, Answer>
  shared: Shared
}

export interface Scene<Options, Answer, Shared> extends Slice<Answer, Shared> {
  session: Session
  segment: Segment
  options: Options
  now: number
  /** This segment is the one running (or paused). */
  current: boolean
  harvest(segmentId: string): Item[]
  /** What that segment would leave, or left, unseen. */
  left(segmentId: string): Left | null
  /** Whether a later phase has shown the room what this person gave in this segment. */
  revealed(person: PersonId): boolean
}

/** What stays unseen, and how the facilitator shows it: with a button, or by typing. */
export interface Left {
  text: Text
  show: { verb: string; title: Text; command: Text }
}

/** Who looks: the whole room (the message everyone receives) or one person. */
export type Viewer = { sees: 'room' } | { sees: 'person'; id: PersonId }

export const theRoom: Viewer = { sees: 'room' }

/** What a form shows besides what is stored: what was typed and refused, the page asked for, a sentence on top. */
export interface Draft {
  typed?: Record<string, string>
  problems?: Problems
  notice?: Text
  edit?: boolean
  page?: number
  about?: string
  /** She has not joined: who she is is asked on the form she filled in. */
  joins?: boolean
  /** What earlier sessions offer to the one who looks. */
  offers?: OfferChoice[]
  /** The formats that can start from what this session produced. */
  followers?: Follower[]
}

export type Picture = MatrixPicture | TimelinePicture | ParticipationPicture

/** How many people answered in each segment, out of all who joined; the same figures stand as a table next to it. */
export interface ParticipationPicture {
  shape: 'participation'
  profiles: { label: Text; people: number }[]
  /** `of`: those who were asked, at least as many as answered. */
  bars: { title: Bilingual; answered: number; of: number; contributions: number | null }[]
}

/** Bars on a line of months; the same content stands as text next to it. */
export interface TimelinePicture {
  shape: 'timeline'
  /** First and last day shown, as `YYYY-MM-DD`. */
  from: string
  until: string
  /** The last day of the horizon, where there is one: what goes past it is marked. */
  horizon: string | null
  bars: TimelineBar[]
}

export interface TimelineBar {
  number: number
  title: string
  start: string
  end: string
  /** Ends after the horizon, or starts before what it needs has ended. */
  warned: boolean
}

/** A scatter of numbered cards on two axes; the same content stands as text next to it. */
export interface MatrixPicture {
  shape: 'matrix'
  scale: { min: number; max: number }
  x: PictureAxis
  y: PictureAxis
  corner: Bilingual
  points: { number: number; x: number; y: number; priority: boolean; divided: boolean }[]
}

export interface PictureAxis {
  title: Bilingual
  low: Bilingual
  high: Bilingual
}

/** Something the workshop made, wherever it stands in the chain: an idea, a subject, a heading of the canvas, a step. */
export interface Item {
  /** Unique in its segment. */
  id: string
  /** The script's name for it, where it has one: a heading of the canvas, a prompt. */
  label?: Bilingual
  title: string
  sentence: string
  authors: PersonId[]
  /**
   * What it was made from: `<segment>/<item>` of this session (`sourceIn` writes them), or a key of `session.steer.brought.origins`.
   */
  sources: string[]
  /** As people call it aloud. */
  number?: number
  /** What later phases found out about it. */
  priority?: boolean
  mean?: { x: number; y: number }
  /** What that place is measured on, in the script's words. */
  axes?: { x: Bilingual; y: Bilingual }
  /** How many people voted on it. */
  votes?: number
}

/** How an item of a segment is cited as a source. */
export const sourceIn = (segmentId: string, itemId: string): string => `${segmentId}/${itemId}`

/** What a session may start from. */
export const shapes = ['subject', 'canvas'] as const
export type Shape = (typeof shapes)[number]

/** One thing another session may start from: a subject among others, or the canvas. */
export interface Offer {
  shape: Shape
  id: string
  title: string
  number?: number
  priority?: boolean
  fields: OfferField[]
}

export interface OfferField {
  /** One of `subjectKeys` for a subject; the id of a heading for a canvas. */
  key: string
  /** The script's name for a heading; null where the key says it. */
  label: Bilingual | null
  text: string
  sources: string[]
}

/** The subject card of the kit, and why this subject rather than another. */
export const subjectKeys = ['title', 'sentence', 'reformulation', 'why'] as const
export type SubjectKey = (typeof subjectKeys)[number]

/** What a phase starts from: its shape, and what may be typed in where no earlier session gives it. */
export interface Start {
  shape: Shape
  fields: { key: string; label: Bilingual | null; max: number; needed: boolean }[]
}

export type Decision<Event> = { events: Event[]; move?: string } | Refusal

/** Why not. The card layer turns it into a sentence (`refusal.<name>` in the locale files). */
export interface Refusal {
  refusal: RefusalName
  problems?: Problems
  with?: Record<string, Text | number>
}

export const refusalNames = [
  'already',
  'changed-since',
  'closed',
  'facilitator-only',
  'full',
  'invalid',
  'join-first',
  'left-unseen',
  'no-session',
  'no-such-group',
  'planned-already',
  'none-planned',
  'not-alone',
  'not-now',
  'not-saved',
  'not-your-turn',
  'nothing-moved',
  'nothing-to-redo',
  'nothing-to-undo',
  'one-group',
  'organisers-only',
  'organizer-only',
  'participants-only',
  'presenters-only',
  'put-off',
  'running',
  'set-aside',
  'shown-already',
  'taken',
  'too-late',
  'unknown',
  'unknown-person',
  'unreadable',
] as const
export type RefusalName = (typeof refusalNames)[number]

export const refuse = (refusal: RefusalName, more: Omit<Refusal, 'refusal'> = {}): Refusal => ({
  refusal,
  ...more,
})

export const isRefusal = (decision: object): decision is Refusal => 'refusal' in decision
