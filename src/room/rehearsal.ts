import { roomTexts } from './assets.ts'
import { admit, newMeeting } from './conversations.ts'
import { say } from './messages.ts'
import type { Room } from './room.ts'
import type { Simulator } from './simulate.ts'
import type { Conversation, Person } from './state.ts'

/** What follows the room's address, for whoever wants to send someone to a rehearsal of hers. */
export const rehearsalPath = 'repetition'

/** The kit's smallest group. */
const company = { count: 6, pace: 'fast' } as const

/** A meeting of hers with people who answer by themselves, where she has asked the bot for the workshop she prepared. */
export function rehearse(
  { room, simulator }: { room: Room; simulator: Simulator },
  person: Person,
  { title, workshop }: { title: string; workshop?: number | undefined },
): Conversation {
  const conversation = newMeeting(room, title)
  admit(room, conversation, person, 'Organizer')
  simulator.add(conversation, { ...company, language: person.language })
  const command = roomTexts(person.language).rehearsal?.command ?? ''
  void say(room, conversation, person, workshop === undefined ? command : `${command} ${workshop}`)
  return conversation
}
