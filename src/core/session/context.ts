import { bounds } from '../bounds.ts'
import { day, type Field, gather, link, type Problems, paragraph } from '../fields.ts'
import type { Format } from '../format.ts'
import { phaseOf } from '../phases/index.ts'
import { say } from '../text.ts'
import type { Context } from './types.ts'

/** What the administration wrote for itself, with what is given put in; what is left out stays as it is. */
export function contextAfter(
  given: { [K in keyof Context]?: string | undefined },
  before: Context,
): { values: Context; problems: Problems } {
  const raw = (key: keyof Context): string => given[key] ?? before[key]
  const text = (key: keyof Context): Field => paragraph(raw(key), bounds.context, false)
  const { values, problems } = gather<keyof Context>({
    subject: text('subject'),
    objective: text('objective'),
    background: text('background'),
    deliverable: text('deliverable'),
    examples: text('examples'),
    nextSteps: text('nextSteps'),
    contact: text('contact'),
    questionnaire: link(raw('questionnaire')),
    horizonStart: day(raw('horizonStart'), 'start'),
    horizonEnd: day(raw('horizonEnd'), 'end'),
  })
  if (values.horizonStart && values.horizonEnd && values.horizonEnd < values.horizonStart)
    problems.horizonEnd = say('problem.order')
  return { values, problems }
}

/** Where nothing was written, what this one says. */
export const withBlanksFrom = (source: Context, before: Context): Context => ({
  ...source,
  ...Object.fromEntries(Object.entries(before).filter(([, text]) => text !== '')),
})

/** What may be written of it here: the horizon and the examples are asked only where an exercise has a use for them. */
export function contextKeys({ format }: { format: Pick<Format, 'segments'> }): (keyof Context)[] {
  const phases = format.segments.map((segment) => phaseOf(segment.phase))
  const dated = phases.some((phase) => phase?.horizon)
  const exemplified = phases.some((phase) => phase?.exemplified)
  const keys: (keyof Context)[] = [
    'subject',
    'objective',
    'background',
    'deliverable',
    ...(exemplified ? (['examples'] as const) : []),
    'nextSteps',
    'contact',
    'questionnaire',
  ]
  return dated ? [...keys, 'horizonStart', 'horizonEnd'] : keys
}

/** Nothing written yet. */
export const emptyContext: Context = {
  subject: '',
  objective: '',
  background: '',
  deliverable: '',
  examples: '',
  nextSteps: '',
  contact: '',
  questionnaire: '',
  horizonStart: '',
  horizonEnd: '',
}
