import { z } from 'zod'
import { account, joinUrl, rosterAccount } from './activities.ts'
import { guarded, type Work } from './connector-guard.ts'
import { membersOf, organizerOf, personalChatOf } from './conversations.ts'
import { refuseMisplacedOffers } from './file-offers.ts'
import { type Asked, json, Refused, type Route, route } from './http.ts'
import { isTooBig } from './limits.ts'
import { type BotMessage, botMessageSchema, deleteByBot, editByBot, postByBot } from './messages.ts'
import type { Room } from './room.ts'
import { conversationById, memberOf, messageById, personById, personByKey } from './room.ts'
import type { Conversation, Message, Person } from './state.ts'

/** The part of the Bot Connector REST API that a Teams bot uses, with the limits Teams puts on it.
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference */
export function connectorRoutes(room: Room): Route[] {
  const door = guarded(room)
  const chats = '/v3/conversations'
  const meeting = '/v1/meetings/:mid'
  return [
    route('POST', chats, door('create-conversation', createConversation(room))),
    route('POST', `${chats}/:cid/activities`, door('create', send(room))),
    route('POST', `${chats}/:cid/activities/:aid`, door('reply', send(room))),
    route('PUT', `${chats}/:cid/activities/:aid`, door('update', update(room))),
    route('DELETE', `${chats}/:cid/activities/:aid`, door('delete', remove(room))),
    route('GET', `${chats}/:cid/members`, door('members', members(room))),
    route('GET', `${chats}/:cid/members/:pid`, door('member', oneMember(room))),
    route('GET', `${chats}/:cid/pagedmembers`, door('paged-members', pagedMembers(room))),
    route('GET', meeting, door('meeting', meetingInfo(room))),
    route('GET', `${meeting}/participants/:pid`, door('participant', participant(room))),
  ]
}

const newConversationSchema = z.object({
  members: z.tuple([z.object({ id: z.string() })]).rest(z.unknown()),
  activity: botMessageSchema.optional(),
})

/** One to one only, and only with someone who has the bot in their own chats. */
function createConversation(room: Room): Work {
  return ({ body }) => {
    const wanted = newConversationSchema.safeParse(body)
    if (!wanted.success) throw new Refused(400, 'BadSyntax', 'members[0].id is required')
    const person = personById(room, wanted.data.members[0].id)
    const chat = person && personalChatOf(room, person)
    if (!chat?.botInstalled) throw notInRoster()
    const first = wanted.data.activity && postByBot(room, chat, wanted.data.activity)
    return json({ id: chat.id, serviceUrl: room.url(), ...(first ? { activityId: first.id } : {}) }, 201)
  }
}

function send(room: Room): Work {
  return (asked) => {
    const conversation = conversationOf(room, asked)
    const said = saidIn(conversation, asked)
    if (said.type === 'typing') {
      room.live.tell(membersOf(conversation), { type: 'typing', conversation: conversation.id })
      return json({ id: '' }, 201)
    }
    return json({ id: postByBot(room, conversation, said).id }, 201)
  }
}

function update(room: Room): Work {
  return (asked) => {
    const conversation = conversationOf(room, asked)
    const message = ownMessage(conversation, asked)
    editByBot(room, conversation, message, saidIn(conversation, asked))
    return json({ id: message.id })
  }
}

function remove(room: Room): Work {
  return (asked) => {
    const conversation = conversationOf(room, asked)
    deleteByBot(room, conversation, ownMessage(conversation, asked))
    return json({})
  }
}

function members(room: Room): Work {
  return (asked) => json(peopleOf(room, conversationOf(room, asked)).map(rosterAccount))
}

function oneMember(room: Room): Work {
  return (asked) => {
    const person = personById(room, asked.params.pid ?? '')
    if (!person || !memberOf(conversationOf(room, asked), person)) {
      throw new Refused(404, 'MemberNotFoundInConversation', 'Member not found')
    }
    return json(rosterAccount(person))
  }
}

function pagedMembers(room: Room): Work {
  return (asked) => {
    const people = peopleOf(room, conversationOf(room, asked))
    const size = Math.min(500, Math.max(1, Number(asked.query.get('pageSize')) || 200))
    const from = Number(asked.query.get('continuationToken')) || 0
    const more = from + size < people.length ? { continuationToken: String(from + size) } : {}
    return json({ members: people.slice(from, from + size).map(rosterAccount), ...more })
  }
}

const plannedMinutes = 90

function meetingInfo(room: Room): Work {
  return (asked) => {
    const meeting = meetingOf(room, asked)
    const organizer = organizerOf(room, meeting)
    return json({
      details: {
        id: meeting.meetingId,
        title: meeting.title,
        type: 'Scheduled',
        joinUrl: joinUrl(room, meeting),
        scheduledStartTime: new Date(meeting.startedAt).toISOString(),
        scheduledEndTime: new Date(meeting.startedAt + plannedMinutes * 60_000).toISOString(),
      },
      conversation: { id: meeting.id, isGroup: true, conversationType: 'groupChat' },
      ...(organizer ? { organizer: { ...account(organizer), tenantId: organizer.tenantId } } : {}),
    })
  }
}

/** Anonymous people have no directory id, so Teams knows no such participant. */
function participant(room: Room): Work {
  return (asked) => {
    const meeting = meetingOf(room, asked)
    const person = room.state.people.find((each) => each.aadObjectId === asked.params.pid)
    const member = person && memberOf(meeting, person)
    if (!person || !member)
      throw new Refused(404, 'ParticipantNotFound', 'Participant not found in the meeting')
    return json({
      user: rosterAccount(person),
      meeting: { role: member.role, inMeeting: member.present },
      conversation: { id: meeting.id, isGroup: true, conversationType: 'groupChat' },
    })
  }
}

function conversationOf(room: Room, asked: Asked): Conversation {
  const conversation = conversationById(room, asked.params.cid ?? '')
  if (!conversation) throw new Refused(404, 'ConversationNotFound', 'Conversation not found')
  if (!conversation.botInstalled) throw notInRoster()
  return conversation
}

function meetingOf(room: Room, asked: Asked): Conversation {
  const meeting = room.state.conversations.find((each) => each.meetingId === asked.params.mid)
  if (!meeting) throw new Refused(404, 'MeetingNotFound', 'Meeting not found')
  if (!meeting.botInstalled) throw notInRoster()
  return meeting
}

function ownMessage(conversation: Conversation, asked: Asked): Message {
  const message = messageById(conversation, asked.params.aid ?? '')
  if (!message) throw new Refused(404, 'ActivityNotFoundInConversation', 'Activity not found')
  if (message.from !== 'bot') throw new Refused(403, 'Forbidden', 'Not a message of this bot')
  return message
}

function saidIn(conversation: Conversation, asked: Asked): BotMessage {
  if (isTooBig(asked.body)) throw new Refused(413, 'MessageSizeTooBig', 'Message size too large')
  const said = botMessageSchema.safeParse(asked.body)
  if (!said.success) throw new Refused(400, 'BadSyntax', said.error.message)
  refuseMisplacedOffers(conversation, said.data.attachments ?? [])
  return said.data
}

function peopleOf(room: Room, conversation: Conversation): Person[] {
  return conversation.members.flatMap((member) => personByKey(room, member.person) ?? [])
}

function notInRoster(): Refused {
  return new Refused(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.')
}
