import { bounds } from '../bounds.ts'
import { type Field, gather, line, type Problems, paragraph } from '../fields.ts'
import { fingerprint } from '../fingerprint.ts'
import { type Decision, refuse } from '../phases/contract.ts'
import { amendablesOf, isEcho, isOver, isSameText, type Placed } from '../summary/review.ts'
import { say } from '../text.ts'
import type { AskOf } from './asks.ts'
import { contextAfter } from './context.ts'
import type { SessionEvent } from './events.ts'
import { scribes, steers } from './people.ts'
import type { Amendment, PersonId, Session } from './types.ts'

type Verdict = Decision<SessionEvent>
interface From {
  by: PersonId
  at: number
}

/** A text as a dialog shows it to be mended. */
export interface Shown {
  /** Of its input. */
  id: string
  one: Placed
  /** What the input holds at first: the text, or what its author has asked to read in its place. */
  text: string
  /** Her correction, while it waits. */
  waiting: Amendment | null
}

/** What someone said herself, always in the same order; what she said twice is asked once, where it stands last. */
export const ownFields = (session: Session, person: PersonId, now: number): Shown[] =>
  amendablesOf(session, now)
    .filter(({ authors }) => authors.includes(person))
    .filter((one, index, all) => !all.slice(index + 1).some((later) => isEcho(one, later)))
    .map((one, index) => {
      const waiting = session.review.amendments.find(
        (each) => each.state === 'waiting' && each.by === person && isSameText(each, one),
      )
      return { id: `f-${index}`, one, text: waiting?.after ?? one.text, waiting: waiting ?? null }
    })

/** The texts of one item. */
export const fieldsFor = (session: Session, target: string, now: number): Shown[] =>
  amendablesOf(session, now)
    .filter((one) => targetOf(one) === target)
    .map((one) => ({ id: `f-${one.key}`, one, text: one.text, waiting: null }))

export const targetOf = ({ segment, item }: Pick<Placed, 'segment' | 'item'>): string => `${segment}/${item}`

/** Differs as soon as one of these texts does. */
export const fingerprintOf = (shown: Shown[]): string =>
  fingerprint(JSON.stringify(shown.map(({ one, text }) => [targetOf(one), one.key, one.text, text])))

/** Signalled by who said it; what stands is left as it is until a facilitator accepts. */
export function correct(ask: AskOf<'correct'>, { by, at }: From, session: Session): Verdict {
  if (!isOver(session)) return refuse('not-now')
  if (!session.participants[by]) return refuse('join-first')
  const held = ask.shown?.split(',').map((index) => `f-${index}`)
  const shown = ownFields(session, by, at).filter(({ id }) =>
    held ? held.includes(id) : given(ask, id) !== undefined,
  )
  const { changed, problems } = read(shown, ask, session)
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  const withdrawn = changed.flatMap(({ waiting }) => (waiting ? [waiting.id] : []))
  const amendments = changed
    .filter(({ one, after }) => after !== one.text)
    .map((change, index) => amendment(change, index, { by, at }, session))
  const full = fullFor(by, amendments.length, session, withdrawn)
  return full ?? { events: [{ type: 'mended', amendments, withdrawn }] }
}

/** Accepted, it stands in the texts; refused, what stood there does. Both may be changed for the other. */
export function settle({ correction, accept }: AskOf<'settle'>, { by, at }: From, session: Session): Verdict {
  if (!steers(session, by)) return refuse('facilitator-only')
  if (!isOver(session)) return refuse('not-now')
  const one = session.review.amendments.find(({ id, kind }) => id === correction && kind === 'correction')
  if (!one) return refuse('unknown')
  const state = accept === 'true' ? 'accepted' : 'refused'
  if (one.state === state) return refuse('already')
  const stands = amendablesOf(session, at).find((text) => isSameText(text, one))?.text
  const amendment = { ...one, state, settledBy: by, settledAt: at } as const
  if (state === 'accepted')
    return stands === undefined
      ? refuse('unknown')
      : { events: [{ type: 'settled', amendment: { ...amendment, before: stands }, text: one.after }] }
  if (one.state === 'waiting') return { events: [{ type: 'settled', amendment, text: null }] }
  return stands === one.after
    ? { events: [{ type: 'settled', amendment, text: one.before }] }
    : refuse('invalid', { problems: { correction: say('review.changed-since') } })
}

