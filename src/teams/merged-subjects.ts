import { type Merged, type MergedSubject, merged, subjectNamed } from '../core/programme/merged.ts'
import type { Programme } from '../core/programme/types.ts'
import type { PersonId } from '../core/session/types.ts'
import { type Say, said, say } from '../core/text.ts'
import type { Desk } from './answer.ts'
import type { Press } from './incoming.ts'

type Fields = Press['fields']

/** The subjects that a press is about, by the references that the programme keeps, and what is said once it is done. */
export type Meant = { fields: Fields; saved: Say } | { problem: Say }

interface About {
  verb: string
  fields: Fields
  by: PersonId
  home: string
  programme: Programme
}

/** What is said of the subjects of several groups: a card calls them by short names, a typed line by their numbers. */
export const saysOfSubjects: ReadonlySet<string> = new Set([
  'programme-same',
  'programme-apart',
  'programme-distinct',
  'programme-alike',
])

export async function subjectsMeant(
  { archive, clock }: Pick<Desk, 'archive' | 'clock'>,
  { verb, fields, by, home, programme }: About,
): Promise<Meant> {
  const sessions = await archive.sessionsOf(by, home, programme.id)
  const sheet = merged(home, programme, sessions, clock.now())
  return verb === 'programme-apart' ? oneMeant(sheet, fields) : twoMeant(sheet, verb, fields)
}

function oneMeant(sheet: Merged, fields: Fields): Meant {
  const one = subjectNamed(sheet, fields.one ?? '')
  if (!one || one.of.length < 2) return { problem: say('merged.not-united') }
  return { fields: { ...fields, one: referenceOf(one) }, saved: say('merged.set-apart') }
}

function twoMeant(sheet: Merged, verb: string, fields: Fields): Meant {
  // Every choice of a card comes with each press.
  const chosen = verb === 'programme-alike' ? fields.pair?.split('/') : undefined
  const [first = '', second = ''] = chosen ?? [fields.one, fields.other]
  const [one, other] = [subjectNamed(sheet, first), subjectNamed(sheet, second)]
  if (!one || !other || one === other) return { problem: say('merged.choose-two') }
  const titles = { one: said(one.title), other: said(other.title) }
  return {
    fields: { ...fields, one: referenceOf(one), other: referenceOf(other) },
    saved: say(savedWords[verb] ?? 'programme.saved', titles),
  }
}

const savedWords: Record<string, string> = {
  'programme-same': 'merged.united',
  'programme-distinct': 'merged.told-apart',
  'programme-alike': 'merged.alike-again',
}

const referenceOf = ({ of: [first] }: MergedSubject): string => first?.reference ?? ''
