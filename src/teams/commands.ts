import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { bounds } from '../core/bounds.ts'
import { lastSession, type Meeting } from '../core/meeting.ts'
import type { Ask } from '../core/session/asks.ts'
import { present } from '../core/session/people.ts'
import { currentSeat, currentSegmentId } from '../core/session/place.ts'
import { context, type PersonId, type Role, type Session } from '../core/session/types.ts'
import type { Lang } from '../core/text.ts'

/** What someone typed, understood: something to ask, something to show, or nothing known. */
export type Typed =
  | { kind: 'ask'; ask: Ask }
  | { kind: 'show'; what: 'help' | 'desk' | 'join' | 'summary' | 'guide' }
  | { kind: 'unknown' }
  /** The command needs more words: its example says which. */
  | { kind: 'incomplete'; command: string }

/** What the parser may look at to turn a number or a name into what it stands for. */
interface Around {
  meeting: Meeting
  by: PersonId
  name: string
  /** Of the words that were typed. */
  lang: Lang
  defaultFormat: string
  formats: string[]
  now: number
}

const vocabulary = z.object({ words: z.record(z.array(z.string().min(1))) })

/** Longest phrase first, so that "page suivante" is not read as "page". Both languages are always understood. */
const phrases: { phrase: string; command: string; lang: Lang }[] = (['fr', 'en'] as const)
  .flatMap((lang) => {
    const file = join(import.meta.dirname, '..', 'locales', lang, 'commands.yaml')
    const { words } = vocabulary.parse(parse(readFileSync(file, 'utf8')))
    return Object.entries(words).flatMap(([command, list]) =>
      list.map((phrase) => ({ phrase: plain(phrase), command, lang })),
    )
  })
  .sort((a, b) => b.phrase.length - a.phrase.length)

/** Reads a typed message, the bot's own mention already removed. */
export function readTyped(text: string, around: Omit<Around, 'lang'>): Typed {
  const said = text.trim()
  if (said === '') return { kind: 'show', what: 'help' }
  const minutes = /^\+\s?(\d{1,2})(?:\s?min)?$/u.exec(said)
  if (minutes) return { kind: 'ask', ask: { do: 'extend', minutes: Number(minutes[1]) } }
  const found = phrases.find(({ phrase }) => startsWith(plain(said), phrase))
  if (!found) return { kind: 'unknown' }
  const rest = afterWords(said, found.phrase.split(' ').length)
  return meant(found.command, rest, { ...around, lang: found.lang })
}

/** Every command there is, for the help and for the test that each one is explained. */
export const commandNames = (): string[] => [...new Set(phrases.map(({ command }) => command))]

function meant(command: string, rest: string, around: Around): Typed {
  switch (command) {
    case 'help':
    case 'desk':
    case 'summary':
    case 'guide':
      return { kind: 'show', what: command }
    case 'launch':
      return ask(launchAsk(rest, around))
    case 'join':
      return rest === '' ? { kind: 'show', what: 'join' } : ask(joinAsk(rest))
    case 'contribute':
      return ask({ do: 'contribute', on: true })
    case 'note':
      return rest === '' ? { kind: 'incomplete', command } : ask({ do: 'note', text: rest })
    case 'reason':
      return rest === '' ? { kind: 'incomplete', command } : inPhase({ do: command, reason: rest })
    case 'done':
      return inPhase({ do: doneVerb(around) })
    case 'pass':
      return inPhase({ do: 'floor-pass' })
    case 'later':
      return inPhase({ do: 'floor-later' })
    case 'jump':
      return inPhase({ do: 'floor-jump' })
    case 'give':
      return give(rest, around)
    case 'show-all':
      return inPhase({ do: 'cards-show-all' })
    case 'email':
      return email(rest, around)
    case 'card-add':
      return written(rest, (title, sentence) => ({ do: 'card-add', title, sentence }))
    case 'card-edit':
    case 'card-merge':
    case 'card-remove':
    case 'place':
    case 'prioritise':
      return onCard(command, rest, around)
    case 'clear':
    case 'question':
    case 'page-next':
    case 'page-back':
    case 'silence':
    case 'reveal':
      return inPhase({ do: command })
    case 'more':
      return inPhase({ do: 'floor-more' })
    case 'note-taker':
    case 'co-facilitator':
    case 'participant':
      return role(command, rest, around)
    default:
      return prepared(command, rest) ?? plainMove(command)
  }
}

/** "objectif Rendre nos données lisibles": one field of what the administration writes for itself. */
function prepared(command: string, rest: string): Typed | null {
  const field = contextFields.find((one) => command === `write-${one}`)
  if (!field) return null
  return rest === '' ? { kind: 'incomplete', command } : ask({ do: 'prepare', [field]: rest })
}

const contextFields = Object.keys(context.shape) as (keyof typeof context.shape)[]

/** "complice Karim": anyone of the workshop or of the meeting's roster. */
function role(command: Role, rest: string, { meeting }: Around): Typed {
  const session = lastSession(meeting)
  if (rest === '' || !session) return { kind: 'incomplete', command }
  return ask({
    do: 'name-role',
    role: command,
    person: personNamed(session, rest) ?? rest.slice(0, bounds.name),
  })
}

/** Who goes by this name, or by its beginning; those who joined come first. */
function personNamed(session: Session, name: string): PersonId | undefined {
  const wanted = plain(name)
  const joined = present(session).map((one) => ({ id: one.id, name: `${one.firstName} ${one.lastName}` }))
  return [...joined, ...Object.values(session.roster)].find(
    (one) => plain(one.name).startsWith(wanted) || plain(one.name).split(' ').at(-1) === wanted,
  )?.id
}

