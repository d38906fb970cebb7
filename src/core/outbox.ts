import { type Meeting, retired, sessionById, shown, slotKey, withEffects } from './meeting.ts'
import { type Effect, liveSlot } from './session/effects.ts'
import type { Session } from './session/types.ts'

/** A card that may not be in the chat (`unsure`), or that the platform would not take (`aside`). */
export const isMissing = ({ do: what, state }: Effect): boolean =>
  what === 'post' && (state === 'unsure' || state === 'aside')

/**
 * A client showed the message of this slot: it is there, and it is brought up to date if it may be edited. Where the card
 * was posted again meanwhile, it is the one that says where to look instead.
 */
export function adopted(meeting: Meeting, at: { session: string; slot: string }, messageId: string): Meeting {
  const key = slotKey(at)
  if (!sessionById(meeting, at.session) || Object.values(meeting.messages).includes(messageId)) return meeting
  const waiting = meeting.outbox.find((one) => one.do === 'post' && slotKey(one) === key)
  const isElsewhere = meeting.messages[key] !== undefined && waiting?.state !== 'unsure'
  if (isElsewhere) return strays(meeting, key) < mostStrays ? retired(meeting, at, messageId) : meeting
  if (!waiting) return meeting
  const there = shown(meeting, waiting, messageId)
  return takesEdits(at.slot) ? withEffects(there, [{ do: 'edit', ...at }], waiting.cause) : there
}

const strays = ({ messages }: Meeting, key: string): number =>
  Object.keys(messages).filter((at) => at.startsWith(`${key}~`)).length

/** Of one card, copies that are kept current: which message a card is said to stand in is not proof enough for more. */
const mostStrays = 5

/** Text being typed is lost when its message is edited. */
const takesEdits = (slot: string): boolean => slot !== 'join' && !slot.startsWith('form/')

/** The card of a slot is to be posted once more, on demand, with those that people need beside it and may not have. */
export function postedAgain(meeting: Meeting, at: { session: string; slot: string }, cause: string): Meeting {
  const session = sessionById(meeting, at.session)
  if (!session) return meeting
  const posts = meeting.outbox.filter((one) => one.do === 'post' && one.session === session.id)
  const missing = posts.filter(isMissing)
  const needed = missing.map(({ slot }) => slot).filter((slot) => isNeeded(session, slot))
  const slots = [...new Set([at.slot, ...needed])]
  const onTheirWay = posts.filter((one) => !isMissing(one)).map(({ slot }) => slot)
  const outbox = meeting.outbox.filter((one) => !missing.includes(one) || !slots.includes(one.slot))
  return withEffects(
    { ...meeting, outbox },
    slots
      .filter((slot) => !onTheirWay.includes(slot))
      .map((slot) => ({ do: 'post', session: session.id, slot })),
    cause,
  )
}

/** The one who facilitates is told, once, of this card and of those that are missing with it; not of what people can do without. */
export function reported(meeting: Meeting, effectId: number): Meeting {
  const found = meeting.outbox.find((one) => one.id === effectId)
  const session = found && sessionById(meeting, found.session)
  if (!found || !session) return meeting
  const news = meeting.outbox.filter(
    (one) => one.session === session.id && isMissing(one) && one.told === null && isNeeded(session, one.slot),
  )
  if (!news.includes(found)) return meeting
  const told = meeting.nextEffect
  const outbox = meeting.outbox.map((one) => (news.includes(one) ? { ...one, told } : one))
  const report = { do: 'post' as const, session: session.id, slot: `unsent/${told}` }
  return withEffects({ ...meeting, outbox }, [report], found.cause)
}

/** What a report is about: nothing when all of it has arrived meanwhile. */
export const reportedIn = ({ outbox }: Meeting, slot: string): Effect[] =>
  outbox.filter((one) => isMissing(one) && one.told === reportNumber(slot))

export const isReport = (slot: string): boolean => slot.startsWith('unsent/')

const reportNumber = (slot: string): number => Number(slot.split('/')[1])

/** People would miss it now: the cards of the moment, and the one that lets people in. */
function isNeeded(session: Session, slot: string): boolean {
  const live = liveSlot(session)
  if (slot === live) return true
  if (slot === 'join') return session.steer.position.status !== 'closed'
  return slot.startsWith('form/') && live.startsWith('step/') && placeOf(slot) === placeOf(live)
}

/** Segment and visit, without the kind of card. */
const placeOf = (slot: string): string => slot.slice(slot.indexOf('/'))
