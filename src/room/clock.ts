import { readFileSync } from 'node:fs'
import writeFileAtomic from 'write-file-atomic'
import { z } from 'zod'
import type { Clock, Instant } from '../ports.ts'

export const speeds = { slowest: 1, fastest: 60 }

/** Time in the room: `virtualAt + (real − realAt) × speed`. It goes on while the process is stopped. */
export type RoomClock = Clock & {
  speed(): number
  /** From 1 to 60; anything outside is brought back inside. Alarms are moved accordingly. */
  setSpeed(times: number): void
  /** Jumps forward; what was due meanwhile rings soon after, never within the call. */
  advance(milliseconds: number): void
  line(): TimeLine
  onChange(listener: () => void): () => void
}

const timeLine = z.object({ realAt: z.number(), virtualAt: z.number(), speed: z.number() })
export type TimeLine = z.infer<typeof timeLine>

export function roomClock(options: { file?: string; now?: () => number } = {}): RoomClock {
  const real = options.now ?? Date.now
  const listeners = new Set<() => void>()
  let line = savedLine(options.file) ?? { realAt: real(), virtualAt: real(), speed: 1 }

  const now = (): Instant => Math.floor(line.virtualAt + (real() - line.realAt) * line.speed)
  const alarms = alarmList(now, () => line.speed)

  function change(speed: number, jump: number): void {
    line = { virtualAt: now() + jump, realAt: real(), speed }
    if (options.file) writeFileAtomic.sync(options.file, JSON.stringify(line))
    alarms.rearm()
    for (const listener of listeners) listener()
  }

  return {
    now,
    at: alarms.at,
    speed: () => line.speed,
    setSpeed: (times) => change(Math.min(speeds.fastest, Math.max(speeds.slowest, times)), 0),
    advance: (milliseconds) => change(line.speed, Math.max(0, milliseconds)),
    line: () => line,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function savedLine(file: string | undefined): TimeLine | undefined {
  if (!file) return undefined
  try {
    return timeLine.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

interface Alarm {
  when: Instant
  ring: () => void
}

/** One timer for the earliest alarm. Node's timers hold 2^31−1 ms at most and may fire a little early. */
const longestWait = 2 ** 31 - 1

function alarmList(now: () => Instant, speed: () => number) {
  const alarms = new Set<Alarm>()
  let timer: NodeJS.Timeout | undefined

  function rearm(): void {
    clearTimeout(timer)
    if (alarms.size === 0) return
    const earliest = Math.min(...[...alarms].map((alarm) => alarm.when))
    const wait = Math.ceil((earliest - now()) / speed())
    timer = setTimeout(ringDue, Math.min(longestWait, Math.max(0, wait)))
    timer.unref()
  }

  function ringDue(): void {
    const due = [...alarms].filter((alarm) => alarm.when <= now()).sort((a, b) => a.when - b.when)
    for (const alarm of due) {
      if (alarms.delete(alarm)) alarm.ring()
    }
    rearm()
  }

  function at(when: Instant, ring: () => void): () => void {
    const alarm = { when, ring }
    alarms.add(alarm)
    rearm()
    return () => {
      if (alarms.delete(alarm)) rearm()
    }
  }

  return { at, rearm }
}
