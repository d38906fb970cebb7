import { z } from 'zod'
import { bilingual } from './bilingual.ts'
import { bounds } from './bounds.ts'
import type { Item } from './phases/contract.ts'
import type { Place } from './phases/seal.ts'
import { currentSeat } from './session/place.ts'
import type { PersonId, Session } from './session/types.ts'
import { type Bilingual, said, say, type Text } from './text.ts'

/** What was written in private, read as an answer to the exercise that runs: what to ask of its phase, or what is wrong. */
export type PlainAnswer = { input: Record<string, unknown> } | { wrong: Text }

/** What someone may look at to answer by writing alone: what there is to answer to, how, and what she gave so far. */
export interface Desk {
  how: Text | null
  items: { number: number; title: Text; sentence: Text | null }[]
  mine: Text[]
  /** Kept from the room until it is revealed. */
  sealed: boolean
}

/** Null where plain words answer nothing at this moment. */
export function plainAnswer(text: string, session: Session, who: PersonId, now: number): PlainAnswer | null {
  return exerciseOf(session, who, now)?.read(text.trim()) ?? null
}

export const deskOf = (session: Session, who: PersonId, now: number): Desk =>
  exerciseOf(session, who, now)?.desk ?? { how: null, items: [], mine: [], sealed: false }

interface Exercise {
  desk: Desk
  read(text: string): PlainAnswer | null
}

/** The exercises whose answers are nobody else's to see: they are never typed in the meeting's chat. */
function exerciseOf(session: Session, who: PersonId, now: number): Exercise | null {
  const seat = currentSeat(session, now)
  if (!seat || !session.participants[who]?.contributes) return null
  const mine = session.answers[seat.place.segment.id]?.[who]
  switch (seat.phase.kind) {
    case 'silent-ideation':
      return subjects(seat.place, mine)
    case 'ideation-by-profile':
      return ideas(seat.place, mine)
    case 'matrix':
      return ratings(seat.place, mine)
    case 'conclusion':
      return questionnaire(seat.place, mine)
    default:
      return null
  }
}

const perPerson = (place: Place, otherwise: number): number =>
  z.object({ perPerson: z.number() }).safeParse(place.segment.options).data?.perPerson ?? otherwise

const written = z.object({ ideas: z.array(z.object({ title: z.string(), sentence: z.string() })) })
type Subject = z.infer<typeof written>['ideas'][number]

/** "Titre : une phrase", or "2 Titre : une phrase" to write it again. */
function subjects(place: Place, answer: unknown): Exercise {
  const max = perPerson(place, bounds.subjectsPerPerson)
  const given = written.safeParse(answer).data?.ideas ?? []
  const fields = ({ title, sentence }: Subject, at: number) => [
    [`title${at}`, title],
    [`sentence${at}`, sentence],
  ]
  return {
    desk: {
      how: say('private.how-silent-ideation', { max }),
      items: [],
      mine: given.map(({ title, sentence }) => said(`${title} : ${sentence}`)),
      sealed: true,
    },
    read(text) {
      const [, at = '', title = '', sentence = ''] =
        /^(?:([1-9])[.)]?\s+)?([^:|]+?)\s*[:|]\s*(\S.*)$/su.exec(text) ?? []
      if (title === '') return null
      return inList('ideas-save', { title, sentence }, { given, at, max, fields })
    },
  }
}

const own = z.object({ ideas: z.array(z.string()) })

/** A sentence of several words is an idea, whatever it begins with; "2 une phrase" writes the second again. */
function ideas(place: Place, answer: unknown): Exercise {
  const max = perPerson(place, 3)
  const given = own.safeParse(answer).data?.ideas ?? []
  const fields = (idea: string, at: number) => [[`idea${at}`, idea]]
  return {
    desk: {
      how: say('private.how-ideation-by-profile', { max }),
      items: [],
      mine: given.map(said),
      sealed: true,
    },
    read(text) {
      const [, at = '', idea = ''] = /^(?:([1-9])[.)]?\s+)?(.+)$/su.exec(text) ?? []
      if (idea.split(/\s+/u).length < wordsOfAnIdea) return null
      return inList('own-save', idea, { given, at, max, fields })
    },
  }
}

/** Fewer may be a command. */
const wordsOfAnIdea = 4

interface List<T> {
  given: T[]
  /** The number it was written with, empty for one more. */
  at: string
  max: number
  /** The inputs of the card for the one of this number. */
  fields(one: T, number: number): string[][]
}

