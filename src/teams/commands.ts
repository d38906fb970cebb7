import { z } from 'zod'
import { bounds } from '../core/bounds.ts'
import { lastSession, type Meeting } from '../core/meeting.ts'
import type { ToRehearse } from '../core/programme/rehearse.ts'
import { type Ask, latestOffer } from '../core/session/asks.ts'
import { present, steers } from '../core/session/people.ts'
import { currentSeat } from '../core/session/place.ts'
import { context, type PersonId, type Role, type Session } from '../core/session/types.ts'
import type { Lang } from '../core/text.ts'
import { type CardCommand, cardInput, isCardCommand } from './card-commands.ts'
import { isRoadmapCommand, type RoadmapCommand, roadmapInput } from './roadmap-commands.ts'
import {
  type SubActionCommand,
  subActionCommand,
  subActionInput,
  titleAndSentence,
} from './sub-action-commands.ts'
import { phrasesOf, plain, recognised } from './vocabulary.ts'

/** What someone typed, understood: something to ask, something to show, or nothing known. */
export type Typed =
  | { kind: 'ask'; ask: Ask }
  | {
      kind: 'show'
      what:
        | 'help'
        | 'desk'
        | 'join'
        | 'summary'
        | 'guide'
        | 'formats'
        | 'documents'
        | 'library'
        | 'own-data'
        | 'other-workshop'
        | 'programmes'
        | 'board'
    }
  | { kind: 'unknown' }
  /** The command needs more words: its example says which. */
  | { kind: 'incomplete'; command: string }
  | ({ kind: 'rehearse' } & ToRehearse)

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

const phrases = phrasesOf('commands.yaml')

/** Reads a typed message, the bot's own mention already removed. */
export function readTyped(text: string, around: Omit<Around, 'lang'>): Typed {
  const said = text.trim()
  if (said === '') return { kind: 'show', what: 'help' }
  const minutes = /^\+\s?(\d{1,2})(?:\s?min)?$/u.exec(said)
  if (minutes) return { kind: 'ask', ask: { do: 'extend', minutes: Number(minutes[1]) } }
  const found = recognised(said, phrases)
  return found ? meant(found.command, found.rest, { ...around, lang: found.lang }) : { kind: 'unknown' }
}

/** These words are a command and nothing else: a sentence may begin like one. */
export const isCommand = (text: string): boolean => phrases.some(({ phrase }) => phrase === plain(text))

/** Every command there is, for the help and for the test that each one is explained. */
export const commandNames = (): string[] => [...new Set(phrases.map(({ command }) => command))]

