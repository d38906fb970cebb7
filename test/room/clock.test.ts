import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { roomClock } from '../../src/room/index.ts'

describe('the room’s clock', () => {
  let folder: string
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 })
    folder = mkdtempSync(join(tmpdir(), 'clock-'))
  })
  afterEach(() => {
    vi.useRealTimers()
    rmSync(folder, { recursive: true })
  })

  it('runs with the wall until told to run faster', () => {
    const clock = roomClock()
    vi.advanceTimersByTime(1000)
    expect(clock.now()).toBe(1_001_000)
    clock.setSpeed(60)
    vi.advanceTimersByTime(1000)
    expect(clock.now()).toBe(1_061_000)
    expect(clock.speed()).toBe(60)
  })

  it('brings an impossible speed back within bounds', () => {
    const clock = roomClock()
    clock.setSpeed(1000)
    expect(clock.speed()).toBe(60)
    clock.setSpeed(0)
    expect(clock.speed()).toBe(1)
  })

  it('rings at the right time of the room, though its speed changes meanwhile', () => {
    const clock = roomClock()
    const rang: number[] = []
    clock.at(clock.now() + 60_000, () => rang.push(clock.now()))
    vi.advanceTimersByTime(30_000)
    clock.setSpeed(10)
    vi.advanceTimersByTime(2_999)
    expect(rang).toEqual([])
    vi.advanceTimersByTime(1)
    expect(rang).toEqual([1_060_000])
  })

  it('never rings within the call, even for a time gone by', () => {
    const clock = roomClock()
    const ring = vi.fn()
    clock.at(clock.now() - 5000, ring)
    expect(ring).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(ring).toHaveBeenCalledOnce()
  })

  it('does not ring what was cancelled, and rings what is left in order', () => {
    const clock = roomClock()
    const rang: string[] = []
    clock.at(clock.now() + 3000, () => rang.push('third'))
    const cancel = clock.at(clock.now() + 1000, () => rang.push('first'))
    clock.at(clock.now() + 2000, () => rang.push('second'))
    cancel()
    clock.advance(10_000)
    expect(rang).toEqual([])
    vi.advanceTimersByTime(1)
    expect(rang).toEqual(['second', 'third'])
  })

  it('jumps a week at once: what was due on the way rings in order, what comes later keeps its instant', () => {
    const clock = roomClock()
    const rang: [string, number][] = []
    const week = 7 * 24 * 3_600_000
    const note = (name: string) => () => rang.push([name, clock.now()])
    clock.at(clock.now() + 600_000, note('ten minutes'))
    clock.at(clock.now() + 60_000, () => {
      note('one minute')()
      clock.at(1_000_000 + 120_000, note('two minutes, set on the way'))
    })
    clock.at(clock.now() + week + 5000, note('after'))
    clock.advance(week)
    vi.advanceTimersByTime(10)
    expect(rang.map(([name]) => name)).toEqual(['one minute', 'ten minutes', 'two minutes, set on the way'])
    expect(Math.min(...rang.map(([, at]) => at))).toBeGreaterThanOrEqual(1_000_000 + week)
    clock.advance(-week)
    expect(clock.now()).toBe(1_000_010 + week)
    vi.advanceTimersByTime(4_990)
    expect(rang.at(-1)).toEqual(['after', 1_000_000 + week + 5000])
  })

  it('waits longer than a timer can hold', () => {
    const clock = roomClock()
    const ring = vi.fn()
    const fiftyDays = 50 * 24 * 3_600_000
    clock.at(clock.now() + fiftyDays, ring)
    vi.advanceTimersByTime(fiftyDays - 1)
    expect(ring).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(ring).toHaveBeenCalledOnce()
  })

  it('goes on along the same line after a restart', () => {
    const file = join(folder, 'clock.json')
    const before = roomClock({ file })
    before.setSpeed(30)
    vi.advanceTimersByTime(1000)
    const after = roomClock({ file })
    expect(after.now()).toBe(before.now())
    vi.advanceTimersByTime(1000)
    expect(after.now()).toBe(1_060_000)
    expect(after.speed()).toBe(30)
  })

  it('tells whoever asked that it changed', () => {
    const clock = roomClock()
    const heard = vi.fn()
    const stop = clock.onChange(heard)
    clock.setSpeed(2)
    stop()
    clock.setSpeed(5)
    expect(heard).toHaveBeenCalledOnce()
  })
})
