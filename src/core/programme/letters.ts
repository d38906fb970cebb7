import { said, say, type Text } from '../text.ts'
import { isNarrowed } from './onward.ts'
import {
  contactPart,
  linkPart,
  nameOf,
  objectivePart,
  orLack,
  type Part,
  practices,
  sentence,
  sittingOf,
  whenPart,
  whole,
  written,
} from './parts.ts'
import { kindOf, type MilestoneKind } from './planning.ts'
import type { Programme } from './types.ts'

/** What is sent before a workshop (kit §4). */
export const programmeLetters = ['invitation', 'chasing', 'eve'] as const
export type ProgrammeLetter = (typeof programmeLetters)[number]

/** For whom it is written, and when. */
export interface LetterFor {
  programme: Programme
  group: number
  now: number
  /** `YYYY-MM-DD`. */
  today: string
}

/** Ready to copy, in the programme's language; and what is still to be given, each thing once. */
export interface Composed {
  text: Text
  lacks: Text[]
}

export function programmeLetter(letter: ProgrammeLetter, look: LetterFor): Composed {
  const paragraphs = paragraphsOf(letter, look).filter((lines) => lines.length > 0)
  const lines = paragraphs.flatMap((some, index) => (index === 0 ? some : [whole(said('')), ...some]))
  return {
    text: { in: look.programme.lang, text: { lines: lines.map(({ text }) => text) } },
    lacks: eachOnce(lines.flatMap(({ lacks }) => lacks)),
  }
}

const eachOnce = (lacks: Text[]): Text[] =>
  lacks.filter(
    (one, index) => lacks.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === index,
  )

/** Who was invited to this group, and has not answered. */
export const silentOf = ({ programme: { guests, groups }, group }: LetterFor): Text[] =>
  guests
    .filter((one) => one.answer === 'waiting' && (groups === 1 || one.group === group))
    .map(({ name }) => said(name))

function paragraphsOf(letter: ProgrammeLetter, look: LetterFor): Part[][] {
  switch (letter) {
    case 'invitation':
      return invitation(look)
    case 'chasing':
      return chasing(look)
    case 'eve':
      return eve(look)
  }
}

function invitation(look: LetterFor): Part[][] {
  const { programme } = look
  const workshops = programme.path.length
  const name = whole(nameOf(programme))
  const { context, path } = programme
  const deliverable = written(context.deliverable) ?? path.at(-1)?.deliverable ?? said('')
  return [
    [sentence('invitation.subject', { workshops, name })],
    [whole(say('letter.greeting'))],
    [sentence('invitation.opening', { workshops, name })],
    [whole(say('invitation.objective-title')), objectivePart(programme)],
    [whole(say('invitation.deliverable-title')), whole(deliverable)],
    [whole(say('invitation.who'))],
    [sentence('invitation.dates', { workshops }), ...datesOf(look)],
    [whole(say('invitation.how-title')), whole(say('invitation.how', { workshops }))],
    [whole(say('invitation.practices')), ...practices.map(item)],
    [whole(say('invitation.access-title')), whole(say('practice.access'))],
    [sentence('invitation.confirm', { day: answerBy(look, 'chase') })],
    closing(programme),
    signed(programme),
  ]
}

function chasing(look: LetterFor): Part[][] {
  const { programme } = look
  const workshops = programme.path.length
  return [
    [sentence('invitation.chasing-subject', { name: whole(nameOf(programme)) })],
    [whole(say('invitation.greeting'))],
    [sentence('invitation.chasing', { workshops, name: whole(nameOf(programme)) })],
    datesOf(look),
    [
      sentence('invitation.chasing-confirm', { day: answerBy(look, 'brief') }),
      whole(say('invitation.instead')),
    ],
    closing(programme),
    signed(programme),
  ]
}

function eve(look: LetterFor): Part[][] {
  const { programme, group } = look
  const step = nextStep(look)
  const stage = programme.path[step]
  const title = whole(stage?.title ?? said(''))
  return [
    [sentence('invitation.eve-subject', { title })],
    [whole(say('letter.greeting'))],
    [
      sentence('invitation.eve', { title, when: whenPart(programme, step, group) }),
      sentence('invitation.link', { link: linkPart(programme, step, group) }),
    ],
    [whole(say('invitation.eve-before')), ...practices.slice(0, -1).map(item), item(say('practice.pen'))],
    [whole(say('invitation.eve-access'))],
    closing(programme),
    [whole(say('invitation.soon'))],
    signed(programme),
  ]
}

/** The workshop this group comes to next; the last one when they are over, the first one while none has a date. */
function nextStep({ programme, group, now }: LetterFor): number {
  const dated = programme.path.flatMap((_, step) => {
    const sitting = sittingOf(programme, step, group)
    return sitting ? [{ step, at: sitting.at }] : []
  })
  return (dated.find(({ at }) => at > now) ?? dated.at(-1))?.step ?? 0
}

/** Each workshop with its date, its hours and its link. */
const datesOf = ({ programme, group }: LetterFor): Part[] =>
  programme.path.flatMap(({ title }, step) => [
    sentence('invitation.workshop', {
      workshops: programme.path.length,
      number: step + 1,
      title: whole(title),
      when: whenPart(programme, step, group),
    }),
    sentence('invitation.workshop-link', { link: linkPart(programme, step, group) }),
    // Before the second one.
    ...(step === 0 && isNarrowed(programme) ? [whole(say('invitation.narrowed'))] : []),
  ])

/** Milestones by which one may ask for an answer, the earliest first. */
const deadlines: readonly MilestoneKind[] = ['chase', 'brief', 'rehearse', 'eve']

/** The first of those days that is still to come. */
function answerBy({ programme: { milestones }, today }: LetterFor, from: MilestoneKind): Part {
  const kinds = deadlines.slice(deadlines.indexOf(from))
  const found = kinds
    .flatMap((kind) => milestones.filter((one) => kindOf(one) === kind))
    .find(({ day }) => day > today)
  return orLack(found ? { date: found.day } : null, say('lack.answer-by'))
}

const closing = (programme: Programme): Part[] => [
  sentence('invitation.contact', { contact: contactPart(programme) }),
]

/** Whoever organises, by the names that were given. */
const signed = ({ team }: Programme): Part[] =>
  team.length
    ? [...new Set(team.map(({ name }) => name))].map((name) => whole(said(name)))
    : [orLack(null, say('lack.signature'))]

const item = (text: Text): Part => whole(say('letter.item', { text }))
