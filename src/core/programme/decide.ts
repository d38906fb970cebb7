import { bounds } from '../bounds.ts'
import { type Field, line, link, type Problems, paragraph, day as readDay } from '../fields.ts'
import type { Format } from '../format.ts'
import { isRefusal, type Refusal, refuse } from '../phases/contract.ts'
import { contextAfter, emptyContext } from '../session/context.ts'
import type { Context, Lang, PersonId } from '../session/types.ts'
import { say } from '../text.ts'
import { groupsFor, mostPeople, pathFor } from './advice.ts'
import type { ProgrammeAsk } from './asks.ts'
import type { Calendar } from './calendar.ts'
import type { Decided } from './decided.ts'
import { followed, isApart, withDecided, withFollowUps } from './follow.ts'
import { milestonesOf, weekLater } from './planning.ts'
import { rehearsalKey } from './rehearse.ts'
import {
  type Destination,
  destinations,
  type Guest,
  guestAnswers,
  type Programme,
  type Sitting,
  type Stage,
  type StartingPoint,
  startingPoints,
  teamRoles,
} from './types.ts'

/** Who asks, when, and what is around. */
export interface Asking {
  by: PersonId
  at: number
  lang: Lang
  calendar: Calendar
  formats: Record<string, Format>
  /** What the archive found of the sessions it is about. */
  decided?: Decided
}

export interface Planning {
  programmes: Programme[]
  nextProgramme: number
}

/** The programmes after what was asked, and which of them it was about; or why not. */
export type Planned = { planning: Planning; about: string } | Refusal

/** Programmes of one person, at most; those set aside count. */
export const mostProgrammes = 20

export function plan(ask: ProgrammeAsk, asking: Asking, planning: Planning): Planned {
  if (ask.do === 'programme-begin') return begun(ask, asking, planning)
  if (ask.do === 'programme-decided' && ask.p === '') return followedApart(asking, planning)
  const before = planning.programmes.find(({ id, owner }) => id === ask.p && owner === asking.by)
  if (!before) return refuse('unknown')
  if (before.droppedAt !== null && ask.do !== 'programme-restore') return refuse('not-now')
  const after = changed(ask, asking, before)
  if (isRefusal(after)) return after
  const touched = { ...after, touchedAt: asking.at }
  const programmes = planning.programmes.map((one) => (one === before ? touched : one))
  return { planning: { ...planning, programmes }, about: before.id }
}

function begun(
  ask: Extract<ProgrammeAsk, { do: 'programme-begin' }>,
  asking: Asking,
  planning: Planning,
): Planned {
  const [from, to] = [oneOf(startingPoints, ask.from), oneOf(destinations, ask.to)]
  const people = countOf(ask.people, { min: 1, max: mostPeople })
  const problems: Problems = {
    ...(from ? {} : { from: say('problem.choice') }),
    ...(to ? {} : { to: say('problem.choice') }),
    ...(typeof people === 'number' ? {} : { people: people.problem }),
  }
  if (!from || !to || typeof people !== 'number') return refuse('invalid', { problems })
  const path = pathFor(from, to, asking.formats)
  if (path.length === 0) return refuse('invalid', { problems: { to: say('programme.backwards') } })
  return added({ from, to, people, groups: groupsFor(people), path }, asking, planning)
}

interface Choice {
  from: StartingPoint
  to: Destination
  people: number
  groups: number
  path: Stage[]
}

function added(choice: Choice, { by, at, lang }: Asking, planning: Planning): Planned {
  if (planning.programmes.length >= mostProgrammes) return refuse('full', { with: { max: mostProgrammes } })
  const id = String(planning.nextProgramme)
  const fresh: Programme = {
    id,
    owner: by,
    lang,
    createdAt: at,
    touchedAt: at,
    ...choice,
    context: emptyContext,
    team: [],
    sittings: [],
    guests: [],
    nextGuest: 1,
    milestones: [],
    done: [],
    told: [],
    followUps: [],
    nextFollowUp: 1,
    same: [],
    droppedAt: null,
  }
  return {
    planning: { programmes: [...planning.programmes, fresh], nextProgramme: planning.nextProgramme + 1 },
    about: id,
  }
}

