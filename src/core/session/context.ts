import { bounds } from '../bounds.ts'
import { day, type Field, gather, link, type Problems, paragraph } from '../fields.ts'
import { phaseOf } from '../phases/index.ts'
import { say } from '../text.ts'
import type { Context, Session } from './types.ts'

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

/** What may be written of it here: the horizon is asked only where an exercise works within one. */
export function contextKeys({ format }: Session): (keyof Context)[] {
  const dated = format.segments.some((segment) => phaseOf(segment.phase)?.horizon)
  const keys: (keyof Context)[] = [
    'subject',
    'objective',
    'background',
    'deliverable',
    'nextSteps',
    'contact',
    'questionnaire',
  ]
  return dated ? [...keys, 'horizonStart', 'horizonEnd'] : keys
}
