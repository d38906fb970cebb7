import { bounds } from '../bounds.ts'
import { contextKeys } from '../session/context.ts'
import { nameOf } from '../session/people.ts'
import { begun, seatOf } from '../session/place.ts'
import type { Amendment, Note, Participant, PersonId, Session } from '../session/types.ts'
import { type Copy, said, say, type Text } from '../text.ts'
import type { Block, Chapter } from './chapter.ts'

/** A text of the session that may be mended when it is over. */
export interface Amendable {
  /** Item of the segment, and which of its texts. */
  item: string
  key: string
  /** What it is, for someone who chooses among many: « Sujet 3 », « Mon engagement porte sur… ». */
  label: Text
  /** Which text of it, where it has several: « Titre », « Description ». */
  field: Text | null
  text: string
  /** Who said it, and may signal a correction. */
  authors: PersonId[]
  /** Characters at most. */
  max: number
  /** May not be emptied. */
  needed: boolean
  /** Keeps its line breaks; without it, it holds in one line. */
  paragraph: boolean
}

/** What stands in place of a text. */
export interface Retext {
  item: string
  key: string
  text: string
  /** Whose words they are. */
  by: PersonId
  /** A number no text has had as its version before. */
  version: number
}

/** Where a text is: a segment, or `context`, `people` and `notes` for what belongs to none. */
export interface Placed extends Amendable {
  segment: string
  /** Of the segment. */
  title: Text
}

/** Every text that stands in the documents and may be mended, in the order documents tell them. */
export const amendablesOf = (session: Session, now: number): Placed[] => [
  ...placed('context', say('summary.context'), contextTexts(session)),
  ...placed('people', say('summary.attendance'), Object.values(session.participants).flatMap(personTexts)),
  ...session.format.segments.flatMap(({ id, title }) => placed(id, title, segmentTexts(session, id, now))),
  ...placed(
    'notes',
    say('summary.notes'),
    session.notes.map((note) => noteText(note, session)),
  ),
]

/** Grows each time a mended text enters the documents: « édition 2 ». */
export const editionOf = ({ review }: Session): number =>
  1 + review.amendments.filter((one) => one.state === 'accepted').length

/** Corrections that wait for the facilitator's decision. */
export const pendingCorrections = ({ review }: Session): number =>
  review.amendments.filter((one) => one.state === 'waiting').length

/** Whether this person said something that stands in the documents, and the session is over: her name at least. */
export const mayCorrect = (session: Session, person: PersonId, _now: number): boolean =>
  isOver(session) && session.participants[person] !== undefined

/** Ended after it began; a session cancelled in the lobby has nothing to mend. */
export const isOver = ({ steer: { position } }: Session): boolean =>
  position.status === 'closed' && position.startedAt !== null

/** « Sujet 3 · Titre ». */
export const toldText = ({ label, field }: Pick<Amendable, 'label' | 'field'>): Text =>
  field ? say('review.of', { label, field }) : label

export const isSameText = (
  a: Pick<Amendment, 'segment' | 'item' | 'key'>,
  b: Pick<Amendment, 'segment' | 'item' | 'key'>,
): boolean => a.segment === b.segment && a.item === b.item && a.key === b.key

/**
 * The same words of the same person in two segments: a card says again the idea it was made from. They are mended
 * together, or the words that were withdrawn would stand where a result is traced back.
 */
export const isEcho = (a: Placed, b: Placed): boolean =>
  !isSameText(a, b) &&
  !elsewhere.has(a.segment) &&
  !elsewhere.has(b.segment) &&
  a.key === b.key &&
  a.text !== '' &&
  a.text === b.text &&
  a.authors.some((who) => b.authors.includes(who))

/** What belongs to no segment. */
const elsewhere: ReadonlySet<string> = new Set(['context', 'people', 'notes'])

/** What a mended text is called; the title of its segment where it stands nowhere any more. */
export function mendedText(one: Amendment, session: Session, texts: Placed[]): Text {
  const found = texts.find((text) => isSameText(text, one))
  const segment = session.format.segments.find(({ id }) => id === one.segment)
  return found ? toldText(found) : (segment?.title ?? said(''))
}

