import { inOrder } from '../core/programme/follow.ts'
import { type Guest, type Programme, teamRoles } from '../core/programme/types.ts'
import { context } from '../core/session/types.ts'
import { said, say, type Text } from '../core/text.ts'
import type { ProgrammePage } from '../core/views/index.ts'
import { phrasesOf, plain, recognised } from './vocabulary.ts'

/** What someone typed of her programmes in her own chat, understood. `p` is the programme it is about. */
export type PlanTyped =
  | { kind: 'ask'; verb: string; fields: Record<string, string> }
  | { kind: 'show'; page: ProgrammePage }
  /** The command needs more words: its example says which. */
  | { kind: 'incomplete'; command: string }
  /** It names something that is not there. */
  | { kind: 'wrong'; text: Text }

const phrases = phrasesOf('plan-commands.yaml')
const starts = phrasesOf('plan-commands.yaml', 'from')
const ends = phrasesOf('plan-commands.yaml', 'to')
const arrows = phrasesOf('plan-commands.yaml', 'between')
const groupWords = phrasesOf('plan-commands.yaml', 'group')
const everyoneWords = phrasesOf('plan-commands.yaml', 'everyone')

/** Every command there is, for the help. */
export const planCommands = (): string[] => [...new Set(phrases.map(({ command }) => command))]

/** "programme 2 : date …": the line names the programme it is about. */
export function namedIn(line: string): { number: string; rest: string } | null {
  const found = recognised(line, phrases)
  const [, number, rest = ''] =
    (found?.command === 'plan-one' && /^(\d{1,3})\s*:?\s*(.*)$/su.exec(found.rest)) || []
  return number === undefined ? null : { number, rest }
}

/** Null for what is no command of these. */
export function readPlan(
  line: string,
  programme: Programme | null,
): (PlanTyped & { command: string }) | null {
  const found = recognised(line.trim(), phrases)
  if (!found) return null
  const { command, rest } = found
  if (command === 'plan-path') return { command, ...pathAsk(rest, command) }
  return programme && { command, ...meant(command, rest, programme) }
}

function meant(command: string, rest: string, programme: Programme): PlanTyped {
  const field = contextFields.find((one) => command === `plan-${one}`)
  if (field) return rest === '' ? incomplete(command) : ask('programme-content', { [field]: rest })
  const page = pages[command]
  if (page && (rest === '' || (command === 'plan-one' && /^\d+$/u.test(rest)))) return { kind: 'show', page }
  switch (command) {
    case 'plan-repath':
      return pathAsk(rest, command)
    case 'plan-people':
      return /^\d/u.test(rest)
        ? ask('programme-size', { people: numberIn(rest), groups: '' })
        : incomplete(command)
    case 'plan-groups':
      return /^\d/u.test(rest)
        ? ask('programme-size', { people: '', groups: numberIn(rest) })
        : incomplete(command)
    case 'plan-date':
      return dateAsk(rest, programme)
    case 'plan-shift':
      return ask('programme-shift', {})
    case 'plan-unshift':
      return ask('programme-unshift', {})
    case 'plan-link':
      return linkAsk(rest)
    case 'plan-team':
      return namesIn(rest).length > teamRoles.length
        ? { kind: 'wrong', text: say('plan.team-three', { count: namesIn(rest).length }) }
        : ask('programme-team', teamIn(rest))
    case 'plan-invite':
      return inviteAsk(rest)
    case 'plan-uninvite':
      return ofGuest(rest, command, programme, ({ id }) => ask('programme-uninvite', { guest: id }))
    case 'plan-onward':
      return onwardAsk(rest, command, programme)
    case 'plan-confirm':
    case 'plan-decline':
    case 'plan-unanswered':
      return ofGuest(rest, command, programme, ({ id }) =>
        ask('programme-answers', { [`answer-${id}`]: answers[command] }),
      )
    case 'plan-tick':
    case 'plan-untick':
      return numbered(rest, command, programme.milestones, ({ key }) =>
        ask('programme-tick', { key, on: String(command === 'plan-tick') }),
      )
    case 'plan-follow':
      return followAsk(rest)
    case 'plan-followed':
    case 'plan-unfollowed':
      return numbered(rest, command, inOrder(programme.followUps), ({ id }) =>
        ask('programme-followed', { id, on: String(command === 'plan-followed') }),
      )
    case 'plan-unfollow':
      return numbered(rest, command, inOrder(programme.followUps), ({ id }) =>
        ask('programme-unfollow', { id }),
      )
    case 'plan-decided':
      return ask('programme-decided', {})
    case 'plan-same':
    case 'plan-different':
    case 'plan-alike':
      return twoSubjects(rest, command)
    case 'plan-apart':
      return numberIn(rest) === '' ? incomplete(command) : ask('programme-apart', { one: numberIn(rest) })
    case 'plan-drop':
      return ask('programme-drop', {})
    case 'plan-restore':
      return ask('programme-restore', {})
    default:
      return incomplete(command)
  }
}

