import { roomClock, startRoom } from '../../src/room/index.ts'

/** A room as a process of its own, for what is limited by process: `room-process.ts <bot> <folder>`. */
const [botUrl = '', dataDir = ''] = process.argv.slice(2)
// A library of the room's makes this signal, which a file beyond the limit brings, deadly again unless someone else hears it.
process.on('SIGXFSZ', () => {})
const room = await startRoom({ port: 0, botUrl, dataDir, clock: roomClock() })
console.log(room.url)