function meant(command: string, rest: string, around: Around): Typed {
  const listing = subActionCommand(command, kindOf(around))
  if (listing) return onSubActions(listing, rest, around)
  switch (command) {
    case 'desk':
      // "étape 3 titre : livrable": with a number, it is a step of the roadmap.
      return /^#?\d/u.test(rest) ? onRoadmap('step-edit', rest, around) : { kind: 'show', what: command }
    case 'help':
    case 'summary':
    case 'guide':
    case 'documents':
    case 'library':
    case 'own-data':
    case 'other-workshop':
    case 'programmes':
    case 'board':
      return { kind: 'show', what: command }
    case 'launch':
      return launchAsk(rest, around)
    case 'rehearse':
      return rehearsal(rest)
    case 'join':
      return rest === '' ? { kind: 'show', what: 'join' } : ask(joinAsk(rest, around.lang))
    case 'next-anyway':
      return ask({ do: 'next', anyway: 'true' })
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
    case 'own-reopen':
      return inPhase({ do: kindOf(around) === 'silent-ideation' ? 'ideas-reopen' : command })
    case 'give':
    case 'give-next':
      return handOver(command, rest, around)
    case 'show-all':
      return inPhase({ do: kindOf(around) === 'ideation-by-profile' ? 'own-show-all' : 'cards-show-all' })
    case 'hint-own':
      return rest === '' ? { kind: 'incomplete', command } : inPhase({ do: command, text: rest })
    case 'heard-add':
      return heard(rest, around)
    case 'card-heard':
      return cardHeard(rest, around)
    case 'prompt-give':
    case 'compose':
    case 'compose-from':
    case 'text-edit':
    case 'text-remove':
      return onSheet(command, rest)
    case 'email':
      return email(rest, around)
    case 'pages-choose':
      return /\d/u.test(rest)
        ? inPhase({ do: command, pages: rest.match(/\d{1,2}/gu)?.join(',') })
        : { kind: 'incomplete', command }
    case 'clear':
    case 'question':
    case 'page-next':
    case 'page-back':
    case 'silence':
    case 'hint':
    case 'reveal':
      return inPhase({ do: command })
    case 'propose':
      return kindOf(around) === 'roadmap'
        ? onRoadmap('estimate', rest, around)
        : onHeading(command, rest, around)
    case 'heading-write':
    case 'heading-later':
      return onHeading(command, rest, around)
    case 'proposal-take':
    case 'proposal-aside':
      return onProposal(command, rest, around)
    case 'bring':
      return ask({ do: 'bring', offer: latestOffer })
    case 'choose-planned':
      return ask({ do: command })
    case 'start-from':
      return startFrom(rest)
    case 'choose-group':
      return /^#?\d{1,2}$/u.test(rest)
        ? ask({ do: command, group: Number(rest.replace('#', '')) })
        : { kind: 'incomplete', command }
    case 'horizon':
      return horizon(rest)
    case 'more':
      return inPhase({ do: 'floor-more' })
    case 'note-taker':
    case 'co-facilitator':
    case 'participant':
      return role(command, rest, around)
    default:
      if (isCardCommand(command)) return onCards(command, rest, around)
      if (isRoadmapCommand(command)) return onRoadmap(command, rest, around)
      return prepared(command, rest) ?? plainMove(command)
  }
}

function onCards(command: CardCommand, rest: string, { meeting, now }: Around): Typed {
  const session = lastSession(meeting)
  const input = cardInput(command, rest, (session && currentSeat(session, now)?.place) ?? null)
  return input ? inPhase(input) : { kind: 'incomplete', command }
}

function onSubActions(command: SubActionCommand, rest: string, { meeting, now }: Around): Typed {
  const session = lastSession(meeting)
  const input = subActionInput(command, rest, (session && currentSeat(session, now)?.place) ?? null)
  return input ? inPhase(input) : { kind: 'incomplete', command }
}

function onRoadmap(command: RoadmapCommand, rest: string, { meeting, now }: Around): Typed {
  const session = lastSession(meeting)
  const input = roadmapInput(command, rest, (session && currentSeat(session, now)?.place) ?? null)
  return input ? inPhase(input) : { kind: 'incomplete', command }
}

/** "objectif Rendre nos données lisibles": one field of what the administration writes for itself. */
function prepared(command: string, rest: string): Typed | null {
  const field = contextFields.find((one) => command === `write-${one}`)
  if (!field) return null
  return rest === '' ? { kind: 'incomplete', command } : ask({ do: 'prepare', [field]: rest })
}

/** "proposer 2 texte", "rubrique 2 texte": headings are called by their place in the canvas, also once it is behind. */
function onHeading(command: string, rest: string, { meeting, now }: Around): Typed {
  const [, first = '', text = ''] = /^#?(\d{1,2})\s*(.*)$/su.exec(rest) ?? []
  if (first === '' || (text === '' && command !== 'heading-later')) return { kind: 'incomplete', command }
  const session = lastSession(meeting)
  const canvas = session && canvasOf(session, now)
  const heading = canvas?.headings[Number(first) - 1]?.id ?? first
  return ask({
    do: 'phase',
    input: { do: command, heading, ...(text ? { text } : {}) },
    ...(canvas && !canvas.current ? { segment: canvas.segment } : {}),
  })
}

const withHeadings = z.object({ headings: z.array(z.object({ id: z.string() })) })

