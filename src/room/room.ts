import type { BotDoor } from './bot-door.ts'
import type { RoomClock } from './clock.ts'
import type { Faults } from './faults.ts'
import type { Held } from './held.ts'
import type { Live } from './live.ts'
import type { Conversation, Message, Person, State } from './state.ts'
import type { Traffic } from './traffic.ts'

/** Everything the room's parts share. Built once, in `index.ts`. */
export interface Room {
  state: State
  /** To be called after each change of `state`. */
  changed(): void
  clock: RoomClock
  /** IANA time zone of everyone here. */
  zone: string
  bot: BotDoor
  live: Live
  traffic: Traffic
  faults: Faults
  random(): number
  /** What the bot holds in a chat; null where nothing was ever held, or where nobody can say. */
  held(chat: string): Promise<Held | null>
  log(line: string): void
  /** The room's own address, what the bot knows as `serviceUrl`. */
  url(): string
}

/** The bot as people see it in the room. */
export const bot = { key: 'bot', mri: '28:ouverture-bot', name: 'Ouverture' }

export function personByKey(room: Room, key: string): Person | undefined {
  return room.state.people.find((person) => person.key === key)
}

/** By either of the ids under which the bot knows someone. */
export function personById(room: Room, id: string): Person | undefined {
  return room.state.people.find((person) => person.mri === id || person.aadObjectId === id)
}

export function conversationById(room: Room, id: string): Conversation | undefined {
  // Teams' reply addresses carry `;messageid=…` after the id.
  const [plain] = id.split(';')
  return room.state.conversations.find((conversation) => conversation.id === plain)
}

export function messageById(conversation: Conversation, id: string): Message | undefined {
  return conversation.messages.find((message) => message.id === id)
}

export function memberOf(conversation: Conversation, person: Person) {
  return conversation.members.find((member) => member.person === person.key)
}
