import { z } from 'zod'
import { faultsSchema } from './faults.ts'
import { json, type Route, route } from './http.ts'
import type { Room } from './room.ts'
import { parsed } from './web-door.ts'

/** For tests and demonstrations: time, traffic and misfortune. No token needed, loopback only. */
export function benchRoutes(room: Room): Route[] {
  return [
    route('POST', '/api/room/clock', ({ body }) => {
      const { speed, advance } = parsed(clockSchema, body)
      if (speed) room.clock.setSpeed(speed)
      if (advance) room.clock.advance(advance)
      return json({ now: room.clock.now(), speed: room.clock.speed() })
    }),
    route('GET', '/api/room/clock', () => json({ now: room.clock.now(), speed: room.clock.speed() })),
    route('GET', '/api/room/traffic', () => json(room.traffic.report())),
    route('POST', '/api/room/faults', ({ body }) => {
      for (const each of Object.keys(room.faults)) delete room.faults[each as keyof typeof room.faults]
      return json(Object.assign(room.faults, parsed(faultsSchema, body)))
    }),
  ]
}

const clockSchema = z.object({
  speed: z.number().min(1).max(60).optional(),
  /** Milliseconds to jump forward. */
  advance: z.number().min(0).optional(),
})