/** The canvas of the segment that runs, else the last one before it. */
function canvasOf(session: Session, now: number) {
  const running = currentSeat(session, now)?.place.segment.id
  const upTo = session.format.segments.findIndex(({ id }) => id === running)
  return session.format.segments
    .slice(0, upTo + 1)
    .map(({ id, options }) => ({ id, read: withHeadings.safeParse(options) }))
    .flatMap(({ id, read }) =>
      read.success ? [{ segment: id, current: id === running, headings: read.data.headings }] : [],
    )
    .at(-1)
}

/** A proposal is called by its number. */
function onProposal(command: string, rest: string, { meeting, now }: Around): Typed {
  const wanted = Number(/\d{1,3}/u.exec(rest)?.[0] ?? Number.NaN)
  const session = lastSession(meeting)
  const seat = session && currentSeat(session, now)
  if (Number.isNaN(wanted)) return { kind: 'incomplete', command }
  const found = seat?.phase.contributions(seat.place).find((one) => one.number === wanted)
  return inPhase({ do: command, proposal: found?.id ?? String(wanted) })
}

/** "sujet de départ titre : phrase". */
function startFrom(rest: string): Typed {
  const [title = '', ...sentence] = rest.split(/\s*[:|]\s*/u)
  return title === ''
    ? { kind: 'incomplete', command: 'start-from' }
    : ask({ do: 'amend', 'f-title': title, 'f-sentence': sentence.join(' : ') })
}

/** "horizon 2027 2029", "horizon 01/2027 12/2028": a year or a month stands for its first and its last day. */
function horizon(rest: string): Typed {
  const [horizonStart = '', horizonEnd = ''] = rest.split(/\s+(?:à|au|to|-|–|→)?\s*/u)
  return horizonEnd === ''
    ? { kind: 'incomplete', command: 'horizon' }
    : ask({ do: 'prepare', horizonStart, horizonEnd })
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
  'adjourn',
  'undo',
  'redo',
] as const

function plainMove(command: string): Typed {
  const move = moves.find((one) => one === command)
  return move ? ask({ do: move }) : { kind: 'unknown' }
}

const ask = (one: Ask): Typed => ({ kind: 'ask', ask: one })

const inPhase = (input: Record<string, unknown>): Typed => ask({ do: 'phase', input })

/** "lancer", "lancer 2", "lancer format-1", "lancer groupe 2": who launches in a language wants the workshop in it, whatever her client speaks. */
function launchAsk(rest: string, { defaultFormat, formats, name, lang }: Around): Typed {
  const [, before = '', number] = /^(.*?)\s*(?:groupe|group)\s*#?(\d{1,2})$/u.exec(plain(rest)) ?? []
  const wanted = number === undefined ? plain(rest) : before
  const group = number === undefined ? {} : { group: Number(number) }
  const named = formats.find((id) => id === wanted || id.endsWith(`-${wanted.replace('#', '')}`))
  const format = wanted === '' ? defaultFormat : named
  // A workshop nobody knows is not replaced by another one: the card shows which there are.
  return format === undefined
    ? { kind: 'show', what: 'formats' }
    : ask({ do: 'launch', format, name, lang, ...group, ...(wanted === '' ? { asPlanned: true } : {}) })
}

