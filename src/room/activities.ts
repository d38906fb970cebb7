import { randomUUID } from 'node:crypto'
import type { Room } from './room.ts'
import { bot, memberOf } from './room.ts'
import type { Conversation, Person } from './state.ts'

/** An activity as Teams posts it to a bot. */
export interface Activity {
  type: 'message' | 'conversationUpdate' | 'installationUpdate' | 'event' | 'invoke'
  id: string
  name?: string
  timestamp: string
  localTimestamp: string
  localTimezone: string
  channelId: 'msteams'
  serviceUrl: string
  from: object
  conversation: { id: string }
  recipient: object
  locale: string
  channelData: object
  [field: string]: unknown
}

/** Who does it, where. */
export interface Scene {
  conversation: Conversation
  person: Person
}

type Fields = { type: Activity['type']; name?: string; [field: string]: unknown }

export function activity(room: Room, scene: Scene, fields: Fields): Activity {
  const at = room.clock.now()
  return {
    id: randomUUID(),
    timestamp: new Date(at).toISOString(),
    localTimestamp: localTime(at, room.zone),
    localTimezone: room.zone,
    channelId: 'msteams',
    serviceUrl: room.url(),
    from: account(scene.person),
    conversation: conversationAccount(room, scene.conversation),
    recipient: { id: bot.mri, name: bot.name },
    locale: locales[scene.person.language],
    channelData: channelData(room, scene.conversation),
    ...fields,
  }
}

export function messageActivity(room: Room, scene: Scene, said: { id: string; text: string }): Activity {
  const text = withMention(said.text)
  return activity(room, scene, {
    type: 'message',
    id: said.id,
    text,
    textFormat: 'plain',
    attachments: [{ contentType: 'text/html', content: `<div><p>${escaped(text)}</p></div>` }],
    entities: [...mentionEntities(said.text), clientInfo(room, scene.person)],
  })
}

export function botAdded(room: Room, scene: Scene): Activity[] {
  return [
    activity(room, scene, { type: 'installationUpdate', action: 'add' }),
    activity(room, scene, { type: 'conversationUpdate', membersAdded: [{ id: bot.mri, name: bot.name }] }),
  ]
}

export function botRemoved(room: Room, scene: Scene): Activity[] {
  return [
    activity(room, scene, { type: 'installationUpdate', action: 'remove' }),
    activity(room, scene, { type: 'conversationUpdate', membersRemoved: [{ id: bot.mri, name: bot.name }] }),
  ]
}

export function memberAdded(room: Room, scene: Scene): Activity {
  return activity(room, scene, { type: 'conversationUpdate', membersAdded: [account(scene.person)] })
}

export function memberRemoved(room: Room, scene: Scene): Activity {
  return activity(room, scene, { type: 'conversationUpdate', membersRemoved: [account(scene.person)] })
}

export function meetingMoved(room: Room, scene: Scene, moved: 'Start' | 'End'): Activity {
  return activity(room, scene, {
    type: 'event',
    name: `application/vnd.microsoft.meeting${moved}`,
    value: {
      MeetingType: 'Scheduled',
      Title: scene.conversation.title,
      Id: scene.conversation.meetingId,
      JoinUrl: joinUrl(room, scene.conversation),
      [`${moved}Time`]: new Date(room.clock.now()).toISOString(),
    },
  })
}

export function participantMoved(room: Room, scene: Scene, moved: 'Join' | 'Leave'): Activity {
  const role = memberOf(scene.conversation, scene.person)?.role
  return activity(room, scene, {
    type: 'event',
    name: `application/vnd.microsoft.meetingParticipant${moved}`,
    value: {
      members: [{ user: rosterAccount(scene.person), meeting: { inMeeting: moved === 'Join', role } }],
    },
  })
}

export function joinUrl(room: Room, conversation: Conversation): string {
  return `${room.url()}m/${conversation.slug}`
}

/** As in an activity's `from`: short. */
export function account(person: Person) {
  return { id: person.mri, name: person.name, ...optional('aadObjectId', person.aadObjectId) }
}

/** As in the roster: long. */
export function rosterAccount(person: Person) {
  return {
    ...account(person),
    ...optional('objectId', person.aadObjectId),
    ...optional('email', person.email),
    ...optional('userPrincipalName', person.email),
    givenName: person.givenName,
    surname: person.surname,
    tenantId: person.tenantId,
    userRole: { member: 'user', guest: 'guest', anonymous: 'anonymous' }[person.kind],
  }
}

const mention = new RegExp(`@${bot.name}\\b`, 'gi')

export function mentionsBot(text: string): boolean {
  return text.search(mention) >= 0
}

function withMention(text: string): string {
  return text.replace(mention, `<at>${bot.name}</at>`)
}

function mentionEntities(text: string): object[] {
  if (!mentionsBot(text)) return []
  return [{ type: 'mention', mentioned: { id: bot.mri, name: bot.name }, text: `<at>${bot.name}</at>` }]
}

const locales = { fr: 'fr-FR', en: 'en-GB' } as const

function clientInfo(room: Room, person: Person): object {
  const locale = locales[person.language]
  return { type: 'clientInfo', locale, country: locale.slice(3), platform: 'Web', timezone: room.zone }
}

const conversationTypes = { meeting: 'groupChat', group: 'groupChat', personal: 'personal' } as const

function conversationAccount(room: Room, conversation: Conversation) {
  return {
    id: conversation.id,
    conversationType: conversationTypes[conversation.kind],
    tenantId: room.state.tenantId,
    ...(conversation.kind === 'personal' ? {} : { isGroup: true }),
  }
}

function channelData(room: Room, conversation: Conversation): object {
  return {
    tenant: { id: room.state.tenantId },
    ...(conversation.meetingId ? { meeting: { id: conversation.meetingId } } : {}),
  }
}

/** ISO 8601 with the zone's offset, as `2026-11-23T18:03:35.000+01:00`. */
function localTime(at: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    timeZoneName: 'longOffset',
  }).formatToParts(at)
  const offset = parts.find((part) => part.type === 'timeZoneName')?.value.slice(3) || '+00:00'
  const minutes =
    Number(offset.slice(0, 3)) * 60 + Math.sign(Number(offset.slice(0, 3))) * Number(offset.slice(4))
  return new Date(at + minutes * 60_000).toISOString().replace('Z', offset)
}

function optional<Name extends string>(name: Name, value: string | undefined) {
  return value === undefined ? {} : { [name]: value }
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/<(?!\/?at>)/g, '&lt;')
}