/** A day of the horizon reads as a day. */
export const shownText = ({ segment, item }: Pick<Amendment, 'segment' | 'item'>, text: string): Text =>
  segment === 'context' && (item === 'horizonStart' || item === 'horizonEnd') && text
    ? { date: text }
    : said(text)

/**
 * What was mended after the session, oldest first. Participants do not read again the words that were withdrawn; the
 * organising team does, and how many corrections wait.
 */
export function reviewChapter(session: Session, copy: Copy): Chapter {
  const accepted = session.review.amendments
    .filter((one) => one.state === 'accepted')
    .sort((a, b) => (a.settledAt ?? a.at) - (b.settledAt ?? b.at))
  const waiting = copy === 'organisers' ? pendingCorrections(session) : 0
  return {
    id: 'review',
    title: say('review.chapter'),
    blocks: [
      ...(accepted.length ? [table(accepted, copy, session)] : []),
      ...(waiting ? [{ block: 'text' as const, text: say('review.still-waiting', { count: waiting }) }] : []),
    ],
  }
}

function table(accepted: Amendment[], copy: Copy, session: Session): Block {
  const texts = amendablesOf(session, session.launchedAt)
  const team = copy === 'organisers'
  const before = (one: Amendment) => shownText(one, one.before)
  return {
    block: 'table',
    head: [
      say('review.when'),
      say('review.what'),
      ...(team ? [say('review.before')] : []),
      say(team ? 'review.after' : 'review.new-text'),
      say('review.by'),
    ],
    rows: accepted.map((one) => [
      { day: one.settledAt ?? one.at },
      mendedText(one, session, texts),
      ...(team ? [before(one)] : []),
      one.after ? shownText(one, one.after) : say('review.emptied'),
      nameOf(session, one.by),
    ]),
  }
}

const placed = (segment: string, title: Text, texts: Amendable[]): Placed[] =>
  texts.map((one) => ({ ...one, segment, title }))

function segmentTexts(session: Session, id: string, now: number): Amendable[] {
  const seat = begun(session, id) ? seatOf(session, id, now) : null
  return seat ? seat.phase.texts(seat.place) : []
}

/** The organising team's own words: nobody corrects them, the team completes them. */
const contextTexts = (session: Session): Amendable[] =>
  contextKeys(session).map((key) => ({
    item: key,
    key: 'text',
    label: say(`context.${key}`),
    field: null,
    text: session.context[key],
    authors: [],
    max: key === 'questionnaire' ? bounds.link : bounds.context,
    needed: false,
    paragraph: key !== 'questionnaire',
  }))

/** What someone says of herself on her join card, and may say otherwise. */
export const personKeys = ['firstName', 'lastName', 'position', 'organisation'] as const

const personFields: Record<(typeof personKeys)[number], { field: Text; max: number; needed: boolean }> = {
  firstName: { field: say('review.first-name'), max: bounds.name, needed: true },
  lastName: { field: say('review.last-name'), max: bounds.name, needed: true },
  position: { field: say('review.position'), max: bounds.position, needed: false },
  organisation: { field: say('review.organisation'), max: bounds.organisation, needed: false },
}

const personTexts = (person: Participant): Amendable[] =>
  personKeys.map((key) => ({
    item: person.id,
    key,
    label: said(`${person.firstName} ${person.lastName}`.trim()),
    ...personFields[key],
    text: person[key],
    authors: [person.id],
    paragraph: false,
  }))

const noteText = ({ id, at, text, segment }: Note, { format }: Session): Amendable => ({
  item: id,
  key: 'text',
  label: say('review.note', {
    where: format.segments.find((one) => one.id === segment)?.title ?? say('lobby.name'),
    at: { time: at },
  }),
  field: null,
  text,
  authors: [],
  max: bounds.note,
  needed: true,
  paragraph: true,
})
