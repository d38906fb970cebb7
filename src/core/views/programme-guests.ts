import { marksOf, type Standing, standing } from '../programme/form.ts'
import { takenOff } from '../programme/guests.ts'
import { type Guest, guestAnswers, type Programme } from '../programme/types.ts'
import { said, say, type Text, type ViewData } from '../text.ts'
import type { ProgrammeLook } from './programme.ts'

type Data = { [key: string]: ViewData }

/** People on one page of the list: with two choices each, more would weigh too much for one card. */
const guestsShown = 24

/** Who is invited, and who comes. */
export function guestsPage({ programme, draft, calendar }: ProgrammeLook): Data {
  const { guests, groups } = programme
  const last = Math.max(Math.ceil(guests.length / guestsShown) - 1, 0)
  const at = Math.min(Math.max(draft.at ?? 0, 0), last)
  const stands = standing(programme, calendar)
  const rows = guests.slice(at * guestsShown, (at + 1) * guestsShown)
  return {
    shown: marksOf(
      rows.flatMap(({ id }) => (groups > 1 ? [`answer-${id}`, `group-${id}`] : [`answer-${id}`])),
      stands,
    ),
    at: String(at),
    newer: at > 0 ? String(at - 1) : '',
    older: at < last ? String(at + 1) : '',
    // Below a long list too: its top may be out of sight.
    confirmed: draft.isRefusal ? null : (draft.notice ?? null),
    count: answersLine(programme),
    typed: said(draft.typed?.guests ?? ''),
    back: draft.typed?.back ?? '',
    guestsProblem: draft.problems?.guests ?? null,
    several: groups > 1,
    groups: Array.from({ length: groups }, (_, index) => ({
      value: String(index + 1),
      title: say('programme.group', { group: index + 1 }),
    })),
    group: draft.typed?.group ?? '',
    answers: [...guestAnswers, takenOff].map((one) => ({
      value: one,
      title: say(`programme.answer-${one}`),
    })),
    rows: rows.map((one) => ({ ...guestRow(one, { ...stands, ...draft.typed }), several: groups > 1 })),
  }
}

const guestRow = ({ id, name, organisation }: Guest, chosen: Standing): Data => ({
  id,
  name: said(name),
  full: organisation ? said(`${name}, ${organisation}`) : said(name),
  group: chosen[`group-${id}`] ?? '',
  answer: chosen[`answer-${id}`] ?? '',
})

/** How many were invited, come, and do not. */
export function answersLine({ guests }: Programme): Text | null {
  const how = (wanted: Guest['answer']) => guests.filter(({ answer }) => answer === wanted).length
  return guests.length
    ? say('programme.answers', { count: guests.length, yes: how('yes'), no: how('no') })
    : null
}
