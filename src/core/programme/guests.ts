import { bounds } from '../bounds.ts'
import { line, paragraph } from '../fields.ts'
import { type Refusal, refuse } from '../phases/contract.ts'
import { type Say, say } from '../text.ts'
import type { AskOf } from './asks.ts'
import { alike, type Listed, listedIn } from './guest-list.ts'
import { countOf, oneOf, type Raw, textOf } from './reading.ts'
import { type Guest, guestAnswers, type Programme } from './types.ts'

/** People one programme invites, at most. */
export const mostGuests = 120

/** « Camille Durand, ville de Lyon » a line; someone who is on the list already is not put there twice. */
export function invited(ask: AskOf<'programme-invite'>, before: Programme): Programme | Refusal {
  const text = paragraph(ask.guests, 8000)
  if ('problem' in text) return refuse('invalid', { problems: { guests: text.problem } })
  const group = ask.group === '' ? null : countOf(ask.group, { min: 1, max: before.groups })
  if (typeof group === 'object' && group !== null)
    return refuse('invalid', { problems: { group: group.problem } })
  const listed = listedIn(ask.guests)
  if (listed.length > mostGuests) return refuse('full', { with: { max: mostGuests } })
  const read = listed.map((one) => readGuest(one))
  const wrong = read.find((one) => 'problem' in one)
  if (wrong && 'problem' in wrong) return refuse('invalid', { problems: { guests: wrong.problem } })
  const guests = [...before.guests]
  let nextGuest = before.nextGuest
  for (const one of read) {
    if ('problem' in one || guests.some((known) => isSame(known, one))) continue
    const was = stoodIn(ask.back ?? '', one.name)
    const groupBefore = countOf(was?.group ?? '', { min: 1, max: before.groups })
    guests.push({
      id: String(nextGuest),
      ...one,
      group: group ?? (typeof groupBefore === 'number' ? groupBefore : emptiest(guests, before.groups)),
      answer: oneOf(guestAnswers, was?.answer ?? '') ?? 'waiting',
    })
    nextGuest += 1
  }
  if (guests.length > mostGuests) return refuse('full', { with: { max: mostGuests } })
  return { ...before, guests, nextGuest }
}

/** Of two people who bear one name, each has a structure of her own. */
const isSame = (known: Listed, one: Listed): boolean =>
  alike(known.name, one.name) &&
  (known.organisation === '' || one.organisation === '' || alike(known.organisation, one.organisation))

/** How many people are written there; those on the list already count. */
export const countedIn = (text: string): number => listedIn(text).length

function readGuest({ name: written, organisation: about }: Listed): Listed | { problem: Say } {
  // A list is pasted with its dashes or numbers; « 1er adjoint » is no number.
  const name = line(written.replace(/^\s*(?:[-•*]+\s*|\d{1,3}[.)]\s+)+/u, ''), bounds.name)
  const organisation = line(about, bounds.organisation, false)
  if ('problem' in name) return name
  if (!/[\p{L}\p{N}]/u.test(name.value)) return { problem: say('problem.empty') }
  return 'problem' in organisation ? organisation : { name: name.value, organisation: organisation.value }
}

/** Groups are filled evenly. */
function emptiest(guests: Guest[], groups: number): number {
  const counts = Array.from(
    { length: groups },
    (_, index) => guests.filter((one) => one.group === index + 1).length,
  )
  return counts.indexOf(Math.min(...counts)) + 1
}

/** In the place of an answer: this person is no longer on the list. */
export const takenOff = 'off'

/** Those whom this takes off the list, as they stand on it. */
export const guestsTakenOff = (ask: Raw, { guests }: Pick<Programme, 'guests'>): Guest[] =>
  guests.filter(({ id }) => textOf(ask, `answer-${id}`) === takenOff)

/** How people stand, `yes 2 Camille Durand` a line, for the form that puts back those who were taken off. */
export const standingOf = (guests: Guest[]): string =>
  guests.map(({ answer, group, name }) => `${answer} ${group} ${name}`).join('\n')

function stoodIn(lines: string, name: string): { answer: string; group: string } | null {
  const all = lines.split('\n').map((one) => /^(\S+) (\d+) (.+)$/u.exec(one))
  const [, answer = '', group = ''] = all.find((one) => one && alike(one[3] ?? '', name)) ?? []
  return answer === '' ? null : { answer, group }
}

/** The list as it is saved: those taken off it are gone. */
export function answered(ask: Raw, before: Programme): Programme {
  const off = guestsTakenOff(ask, before)
  return withAnswers(ask, { ...before, guests: before.guests.filter((one) => !off.includes(one)) })
}

/** What each of them answered, and in which group she is. */
export function withAnswers(ask: Raw, before: Programme): Programme {
  const guests = before.guests.map((one) => {
    const answer = oneOf(guestAnswers, textOf(ask, `answer-${one.id}`) ?? '') ?? one.answer
    const group = countOf(textOf(ask, `group-${one.id}`) ?? '', { min: 1, max: before.groups })
    return { ...one, answer, group: typeof group === 'number' ? group : one.group }
  })
  return { ...before, guests }
}
