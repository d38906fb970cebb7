import { z } from 'zod'
import { bilingual } from '../bilingual.ts'
import { bounds } from '../bounds.ts'
import { paragraph } from '../fields.ts'
import type { Place } from '../phases/seal.ts'
import { type Bilingual, said, say, type Text } from '../text.ts'
import { beginning, type Exercise, type PlainAnswer } from './exercise.ts'

const question = z.object({ id: z.string(), text: bilingual, choices: z.array(bilingual).default([]) })
type Question = z.infer<typeof question>
const asked = z.object({ questions: z.array(question) })
const told = z.object({ email: z.string(), consent: z.boolean(), feedback: z.record(z.string()) })
type Told = z.infer<typeof told>

/** "2 une phrase", "1 4": a question of the questionnaire by its number, and the answer or the number of a choice. */
export function questionnaire(place: Place, answer: unknown): Exercise {
  const questions = asked.safeParse(place.segment.options).data?.questions ?? []
  const given = told.safeParse(answer).data
  const before = given ?? { email: '', consent: false, feedback: {} }
  return {
    desk: {
      how: howTo(questions),
      items: questions.map(({ text, choices }, index) => ({
        number: index + 1,
        title: text,
        sentence: figures(choices),
      })),
      mine: questions.flatMap(({ id }, index) => {
        const value = before.feedback[id]
        const number = index + 1
        return value ? [{ number, text: say('private.answered', { number, answer: said(value) }) }] : []
      }),
      rest: given ? restOf(questions, before) : null,
      sealed: false,
    },
    read: (text) => readAnswer(text, questions, before),
    ...(questions.length
      ? { misread: (text: string) => say('private.misread-answer', { start: beginning(text) }) }
      : {}),
    finish: (verb) => {
      if (verb !== 'floor-done') return null
      return given
        ? { text: say('private.finished'), tone: 'good' }
        : { text: say('private.nothing-answered'), tone: 'attention' }
    },
  }
}

const howTo = (questions: Question[]): Text =>
  questions.length
    ? { lines: [say('private.how-conclusion'), say('private.how-address')] }
    : say('private.how-address')

/** What each figure stands for. */
function figures(choices: Bilingual[]): Text | null {
  const list = (lang: keyof Bilingual) => choices.map((one, index) => `${index + 1} ${one[lang]}`).join(' · ')
  return choices.length ? { fr: list('fr'), en: list('en') } : null
}

/** Nothing is compulsory: what is left is told, and that it may be left. */
function restOf(questions: Question[], { email, feedback }: Told): Text | null {
  const left = questions.flatMap(({ id }, index) => (feedback[id] ? [] : [said(String(index + 1))]))
  const lines = [
    ...(left.length ? [say('private.rest-questions', { count: left.length, list: { listing: left } })] : []),
    ...(email ? [] : [say('private.how-address')]),
  ]
  return lines.length ? { lines } : say('private.all-answered')
}

function readAnswer(text: string, questions: Question[], before: Told): PlainAnswer | null {
  const [, typed = '', given = ''] = /^(\d{1,2})[.):]?\s+(.+)$/su.exec(text) ?? []
  const number = Number(typed)
  if (typed === '' || questions.length === 0) return null
  const one = questions[number - 1]
  if (!one) return { wrong: say('private.no-question', { number, max: questions.length }) }
  const wrong = wrongIn(one, number, given)
  return wrong ? { wrong } : { input: answered(before, one.id, given), about: [number] }
}

function wrongIn({ choices }: Question, number: number, given: string): Text | null {
  const choice = figures(choices)
  if (choice)
    return Number(given) >= 1 && Number(given) <= choices.length && /^\d$/u.test(given)
      ? null
      : say('private.no-choice', { number, choices: choice })
  const field = paragraph(given, bounds.comment, false)
  return 'problem' in field
    ? say('private.long-answer', { number, start: beginning(given), problem: field.problem })
    : null
}

/** The card sends everything each time: what was given before goes with it. */
function answered(before: Told, id: string, given: string): Record<string, unknown> {
  const feedback = Object.entries({ ...before.feedback, [id]: given })
  const inputs = feedback.map(([key, value]) => [`q-${key}`, value])
  const address = { email: before.email, consent: String(before.consent) }
  return { do: 'feedback-save', ...address, ...Object.fromEntries(inputs) }
}