/** What these words show when nothing follows them. */
const pages: Record<string, ProgrammePage> = {
  'plan-one': 'hub',
  'plan-date': 'dates',
  'plan-repath': 'size',
  'plan-content': 'content',
  'plan-team': 'team',
  'plan-invite': 'guests',
  'plan-onward': 'onward',
  'plan-planning': 'plan',
  'plan-follow': 'follow',
  'plan-merged': 'merged',
}

const contextFields = Object.keys(context.shape)

const answers = { 'plan-confirm': 'yes', 'plan-decline': 'no', 'plan-unanswered': 'waiting' } as const

const ask = (verb: string, fields: Record<string, string>): PlanTyped => ({ kind: 'ask', verb, fields })

const incomplete = (command: string): PlanTyped => ({ kind: 'incomplete', command })

const numberIn = (text: string): string => /\d+/u.exec(text)?.[0] ?? ''

/** "zéro → feuille de route 24"; the number may be left out where a path is changed. */
function pathAsk(rest: string, command: 'plan-path' | 'plan-repath'): PlanTyped {
  const spaced = rest.replaceAll(/->|→|,|;/gu, ' → ').trim()
  const from = recognised(spaced, starts)
  const arrow = from && recognised(from.rest, arrows)
  const to = from && recognised(arrow?.rest ?? from.rest, ends)
  const people = numberIn(to?.rest ?? '')
  if (!from || !to) return incomplete(command)
  const path = { from: from.command, to: to.command, people }
  if (command === 'plan-repath') return ask('programme-size', { ...path, groups: '' })
  return people === '' ? incomplete(command) : ask('programme-begin', path)
}

interface Place {
  /** `<step>-<group>`. */
  name: string
  step: number
  rest: string
}

/** "2 groupe 3 …": the workshop of the path and the group, the first ones unless said otherwise. */
function placeIn(text: string): Place {
  const [, workshop, afterNumber] = /^(\d)\s+(.+)$/su.exec(text) ?? []
  const left = afterNumber ?? text
  const group = recognised(left, groupWords)
  const [, number, afterGroup] = /^(\d{1,2})\s*:?\s+(.+)$/su.exec(group?.rest ?? '') ?? []
  const step = Number(workshop ?? 1) - 1
  return { name: `${step}-${number ?? 1}`, step, rest: afterGroup ?? left }
}

/** "12/01/2027 14h30". A workshop that has a time keeps it; after the first one, a week later is understood. */
function dateAsk(rest: string, { path, sittings }: Programme): PlanTyped {
  const { name, step, rest: when } = placeIn(rest)
  const [, date, hour, minutes = '00'] =
    /^(\d[\d/.-]*)(?:\s+(?:à\s+|at\s+)?(\d{1,2})\s*(?:h|:|\s*heures?)\s*(\d{2})?)?$/iu.exec(when) ?? []
  const known = sittings.some((one) => `${one.step}-${one.group}` === name)
  if (date === undefined || (hour === undefined && step === 0 && !known)) return incomplete('plan-date')
  if (step >= path.length) return noNumber(step + 1)
  const time = hour === undefined ? {} : { [`time-${name}`]: `${hour}:${minutes}` }
  return ask('programme-dates', { [`date-${name}`]: date, ...time })
}