/**
 * What was decided in workshops that nobody prepared here is followed in a programme without a path: it is called to mind,
 * told to its owner and erased as any other is.
 */
function followedApart(asking: Asking, planning: Planning): Planned {
  const known = planning.programmes.find(
    (one) => isApart(one) && one.droppedAt === null && one.owner === asking.by,
  )
  if (known) return plan({ do: 'programme-decided', p: known.id }, asking, planning)
  const nothing: Choice = { from: 'commitment', to: 'roadmap', people: 0, groups: 1, path: [] }
  const fresh = added(nothing, asking, planning)
  if (isRefusal(fresh)) return fresh
  return plan({ do: 'programme-decided', p: fresh.about }, asking, fresh.planning)
}

type Change = Exclude<ProgrammeAsk, { do: 'programme-begin' }>

function changed(ask: Change, asking: Asking, before: Programme): Programme | Refusal {
  switch (ask.do) {
    case 'programme-size':
      return resized(ask, asking, before)
    case 'programme-dates':
      return dated(ask, asking, before)
    case 'programme-content':
      return prepared(ask, before)
    case 'programme-team':
      return manned(ask, before)
    case 'programme-invite':
      return invited(ask, before)
    case 'programme-answers':
      return answered(ask, before)
    case 'programme-uninvite':
      return { ...before, guests: before.guests.filter(({ id }) => id !== ask.guest) }
    case 'programme-tick':
      return ticked(ask, before)
    case 'programme-follow':
      return followed(ask, asking, before)
    case 'programme-decided':
      return withDecided(before, asking)
    case 'programme-followed':
      return withFollowUps(before, (one) => (one.id === ask.id ? { ...one, done: ask.on === 'true' } : one))
    case 'programme-unfollow':
      return { ...before, followUps: before.followUps.filter(({ id }) => id !== ask.id) }
    case 'programme-same':
      return together(ask, before)
    case 'programme-apart':
      return { ...before, same: before.same.filter((some) => !some.includes(ask.one)) }
    case 'programme-drop':
      return { ...before, droppedAt: asking.at }
    case 'programme-restore':
      return { ...before, droppedAt: null }
  }
}

function resized(
  ask: Extract<Change, { do: 'programme-size' }>,
  asking: Asking,
  before: Programme,
): Programme | Refusal {
  const people = ask.people === '' ? before.people : countOf(ask.people, { min: 1, max: mostPeople })
  const groups =
    ask.groups === ''
      ? typeof people === 'number'
        ? groupsFor(people)
        : before.groups
      : countOf(ask.groups, { min: 1, max: mostGroups })
  if (typeof people !== 'number') return refuse('invalid', { problems: { people: people.problem } })
  if (typeof groups !== 'number') return refuse('invalid', { problems: { groups: groups.problem } })
  const kept = before.sittings.filter(({ step, group }) => step > 0 || group <= groups)
  const guests = before.guests.map((one) => (one.group > groups ? { ...one, group: 1 } : one))
  return replanned({ ...before, people, groups, guests, sittings: kept }, asking)
}

export const mostGroups = 8

/** Every sitting the programme has, with or without a date: groups for its first workshop, one for the others. */
export const places = ({
  path,
  groups,
}: Pick<Programme, 'path' | 'groups'>): { step: number; group: number }[] =>
  path.flatMap((_, step) =>
    Array.from({ length: step === 0 ? groups : 1 }, (_each, index) => ({ step, group: index + 1 })),
  )

type Raw = Record<string, unknown>

const textOf = (raw: Raw, key: string): string | undefined => {
  const value = raw[key]
  return typeof value === 'string' ? value : undefined
}

/**
 * Where a date is left empty, a group meets when the first one does, and a workshop a week after the one before it. What
 * is not sent stays as it is.
 */
