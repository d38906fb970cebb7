import type { AddressInfo } from 'node:net'
import { assets, roomTexts } from './assets.ts'
import { botDoor } from './bot-door.ts'
import type { RoomClock } from './clock.ts'
import { connectorRoutes } from './connector.ts'
import { newMeeting } from './conversations.ts'
import type { Faults } from './faults.ts'
import { fileStore } from './file-store.ts'
import { fileShelf } from './files.ts'
import type { Held } from './held.ts'
import { httpServer } from './http.ts'
import { live } from './live.ts'
import { leaveAfter, presence } from './presence.ts'
import type { Room } from './room.ts'
import { simulator } from './simulate.ts'
import { liveSocket } from './socket.ts'
import { stateFile } from './state.ts'
import { traffic } from './traffic.ts'
import { webRoutes } from './web.ts'

export { type RoomClock, roomClock } from './clock.ts'
export type { Faults } from './faults.ts'
export type { Held } from './held.ts'
export { rehearsalPath } from './rehearsal.ts'

export interface RoomOptions {
  /** 0 takes a free one. */
  port: number
  host?: '127.0.0.1'
  /** The bot's full `/api/messages` address. */
  botUrl: string
  /** Where the room keeps its people and chats; without it they live in memory. */
  dataDir?: string
  clock: RoomClock
  /** IANA time zone of everyone here; this machine's own by default. */
  zone?: string
  defaultMeetingTitle?: string
  log?: (line: string) => void
  /** What the bot holds in a chat of this id. */
  held?: (chat: string) => Promise<Held | null>
  random?: () => number
  /** Real milliseconds after which a closed tab counts as having left. */
  leaveAfter?: number
}

export interface RunningRoom {
  url: string
  port: number
  /** May be changed at any time. */
  faults: Faults
  close(): Promise<void>
}

/** The place where Teams stands: people on one side, in browsers; the bot on the other, by the Bot Connector protocol. */
export async function startRoom(options: RoomOptions): Promise<RunningRoom> {
  const log = options.log ?? (() => {})
  const saved = stateFile(options.dataDir, log)
  const room: Room = {
    state: saved.state,
    changed: saved.changed,
    clock: options.clock,
    zone: options.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    bot: botDoor(options.botUrl, log),
    live: live(),
    traffic: traffic(),
    faults: {},
    random: options.random ?? Math.random,
    held: options.held ?? (async () => null),
    log,
    url: () => `${address(server)}/`,
  }
  if (room.state.conversations.length === 0) {
    newMeeting(room, options.defaultMeetingTitle ?? roomTexts('fr').product?.meeting ?? '')
  }
  const simulated = simulator(room)
  const files = fileShelf(room, fileStore(options.dataDir))
  const web = webRoutes({ room, assets: assets(), simulator: simulated, files })
  const server = httpServer([...connectorRoutes(room), ...web], log)
  await listening(server, options.port)

  const here = presence(room, options.leaveAfter ?? leaveAfter)
  const closeSocket = liveSocket(room, here, server)
  simulated.resume()

  return {
    url: room.url(),
    port: (server.address() as AddressInfo).port,
    faults: room.faults,
    async close() {
      simulated.close()
      here.close()
      closeSocket()
      room.bot.close()
      await stopped(server)
      await saved.flush()
    },
  }
}

type Server = ReturnType<typeof httpServer>

function address(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve())
  })
}

function stopped(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
