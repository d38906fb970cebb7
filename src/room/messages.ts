import { z } from 'zod'
import { mentionsBot, messageActivity } from './activities.ts'
import { membersOf } from './conversations.ts'
import { follow } from './held.ts'
import { keepPage } from './own-page.ts'
import type { Room } from './room.ts'
import { bot } from './room.ts'
import type { Conversation, Message, Person } from './state.ts'
import { messageView } from './view.ts'

/** What the bot may post. Fields the room does not know are let go. */
export const botMessageSchema = z.object({
  type: z.string().default('message'),
  text: z.string().nullish(),
  textFormat: z.string().nullish(),
  attachments: z
    .array(
      z.object({
        contentType: z.string(),
        contentUrl: z.string().optional(),
        name: z.string().optional(),
        content: z.unknown(),
      }),
    )
    .nullish(),
})

export type BotMessage = z.infer<typeof botMessageSchema>

export function postByBot(room: Room, conversation: Conversation, said: BotMessage): Message {
  const message = post(room, conversation, { from: bot.key, ...content(said) })
  for (const { content: card } of message.attachments) keepPage(room, conversation, message, card)
  void follow(room, conversation)
  return message
}

/** The whole message is replaced: what the new one does not say is gone. */
export function editByBot(room: Room, conversation: Conversation, message: Message, said: BotMessage): void {
  const now = { edited: true, answered: undefined, revision: message.revision + 1 }
  Object.assign(message, content(said), now)
  if (conversation.page?.message === message.id) conversation.page = undefined
  for (const { content: card } of message.attachments) keepPage(room, conversation, message, card)
  void follow(room, conversation)
  shown(room, conversation, message)
}

/** What the person said to the file it offers, in all her tabs; `undefined` takes it back. */
export function answerInChat(
  room: Room,
  conversation: Conversation,
  message: Message,
  answered: Message['answered'],
): void {
  Object.assign(message, { answered, revision: message.revision + 1 })
  shown(room, conversation, message)
}

export function deleteByBot(room: Room, conversation: Conversation, message: Message): void {
  conversation.messages = conversation.messages.filter((each) => each !== message)
  if (conversation.page?.message === message.id) conversation.page = undefined
  room.changed()
  const gone = { type: 'message-gone' as const, conversation: conversation.id, id: message.id }
  room.live.tell(membersOf(conversation), gone)
}

/** In a group the bot hears only what mentions it. */
export async function say(
  room: Room,
  conversation: Conversation,
  person: Person,
  text: string,
): Promise<void> {
  const { id } = post(room, conversation, { from: person.key, text, format: 'plain', attachments: [] })
  if (!conversation.botInstalled) return
  if (conversation.kind !== 'personal' && !mentionsBot(text)) return
  const reply = await room.bot.deliver(messageActivity(room, { conversation, person }, { id, text }))
  if (reply.status === 0 || reply.status >= 300) {
    room.live.tell([person.key], { type: 'undelivered', conversation: conversation.id })
  }
}

function content(said: BotMessage): Pick<Message, 'text' | 'format' | 'attachments'> {
  return {
    text: said.text ?? '',
    format: said.textFormat === 'plain' ? 'plain' : 'markdown',
    attachments: said.attachments ?? [],
  }
}

function post(
  room: Room,
  conversation: Conversation,
  said: Pick<Message, 'from' | 'text' | 'format' | 'attachments'>,
): Message {
  const message = {
    ...said,
    id: nextId(room),
    at: room.clock.now(),
    edited: false,
    revision: 1,
  }
  conversation.messages.push(message)
  shown(room, conversation, message)
  return message
}

/** Teams names a message by its time in milliseconds; here two never share one, whatever chat they are in. */
function nextId(room: Room): string {
  const last = room.state.conversations.map(({ messages }) => Number(messages.at(-1)?.id ?? 0))
  return String(Math.max(room.clock.now(), ...last.map((id) => id + 1)))
}

function shown(room: Room, conversation: Conversation, message: Message): void {
  room.changed()
  room.live.tell(membersOf(conversation), {
    type: 'message',
    conversation: conversation.id,
    message: messageView(room, message),
  })
}