function dated(ask: Raw, asking: Asking, before: Programme): Programme | Refusal {
  const { calendar, at: now } = asking
  const problems: Problems = {}
  const sittings: Sitting[] = []
  for (const { step, group } of places(before)) {
    const name = `${step}-${group}`
    const known = before.sittings.find((one) => one.step === step && one.group === group)
    const [day, time] = [
      textOf(ask, `date-${name}`) ?? (known ? calendar.dayAt(known.at) : ''),
      textOf(ask, `time-${name}`) ?? (known ? calendar.timeAt(known.at) : ''),
    ]
    const where = link(textOf(ask, `link-${name}`) ?? known?.link ?? '')
    if ('problem' in where) problems[`link-${name}`] = where.problem
    const like = sittings.find((one) => one.step === step) ?? null
    const earlier = lastMoment(
      sittings.filter((one) => one.step === step - 1),
      calendar,
    )
    const at = momentOf({ day, time, like, earlier }, calendar)
    if (typeof at === 'object') {
      problems[`${at.field}-${name}`] = at.problem
      continue
    }
    const last = Math.max(0, ...sittings.filter((one) => one.step === step - 1).map((one) => one.at))
    if (at <= last) problems[`date-${name}`] = say('programme.too-early')
    if (at <= now && at !== known?.at) problems[`date-${name}`] = say('programme.past')
    sittings.push({ step, group, at, link: 'value' in where ? where.value : '' })
  }
  return Object.keys(problems).length
    ? refuse('invalid', { problems })
    : replanned({ ...before, sittings }, asking)
}

function lastMoment(groups: Sitting[], calendar: Calendar): number | null {
  const [first] = groups
  if (!first) return null
  const last = Math.max(...groups.map(({ at }) => at))
  return calendar.instantOf(calendar.dayAt(last), calendar.timeAt(first.at))
}

interface Moment {
  day: string
  time: string
  /** The first group of the same workshop. */
  like: Sitting | null
  /** When the workshop before it ends its round of groups, at the hour of the first one. */
  earlier: number | null
}

function momentOf(
  { day, time, like, earlier }: Moment,
  calendar: Calendar,
): number | { field: 'date' | 'time'; problem: ReturnType<typeof say> } {
  const guess = like?.at ?? (earlier === null ? null : weekLater(earlier, calendar))
  if (day === '' && time === '' && guess !== null) return guess
  const on = day || (guess === null ? '' : calendar.dayAt(guess))
  const hour = time || (guess === null ? '' : calendar.timeAt(guess))
  if (on === '') return { field: 'date', problem: say('problem.empty') }
  if (hour === '') return { field: 'time', problem: say('problem.empty') }
  const read = readDay(on, 'start')
  if ('problem' in read) return { field: 'date', problem: read.problem }
  if (!/^([01]?\d|2[0-3]):[0-5]\d$/u.test(hour)) return { field: 'time', problem: say('programme.bad-time') }
  return calendar.instantOf(read.value, hour.padStart(5, '0'))
}

/** What was called to mind already is not again; what moved to another day is. */
function replanned(programme: Programme, { calendar, at }: Asking): Programme {
  const milestones = milestonesOf(programme, calendar)
  const moved = milestones
    .filter((one) => programme.milestones.some((was) => was.key === one.key && was.day !== one.day))
    .map(({ key }) => key)
  const told = programme.told.filter((key) => !moved.includes(key))
  const passed = milestones.filter((one) => one.at <= at).map(({ key }) => key)
  return { ...programme, milestones, told: [...new Set([...told, ...passed])] }
}

function prepared(ask: Raw, before: Programme): Programme | Refusal {
  const keys = Object.keys(before.context) as (keyof Context)[]
  const given = Object.fromEntries(keys.map((key) => [key, textOf(ask, key)]))
  const { values, problems } = contextAfter(given, before.context)
  return Object.keys(problems).length ? refuse('invalid', { problems }) : { ...before, context: values }
}

function manned(ask: Raw, before: Programme): Programme | Refusal {
  const fields = teamRoles.map((role) => {
    const known = before.team.find((one) => one.role === role)?.name ?? ''
    return { role, field: line(textOf(ask, role) ?? known, bounds.name, false) }
  })
  const problems = problemsIn(fields.map(({ role, field }) => [role, field]))
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  const team = fields.flatMap(({ role, field }) =>
    'value' in field && field.value !== '' ? [{ role, name: field.value }] : [],
  )
  return { ...before, team }
}

