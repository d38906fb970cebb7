import { z } from 'zod'
import { say, type Text } from './text.ts'

/** What is wrong at one place of a script and what to write there. `keys` are those that may stand at that place. */
export function expectation(issue: z.ZodIssue, keys: string[]): Text {
  switch (issue.code) {
    case 'invalid_type':
      return ofType(issue, keys)
    case 'too_small':
      return tooSmall(issue)
    case 'too_big':
      return tooBig(issue)
    case 'invalid_enum_value':
    case 'invalid_union_discriminator':
      return say('script.one-of', { known: issue.options.map(String).join(', ') })
    case 'custom':
      return say(issue.message ?? 'script.unfit', values.parse(issue.params))
    case 'unrecognized_keys':
      return unknownKey(keys)
    case 'invalid_literal':
    case 'invalid_string':
    case 'invalid_union':
    case 'invalid_date':
    case 'invalid_arguments':
    case 'invalid_return_type':
    case 'invalid_intersection_types':
    case 'not_multiple_of':
    case 'not_finite':
      return say('script.unfit')
  }
}

/** The message of a rule of ours is a sentence of the locale files, its `params` are what the sentence takes. */
const values = z.record(z.union([z.string(), z.number()])).default({})

const unknownKey = (keys: string[]): Text =>
  keys.length ? say('script.unknown-key', { known: keys.join(', ') }) : say('script.no-key')

function ofType({ expected, received }: z.ZodInvalidTypeIssue, keys: string[]): Text {
  const wanted = keys.length ? say('script.keys', { known: keys.join(', ') }) : kindOf(expected)
  return received === 'undefined'
    ? say('script.missing', { expected: wanted })
    : say('script.found', { expected: wanted, found: kindOf(received) })
}

const kindOf = (type: string): Text => say(kinds[type] ?? 'script.something')

const kinds: Record<string, string> = {
  string: 'script.text',
  number: 'script.number',
  float: 'script.number',
  integer: 'script.integer',
  boolean: 'script.boolean',
  array: 'script.list',
  object: 'script.group',
  null: 'script.nothing',
}

function tooSmall({ type, minimum, inclusive }: z.ZodTooSmallIssue): Text {
  const least = Number(minimum)
  if (type === 'array') return say('script.list-short', { least })
  if (type === 'string') return say('script.empty')
  return inclusive ? say('script.least', { least }) : say('script.above', { least })
}

function tooBig({ type, maximum }: z.ZodTooBigIssue): Text {
  const most = Number(maximum)
  if (type === 'array') return say('script.list-long', { most })
  return type === 'string' ? say('script.text-long', { most }) : say('script.most', { most })
}