/** The organising team's completions stand at once. */
export function complete(ask: AskOf<'complete'>, { by, at }: From, session: Session): Verdict {
  if (!scribes(session, by)) return refuse('organisers-only')
  if (!isOver(session)) return refuse('not-now')
  const shown = fieldsFor(session, ask.target, at)
  if (shown.length === 0) return refuse('unknown')
  const { changed, problems } = read(shown, ask, session)
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  const amendments = changed.map((change, index) => ({
    ...amendment(change, index, { by, at }, session),
    kind: 'completion' as const,
    state: 'accepted' as const,
    settledBy: by,
    settledAt: at,
  }))
  if (session.review.amendments.length + amendments.length > bounds.mended) return tooMany(bounds.mended)
  return { events: [{ type: 'mended', amendments, withdrawn: [] }] }
}

/** The organising team's own wording of a text to send; none of it, and the one that is composed stands again. */
export function wordLetter({ letter, text, back }: AskOf<'letter'>, { by }: From, session: Session): Verdict {
  if (!scribes(session, by)) return refuse('organisers-only')
  const { values, problems } = gather({ text: paragraph(text, bounds.letter, false) })
  const own = back === 'true' || values.text === '' ? null : values.text
  if (back !== 'true' && Object.keys(problems).length) return refuse('invalid', { problems })
  if (own === (session.review.letters[letter] ?? null)) return refuse('already')
  return { events: [{ type: 'worded', letter, text: own }] }
}

interface Change extends Shown {
  after: string
}

/** What was written of these texts, and what is to mend before it may be kept; `form` is of no one field. */
function read(
  shown: Shown[],
  written: { was?: string | undefined },
  session: Session,
): { changed: Change[]; problems: Problems } {
  const fields = shown.map((each): [string, Field] => [
    each.id,
    checked(each.one, given(written, each.id), session),
  ])
  const { values, problems } = gather(Object.fromEntries(fields))
  const changed = shown.flatMap((each) => {
    const after = values[each.id]
    return after === undefined || after === each.text ? [] : [{ ...each, after }]
  })
  if (written.was !== undefined && written.was !== fingerprintOf(shown)) problems.form = say('review.changed')
  else if (changed.length === 0 && Object.keys(problems).length === 0) problems.form = say('review.nothing')
  return { changed, problems }
}

const given = (written: object, id: string): unknown =>
  Object.entries(written).find(([key]) => key === id)?.[1]

/** Read as it is when it is first written. */
function checked({ segment, item, max, needed, ...one }: Placed, raw: unknown, session: Session): Field {
  if (segment === 'context' && Object.hasOwn(session.context, item)) return inContext(item, raw, session)
  return one.paragraph ? paragraph(raw, max, needed) : line(raw, max, needed)
}

function inContext(key: string, raw: unknown, { context }: Session): Field {
  const { values, problems } = contextAfter({ [key]: typeof raw === 'string' ? raw : '' }, context)
  const problem = Object.values(problems)[0]
  return problem ? { problem } : { value: Object.entries(values).find(([one]) => one === key)?.[1] ?? '' }
}

const amendment = ({ one, after }: Change, index: number, { by, at }: From, session: Session): Amendment => ({
  id: `m${session.count}-${index}`,
  kind: 'correction',
  segment: one.segment,
  item: one.item,
  key: one.key,
  before: one.text,
  after,
  by,
  at,
  state: 'waiting',
  settledBy: null,
  settledAt: null,
})

const tooMany = (max: number): Verdict => refuse('full', { with: { max } })

function fullFor(by: PersonId, more: number, { review }: Session, withdrawn: string[]): Verdict | null {
  const kept = review.amendments.filter(({ id }) => !withdrawn.includes(id))
  const mine = kept.filter((one) => one.kind === 'correction' && one.by === by)
  if (mine.length + more > bounds.corrections) return tooMany(bounds.corrections)
  return kept.length + more > bounds.mended ? tooMany(bounds.mended) : null
}
