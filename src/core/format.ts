import { z } from 'zod'
import { bilingual } from './bilingual.ts'
import { phaseKinds, phaseOf } from './phases/index.ts'

const slug = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'lower-case letters, digits and dashes, 40 at most')

const segmentHead = z
  .object({
    id: slug,
    phase: z.string(),
    minutes: z.number().positive().max(240),
    title: bilingual,
    objective: bilingual,
    /** One sentence to the participants: what is expected of them. */
    instruction: bilingual,
    /** What the facilitator does and says, in order. */
    guide: z.array(bilingual).max(12).default([]),
    /** The kit's "points d'attention". */
    attention: z.array(bilingual).max(6).default([]),
    options: z.unknown().optional(),
  })
  .strict()

const formatHead = z
  .object({
    id: slug,
    title: bilingual,
    goal: bilingual,
    deliverable: bilingual,
    group: z.object({ min: z.number().int().min(1), max: z.number().int().max(60) }).strict(),
    /** Minutes before the end of a segment at which the step card warns. */
    warnMinutes: z.number().min(0).max(30).default(2),
    segments: z.array(segmentHead).min(1).max(40),
  })
  .strict()

export type Segment = z.infer<typeof segmentHead>
export type Format = z.infer<typeof formatHead>

/** One mistake in a script: where it is, and what was expected there. */
export interface Mistake {
  path: (string | number)[]
  message: string
}

/**
 * Reads a format script already parsed from YAML.
 * Returns the format with every segment's options checked by its phase, or all its mistakes with their place.
 */
export function readFormat(script: unknown): { format: Format } | { mistakes: Mistake[] } {
  const head = formatHead.safeParse(script)
  if (!head.success) return { mistakes: mistakesOf(head.error) }
  const mistakes: Mistake[] = []
  const segments = head.data.segments.map((segment, index) =>
    readSegment(segment, index, head.data.segments, mistakes),
  )
  return mistakes.length ? { mistakes } : { format: { ...head.data, segments } }
}

/** The planned length of the whole format, in minutes. */
export const plannedMinutes = (format: Format): number =>
  format.segments.reduce((sum, segment) => sum + segment.minutes, 0)

function readSegment(segment: Segment, index: number, all: Segment[], mistakes: Mistake[]): Segment {
  const at = ['segments', index]
  if (all.findIndex((other) => other.id === segment.id) !== index)
    mistakes.push({ path: [...at, 'id'], message: `the identifier "${segment.id}" is already used` })
  const phase = phaseOf(segment.phase)
  if (!phase) {
    const known = phaseKinds().join(', ')
    mistakes.push({
      path: [...at, 'phase'],
      message: `"${segment.phase}" is no phase; expected one of ${known}`,
    })
    return segment
  }
  const options = phase.options.safeParse(segment.options ?? {})
  if (!options.success) {
    mistakes.push(...mistakesOf(options.error, [...at, 'options']))
    return segment
  }
  mistakes.push(...mistakesInSource(options.data, index, all))
  return { ...segment, options: options.data }
}

/** A phase that works on what an earlier segment gathered names it in `from`. */
function mistakesInSource(options: unknown, index: number, all: Segment[]): Mistake[] {
  const from = (options as { from?: unknown }).from
  if (typeof from !== 'string') return []
  const earlier = all.slice(0, index).map((segment) => segment.id)
  if (earlier.includes(from)) return []
  const expected = earlier.length ? earlier.join(', ') : 'none comes before'
  return [
    {
      path: ['segments', index, 'options', 'from'],
      message: `"${from}" is no earlier segment; expected one of: ${expected}`,
    },
  ]
}

function mistakesOf(error: z.ZodError, under: (string | number)[] = []): Mistake[] {
  return error.issues.map((issue) => ({ path: [...under, ...issue.path], message: expectation(issue) }))
}

function expectation(issue: z.ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.received === 'undefined'
        ? `missing; expected ${issue.expected}`
        : `expected ${issue.expected}, found ${issue.received}`
    case 'unrecognized_keys':
      return `unknown key ${issue.keys.map((key) => `"${key}"`).join(', ')}`
    default:
      return issue.message
  }
}
