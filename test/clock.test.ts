import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../src/clock.ts'

const noon = Date.UTC(2026, 10, 25, 12)
const minute = 60_000

beforeEach(() => {
  vi.useFakeTimers()
  vi.setSystemTime(noon)
})
afterEach(() => {
  vi.useRealTimers()
})

const runs = (milliseconds: number) => vi.advanceTimersByTime(milliseconds)

describe('the clock of the process', () => {
  it('tells the time of the wall, and follows it when it is put forward', () => {
    const clock = systemClock()
    expect(clock.now()).toBe(noon)
    runs(minute)
    expect(clock.now()).toBe(noon + minute)
    vi.setSystemTime(noon + 90 * minute)
    expect(clock.now()).toBe(noon + 90 * minute)
  })

  it('never goes back, goes on meanwhile, and tells the time of the wall again in the end', () => {
    const clock = systemClock()
    clock.now()
    vi.setSystemTime(noon - 2 * minute)
    let last = noon
    for (let turn = 0; turn < 10; turn += 1) {
      runs(minute)
      expect(clock.now()).toBeGreaterThanOrEqual(last + 0.9 * minute)
      expect(clock.now()).toBeLessThanOrEqual(last + minute)
      last = clock.now()
    }
    runs(30 * minute)
    expect(clock.now()).toBe(Date.now())
  })

  it('rings once, at its time and not before, although the wall was set back an hour', () => {
    const clock = systemClock()
    const rung: number[] = []
    clock.at(noon + 10 * minute, () => rung.push(clock.now()))
    runs(minute)
    vi.setSystemTime(noon - 60 * minute)
    runs(9 * minute)
    expect(rung).toEqual([])
    runs(2 * minute)
    expect(rung).toHaveLength(1)
    expect(rung[0]).toBeGreaterThanOrEqual(noon + 10 * minute)
    runs(120 * minute)
    expect(rung).toHaveLength(1)
  })

  it('rings at once what is due, never within the call, and nothing that was cancelled', () => {
    const clock = systemClock()
    const rung: string[] = []
    clock.at(noon - minute, () => rung.push('due'))
    clock.at(noon + minute, () => rung.push('cancelled'))()
    expect(rung).toEqual([])
    runs(2 * minute)
    expect(rung).toEqual(['due'])
  })

  it('waits as long as it takes, longer than any timer', () => {
    const clock = systemClock()
    const rung: string[] = []
    const when = noon + 60 * 86_400_000
    clock.at(when, () => rung.push('two months later'))
    runs(59 * 86_400_000)
    expect(rung).toEqual([])
    runs(86_400_000)
    expect(rung).toEqual(['two months later'])
  })
})
