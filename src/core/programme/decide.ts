import { bounds } from '../bounds.ts'
import { line, type Problems } from '../fields.ts'
import type { Format } from '../format.ts'
import { isRefusal, type Refusal, refuse } from '../phases/contract.ts'
import { contextAfter, emptyContext } from '../session/context.ts'
import type { Context, Lang, PersonId } from '../session/types.ts'
import { say } from '../text.ts'
import { groupsFor, mostPeople, pathFor } from './advice.ts'
import type { AskOf, ProgrammeAsk } from './asks.ts'
import type { Calendar } from './calendar.ts'
import { dated, redated } from './dates.ts'
import type { Decided } from './decided.ts'
import { followed, isApart, withDecided, withFollowUps } from './follow.ts'
import { changesIn, clash, standing } from './form.ts'
import { answered, invited, withAnswers } from './guests.ts'
import { shifted, unshifted } from './moved.ts'
import { narrowed } from './onward.ts'
import { reshaped } from './path.ts'
import { countOf, oneOf, problemsIn, type Raw, textOf } from './reading.ts'
import { rehearsalKey } from './rehearse.ts'
import { alikeAgain, together, toldApart } from './same.ts'
import {
  type Destination,
  destinations,
  type Programme,
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
  /** Places in the path of the workshops that a session was launched for, where the path is to change. */
  held?: number[]
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
  if (before.droppedAt !== null && ask.do !== 'programme-restore') return refuse('set-aside')
  const after = clash(ask, standing(before, asking.calendar)) ?? changed(changesIn(ask), asking, before)
  if (isRefusal(after)) return after
  const touched = { ...after, touchedAt: asking.at }
  const programmes = planning.programmes.map((one) => (one === before ? touched : one))
  return { planning: { ...planning, programmes }, about: before.id }
}

function begun(ask: AskOf<'programme-begin'>, asking: Asking, planning: Planning): Planned {
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
    onward: [],
    milestones: [],
    moved: null,
    replannedAt: null,
    done: [],
    told: [],
    followUps: [],
    nextFollowUp: 1,
    same: [],
    distinct: [],
    former: { sittings: [], guests: [], milestones: [] },
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
      return reshaped(ask, { ...asking, held: asking.held ?? [] }, before)
    case 'programme-dates':
      return dated(ask, asking, before)
    case 'programme-shift':
      return redated(shifted(before, asking), before, asking)
    case 'programme-unshift':
      return redated(unshifted(before), before, asking)
    case 'programme-content':
      return prepared(ask, before)
    case 'programme-team':
      return manned(ask, before)
    case 'programme-invite':
      return invited(ask, withAnswers(ask, before))
    case 'programme-answers':
      return answered(ask, before)
    case 'programme-uninvite':
      return { ...before, guests: before.guests.filter(({ id }) => id !== ask.guest) }
    case 'programme-onward':
      return narrowed(ask, before)
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
    case 'programme-distinct':
      return toldApart(ask, before)
    case 'programme-alike':
      return alikeAgain(ask, before)
    case 'programme-drop':
      return { ...before, droppedAt: asking.at }
    case 'programme-restore':
      return { ...before, droppedAt: null }
  }
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

function ticked(ask: AskOf<'programme-tick'>, before: Programme): Programme | Refusal {
  const known = ask.key === rehearsalKey || before.milestones.some(({ key }) => key === ask.key)
  if (!known) return refuse('unknown')
  const rest = before.done.filter((key) => key !== ask.key)
  return { ...before, done: ask.on === 'true' ? [...rest, ask.key] : rest }
}
