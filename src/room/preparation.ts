import { roomTexts } from './assets.ts'
import { personalChat, personalChatOf } from './conversations.ts'
import { say } from './messages.ts'
import type { Room } from './room.ts'
import type { Conversation, Person } from './state.ts'

/** Leads her to what she prepares: the card that is there, else a new one that she asks the bot for. */
export function prepare(room: Room, person: Person): { chat: Conversation; message: string | null } {
  const chat = personalChatOf(room, person)
  const command = roomTexts(person.language).conversations?.['prepare-command'] ?? ''
  if (!chat?.messages.length) {
    const fresh = personalChat(room, person)
    void say(room, fresh, person, command)
    return { chat: fresh, message: null }
  }
  const there = cardThere(chat, command)
  if (!there) void say(room, chat, person, command)
  return { chat, message: there ?? null }
}

/** The last card, where it is of what she prepares, or was asked for, or is all that was ever said. */
function cardThere({ messages, page }: Conversation, command: string): string | undefined {
  const [last, before] = messages.toReversed()
  if (last?.from !== 'bot') return undefined
  const isHers = last.id === page?.message || before === undefined || before.text === command
  return isHers ? last.id : undefined
}
