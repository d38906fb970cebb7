import type { Format } from '../format.ts'
import { plannedMinutes } from '../format.ts'
import { startOf } from '../session/carry.ts'
import type { Destination, Stage, StartingPoint } from './types.ts'
import { destinations, startingPoints } from './types.ts'

/** What a format of each place in the chain starts from. */
const shapes = [undefined, 'subject', 'canvas'] as const

/**
 * The path of formats that leads from one to the other (kit §4): the first script that starts from nothing, from a
 * subject, from a canvas. Empty where one would go backwards, or where no script leads there.
 */
export function pathFor(from: StartingPoint, to: Destination, formats: Record<string, Format>): Stage[] {
  const wanted = shapes.slice(startingPoints.indexOf(from), destinations.indexOf(to) + 1)
  const found = wanted.map((shape) =>
    Object.values(formats).find((format) => startOf(format)?.shape === shape),
  )
  return found.every((one) => one !== undefined) ? found.flatMap((one) => (one ? [stageOf(one)] : [])) : []
}

const stageOf = (format: Format): Stage => ({
  format: format.id,
  title: format.title,
  deliverable: format.deliverable,
  minutes: plannedMinutes(format),
})

/** People in one group, at least and at most (kit §1, §4). */
export const groupSize = { min: 6, max: 10 } as const

export const mostPeople = 80

/** The fewest groups in which nobody is one too many. */
export const groupsFor = (people: number): number => Math.max(Math.ceil(people / groupSize.max), 1)

/** How many people each group has when they are shared out, the largest first. */
export function sharedOut(people: number, groups: number): number[] {
  const [each, left] = [Math.floor(people / groups), people % groups]
  return Array.from({ length: groups }, (_, index) => each + (index < left ? 1 : 0))
}
