import { z } from 'zod'
import type { Item } from '../core/phases/contract.ts'
import type { Place } from '../core/phases/seal.ts'

const source = z.object({ from: z.string() })

/** The commands of the roadmap, where it is the exercise that runs. */
const commands = [
  'step-keep',
  'step-add',
  'step-edit',
  'step-months',
  'step-dates',
  'step-lead',
  'step-needs',
  'step-move',
  'step-remove',
  'step-restore',
  'estimate',
] as const
export type RoadmapCommand = (typeof commands)[number]

export const isRoadmapCommand = (command: string): command is RoadmapCommand =>
  commands.some((one) => one === command)

/**
 * What a line typed about the roadmap asks of it, or null when words are missing. Steps are called by their number,
 * sub-actions by theirs; `-` takes away what was given.
 */
export function roadmapInput(
  command: RoadmapCommand,
  rest: string,
  place: Place | null,
): Record<string, unknown> | null {
  const steps = place ? place.harvest(place.segment.id) : []
  const actions = actionsOf(place)
  if (rest === '') return null
  switch (command) {
    case 'step-keep':
      return keep(rest, actions)
    case 'step-add':
      return { do: 'step-add', ...titleAndDeliverable(rest) }
    case 'step-restore':
      return { do: 'step-restore', step: rest }
    case 'estimate':
      return estimate(rest, [steps, actions])
    default:
      return onStep(command, rest, steps)
  }
}

type OnStep = Exclude<RoadmapCommand, 'step-keep' | 'step-add' | 'step-restore' | 'estimate'>

function onStep(command: OnStep, rest: string, steps: Item[]): Record<string, unknown> | null {
  const [, number, tail = ''] = /^#?(\d{1,3})(?:\s+(.*))?$/su.exec(rest) ?? []
  if (number === undefined) return null
  const step = called(number, steps)
  if (command === 'step-remove') return { do: 'step-remove', step }
  if (tail === '') return null
  const set = (given: Record<string, string>) => ({ do: 'step-set', step, ...given })
  switch (command) {
    case 'step-edit':
      return set(titleAndDeliverable(tail))
    case 'step-months':
      return set({ months: tail === '-' ? '' : tail.replace(/\s*(?:mois|months?)$/iu, '') })
    case 'step-dates':
      return set(dates(tail))
    case 'step-lead':
      return set({ lead: tail === '-' ? '' : tail })
    case 'step-needs':
      return set({
        needs: numbersIn(tail)
          .map((one) => called(one, steps))
          .join(),
      })
    case 'step-move':
      return { do: 'step-move', step, after: placeAfter(tail, steps) }
  }
}

/** "retenir 2 5": one step made of both, under the first one's title. */
function keep(rest: string, actions: Item[]): Record<string, unknown> | null {
  const numbers = numbersIn(rest)
  if (numbers.length === 0) return null
  const title = actions.find((one) => String(one.number) === numbers[0])?.title ?? ''
  return { do: 'step-add', title, takes: numbers.map((one) => called(one, actions)).join() }
}

/** "proposition 3 six mois suffisent"; without a number, about the whole roadmap. */
function estimate(rest: string, lists: Item[][]): Record<string, unknown> | null {
  const [, number, text = ''] = /^#?(\d{1,3})\s+(.*)$/su.exec(rest) ?? []
  if (number === undefined)
    return /^#?\d{1,3}$/u.test(rest) ? null : { do: 'estimate-give', step: 'all', text: rest }
  const about = lists.flat().find((one) => String(one.number) === number)
  return { do: 'estimate-give', step: about?.id ?? number, text }
}

/** "titre : livrable", either of them alone too. */
function titleAndDeliverable(text: string): Record<string, string> {
  const [title = '', ...deliverable] = text.split(/\s*[:|]\s*/u)
  return {
    ...(title ? { title } : {}),
    ...(deliverable.length ? { deliverable: deliverable.join(' : ') } : {}),
  }
}

/** "01/2027 06/2027", "01/2027" alone, "- 06/2027", "-" for neither. */
function dates(text: string): Record<string, string> {
  const [start = '', end] = text
    .split(/\s+(?:(?:à|au|to|until|→)\s+)?/u)
    .map((one) => (one === '-' ? '' : one))
  if (end === undefined) return start === '' ? { start, end: '' } : { start }
  return start === '' ? { end } : { start, end }
}

/** After the step of this number; 0 or a word such as "début" puts it first. */
function placeAfter(text: string, steps: Item[]): string {
  const number = /\d+/u.exec(text)?.[0]
  return number === undefined || Number(number) === 0 ? 'first' : called(number, steps)
}

const numbersIn = (text: string): string[] => text.match(/\d{1,3}/gu) ?? []

/** A number nobody uses is left for the phase to refuse. */
const called = (number: string, items: Item[]): string =>
  items.find((one) => String(one.number) === String(Number(number)))?.id ?? number

function actionsOf(place: Place | null): Item[] {
  const read = source.safeParse(place?.segment.options)
  return place && read.success ? place.harvest(read.data.from) : []
}
