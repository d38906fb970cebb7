import type { Refusal } from '../core/phases/contract.ts'
import { changedIn, changesIn } from '../core/programme/form.ts'
import { countedIn, guestsTakenOff, standingOf, takenOff } from '../core/programme/guests.ts'
import type { Programme } from '../core/programme/types.ts'
import { said, say, type Text } from '../core/text.ts'
import { type ProgrammeDraft, type ProgrammePage, programmePages } from '../core/views/index.ts'
import type { Found } from './decisions.ts'
import type { Press } from './incoming.ts'

/*
 * How a press on a programme is answered: which page comes, and what it says.
 */

export const pageNamed = (name: string | undefined): ProgrammePage =>
  programmePages.find((one) => one === name) ?? 'hub'

export const pageAfter = (verb: string): ProgrammePage => staysOn[verb] ?? 'hub'

/** Lists stay open for the next line; a form that is saved leads back to the programme. */
const staysOn: Record<string, ProgrammePage> = {
  'programme-shift': 'dates',
  'programme-unshift': 'dates',
  'programme-invite': 'guests',
  'programme-answers': 'guests',
  'programme-uninvite': 'guests',
  'programme-tick': 'plan',
  'programme-follow': 'follow',
  'programme-followed': 'follow',
  'programme-decided': 'follow',
  'programme-unfollow': 'follow',
  'programme-same': 'merged',
  'programme-apart': 'merged',
  'programme-distinct': 'merged',
  'programme-alike': 'merged',
}

/** What is typed is confirmed by the page it changed. */
const typedPages: Record<string, ProgrammePage> = {
  ...staysOn,
  'programme-dates': 'dates',
  'programme-content': 'content',
  'programme-team': 'team',
}

export const typedPage = (verb: string): ProgrammePage => typedPages[verb] ?? 'hub'

export const savedText = (verb: string, { decided, saved }: Found): Text =>
  saved ??
  (verb === 'programme-decided'
    ? say('programme.taken', { count: decided?.steps.length ?? 0 })
    : say(savedWords[verb] ?? 'programme.saved'))

const savedWords: Record<string, string> = {
  'programme-begin': 'programme.begun',
  'programme-drop': 'programme.dropped',
  'programme-unshift': 'programme.unshifted',
}

/** Where some were added and others were on the list already, both are told; sent again, it is confirmed as it was. */
export function invitedText({ guests = '' }: Press['fields'], was?: Programme, is?: Programme): Text {
  const added = (is?.guests ?? []).filter(({ id }) => !was?.guests.some((one) => one.id === id)).length
  const already = Math.max(countedIn(guests) - added, 0)
  if (already === 0) return say('programme.saved')
  return added > 0
    ? say('programme.invited', { added, already })
    : say('programme.invited-before', { already })
}

/** What is wrong is said in its place: the top of the card says that there is something. */
export const mendText = ({ refusal, problems = {} }: Refusal): Text =>
  refusal === 'invalid'
    ? say('programme.to-mend', { count: Object.keys(problems).length })
    : say(`refusal.${refusal}`)

/** What was being typed in another form of the same page stays there. */
export function stillTyped({ verb, fields }: Press): Record<string, string> {
  switch (verb) {
    case 'programme-answers':
      return picked(fields, ['guests', 'group', 'back'])
    case 'programme-invite':
      return picked(fields, choicesToTakeOff(fields))
    case 'programme-followed':
    case 'programme-unfollow':
    case 'programme-decided':
      return picked(fields, ['text', 'date', 'nextDate'])
    case 'programme-follow':
      return picked(fields, fields.next ? ['text', 'date'] : ['nextDate'])
    case 'programme-shift':
    case 'programme-unshift':
      return changesIn(fields)
    default:
      return {}
  }
}

/** Nobody is taken off the list by a press that adds to it. */
const choicesToTakeOff = (fields: Press['fields']): string[] =>
  Object.keys(fields).filter((name) => name.startsWith('answer-') && fields[name] === takenOff)

/** What she typed on the page she leaves, and did not save: she is told once, and it is there still. */
export function unsaved({ fields }: Press): ProgrammeDraft | null {
  const typed = fields.left && !fields.sure ? changedIn(fields) : {}
  if (Object.keys(typed).length === 0) return null
  return {
    typed: { ...typed, ...picked(fields, ['back', 'group', 'date', 'nextDate']) },
    isWarned: true,
    ...turnedTo(fields),
  }
}

const picked = (fields: Press['fields'], names: string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (fields[name] ? [[name, fields[name]]] : [])))

/** What was taken off stands in the form that adds it: one press puts it back. */
export function takenOffBy(press: Press, before: Programme): ProgrammeDraft {
  const { verb, fields } = press
  if (verb === 'programme-unfollow') {
    const one = before.followUps.find(({ id }) => id === fields.id)
    if (!one) return {}
    if (one.source !== '') return { notice: say('programme.unfollowed-step') }
    return {
      notice: say('programme.unfollowed'),
      typed: { ...stillTyped(press), text: one.text, date: one.day },
      putBack: { text: one.text },
    }
  }
  const off = verb === 'programme-answers' ? guestsTakenOff(fields, before) : []
  if (off.length === 0) return {}
  const [group, ...others] = new Set(off.map((one) => one.group))
  const guests = [
    ...(fields.guests?.trim() ? [fields.guests] : []),
    ...off.map(({ name, organisation }) => (organisation ? `${name}, ${organisation}` : name)),
  ].join('\n')
  return {
    ...(fields.guests?.trim() ? {} : { putBack: { guests } }),
    notice: say('programme.taken-off', {
      count: off.length,
      names: { listing: off.map(({ name }) => said(name)) },
    }),
    typed: {
      guests,
      back: [...(fields.back ? [fields.back] : []), standingOf(off)].join('\n'),
      ...(group && others.length === 0 && before.groups > 1 ? { group: String(group) } : {}),
    },
  }
}

export const whichOne: ProgrammeDraft = { notice: say('programme.unfollow-which'), isRefusal: true }

/** Which part of a list she looks at. */
export const turnedTo = ({ at, group }: Press['fields']): ProgrammeDraft => ({
  ...(at ? { at: Number(at) || 0 } : {}),
  ...(group ? { group } : {}),
})

/** Two subjects are to be named, and were not. */
export const unchosen = (fields: Press['fields'], problem: Text): ProgrammeDraft => ({
  typed: fields,
  ...turnedTo(fields),
  problems: { one: problem },
  notice: problem,
  isRefusal: true,
})
