import type { Problems } from '../fields.ts'
import type { Format } from '../format.ts'
import { type Refusal, refuse } from '../phases/contract.ts'
import { say } from '../text.ts'
import { groupsFor, mostPeople, pathFor } from './advice.ts'
import type { AskOf } from './asks.ts'
import { mostGroups, redated, type When } from './dates.ts'
import { kindOf, leadingKinds, stepOf } from './planning.ts'
import { countOf, oneOf } from './reading.ts'
import {
  type Destination,
  destinations,
  type Milestone,
  type Programme,
  type Sitting,
  type Stage,
  type StartingPoint,
  startingPoints,
} from './types.ts'

/*
 * The path and its groups are chosen first, and may be chosen again: what was prepared of a workshop that leaves, or of a
 * group, waits for it.
 */

/** When it is asked, and of which workshops. */
interface Around extends When {
  formats: Record<string, Format>
  /** Places in the path of the workshops that some session was launched for. */
  held: number[]
}

/** As many groups as the number of people asks for. */
export const asAdvised = 'advised'

/** Another path, another number of people or of groups; what is left empty stays as it is. */
export function reshaped(
  ask: AskOf<'programme-size'>,
  around: Around,
  before: Programme,
): Programme | Refusal {
  const path = pathIn(ask, around, before)
  const people = ask.people === '' ? before.people : countOf(ask.people, { min: 1, max: mostPeople })
  const groups = groupsIn(ask, before, typeof people === 'number' ? people : before.people)
  const problems = {
    ...('problems' in path ? path.problems : {}),
    ...(typeof people === 'number' ? {} : { people: people.problem }),
    ...(typeof groups === 'number' ? {} : { groups: groups.problem }),
  }
  if ('problems' in path || typeof people !== 'number' || typeof groups !== 'number')
    return refuse('invalid', { problems })
  const renumbered = numberedFrom(before, path.from)
  const after = { ...renumbered, ...path, people, groups }
  return redated({ ...after, ...shared(after) }, renumbered, around)
}

function groupsIn(ask: AskOf<'programme-size'>, before: Programme, people: number) {
  if (ask.groups !== '' && ask.groups !== asAdvised) return countOf(ask.groups, { min: 1, max: mostGroups })
  return ask.groups === '' && ask.people === '' ? before.groups : groupsFor(people)
}

type Path = { from: StartingPoint; to: Destination; path: Stage[] }

/** Sessions know a workshop by its place in the path: once one was held, the path may only end elsewhere, after it. */
function pathIn(
  ask: AskOf<'programme-size'>,
  { at, formats, held }: Around,
  before: Programme,
): Path | { problems: Problems } {
  const [from, to] = [
    oneOf(startingPoints, ask.from || before.from),
    oneOf(destinations, ask.to || before.to),
  ]
  if (!from || !to)
    return { problems: { ...(from ? {} : { from: unchosen }), ...(to ? {} : { to: unchosen }) } }
  if (from === before.from && to === before.to) return { from, to, path: before.path }
  const past = before.sittings.filter((one) => one.at <= at).map(({ step }) => step)
  const begun = Math.max(-1, ...past, ...held)
  if (begun >= 0 && from !== before.from) return { problems: { from: say('programme.path-begun') } }
  const path = pathFor(from, to, formats)
  if (path.length === 0) return { problems: { to: say('programme.backwards') } }
  return begun < path.length
    ? { from, to, path }
    : { problems: { to: say('programme.path-held', { number: begun + 1 }) } }
}

const unchosen = say('problem.choice')

/** Every workshop keeps what is its own under its new place. */
function numberedFrom(before: Programme, from: StartingPoint): Programme {
  const by = startingPoints.indexOf(before.from) - startingPoints.indexOf(from)
  if (by === 0) return before
  const { sittings, former, milestones, done, told } = before
  const moved = (one: Sitting): Sitting => ({ ...one, step: one.step + by })
  const renamed = <T extends Pick<Milestone, 'key'>>(one: T): T => ({
    ...one,
    key: renumberedKey(one.key, by),
  })
  return {
    ...before,
    sittings: sittings.map(moved),
    milestones: milestones.map(renamed),
    former: {
      ...former,
      sittings: former.sittings.map(moved),
      milestones: former.milestones.map(renamed),
    },
    done: done.map((key) => renumberedKey(key, by)),
    told: told.map((key) => renumberedKey(key, by)),
    moved: null,
  }
}

/** The key of the same milestone where every workshop comes so many places later; what is done once ahead of the path stays there. */
export function renumberedKey(key: string, by: number): string {
  const isMilestone = /^-?\d+\/[a-z]/u.test(key)
  if (!isMilestone || leadingKinds.includes(kindOf({ key }))) return key
  return key.replace(/^-?\d+/u, String(stepOf({ key }) + by))
}

type Shared = Pick<Programme, 'sittings' | 'guests' | 'former'>

/** Guests of groups there are no longer go to the first, and back when they return. */
function shared({ path, groups, sittings, guests, former }: Programme): Shared {
  const stays = ({ step, group }: Pick<Sitting, 'step' | 'group'>) =>
    step >= 0 && step < path.length && group <= (step === 0 ? groups : 1)
  const all = [...sittings, ...former.sittings]
  const was = new Map(former.guests.map(({ id, group }) => [id, group]))
  const leaving = guests.filter(({ group }) => group > groups).map(({ id, group }) => ({ id, group }))
  const still = former.guests.filter(({ id, group }) => group > groups && guests.some((one) => one.id === id))
  return {
    sittings: all.filter(stays),
    guests: guests.map((one) => ({
      ...one,
      group: [was.get(one.id) ?? one.group, one.group].find((group) => group <= groups) ?? 1,
    })),
    former: {
      sittings: all.filter((one) => !stays(one)),
      guests: [...still, ...leaving],
      milestones: former.milestones,
    },
  }
}
