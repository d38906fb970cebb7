import { z } from 'zod'
import { bilingual } from './bilingual.ts'
import { expectation } from './expectation.ts'
import { phaseKinds, phaseOf } from './phases/index.ts'
import { slug } from './slug.ts'
import { say, type Text } from './text.ts'

const segmentHead = z
  .object({
    id: slug(),
    phase: z.string().min(1),
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
    id: slug(),
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

/** One mistake in a script: where it is, what is wrong there, and what to write. */
export interface Mistake {
  path: (string | number)[]
  what: Text
}

/** What each segment says of its exercise, read even where the rest of the script has mistakes. */
const segmentDraft = z.object({ id: z.string().catch(''), phase: z.string().catch(''), options: z.unknown() })
type SegmentDraft = z.infer<typeof segmentDraft>

const draft = z
  .object({ segments: z.array(segmentDraft.catch({ id: '', phase: '' })).catch([]) })
  .catch({ segments: [] })

/**
 * Reads a format script already parsed from YAML.
 * Returns the format with every segment's options checked by its phase, or all its mistakes with their place.
 */
export function readFormat(script: unknown): { format: Format } | { mistakes: Mistake[] } {
  const head = formatHead.safeParse(script)
  const { segments } = draft.parse(script)
  const read = segments.map((segment, index) => readSegment(segment, index, segments))
  const mistakes = [
    ...(head.success ? [] : mistakesOf(head.error, formatHead)),
    ...read.flatMap((one) => one.mistakes),
  ]
  if (!head.success || mistakes.length) return { mistakes }
  const checked = head.data.segments.map((segment, index) => ({ ...segment, options: read[index]?.options }))
  return { format: { ...head.data, segments: checked } }
}

/** The planned length of the whole format, in minutes. */
export const plannedMinutes = (format: Format): number =>
  format.segments.reduce((sum, segment) => sum + segment.minutes, 0)

/** The options of one segment as its phase reads them, and what is wrong with them. */
function readSegment(
  segment: SegmentDraft,
  index: number,
  all: SegmentDraft[],
): { options?: unknown; mistakes: Mistake[] } {
  const twice = mistakesInName(segment, index, all)
  const phase = phaseOf(segment.phase)
  if (!phase) return { mistakes: [...twice, ...mistakesInPhase(segment, index)] }
  const options = phase.options.safeParse(segment.options ?? {})
  const wrong = options.success
    ? mistakesInSources(options.data, index, all)
    : mistakesOf(options.error, phase.options, ['segments', index, 'options'])
  return { options: options.data, mistakes: [...twice, ...wrong] }
}

function mistakesInName({ id }: SegmentDraft, index: number, all: SegmentDraft[]): Mistake[] {
  if (id === '' || all.findIndex((other) => other.id === id) === index) return []
  return [{ path: ['segments', index, 'id'], what: say('script.twice', { id }) }]
}

function mistakesInPhase({ phase }: SegmentDraft, index: number): Mistake[] {
  if (phase === '') return []
  const known = phaseKinds().join(', ')
  return [{ path: ['segments', index, 'phase'], what: say('script.no-phase', { phase, known }) }]
}

/** The options by which a phase names the segment it works on, or keeps at hand. */
const sources = z
  .object({ from: z.string(), canvas: z.string(), ideas: z.string(), subject: z.string() })
  .partial()
  .catch({})

/** A phase works on what was gathered before it, never after; a canvas is one. */
function mistakesInSources(options: unknown, index: number, all: SegmentDraft[]): Mistake[] {
  return Object.entries(sources.parse(options)).flatMap(([key, named]) => {
    const what = key === 'canvas' ? 'canvas' : 'segment'
    const fitting = all
      .slice(0, index)
      .filter(({ phase }) => (what === 'canvas' ? phase === what : phaseOf(phase)?.gathers))
    const known = fitting.map((segment) => segment.id)
    if (named === undefined || known.includes(named)) return []
    const before = all.slice(0, index).some(({ id }) => id === named)
    const wrong = before && what === 'segment' ? 'script.gathers-nothing' : noEarlier[what]
    const expected = known.length
      ? say('script.earlier', { known: known.join(', ') })
      : say(noneEarlier[what])
    return [{ path: ['segments', index, 'options', key], what: say(wrong, { named, expected }) }]
  })
}

const noEarlier = { canvas: 'script.no-canvas', segment: 'script.no-segment' } as const
const noneEarlier = { canvas: 'script.canvas-first', segment: 'script.segment-first' } as const

function mistakesOf(error: z.ZodError, schema: z.ZodTypeAny, under: (string | number)[] = []): Mistake[] {
  return error.issues.flatMap((issue) => {
    const path = [...under, ...issue.path]
    const what = expectation(issue, keysAt(schema, issue.path))
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...path, key], what }))
      : [{ path, what }]
  })
}

/** The keys that may be written at this place. */
function keysAt(schema: z.ZodTypeAny, [step, ...rest]: (string | number)[]): string[] {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional)
    return keysAt(schema._def.innerType, step === undefined ? [] : [step, ...rest])
  if (schema instanceof z.ZodEffects)
    return keysAt(schema.innerType(), step === undefined ? [] : [step, ...rest])
  if (schema instanceof z.ZodArray && step !== undefined) return keysAt(schema.element, rest)
  if (!(schema instanceof z.ZodObject)) return []
  if (step === undefined) return Object.keys(schema.shape)
  const inner: unknown = schema.shape[step]
  return inner instanceof z.ZodType ? keysAt(inner, rest) : []
}