/** The whole list is sent, as the card does: with one more at its end, or with this one in the place of another. */
function inList<T>(verb: string, one: T, { given, at, max, fields }: List<T>): PlainAnswer {
  const index = at === '' ? given.length : Math.min(Number(at) - 1, given.length)
  if (index >= max || Number(at) > max) return { wrong: say('private.full', { max }) }
  const all = [...given.slice(0, index), one, ...given.slice(index + 1)]
  const inputs = all.flatMap((each, before) => fields(each, before + 1))
  return { input: { do: verb, ...Object.fromEntries(inputs) } }
}

const matrix = z.object({
  from: z.string(),
  x: z.object({ title: bilingual }),
  y: z.object({ title: bilingual }),
})
const voted = z.object({
  votes: z.record(z.object({ x: z.number().nullable(), y: z.number().nullable() })),
})

/** "3 4 5": card 3, four on the vertical axis, five on the horizontal one; "-" for no opinion; several with ";". */
function ratings(place: Place, answer: unknown): Exercise | null {
  const options = matrix.safeParse(place.segment.options).data
  if (!options) return null
  const votes = voted.safeParse(answer).data?.votes ?? {}
  const cards = place.harvest(options.from).filter(({ number }) => number !== undefined)
  return {
    desk: {
      how: say('private.how-matrix', { axisY: options.y.title, axisX: options.x.title }),
      items: cards.map(({ number = 0, title, sentence }) => ({
        number,
        title: said(title),
        sentence: sentence ? said(sentence) : null,
      })),
      mine: cards.flatMap(({ id, number = 0 }) => {
        const vote = votes[id]
        return vote ? [say('private.rated', { number, y: opinion(vote.y), x: opinion(vote.x) })] : []
      }),
      sealed: true,
    },
    read: (text) => rated(text, cards),
  }
}

const opinion = (value: number | null): Text =>
  value === null ? say('matrix.no-opinion') : said(String(value))

const ratedLine = /^\s*#?(\d{1,3})\s*[:,]?\s+(-?\d{1,3}|-)\s*[,/]?\s+(-?\d{1,3}|-)\s*$/u

function rated(text: string, cards: Item[]): PlainAnswer | null {
  const lines = text.split(/[;\n]/u).filter((line) => line.trim() !== '')
  const read = lines.flatMap((line) => {
    const [, number, y, x] = ratedLine.exec(line) ?? []
    return number && y && x ? [{ card: cards.find((one) => one.number === Number(number)), y, x }] : []
  })
  if (lines.length === 0 || read.length < lines.length) return null
  if (read.some(({ card }) => !card)) return { wrong: say('refusal.unknown') }
  const inputs = read.flatMap(({ card, y, x }) => [
    [`d-${card?.id}`, point(y)],
    [`f-${card?.id}`, point(x)],
  ])
  return { input: { do: 'rate-save', ...Object.fromEntries(inputs) } }
}

const point = (typed: string): string => (typed === '-' ? 'none' : typed)

const asked = z.object({
  questions: z.array(z.object({ id: z.string(), text: bilingual, choices: z.array(bilingual).default([]) })),
})
const told = z.object({ email: z.string(), consent: z.boolean(), feedback: z.record(z.string()) })

/** "2 une phrase", "1 4": a question of the questionnaire by its number, and the answer or the number of a choice. */
function questionnaire(place: Place, answer: unknown): Exercise {
  const questions = asked.safeParse(place.segment.options).data?.questions ?? []
  const before = told.safeParse(answer).data ?? { email: '', consent: false, feedback: {} }
  return {
    desk: {
      how: questions.length ? say('private.how-conclusion') : null,
      items: questions.map(({ text, choices }, index) => ({
        number: index + 1,
        title: text,
        sentence: figures(choices),
      })),
      mine: questions.flatMap(({ id }, index) => {
        const given = before.feedback[id]
        return given ? [say('private.answered', { number: index + 1, answer: said(given) })] : []
      }),
      sealed: false,
    },
    read(text) {
      const [, number = '', given = ''] = /^(\d{1,2})[.):]?\s+(.+)$/su.exec(text) ?? []
      const question = questions[Number(number) - 1]
      if (number === '') return null
      return question ? answered(before, question.id, given) : { wrong: say('refusal.unknown') }
    },
  }
}

/** What each figure stands for. */
function figures(choices: Bilingual[]): Text | null {
  const list = (lang: keyof Bilingual) => choices.map((one, index) => `${index + 1} ${one[lang]}`).join(' · ')
  return choices.length ? { fr: list('fr'), en: list('en') } : null
}

/** The card sends everything each time: what was given before goes with it. */
function answered(before: z.infer<typeof told>, question: string, given: string): PlainAnswer {
  const feedback = Object.entries({ ...before.feedback, [question]: given })
  const inputs = feedback.map(([id, value]) => [`q-${id}`, value])
  const address = { email: before.email, consent: String(before.consent) }
  return { input: { do: 'feedback-save', ...address, ...Object.fromEntries(inputs) } }
}
