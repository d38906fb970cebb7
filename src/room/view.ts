import { infoType, uniqueIdOf } from './file-offers.ts'
import { personByToken } from './people.ts'
import type { Room } from './room.ts'
import { bot, memberOf, personByKey } from './room.ts'
import type { Conversation, Member, Message, Person } from './state.ts'
import type {
  Acquaintance,
  AttachmentView,
  ConversationHeader,
  ConversationView,
  LiveEvent,
  MemberView,
  MessageView,
} from './views.ts'

const shownMessages = 300

/** All that one person may see, and nothing else: the conversations they are in. */
export function snapshotFor(room: Room, person: Person, current: Conversation): LiveEvent {
  return {
    type: 'snapshot',
    me: { key: person.key, mri: person.mri, name: person.name, language: person.language },
    current: current.id,
    conversations: room.state.conversations
      .filter((conversation) => memberOf(conversation, person))
      .map((conversation) => conversationView(room, conversation)),
    clock: room.clock.line(),
  }
}

export function headerView(room: Room, conversation: Conversation): ConversationHeader {
  const { id, slug, kind, title, botInstalled, running, page, rehearsal } = conversation
  const members = conversation.members.flatMap((member) => memberView(room, member))
  return { id, slug, kind, title, botInstalled, running, members, page, rehearsal }
}

/** None when the room knows nobody by that token. */
export function acquaintanceView(room: Room, token: string, slug: string): Acquaintance[] {
  const person = personByToken(room, token)
  if (!person) return []
  const meeting = room.state.conversations.find((each) => each.slug === slug)
  const role = (meeting && memberOf(meeting, person)?.role) ?? null
  const { key, name } = person
  const prepares = room.state.conversations.some((each) => each.page && memberOf(each, person))
  return [{ token, key, name, role, prepares, isHere: room.live.isConnected(key) }]
}

export function messageView(room: Room, message: Message): MessageView {
  const author = personByKey(room, message.from)
  return {
    ...message,
    fromName: author?.name ?? bot.name,
    attachments: message.attachments.map((each) => attachmentView(room, each as AttachmentView)),
  }
}

function attachmentView(room: Room, attachment: AttachmentView): AttachmentView {
  if (attachment.contentType !== infoType) return attachment
  const kept = room.state.files.find((file) => file.id === uniqueIdOf(attachment.content))
  return { ...attachment, bytes: kept?.bytes }
}

function conversationView(room: Room, conversation: Conversation): ConversationView {
  return {
    ...headerView(room, conversation),
    messages: conversation.messages.slice(-shownMessages).map((message) => messageView(room, message)),
  }
}

function memberView(room: Room, member: Member): MemberView[] {
  const person = personByKey(room, member.person)
  if (!person) return []
  const { key, name, kind } = person
  return [
    { key, name, kind, role: member.role, present: member.present, simulated: Boolean(person.simulated) },
  ]
}
