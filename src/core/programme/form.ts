import type { Problems } from '../fields.ts'
import { fingerprint } from '../fingerprint.ts'
import { type Refusal, refuse } from '../phases/contract.ts'
import { said, say } from '../text.ts'
import type { Calendar } from './calendar.ts'
import { places } from './dates.ts'
import { type Raw, textOf } from './reading.ts'
import { type Programme, teamRoles } from './types.ts'

/*
 * A card may stay open for days, or on two screens: what it was drawn with goes along with what is pressed on it, so that
 * what was left as it was there does not undo what was written elsewhere since.
 */

/** What stands in every form of a programme, by input id. */
export type Standing = Record<string, string>

export function standing(programme: Programme, calendar: Calendar): Standing {
  const { context, team, guests, sittings } = programme
  const dates = places(programme).flatMap(({ step, group }) => {
    const known = sittings.find((one) => one.step === step && one.group === group)
    const name = `${step}-${group}`
    return [
      [`date-${name}`, known ? calendar.dayAt(known.at) : ''],
      [`time-${name}`, known ? calendar.timeAt(known.at) : ''],
      [`link-${name}`, known?.link ?? ''],
    ]
  })
  return {
    ...context,
    ...Object.fromEntries(teamRoles.map((role) => [role, team.find((one) => one.role === role)?.name ?? ''])),
    ...Object.fromEntries(dates),
    ...Object.fromEntries(
      guests.flatMap(({ id, answer, group }) => [
        [`answer-${id}`, answer],
        [`group-${id}`, String(group)],
      ]),
    ),
  }
}

/** `name:mark` for each of these fields, as a form carries it: how they stood when it was drawn. */
export const marksOf = (names: string[], stands: Standing): string =>
  names.map((name) => `${name}:${markOf(stands[name] ?? '')}`).join(' ')

const markOf = (value: string): string => fingerprint(value.replace(/\r\n?/gu, '\n').trim())

const marksIn = (sent: Raw): Map<string, string> =>
  new Map(
    (textOf(sent, 'shown') ?? '').split(' ').flatMap((one) => {
      const [name, mark] = one.split(':')
      return name && mark ? [[name, mark] as const] : []
    }),
  )

/** What was typed or chosen since the form was drawn, among the fields it carries marks of. */
export function changedIn(sent: Raw): Record<string, string> {
  const changed: Record<string, string> = {}
  for (const [name, mark] of marksIn(sent)) {
    const value = textOf(sent, name) ?? ''
    if (markOf(value) !== mark) changed[name] = value
  }
  return changed
}

/** What was sent, without what the form had left as it was. A field that was emptied is not sent back: it is empty. */
export function changesIn<T extends Raw>(sent: T): T {
  const left: Raw = { ...sent }
  for (const name of marksIn(sent).keys()) delete left[name]
  return { ...left, ...changedIn(sent) } as T
}

/** Words that were changed elsewhere, and otherwise, since the form was drawn: both are shown, and she says which stand. */
export function clash(sent: Raw, stands: Standing): Refusal | null {
  const marks = marksIn(sent)
  const problems: Problems = {}
  for (const [name, value] of Object.entries(changesIn(sent))) {
    const [mark, now] = [marks.get(name), stands[name] ?? '']
    const isMoved = mark !== undefined && mark !== markOf(now)
    if (!isMoved || typeof value !== 'string' || markOf(value) === markOf(now) || isChosen(name)) continue
    problems[name] = say('programme.changed-since', {
      now: now === '' ? 'empty' : 'written',
      text: nowIn(name, now),
    })
  }
  return Object.keys(problems).length ? refuse('changed-since', { problems }) : null
}

/** Chosen in a list, and as easily chosen again: the last choice stands. */
const isChosen = (name: string): boolean => /^(?:answer|group)-/u.test(name)

const nowIn = (name: string, now: string) =>
  name.startsWith('date-') && now !== '' ? { date: now } : said(now)