const moves = [
  'leave',
  'start',
  'next',
  'back',
  'skip',
  'pause',
  'resume',
  'rebalance',
  'end',
  'cancel',
  'undo',
  'redo',
] as const

function plainMove(command: string): Typed {
  const move = moves.find((one) => one === command)
  return move ? ask({ do: move }) : { kind: 'unknown' }
}

const ask = (one: Ask): Typed => ({ kind: 'ask', ask: one })

const inPhase = (input: Record<string, unknown>): Typed => ask({ do: 'phase', input })

/** "lancer", "lancer format-1": who launches in a language wants the workshop in it, whatever her client speaks. */
function launchAsk(rest: string, { defaultFormat, formats, name, lang }: Around): Ask {
  const wanted = plain(rest)
  const format =
    formats.find((id) => id === wanted || id.endsWith(`-${wanted.replace('#', '')}`)) ?? defaultFormat
  return { do: 'launch', format, name, lang }
}

/** "rejoindre Prénom, Nom, poste, structure": a comma between each. */
function joinAsk(rest: string): Ask {
  const [firstName = '', lastName = '', position = '', organisation = '', profile = ''] = rest
    .split(/\s*[,;]\s*/u)
    .map((part) => part.trim())
  return {
    do: 'join',
    firstName,
    lastName,
    position,
    organisation,
    profile: profileFrom(profile),
    lang: '',
    contributes: '',
  }
}

function profileFrom(word: string): string {
  const said = plain(word)
  if (/^(agent|public)/u.test(said)) return 'agent'
  if (/^(societe|asso|civil)/u.test(said)) return 'civil-society'
  return 'citizen'
}

/** "terminé" while writing is one thing, while speaking another. */
function doneVerb({ meeting, now }: Around): string {
  const session = lastSession(meeting)
  const seat = session && currentSeat(session, now)
  return seat?.phase.kind === 'silent-ideation' ? 'ideas-done' : 'floor-done'
}

function give(rest: string, { meeting }: Around): Typed {
  const session = lastSession(meeting)
  if (rest === '' || !session) return { kind: 'incomplete', command: 'give' }
  return inPhase({ do: 'floor-give', who: personNamed(session, rest) ?? rest })
}

/** An address may be given after the end too. */
function email(rest: string, { meeting }: Around): Typed {
  if (rest === '') return { kind: 'incomplete', command: 'email' }
  const session = lastSession(meeting)
  const segment = session?.format.segments.find((one) => one.phase === 'conclusion')?.id
  return ask({ do: 'phase', input: { do: 'email-give', email: rest }, ...(segment ? { segment } : {}) })
}

/** "titre : une phrase". */
function written(rest: string, make: (title: string, sentence: string) => Record<string, unknown>): Typed {
  const [title = '', ...sentence] = rest.split(/\s*[:|]\s*/u)
  if (title === '' || sentence.length === 0) return { kind: 'incomplete', command: 'card-add' }
  return inPhase(make(title, sentence.join(' : ')))
}

/** Cards are called by their number: "carte 3 titre : phrase", "fusionner 3 5", "placer 3 4 5" (desirability, feasibility). */
function onCard(command: string, rest: string, around: Around): Typed {
  const [, first = '', tail = ''] = /^#?(\d{1,3})\s*(.*)$/su.exec(rest) ?? []
  const card = cardNumbered(Number(first), around)
  if (first === '') return { kind: 'incomplete', command }
  switch (command) {
    case 'card-edit':
      return written(tail, (title, sentence) => ({ do: 'card-edit', card, title, sentence }))
    case 'card-merge': {
      const other = /(\d{1,3})/u.exec(tail)?.[1]
      return other
        ? inPhase({ do: command, card, with: cardNumbered(Number(other), around) })
        : { kind: 'incomplete', command }
    }
    case 'place': {
      const [y, x] = tail.replaceAll(',', '.').match(/\d(?:\.\d)?/gu) ?? []
      return x === undefined ? { kind: 'incomplete', command } : inPhase({ do: command, card, x, y })
    }
    default:
      return inPhase({ do: command, card })
  }
}

/** The id of the card people call by this number; a number nobody uses is left for the phase to refuse. */
function cardNumbered(number: number, { meeting, now }: Around): string {
  const session = lastSession(meeting)
  return session ? (numbered(session, number, now) ?? String(number)) : String(number)
}

function numbered(session: Session, number: number, now: number): string | undefined {
  const current = currentSegmentId(session)
  const upTo = session.format.segments.findIndex((one) => one.id === current)
  const seat = currentSeat(session, now)
  const items = session.format.segments
    .slice(0, upTo + 1)
    .toReversed()
    .map((segment) => seat?.place.harvest(segment.id) ?? [])
    .find((found) => found.some((one) => one.number !== undefined))
  return items?.find((one) => one.number === number)?.id
}

const startsWith = (said: string, phrase: string): boolean => said === phrase || said.startsWith(`${phrase} `)

/** What follows the first words, as it was typed. */
const afterWords = (said: string, count: number): string =>
  said
    .split(/\s+/u)
    .slice(0, count)
    .reduce((rest, word) => rest.slice(rest.indexOf(word) + word.length), said)
    .trim()

/** Without accents, capitals, typographic apostrophes or doubled spaces. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('’', "'")
    .toLowerCase()
    .replace(/[.!…]+$/u, '')
    .replace(/\s+/gu, ' ')
    .trim()
}
