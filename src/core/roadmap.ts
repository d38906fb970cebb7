import { z } from 'zod'
import { entryOf } from './entry-of.ts'
import type { Item, Scene } from './phases/contract.ts'
import { sourceIn } from './phases/contract.ts'
import { type Scheduled, schedule } from './schedule.ts'
import { type PersonId, personId } from './session/types.ts'

export const options = z
  .object({
    /** Segment whose sub-actions become steps. */
    from: z.string(),
    /** Segment of the canvas to finalise meanwhile. */
    canvas: z.string().optional(),
    /** Length of a step nobody has estimated yet. */
    defaultMonths: z.number().int().min(1).max(24).default(3),
  })
  .strict()
export type Options = z.infer<typeof options>

const step = z.object({
  id: z.string(),
  title: z.string(),
  deliverable: z.string(),
  lead: z.string(),
  /** `YYYY-MM-DD`, or empty. */
  start: z.string(),
  end: z.string(),
  months: z.number().int().nullable(),
  /** Steps that must have ended before. */
  needs: z.array(z.string()),
  /** Sub-actions gathered in it. */
  takes: z.array(z.string()),
  /** What people proposed and was taken up. */
  estimates: z.array(z.string()),
  state: z.enum(['on', 'removed']),
  editedBy: z.array(personId),
  /** Never the same twice, even after an undo: nobody overwrites what she has not seen. */
  version: z.number().int(),
})
export type Step = z.infer<typeof step>

export const shared = z.object({
  steps: z.record(step),
  /** Every step, removed ones kept in their place. */
  order: z.array(z.string()),
})
export type Shared = z.infer<typeof shared>

const estimate = z.object({
  n: z.number().int(),
  /** A step, a sub-action, or `all`. */
  about: z.string(),
  text: z.string(),
  at: z.number(),
})
export const answer = z.object({
  estimates: z.array(estimate),
  /** How many were ever given: a number is never given twice. */
  count: z.number().int(),
})
export type Answer = z.infer<typeof answer>
export type Here = Scene<Options, Answer, Shared>

/** What someone proposed, as `<who>#<n>`. */
export interface Estimate extends z.infer<typeof estimate> {
  id: string
  who: PersonId
}

/** A step where it stands on the roadmap. */
export interface Row {
  step: Step
  number: number
  when: Scheduled
}

/** The steps of the roadmap, in order. */
export const stepsOf = ({ steps, order }: Shared): Step[] =>
  order.flatMap((id) => (steps[id]?.state === 'on' ? [steps[id]] : []))

export const removedSteps = ({ steps, order }: Shared): Step[] =>
  order.flatMap((id) => (steps[id]?.state === 'removed' ? [steps[id]] : []))

/** The steps with their number and their dates. */
export function rowsOf(scene: Here): Row[] {
  const steps = stepsOf(scene.shared)
  const dates = schedule(steps, horizonOf(scene), scene.options.defaultMonths)
  return steps.flatMap((one, index) => {
    const when = dates[index]
    return when ? [{ step: one, number: index + 1, when }] : []
  })
}

export const horizonOf = ({ session: { context } }: Here): { start: string; end: string } => ({
  start: context.horizonStart,
  end: context.horizonEnd,
})

export const subActions = (scene: Here): Item[] => scene.harvest(scene.options.from)

/** Sub-actions that no step has taken. */
export function leftOut(scene: Here): Item[] {
  const taken = new Set(stepsOf(scene.shared).flatMap((one) => one.takes))
  return subActions(scene).filter((one) => !taken.has(one.id))
}

/** Everything people proposed, oldest first. */
export const estimatesOf = (scene: Here): Estimate[] =>
  Object.entries(scene.answers)
    .flatMap(([who, given]) => given.estimates.map((one) => ({ ...one, who, id: `${who}#${one.n}` })))
    .sort((a, b) => a.at - b.at)

/** What no step has taken up yet. */
export function openEstimates(scene: Here): Estimate[] {
  const taken = new Set(stepsOf(scene.shared).flatMap((one) => one.estimates))
  return estimatesOf(scene).filter((one) => !taken.has(one.id))
}

/**
 * What a proposal is about now: a sub-action is followed into the step that took it, a removed step back to its
 * sub-actions; `all` when nothing of it is left.
 */
export function subjectOf(about: string, scene: Here): string {
  const steps = stepsOf(scene.shared)
  if (steps.some((one) => one.id === about)) return about
  const actions = entryOf(scene.shared.steps, about)?.takes ?? [about]
  const step = steps.find((one) => one.takes.some((id) => actions.includes(id)))
  return (step ?? leftOut(scene).find((one) => actions.includes(one.id)))?.id ?? 'all'
}

/** What later segments get, with all it was made from. */
export function toItem({ step: one, number }: Row, scene: Here): Item {
  const actions = subActions(scene).filter(({ id }) => one.takes.includes(id))
  const estimates = estimatesOf(scene).filter(({ id }) => one.estimates.includes(id))
  return {
    id: one.id,
    number,
    title: one.title,
    sentence: one.deliverable,
    authors: [...new Set([...actions.flatMap(({ authors }) => authors), ...estimates.map(({ who }) => who)])],
    sources: [
      ...one.takes.map((id) => sourceIn(scene.options.from, id)),
      ...estimates.map(({ id }) => sourceIn(scene.segment.id, id)),
    ],
  }
}

const headings = z.object({ headings: z.array(z.unknown()) })

/** How far the canvas is filled, where the script names one. */
export function canvasProgress(scene: Here): { filled: number; total: number } | null {
  const { canvas } = scene.options
  const segment = scene.session.format.segments.find((one) => one.id === canvas)
  if (!segment) return null
  const items = scene.harvest(segment.id)
  const known = headings.safeParse(segment.options)
  return {
    filled: items.filter((one) => one.sentence !== '').length,
    total: Math.max(items.length, known.success ? known.data.headings.length : 0),
  }
}
