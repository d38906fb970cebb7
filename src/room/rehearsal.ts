import { roomTexts } from './assets.ts'
import { admit, endMeeting, newMeeting } from './conversations.ts'
import { say } from './messages.ts'
import type { Room } from './room.ts'
import { memberOf } from './room.ts'
import type { Simulator } from './simulate.ts'
import type { Conversation, Person } from './state.ts'

/** What follows the room's address, for whoever wants to send someone to a rehearsal of hers. */
export const rehearsalPath = 'repetition'

/** The kit's smallest group. */
const company = { count: 6, pace: 'fast' } as const

export interface Rehearsed {
  /** Of the meeting. */
  title: string
  /** Which of her programmes, and which workshop of it, from 1. */
  programme: string
  workshop?: number | undefined
  /** She has others: the line that asks for it names it. */
  isOneOfSeveral?: boolean | undefined
}

interface Place {
  room: Room
  simulator: Simulator
}

/** The meeting where she rehearses this workshop: the one that goes on, else a new one. */
export function rehearse(place: Place, person: Person, wanted: Rehearsed): Conversation {
  return goingOn(place.room, person, wanted) ?? begin(place, person, wanted)
}

/** From the beginning, in another meeting: the one that went on ends. */
export function rehearseAgain(place: Place, person: Person, wanted: Rehearsed): Conversation {
  const before = goingOn(place.room, person, wanted)
  if (before) endMeeting(place.room, before, person)
  return begin(place, person, wanted)
}

const goingOn = ({ state }: Room, person: Person, wanted: Rehearsed): Conversation | undefined =>
  state.conversations.findLast(
    (each) =>
      each.running &&
      each.rehearsal?.isOver === false &&
      each.rehearsal.programme === wanted.programme &&
      each.rehearsal.workshop === wanted.workshop &&
      memberOf(each, person)?.role === 'Organizer',
  )

/** A meeting of hers with people who answer by themselves, where she has asked the bot for the workshop she prepared. */
function begin({ room, simulator }: Place, person: Person, { title, ...which }: Rehearsed): Conversation {
  const conversation = newMeeting(room, title)
  conversation.rehearsal = { ...which, isOver: false }
  admit(room, conversation, person, 'Organizer')
  simulator.add(conversation, { ...company, language: person.language })
  const { command = '', of = '' } = roomTexts(person.language).rehearsal ?? {}
  const { workshop, programme, isOneOfSeveral } = which
  const line = [command, ...(workshop ? [workshop] : []), ...(isOneOfSeveral ? [of, programme] : [])]
  void say(room, conversation, person, line.join(' '))
  return conversation
}
