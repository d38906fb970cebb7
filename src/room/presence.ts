import { admit, leave } from './conversations.ts'
import type { Room } from './room.ts'
import { memberOf, personByKey } from './room.ts'
import type { Conversation, Person } from './state.ts'
import type { LiveEvent } from './views.ts'

export interface Presence {
  /** A tab opens on a conversation; the returned function is called when it closes. */
  arrive(person: Person, conversation: Conversation, send: (event: LiveEvent) => void): () => void
  close(): void
}

/** A tab closed for longer than this has left the meeting; a reload is shorter. */
export const leaveAfter = 10_000

export function presence(room: Room, graceMilliseconds: number): Presence {
  const leaving = new Map<string, NodeJS.Timeout>()
  let closed = false

  function leaveSoon(key: string): void {
    clearTimeout(leaving.get(key))
    // Closing the room closes the tabs; nobody has left for that.
    if (closed) return
    leaving.set(
      key,
      setTimeout(() => leaveAll(room, key), graceMilliseconds),
    )
  }

  // After a restart, whoever does not come back has left.
  for (const key of peopleWithTabs(room)) leaveSoon(key)

  return {
    arrive(person, conversation, send) {
      clearTimeout(leaving.get(person.key))
      const disconnect = room.live.connect(person.key, send)
      admit(room, conversation, person, memberOf(conversation, person)?.role ?? 'Attendee')
      return () => {
        disconnect()
        if (!room.live.isConnected(person.key)) leaveSoon(person.key)
      }
    },
    close() {
      closed = true
      for (const timer of leaving.values()) clearTimeout(timer)
    },
  }
}

function peopleWithTabs(room: Room): Set<string> {
  const present = room.state.conversations.flatMap((conversation) =>
    conversation.members.filter((member) => member.present).map((member) => member.person),
  )
  return new Set(present.filter((key) => !personByKey(room, key)?.simulated))
}

function leaveAll(room: Room, key: string): void {
  const person = personByKey(room, key)
  if (!person || room.live.isConnected(key)) return
  for (const conversation of room.state.conversations) leave(room, conversation, person)
}