/** People one programme invites, at most. */
export const mostGuests = 120

/** « Camille Durand, ville de Lyon » a line; someone who is on the list already is not put there twice. */
function invited(ask: Extract<Change, { do: 'programme-invite' }>, before: Programme): Programme | Refusal {
  const text = paragraph(ask.guests, 8000)
  if ('problem' in text) return refuse('invalid', { problems: { guests: text.problem } })
  const group = ask.group === '' ? null : countOf(ask.group, { min: 1, max: before.groups })
  if (typeof group === 'object' && group !== null)
    return refuse('invalid', { problems: { group: group.problem } })
  const lines = text.value.split(/[\n;]+/u).filter((one) => one.trim() !== '')
  if (lines.length > mostGuests) return refuse('full', { with: { max: mostGuests } })
  const read = lines.map((one) => readGuest(one))
  const wrong = read.find((one) => 'problem' in one)
  if (wrong && 'problem' in wrong) return refuse('invalid', { problems: { guests: wrong.problem } })
  const guests = [...before.guests]
  let nextGuest = before.nextGuest
  for (const one of read) {
    if ('problem' in one || guests.some(({ name }) => alike(name, one.name))) continue
    guests.push({
      id: String(nextGuest),
      ...one,
      group: group ?? emptiest(guests, before.groups),
      answer: 'waiting',
    })
    nextGuest += 1
  }
  if (guests.length > mostGuests) return refuse('full', { with: { max: mostGuests } })
  return { ...before, guests, nextGuest }
}

function readGuest(text: string): Pick<Guest, 'name' | 'organisation'> | { problem: ReturnType<typeof say> } {
  const [first = '', ...rest] = text.split(',')
  const name = line(first.replace(/^[-•*\d.)\s]+/u, ''), bounds.name)
  const organisation = line(rest.join(','), bounds.organisation, false)
  if ('problem' in name) return name
  return 'problem' in organisation ? organisation : { name: name.value, organisation: organisation.value }
}

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

function answered(ask: Raw, before: Programme): Programme {
  const guests = before.guests.map((one) => {
    const answer = oneOf(guestAnswers, textOf(ask, `answer-${one.id}`) ?? '') ?? one.answer
    const group = Number(textOf(ask, `group-${one.id}`) ?? one.group)
    return { ...one, answer, group: group >= 1 && group <= before.groups ? group : one.group }
  })
  return { ...before, guests }
}

function ticked(ask: Extract<Change, { do: 'programme-tick' }>, before: Programme): Programme | Refusal {
  const known = ask.key === rehearsalKey || before.milestones.some(({ key }) => key === ask.key)
  if (!known) return refuse('unknown')
  const rest = before.done.filter((key) => key !== ask.key)
  return { ...before, done: ask.on === 'true' ? [...rest, ask.key] : rest }
}

/** Whatever was one with either is one with both. */
function together(ask: Extract<Change, { do: 'programme-same' }>, before: Programme): Programme | Refusal {
  if (ask.one === '' || ask.other === '' || ask.one === ask.other) return refuse('unknown')
  const touching = before.same.filter((some) => some.includes(ask.one) || some.includes(ask.other))
  const united = [...new Set([...touching.flat(), ask.one, ask.other])]
  return { ...before, same: [...before.same.filter((some) => !touching.includes(some)), united] }
}

const oneOf = <T extends string>(known: readonly T[], given: string): T | undefined =>
  known.find((one) => one === given)

function countOf(
  raw: string,
  { min, max }: { min: number; max: number },
): number | { problem: ReturnType<typeof say> } {
  const value = Number(raw.trim())
  return raw.trim() !== '' && Number.isInteger(value) && value >= min && value <= max
    ? value
    : { problem: say('programme.count', { min, max }) }
}

const problemsIn = (fields: (readonly [string, Field])[]): Problems =>
  Object.fromEntries(fields.flatMap(([key, field]) => ('problem' in field ? [[key, field.problem]] : [])))
