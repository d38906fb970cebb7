import type { Offer } from '../phases/contract.ts'
import { nextStepsOf, stepsIn } from '../programme/decided.ts'
import type { FollowUp } from '../programme/types.ts'
import { outcomeChapter } from '../summary/outcome.ts'
import { said, say, type Text } from '../text.ts'
import type { Recalled, Session } from './types.ts'

/*
 * What was decided last time is read by everyone in the room, so it tells no more than is theirs:
 * - of an earlier session of the same meeting, what it came to: it was shown in that chat;
 * - of a session of another meeting, what it came to, where whoever launches prepared both as one programme;
 * - of a session of another meeting that this one starts from, the one thing that whoever led it carries over, and the next
 *   steps as her team announced them: never what else was said there.
 * What is followed in somebody's own chat tells only that a step was done.
 */

/** What is followed of it, and when it is called to mind. */
interface Since {
  now: number
  followUps: FollowUp[]
}

/** Days ahead at which something is said to be due. */
const soon = 7

const shownAtMost = { titles: 3, letters: 280 }

/** What a session came to, as the next one calls it to mind; null where it came to nothing. */
export function recalledFrom(session: Session, { now, followUps }: Since): Recalled | null {
  const done = followUps.filter((one) => one.done).map(({ source }) => source)
  const decided = outcomeChapter(session, now).blocks.flatMap((one) =>
    one.block === 'facts' ? one.facts.map(({ label, value }) => ({ label, value: brief(value) })) : [],
  )
  const next = done.includes(nextStepsOf(session)) ? '' : session.context.nextSteps
  return recalled(session, [...decided, ...dueIn(session, now, done)], next)
}

/** Groups of which two lines are told each; of more, one. */
const fewGroups = 3

/** What the groups of one workshop came to, group by group; the latest one gives the rest. */
export function recalledTogether(groups: { group: number; recalled: Recalled }[]): Recalled | null {
  const [latest] = groups
  if (!latest || groups.length === 1) return latest?.recalled ?? null
  const told = groups.length > fewGroups ? 1 : 2
  const decided = groups
    .toSorted((a, b) => a.group - b.group)
    .flatMap(({ group, recalled }) =>
      // How many subjects there were says less than which ones were kept.
      (recalled.decided.length > 1 ? recalled.decided.slice(1) : recalled.decided)
        .slice(0, told)
        .map(({ label, value }) => ({ label: say('recall.of-group', { group, label }), value })),
    )
  const nextSteps = groups.find(({ recalled }) => recalled.nextSteps !== '')?.recalled.nextSteps ?? ''
  return { ...latest.recalled, decided, nextSteps }
}

/** The same of a session of another meeting, as the one that starts from this offer of it may tell. */
export const recalledOffer = (session: Session, { shape, title }: Offer): Recalled | null =>
  recalled(
    session,
    title === '' ? [] : [{ label: say(`recall.${shape}`), value: clipped(title) }],
    session.context.nextSteps,
  )

function recalled(session: Session, decided: Recalled['decided'], nextSteps: string): Recalled | null {
  const { position } = session.steer
  if (position.status !== 'closed' || position.startedAt === null) return null
  if (decided.length === 0 && nextSteps === '') return null
  const of = keyOf({ meeting: session.meetingId, session: session.id })
  return { of, title: session.format.title, at: position.closedAt, decided, nextSteps: short(nextSteps) }
}

const keyOf = ({ meeting, session }: { meeting: string; session: string }): string => `${meeting}|${session}`

/** Steps of its roadmap that end soon or should have ended, the oldest first. */
function dueIn(session: Session, now: number, done: string[]): Recalled['decided'] {
  const until = new Date(now + soon * 86_400_000).toISOString().slice(0, 10)
  const due = stepsIn(session, now)
    .filter(({ day, source }) => day <= until && !done.includes(source))
    .toSorted((a, b) => a.day.localeCompare(b.day))
    .map(({ text, lead, day }) =>
      say('recall.step', {
        title: said(text),
        day: { date: day },
        led: lead ? 'yes' : 'no',
        lead: said(lead),
      }),
    )
  return due.length ? [{ label: say('recall.due'), value: brief({ listing: due }) }] : []
}

/** No wall of text: a few of a list, the beginning of a long text. */
function brief(value: Text): Text {
  if ('said' in value) return clipped(value.said)
  if (!('listing' in value) || value.listing.length <= shownAtMost.titles) return value
  const more = value.listing.length - shownAtMost.titles
  return { listing: [...value.listing.slice(0, shownAtMost.titles), say('recall.more', { count: more })] }
}

const clipped = (text: string): Text => said(short(text))

function short(text: string): string {
  const letters = [...text]
  return letters.length <= shownAtMost.letters ? text : `${letters.slice(0, shownAtMost.letters).join('')}…`
}
