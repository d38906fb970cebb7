import { IntlMessageFormat } from 'intl-messageformat'
import { roomTexts } from './assets.ts'
import { conversationChanged, organizerOf } from './conversations.ts'
import type { Room } from './room.ts'
import type { Conversation } from './state.ts'
import type { Language } from './views.ts'

/** The workshop held last in a chat, as the bot knows it. */
export interface Held {
  title: Record<Language, string>
  /** Which one, where several groups hold the same workshop. */
  group: number | null
  isOver: boolean
}

/** After each word of the bot: a meeting that nobody named is called after what is held in it, and a rehearsal may be over. */
export async function follow(room: Room, conversation: Conversation): Promise<void> {
  const { rehearsal, isUnnamed } = conversation
  if (!rehearsal && !isUnnamed) return
  const held = await room.held(conversation.id).catch(() => null)
  if (!held) return
  const title = isUnnamed ? nameOf(room, conversation, held) : conversation.title
  if (title === conversation.title && (rehearsal?.isOver ?? held.isOver) === held.isOver) return
  conversation.title = title
  if (rehearsal) rehearsal.isOver = held.isOver
  conversationChanged(room, conversation)
}

function nameOf(room: Room, conversation: Conversation, { title, group }: Held): string {
  const language = organizerOf(room, conversation)?.language ?? 'fr'
  if (group === null) return title[language]
  const name = roomTexts(language).conversations?.['of-group'] ?? ''
  return String(new IntlMessageFormat(name, language).format({ title: title[language], group }))
}
