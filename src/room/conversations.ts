import { randomBytes } from 'node:crypto'
import {
  botAdded,
  botRemoved,
  meetingMoved,
  memberAdded,
  memberRemoved,
  participantMoved,
} from './activities.ts'
import { slug } from './people.ts'
import type { Room } from './room.ts'
import { memberOf, personByKey } from './room.ts'
import type { Conversation, Person } from './state.ts'
import { headerView } from './view.ts'
import type { Role } from './views.ts'

export function newMeeting(room: Room, title: string): Conversation {
  const id = `19:meeting_${randomBytes(30).toString('base64url')}@thread.v2`
  const meetingId = Buffer.from(`0#${id}#0`).toString('base64')
  return newConversation(room, { id, kind: 'meeting', title, meetingId })
}

export function newGroupChat(room: Room, title: string): Conversation {
  return newConversation(room, {
    id: `19:${randomBytes(16).toString('hex')}@thread.v2`,
    kind: 'group',
    title,
  })
}

/** One per person; opening it installs the bot for that person. */
export function personalChat(room: Room, person: Person): Conversation {
  const existing = personalChatOf(room, person)
  if (existing) return existing
  const id = `a:${randomBytes(48).toString('base64url')}`
  const conversation = newConversation(room, { id, kind: 'personal', title: '' })
  admit(room, conversation, person, 'Attendee')
  return conversation
}

export function personalChatOf(room: Room, person: Person): Conversation | undefined {
  return room.state.conversations.find((each) => each.kind === 'personal' && memberOf(each, person))
}

/** Brings someone in, as a member and as present. Coming again changes nothing but presence. */
export function admit(room: Room, conversation: Conversation, person: Person, role: Role): void {
  const member = memberOf(conversation, person)
  if (member?.present) return
  const isNew = !member
  if (isNew) conversation.members.push({ person: person.key, role, present: false })
  if (!conversation.opened) open(room, conversation, person)
  else if (isNew) announce(room, conversation, memberAdded(room, { conversation, person }))
  arrive(room, conversation, person)
}

/** Gone from the meeting, still in the chat. */
export function leave(room: Room, conversation: Conversation, person: Person): void {
  const member = memberOf(conversation, person)
  if (!member?.present) return
  member.present = false
  if (conversation.kind === 'meeting') {
    announce(room, conversation, participantMoved(room, { conversation, person }, 'Leave'))
  }
  conversationChanged(room, conversation)
}

/** Out of the chat too. */
export function remove(room: Room, conversation: Conversation, person: Person): void {
  leave(room, conversation, person)
  conversation.members = conversation.members.filter((member) => member.person !== person.key)
  announce(room, conversation, memberRemoved(room, { conversation, person }))
  room.live.tell([person.key], { type: 'conversation-gone', id: conversation.id })
  conversationChanged(room, conversation)
}

export function installBot(room: Room, conversation: Conversation, person: Person): void {
  if (conversation.botInstalled) return
  conversation.botInstalled = true
  for (const activity of botAdded(room, { conversation, person })) room.bot.announce(activity)
  conversationChanged(room, conversation)
}

export function removeBot(room: Room, conversation: Conversation, person: Person): void {
  if (!conversation.botInstalled) return
  for (const activity of botRemoved(room, { conversation, person })) room.bot.announce(activity)
  conversation.botInstalled = false
  conversationChanged(room, conversation)
}

export function startMeeting(room: Room, conversation: Conversation, person: Person): void {
  if (conversation.kind !== 'meeting' || conversation.running) return
  conversation.running = true
  conversation.startedAt = room.clock.now()
  announce(room, conversation, meetingMoved(room, { conversation, person }, 'Start'))
  conversationChanged(room, conversation)
}

export function endMeeting(room: Room, conversation: Conversation, person: Person): void {
  if (!conversation.running) return
  conversation.running = false
  announce(room, conversation, meetingMoved(room, { conversation, person }, 'End'))
  conversationChanged(room, conversation)
}

export function membersOf(conversation: Conversation): string[] {
  return conversation.members.map((member) => member.person)
}

export function organizerOf(room: Room, conversation: Conversation): Person | undefined {
  const organizer =
    conversation.members.find((member) => member.role === 'Organizer') ?? conversation.members[0]
  return organizer && personByKey(room, organizer.person)
}

function newConversation(
  room: Room,
  fields: Pick<Conversation, 'id' | 'kind' | 'title' | 'meetingId'>,
): Conversation {
  const conversation: Conversation = {
    ...fields,
    slug: freeSlug(room, fields),
    botInstalled: false,
    opened: false,
    running: false,
    startedAt: room.clock.now(),
    members: [],
    messages: [],
  }
  room.state.conversations.push(conversation)
  room.changed()
  return conversation
}

function freeSlug(room: Room, { kind, title }: Pick<Conversation, 'kind' | 'title'>): string {
  const random = randomBytes(4).toString('hex')
  if (kind === 'personal') return `p-${random}`
  const wanted = slug(title)
  return room.state.conversations.some((each) => each.slug === wanted) ? `${wanted}-${random}` : wanted
}

function open(room: Room, conversation: Conversation, person: Person): void {
  conversation.opened = true
  installBot(room, conversation, person)
  startMeeting(room, conversation, person)
}

function arrive(room: Room, conversation: Conversation, person: Person): void {
  const member = memberOf(conversation, person)
  if (!member) return
  member.present = true
  if (conversation.kind === 'meeting') {
    announce(room, conversation, participantMoved(room, { conversation, person }, 'Join'))
  }
  conversationChanged(room, conversation)
}

/** A bot that is not in the chat hears nothing of it. */
function announce(
  room: Room,
  conversation: Conversation,
  activity: Parameters<Room['bot']['announce']>[0],
): void {
  if (conversation.botInstalled) room.bot.announce(activity)
}

export function conversationChanged(room: Room, conversation: Conversation): void {
  room.changed()
  tellHeader(room, conversation)
}

/** Its title and all that stands around its messages, in the tabs of those who are in it. */
export function tellHeader(room: Room, conversation: Conversation): void {
  room.live.tell(membersOf(conversation), {
    type: 'conversation',
    conversation: headerView(room, conversation),
  })
}
