import { z } from 'zod'
import { Refused } from './http.ts'
import { personByToken } from './people.ts'
import type { Room } from './room.ts'
import { conversationById, memberOf, messageById } from './room.ts'
import type { Conversation, Message, Person } from './state.ts'

export const shortText = z.string().trim().min(1).max(80)

export function parsed<T>(schema: z.ZodType<T, z.ZodTypeDef, unknown>, body: unknown): T {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  throw new Refused(400, 'BadRequest', result.error.issues.map((issue) => issue.path.join('.')).join(', '))
}

export function personIn(room: Room, body: unknown): Person {
  const { token } = parsed(z.object({ token: z.string() }), body)
  const person = personByToken(room, token)
  if (!person) throw new Refused(401, 'UnknownPerson')
  return person
}

/** Who speaks, and where: only in a conversation they are in. */
export function scene(room: Room, body: unknown): { person: Person; conversation: Conversation } {
  const person = personIn(room, body)
  const { conversation: id } = parsed(z.object({ conversation: z.string() }), body)
  const conversation = conversationById(room, id)
  if (!conversation || !memberOf(conversation, person)) throw new Refused(403, 'NotAMember')
  return { person, conversation }
}

/** Where anyone may come in by the address. */
export function meetingAt(room: Room, slug: string): Conversation {
  const conversation = room.state.conversations.find((each) => each.slug === slug)
  if (!conversation || conversation.kind === 'personal') throw new Refused(404, 'MeetingNotFound')
  return conversation
}

export function messageIn(conversation: Conversation, id: string): Message {
  const message = messageById(conversation, id)
  if (!message) throw new Refused(404, 'MessageNotFound')
  return message
}
