import { bounds } from './bounds.ts'
import { day, gather, line, type Problems } from './fields.ts'
import { estimatesOf, type Here, type Shared, type Step, stepsOf, subActions } from './roadmap.ts'
import { toldStep } from './roadmap-told.ts'
import { circleOf } from './schedule.ts'
import { said, say } from './text.ts'

/** A step as the dialog sends it: ids with a comma between them, `''` where nothing was given. */
export interface Fields {
  title: string
  deliverable: string
  lead: string
  start: string
  end: string
  months: string
  needs: string
  takes: string
  estimates: string
  after: string
}

/** The same, of a step as it stands. */
export const fieldsOf = (one: Step): Fields => ({
  title: one.title,
  deliverable: one.deliverable,
  lead: one.lead,
  start: one.start,
  end: one.end,
  months: one.months === null ? '' : String(one.months),
  needs: one.needs.join(),
  takes: one.takes.join(),
  estimates: one.estimates.join(),
  after: '',
})

/** The step as written, the order if it changes, and a sentence for each field to mend. `was` and `stood` are what the dialog showed. */
export function readStep(
  given: Fields & { was?: number | undefined; stood?: string | undefined },
  before: Step,
  scene: Here,
): { step: Step; order: string[] | null; problems: Problems } {
  const { values, problems } = gather({
    title: line(given.title, bounds.title),
    deliverable: line(given.deliverable, bounds.deliverable, false),
    lead: line(given.lead, bounds.lead, false),
    start: day(given.start, 'start'),
    end: day(given.end, 'end'),
  })
  const step = { ...before, ...values, ...links(given, before, scene), months: monthsIn(given.months) }
  const place = newPlace(given, before, scene.shared)
  return {
    step,
    order: place === null || place === undefined ? null : placed(before.id, place, scene.shared.order),
    problems: {
      ...problems,
      ...stale(given.was, before, scene),
      ...timing(step, given.months, problems),
      ...linkProblems(step, scene),
      ...(place === undefined ? { after: say('roadmap.place-changed') } : {}),
    },
  }
}

/** The step it stands after, or `first`. */
export function standsAfter(id: string, shared: Shared): string {
  const live = shared.order.filter((one) => one === id || shared.steps[one]?.state === 'on')
  return live[live.indexOf(id) - 1] ?? 'first'
}

/** The order with this step moved, or put in. */
export function placed(id: string, after: string, order: string[]): string[] {
  const others = order.filter((one) => one !== id)
  const index = after === 'first' ? 0 : others.indexOf(after) + 1
  return [...others.slice(0, index), id, ...others.slice(index)]
}

/** Where it goes; null to leave it where it is, undefined where somebody else has changed that meanwhile. */
function newPlace(
  { after, stood }: { after: string; stood?: string | undefined },
  { id }: Step,
  shared: Shared,
): string | null | undefined {
  const live = stepsOf(shared).map((one) => one.id)
  const known = after === 'first' || (after !== id && live.includes(after))
  if (!shared.order.includes(id)) return known ? after : (live.at(-1) ?? 'first')
  if (after === '' || after === stood || after === standsAfter(id, shared)) return null
  return known && (stood === undefined || stood === standsAfter(id, shared)) ? after : undefined
}

const ids = (list: string): string[] => list.split(',').map((one) => one.trim())

/** What is chosen, with what the dialog could not offer any more: it is still where the step comes from. */
function links(given: Fields, before: Step, scene: Here): Pick<Step, 'needs' | 'takes' | 'estimates'> {
  const live = stepsOf(scene.shared).map((one) => one.id)
  const actions = subActions(scene).map((one) => one.id)
  const chosen = (list: string, from: string[]) => from.filter((id) => ids(list).includes(id))
  const unseen = (list: string[], from: string[]) => list.filter((id) => !from.includes(id))
  return {
    needs: [...chosen(given.needs, live), ...unseen(before.needs, live)],
    takes: [...chosen(given.takes, actions), ...unseen(before.takes, actions)],
    estimates: chosen(
      given.estimates,
      estimatesOf(scene).map((one) => one.id),
    ),
  }
}

/** Null where it is left to be estimated, and where it is no length at all. */
function monthsIn(given: string): number | null {
  const months = /^\d{1,3}$/u.test(given) ? Number(given) : 0
  return months >= 1 && months <= bounds.stepMonths ? months : null
}

function timing(step: Step, months: string, found: Problems): Problems {
  if (months !== '' && months !== 'none' && step.months === null)
    return { months: say('roadmap.no-months', { max: bounds.stepMonths }) }
  if (found.start || found.end || step.end === '') return {}
  if (step.months !== null) return { end: say('roadmap.length-or-end') }
  return step.start > step.end ? { end: say('roadmap.ends-first') } : {}
}

function linkProblems(step: Step, { shared }: Here): Problems {
  const others = stepsOf(shared).filter((one) => one.id !== step.id)
  const circle = circleOf(Object.values(shared.steps), step.id, step.needs)
  const taken = others.find((one) => one.takes.some((id) => step.takes.includes(id)))
  const named = (id: string) => ({ title: said(shared.steps[id]?.title ?? step.title) })
  return {
    ...(circle === null
      ? {}
      : {
          needs: circle === step.id ? say('roadmap.needs-itself') : say('roadmap.circle', named(circle)),
        }),
    ...(taken ? { takes: say('roadmap.taken', named(taken.id)) } : {}),
  }
}

function stale(was: number | undefined, before: Step, scene: Here): Problems {
  if (was === undefined || was === before.version) return {}
  return { title: say('roadmap.changed', { step: toldStep(before.id, scene) }) }
}