function linkAsk(rest: string): PlanTyped {
  const { name, rest: address } = placeIn(rest)
  return address === '' ? incomplete('plan-link') : ask('programme-dates', { [`link-${name}`]: address })
}

const namesIn = (rest: string): string[] =>
  rest
    .split(/[,;]/u)
    .map((one) => one.trim())
    .filter((one, index, all) => one !== '' || all.slice(index).some((later) => later !== ''))

/** "Claire Martin, Karim Benali, Léa Roux": in the order of the roles. */
function teamIn(rest: string): Record<string, string> {
  const names = namesIn(rest)
  return Object.fromEntries(teamRoles.map((role, index) => [role, names[index] ?? '']))
}

/** "Paul Petit, Mairie", "groupe 2 : Paul Petit"; several lines are several people. */
function inviteAsk(rest: string): PlanTyped {
  const group = recognised(rest, groupWords)
  const [, number = '', guests = ''] = /^(\d{1,2})\s*:?\s+(.+)$/su.exec(group?.rest ?? '') ?? []
  return ask('programme-invite', number ? { guests, group: number } : { guests: rest, group: '' })
}

function ofGuest(
  name: string,
  command: string,
  { guests }: Programme,
  act: (guest: Guest) => PlanTyped,
): PlanTyped {
  if (name === '') return incomplete(command)
  const found = guestsNamed(plain(name), guests)
  const [one, ...others] = found
  if (!one) return { kind: 'wrong', text: say('plan.no-guest', { name: said(name.slice(0, 60)) }) }
  const names = found.slice(0, 4).map((guest) => said(guest.name))
  return others.length
    ? { kind: 'wrong', text: say('plan.several-guests', { names: { listing: names } }) }
    : act(one)
}

/** "Paul Petit, Zoé Noir", or everyone. */
function onwardAsk(rest: string, command: string, programme: Programme): PlanTyped {
  if (recognised(rest, everyoneWords)?.rest === '') return ask('programme-onward', { onward: '' })
  const ids: string[] = []
  for (const name of rest.split(/[,;\n]/u).filter((one) => one.trim() !== '')) {
    const found = ofGuest(name.trim(), command, programme, ({ id }) =>
      ask('programme-onward', { onward: id }),
    )
    if (found.kind !== 'ask') return found
    ids.push(found.fields.onward ?? '')
  }
  return ask('programme-onward', { onward: ids.join(',') })
}

/** By the whole name, else by a word of it, else by its beginning. */
function guestsNamed(wanted: string, guests: Guest[]): Guest[] {
  const tests = [
    (name: string) => name === wanted,
    (name: string) => name.split(' ').includes(wanted),
    (name: string) => name.startsWith(wanted),
  ]
  const found = tests.map((test) => guests.filter((one) => test(plain(one.name))))
  return found.find((some) => some.length > 0) ?? []
}

/** As the page numbers them. */
function numbered<T>(rest: string, command: string, list: T[], act: (one: T) => PlanTyped): PlanTyped {
  const number = numberIn(rest)
  if (number === '') return incomplete(command)
  const one = list[Number(number) - 1]
  return one === undefined ? noNumber(Number(number)) : act(one)
}

/** "2 5": as the sheet that brings the groups' subjects together numbers them. */
function twoSubjects(rest: string, command: keyof typeof saidOfTwo): PlanTyped {
  const [one, other] = rest.match(/\d+/gu) ?? []
  return one !== undefined && other !== undefined
    ? ask(saidOfTwo[command], { one, other })
    : incomplete(command)
}

const saidOfTwo = {
  'plan-same': 'programme-same',
  'plan-different': 'programme-distinct',
  'plan-alike': 'programme-alike',
} as const

const noNumber = (number: number): PlanTyped => ({ kind: 'wrong', text: say('plan.no-number', { number }) })

/** "01/06/2027 réunir le groupe". */
function followAsk(rest: string): PlanTyped {
  const [, date = '', text = ''] = /^(\d[\d/.-]*)\s+(.+)$/su.exec(rest) ?? []
  return date === '' ? incomplete('plan-follow') : ask('programme-follow', { text, date })
}
