import { bounds } from '../bounds.ts'
import { line, paragraph } from '../fields.ts'
import { type Refusal, refuse } from '../phases/contract.ts'
import { type Say, say } from '../text.ts'
import type { AskOf } from './asks.ts'
import { countOf, oneOf, type Raw, textOf } from './reading.ts'
import { type Guest, guestAnswers, type Programme } from './types.ts'

/** People one programme invites, at most. */
export const mostGuests = 120

/** « Camille Durand, ville de Lyon » a line; someone who is on the list already is not put there twice. */
export function invited(ask: AskOf<'programme-invite'>, before: Programme): Programme | Refusal {
  const text = paragraph(withColumns(ask.guests), 8000)
  if ('problem' in text) return refuse('invalid', { problems: { guests: text.problem } })
  const group = ask.group === '' ? null : countOf(ask.group, { min: 1, max: before.groups })
  if (typeof group === 'object' && group !== null)
    return refuse('invalid', { problems: { group: group.problem } })
  const lines = linesIn(text.value)
  if (lines.length > mostGuests) return refuse('full', { with: { max: mostGuests } })
  const read = lines.map((one) => readGuest(one))
  const wrong = read.find((one) => 'problem' in one)
  if (wrong && 'problem' in wrong) return refuse('invalid', { problems: { guests: wrong.problem } })
  const guests = [...before.guests]
  let nextGuest = before.nextGuest
  for (const one of read) {
    if ('problem' in one || guests.some(({ name }) => alike(name, one.name))) continue
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

/** How many people are written there; those on the list already count. */
export const countedIn = (text: string): number => linesIn(withColumns(text)).length

/** A list pasted from a table has its columns between tabs, or between as many semicolons on every line. */
function withColumns(text: string): string {
  const rows = text.split(/\r?\n/u).filter((one) => one.trim() !== '')
  const semicolons = new Set(rows.map((one) => one.split(';').length))
  const isTable = rows.length > 1 && semicolons.size === 1 && !semicolons.has(1)
  return (isTable ? text.replaceAll(';', ', ') : text).replaceAll('\t', ', ')
}

/** The line above a table says what its columns hold: it is nobody. */
function linesIn(text: string): string[] {
  const [first, ...others] = text.split(/[\n;]+/u).filter((one) => one.trim() !== '')
  if (first === undefined) return []
  const cells = first.split(',').map(bare)
  const isHeader = cells.every((cell) => headings.has(cell)) && others.length > 0
  return isHeader ? others : [first, ...others]
}

const headings: ReadonlySet<string> = new Set([
  ...['nom', 'noms', 'prenom', 'prenoms', 'prenom nom', 'nom prenom', 'nom et prenom', 'prenom et nom'],
  ...['structure', 'organisme', 'organisation', 'service', 'direction', 'fonction', 'poste', 'profil'],
  ...['adresse', 'adresse mail', 'mail', 'e mail', 'email', 'courriel', 'telephone', 'tel', 'groupe'],
  ...['name', 'names', 'first name', 'last name', 'full name', 'surname', 'company', 'position', 'phone'],
])

/** Lists are pasted from a mailbox: an address is not kept. */
const mailAddress = /<[^<>]*@[^<>]*>/gu

function readGuest(text: string): Pick<Guest, 'name' | 'organisation'> | { problem: Say } {
  const named = text.replace(mailAddress, '')
  const parts = named.replaceAll('"', '').split(',')
  // As a mailbox writes it, what stands before the comma is the surname.
  const [first = '', ...rest] = named === text ? parts : [parts.toReversed().join(' ').trim()]
  // A list is pasted with its dashes or numbers; « 1er adjoint » is no number.
  const name = line(first.replace(/^\s*(?:[-•*]+\s*|\d{1,3}[.)]\s+)+/u, ''), bounds.name)
  const organisation = line(rest.join(','), bounds.organisation, false)
  if ('problem' in name) return name
  if (!/[\p{L}\p{N}]/u.test(name.value)) return { problem: say('problem.empty') }
  return 'problem' in organisation ? organisation : { name: name.value, organisation: organisation.value }
}

/** The same person, however her name was typed. */
export const alike = (one: string, other: string): boolean => bare(one) === bare(other)

const bare = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

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
