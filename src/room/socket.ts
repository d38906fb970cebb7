import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import WebSocket from 'ws'
import { isOurs } from './http.ts'
import { personByToken } from './people.ts'
import type { Presence } from './presence.ts'
import type { Room } from './room.ts'
import { memberOf } from './room.ts'
import type { Conversation, Person } from './state.ts'
import { snapshotFor } from './view.ts'
import type { LiveEvent } from './views.ts'

const unknownPerson = 4001

/** One socket per tab. Not server-sent events: a browser allows six of those in all, and a workshop opens more tabs. */
export function liveSocket(room: Room, presence: Presence, server: Server): () => void {
  const sockets = new WebSocket.Server({ noServer: true })

  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', 'http://room')
    if (!isOurs(request) || url.pathname !== '/api/room/live') return socket.destroy()
    // Over plain HTTP the upgraded stream is always a net.Socket.
    sockets.handleUpgrade(request, socket as Socket, head, (tab) => {
      const found = whoAndWhere(room, url.searchParams)
      if (!found) return tab.close(unknownPerson)
      const send = (event: LiveEvent) => tab.send(JSON.stringify(event))
      const gone = presence.arrive(found.person, found.conversation, send)
      tab.on('close', gone)
      send(snapshotFor(room, found.person, found.conversation))
    })
  })

  const unhear = room.clock.onChange(() => room.live.tellAll({ type: 'clock', clock: room.clock.line() }))

  return () => {
    unhear()
    for (const tab of sockets.clients) tab.terminate()
    sockets.close()
  }
}

/** Whoever has the address comes in, but into a personal chat only its owner. */
function whoAndWhere(
  room: Room,
  query: URLSearchParams,
): { person: Person; conversation: Conversation } | undefined {
  const person = personByToken(room, query.get('token') ?? '')
  const conversation = room.state.conversations.find((each) => each.slug === query.get('slug'))
  if (!person) return undefined
  if (conversation && (conversation.kind !== 'personal' || memberOf(conversation, person))) {
    return { person, conversation }
  }
  const own = room.state.conversations.find((each) => memberOf(each, person))
  return own && { person, conversation: own }
}
