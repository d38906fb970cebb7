import { z } from 'zod'
import { bounds } from '../bounds.ts'
import { line } from '../fields.ts'
import type { Place } from '../phases/seal.ts'
import { said, say, type Text } from '../text.ts'
import { beginning, type Exercise, type PlainAnswer } from './exercise.ts'

const perPerson = (place: Place, otherwise: number): number =>
  z.object({ perPerson: z.number() }).safeParse(place.segment.options).data?.perPerson ?? otherwise

const subject = z.object({ title: z.string(), sentence: z.string() })
const done = z.boolean().default(false)
const written = z.object({ ideas: z.array(subject), done })
type Subject = z.infer<typeof subject>

/** "Titre : une phrase", or "2 Titre : une phrase" to write it again. */
export function subjects(place: Place, answer: unknown): Exercise {
  const max = perPerson(place, bounds.subjectsPerPerson)
  const before = written.safeParse(answer).data ?? { ideas: [], done: false }
  const list = { given: before.ideas, max }
  return {
    desk: {
      how: say('private.how-silent-ideation', { max }),
      items: [],
      mine: before.ideas.map(({ title, sentence }, at) => ({
        number: at + 1,
        text: said(`${title} : ${sentence}`),
      })),
      rest: restOf(before, max, 'subject'),
      sealed: true,
    },
    read: (text) => (/[:|]/u.test(text) ? readSubject(text, list) : null),
    misread: lacksColon,
    finish: (verb) =>
      verb === 'ideas-done' && before.ideas.length === 0
        ? { text: say('private.nothing-subject'), tone: 'attention' }
        : null,
  }
}

function readSubject(text: string, list: Given<Subject>): PlainAnswer {
  const { at, own } = numbered(text, list)
  const [whole, ...parts] = /^([^:|]*)[:|](.*)$/su.exec(own) ?? []
  if (whole === undefined) return { wrong: lacksColon(own) }
  const [title = '', sentence = ''] = parts.map((one) => one.trim())
  const wrong = wrongIn(title, sentence)
  return wrong ? { wrong } : inList('ideas-save', { title, sentence }, { ...list, at, fields: subjectFields })
}

const lacksColon = (text: string): Text =>
  say('private.lacks-colon', { start: beginning(text), title: bounds.title, sentence: bounds.sentence })

function wrongIn(title: string, sentence: string): Text | null {
  const [head, body] = [line(title, bounds.title, false), line(sentence, bounds.sentence, false)]
  if ('problem' in head) return say('private.long-title', { start: beginning(title), problem: head.problem })
  if ('problem' in body)
    return say('private.long-sentence', { start: beginning(sentence), problem: body.problem })
  if (head.value === '' && body.value === '') return say('private.lacks-both')
  if (head.value === '') return say('private.lacks-title', { start: beginning(sentence) })
  return body.value === '' ? say('private.lacks-sentence', { start: beginning(title) }) : null
}

const subjectFields = ({ title, sentence }: Subject, at: number) => [
  [`title${at}`, title],
  [`sentence${at}`, sentence],
]

const own = z.object({ ideas: z.array(z.string()), done })

/** A sentence of several words is an idea, whatever it begins with; "2 une phrase" writes the second again. */
export function ideas(place: Place, answer: unknown): Exercise {
  const max = perPerson(place, 3)
  const before = own.safeParse(answer).data ?? { ideas: [], done: false }
  const list = { given: before.ideas, max }
  return {
    desk: {
      how: say('private.how-ideation-by-profile', { max }),
      items: [],
      mine: before.ideas.map((idea, at) => ({ number: at + 1, text: said(idea) })),
      rest: restOf(before, max, 'idea'),
      sealed: true,
    },
    read: (text) => readIdea(text, list),
    misread: (text) => say('private.short-idea', { start: beginning(text), words: wordsOfAnIdea }),
    finish: (verb) =>
      verb === 'own-done' && before.ideas.length === 0
        ? { text: say('private.nothing-idea'), tone: 'attention' }
        : null,
  }
}

function readIdea(text: string, list: Given<string>): PlainAnswer | null {
  const { at, own: idea } = numbered(text, list)
  if (idea.split(/\s+/u).length < wordsOfAnIdea) return null
  const field = line(idea, bounds.sentence, false)
  if ('problem' in field)
    return { wrong: say('private.long-idea', { start: beginning(idea), problem: field.problem }) }
  return inList('own-save', idea, { ...list, at, fields: (one, number) => [[`idea${number}`, one]] })
}

/** Fewer may be a command. */
const wordsOfAnIdea = 4

interface Given<T> {
  given: T[]
  max: number
}

/**
 * The number something is written with, empty for one more. Set apart (« 2 - », « 2. », « 2) »), it is never part of what
 * is written; before words alone, one that calls nothing is a word like the others.
 */
function numbered(text: string, { max }: { max: number }): { at: string; own: string } {
  const [, typed = '', apart = '', own = ''] =
    /^(?:([1-9])(?:\s*([.):\p{Pd}])\s+|\s+))?(.*)$/su.exec(text) ?? []
  if (Number(typed) <= max) return { at: typed, own }
  return { at: '', own: apart ? own : text }
}

interface List<T> extends Given<T> {
  at: string
  /** The inputs of the card for the one of this number. */
  fields(one: T, number: number): string[][]
}

/** The whole list is sent, as the card does: with one more at its end, or with this one in the place of another. */
function inList<T>(verb: string, one: T, { given, at, max, fields }: List<T>): PlainAnswer {
  const index = at === '' ? given.length : Math.min(Number(at) - 1, given.length)
  if (index >= max) return { wrong: say('private.full', { max }) }
  const all = [...given.slice(0, index), one, ...given.slice(index + 1)]
  const inputs = all.flatMap((each, before) => fields(each, before + 1))
  return { input: { do: verb, ...Object.fromEntries(inputs) } }
}

function restOf(
  before: { ideas: unknown[]; done: boolean },
  max: number,
  what: 'subject' | 'idea',
): Text | null {
  if (before.ideas.length === 0) return null
  if (before.done) return say(what === 'subject' ? 'private.done-subject' : 'private.done-idea')
  const left = max - before.ideas.length
  if (left <= 0) return say('private.finish')
  return say(what === 'subject' ? 'private.more-subject' : 'private.more-idea', { left })
}