/** "répéter", "répéter 2", "répéter 2 programme 3": anything else is a sentence that begins so. */
function rehearsal(rest: string): Typed {
  const found = /^(?:#?(\d{1,2}))?\s*(?:(?:du |of )?program(?:me)? #?(\d{1,3}))?$/u.exec(plain(rest))
  if (!found) return { kind: 'unknown' }
  const [, workshop, programme = null] = found
  return { kind: 'rehearse', workshop: workshop === undefined ? null : Number(workshop), programme }
}

/** "rejoindre Prénom, Nom, poste, structure": a comma between each. A name alone needs none. */
function joinAsk(rest: string, lang: Lang): Ask {
  const [firstName = '', lastName = '', position = '', organisation = '', profile = ''] = rest
    .split(/[,;]/u.test(rest) ? /[,;]/u : /\s+(.+)/su)
    .map((part) => part.trim())
  return {
    do: 'join',
    firstName,
    lastName,
    position,
    organisation,
    profile: profileFrom(profile),
    lang,
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
function doneVerb(around: Around): string {
  switch (kindOf(around)) {
    case 'silent-ideation':
      return 'ideas-done'
    case 'ideation-by-profile':
      return writesStill(around) ? 'own-done' : 'floor-done'
    default:
      return 'floor-done'
  }
}

/** Nobody has had the floor yet, and the one who types is no facilitator. */
function writesStill({ meeting, by, now }: Around): boolean {
  const session = lastSession(meeting)
  const seat = session && currentSeat(session, now)
  if (!seat || steers(session, by)) return false
  return seat.phase.body(seat.place, { sees: 'person', id: by }).pooling === false
}

/** The exercise that runs. */
function kindOf({ meeting, now }: Around): string | undefined {
  const session = lastSession(meeting)
  return session ? currentSeat(session, now)?.phase.kind : undefined
}

/** "entendu Camille : une phrase", or the sentence alone. */
function heard(rest: string, around: Around): Typed {
  if (rest === '') return { kind: 'incomplete', command: 'heard-add' }
  const session = lastSession(around.meeting)
  const [, name = '', text = ''] = /^([^:]{1,60}?)\s*:\s*(.+)$/su.exec(rest) ?? []
  const author = (session && name && personNamed(session, name)) || ''
  const told = author ? text : rest
  return kindOf(around) === 'sub-actions'
    ? inPhase({ do: 'sub-action-add', author, ...titleAndSentence(told) })
    : inPhase({ do: 'heard-add', text: told, author })
}

/** "compléter 2 texte", "reformuler titre texte", "ma phrase 3 texte": prompts and sentences are called by their number. */
function onSheet(command: string, rest: string): Typed {
  const [, first = '', text = ''] = /^#?(\d{1,3}|titre|title)(?:\s*:)?(?:\s+(.*))?$/isu.exec(rest) ?? []
  const about = /^t/iu.test(first) ? 'title' : first
  switch (command) {
    case 'text-remove':
      return about ? inPhase({ do: command, text: about }) : { kind: 'incomplete', command }
    case 'compose-from':
      return about ? inPhase({ do: command, source: about }) : { kind: 'incomplete', command }
    case 'text-edit':
      return text ? inPhase({ do: command, text: about, own: text }) : { kind: 'incomplete', command }
    default:
      return text ? inPhase({ do: command, prompt: about, text }) : { kind: 'incomplete', command }
  }
}

function handOver(command: 'give' | 'give-next', rest: string, { meeting }: Around): Typed {
  const session = lastSession(meeting)
  if (rest === '' || !session) return { kind: 'incomplete', command }
  return inPhase({
    do: command === 'give' ? 'floor-give' : 'floor-first',
    who: personNamed(session, rest) ?? rest,
  })
}

/** "sujet dit par Camille : titre : phrase". */
function cardHeard(rest: string, around: Around): Typed {
  const [, name = '', text = ''] = /^([^:]{1,60}?)\s*:\s*(.+)$/su.exec(rest) ?? []
  const session = lastSession(around.meeting)
  const input = cardInput('card-add', text, null)
  return input && session
    ? inPhase({ ...input, author: personNamed(session, name) ?? name })
    : { kind: 'incomplete', command: 'card-heard' }
}

function email(rest: string, { meeting }: Around): Typed {
  if (rest === '') return { kind: 'incomplete', command: 'email' }
  return ask(addressAsk(rest, lastSession(meeting)))
}

/** An address may be given after the end too. */
export function addressAsk(address: string, session: Session | null | undefined): Ask {
  const segment = session?.format.segments.find((one) => one.phase === 'conclusion')?.id
  return { do: 'phase', input: { do: 'email-give', email: address }, ...(segment ? { segment } : {}) }
}
