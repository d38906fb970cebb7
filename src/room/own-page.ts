import { isDeepStrictEqual } from 'node:util'
import { tellHeader } from './conversations.ts'
import type { Room } from './room.ts'
import { offersIn } from './simulate-cards.ts'
import type { Conversation, Message } from './state.ts'
import type { Refresh } from './views.ts'

/**
 * In someone's own chat, a card that has become a page of what she prepares comes back as that page, after a reload or
 * another day: the room keeps how it is asked for, and asks the bot again.
 */
export function keepPage(room: Room, conversation: Conversation, message: Message, card: unknown): void {
  if (conversation.kind !== 'personal') return
  const action = pageOf(card)
  const page = action && { message: message.id, action }
  if (!page || isDeepStrictEqual(page, conversation.page)) return
  conversation.page = page
  room.changed()
  tellHeader(room, conversation)
}

/** What shows it as it is by then: her programmes, or one of them; a form is left for the page it was opened from. */
function pageOf(card: unknown): Refresh['action'] | undefined {
  const offers = offersIn(card).filter(({ data }) => slot.test(String(data.k)))
  const [one] = offers.filter(({ data }) => data.p)
  if (!one) return undefined
  const isList = offers.some(({ verb }) => verb === 'programme-new')
  const asked = isList
    ? { verb: 'programmes', data: {} }
    : { verb: 'refresh', data: { k: one.data.k ?? '', p: one.data.p ?? '' } }
  return { type: 'Action.Execute', ...asked }
}

/** Of the pages of a programme. */
const slot = /^programme(\/|$)/u
