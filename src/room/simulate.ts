import { admit, remove } from './conversations.ts'
import { enter } from './people.ts'
import type { Room } from './room.ts'
import { conversationById, memberOf, personByKey } from './room.ts'
import { type Mind, mindFor } from './simulate-mind.ts'
import { type Persona, personas } from './simulate-texts.ts'
import type { Conversation, Person } from './state.ts'
import type { Language, Pace } from './views.ts'

/** People who answer the cards by themselves, through the same door as a browser and seeing no more than one. */
export interface Simulator {
  /** Returns how many came: there are only so many personas. */
  add(conversation: Conversation, wanted: { count: number; pace: Pace; language: Language }): number
  removeAll(conversation: Conversation): void
  /** After a restart: everyone reads the chat again. */
  resume(): void
  close(): void
}

const readBack = 20

export function simulator(room: Room): Simulator {
  const minds = new Map<string, Mind>()

  room.live.overhear((event) => {
    if (event.type !== 'message') return
    for (const { mind, conversation } of mindsIn(event.conversation)) {
      void mind.read(conversation, event.message.id)
    }
  })

  function mindsIn(id: string): { mind: Mind; conversation: Conversation }[] {
    const conversation = conversationById(room, id)
    return (conversation?.members ?? []).flatMap((member) => {
      const mind = mindOf(member.person)
      return mind && conversation ? [{ mind, conversation }] : []
    })
  }

  function mindOf(key: string): Mind | undefined {
    const known = minds.get(key)
    const person = personByKey(room, key)
    if (known || !person?.simulated) return known
    const made = mindFor(room, person)
    if (made) minds.set(key, made)
    return made
  }

  function readAll(conversation: Conversation, key: string): void {
    for (const message of conversation.messages.slice(-readBack)) {
      void mindOf(key)?.read(conversation, message.id)
    }
  }

  /** Whatever they had in mind goes with them; where they still are, they read the chat again. */
  function removeOne(conversation: Conversation, person: Person): void {
    minds.get(person.key)?.forget()
    minds.delete(person.key)
    remove(room, conversation, person)
    for (const each of room.state.conversations) if (memberOf(each, person)) readAll(each, person.key)
  }

  return {
    add(conversation, { count, pace, language }) {
      const coming = absentPersonas(room, conversation, language).slice(0, count)
      for (const persona of coming) {
        const person = personAs(room, persona, { pace, language })
        admit(room, conversation, person, 'Attendee')
        readAll(conversation, person.key)
      }
      return coming.length
    },
    removeAll(conversation) {
      for (const person of simulatedIn(room, conversation)) removeOne(conversation, person)
    },
    resume() {
      for (const conversation of room.state.conversations) {
        for (const person of simulatedIn(room, conversation)) readAll(conversation, person.key)
      }
    },
    close() {
      for (const mind of minds.values()) mind.forget()
    },
  }
}

function simulatedIn(room: Room, conversation: Conversation): Person[] {
  return conversation.members.flatMap((member) => {
    const person = personByKey(room, member.person)
    return person?.simulated ? [person] : []
  })
}

function absentPersonas(room: Room, conversation: Conversation, language: Language): Persona[] {
  const here = simulatedIn(room, conversation).map((person) => person.simulated?.persona)
  return personas(language).filter((persona) => !here.includes(persona.id))
}

/** The same persona is the same person in every meeting, as people are. */
function personAs(
  room: Room,
  persona: Persona,
  { pace, language }: { pace: Pace; language: Language },
): Person {
  const known = room.state.people.find(
    (person) => person.simulated?.persona === persona.id && person.language === language,
  )
  if (known?.simulated) {
    known.simulated.pace = pace
    return known
  }
  return enter(room, {
    name: `${persona.firstName} ${persona.lastName}`,
    entry: persona.profile === 'agent' ? 'attendee' : 'guest',
    language,
    simulated: { persona: persona.id, pace, pressed: [] },
  })
}
