import { describe, expect, it, vi } from 'vitest'
import type { Ask } from '../../src/core/session/asks.ts'
import { DamagedRecord, type Hands, type Store } from '../../src/ports.ts'
import { runtime } from '../../src/runtime/index.ts'
import { memoryStore } from '../../src/stores/memory.ts'
import { chance } from '../fuzz/chance.ts'
import { listeningLog } from '../support/bot.ts'
import { chatChannel, handClock } from '../support/ports.ts'
import { formatOne, twoPm } from '../support/stage.ts'

const meeting = '19:meeting'
const minute = 60_000
const launch: Ask = { do: 'launch', format: 'format-1', name: 'Marie Durand' }

function started(store: Store = memoryStore(), at = twoPm) {
  const clock = handClock(at)
  const channel = chatChannel()
  const log = listeningLog()
  const engine = runtime({ store, channel, clock, formats: { 'format-1': formatOne() }, log })
  let keys = 0
  const does = (by: string, ask: Ask) => {
    keys += 1
    return engine.submit(meeting, { by, ask, at: clock.now(), key: `${at} ${keys}` }, { at: 'here' })
  }
  const rings = () => channel.posted.filter(({ card }) => card === 'ring').length
  const settled = () =>
    vi.waitFor(async () => expect((await engine.look(meeting)).outbox.map(({ state }) => state)).toEqual([]))
  return { clock, channel, log, engine, does, rings, settled }
}

/** A store whose disk fails for as long as it is told to. */
function failing() {
  const kept = memoryStore()
  const disk: { fails: boolean; unread: Error | null; loads: number } = {
    fails: false,
    unread: null,
    loads: 0,
  }
  const store: Store = {
    ...kept,
    load(id) {
      disk.loads += 1
      return disk.unread ? Promise.reject(disk.unread) : kept.load(id)
    },
    save: (record) => (disk.fails ? Promise.reject(new Error('full')) : kept.save(record)),
  }
  return { disk, store }
}

describe('a disk that fails for a while', () => {
  it('keeps a deadline from ringing, which rings by itself a minute after the disk is back, once', async () => {
    const { disk, store } = failing()
    const { does, clock, rings, log, settled } = started(store)
    await does('marie', launch)
    await does('marie', { do: 'start' })
    await settled()
    clock.forward(9 * minute)
    await settled()
    disk.fails = true
    clock.forward(minute)
    clock.forward(minute)
    await vi.waitFor(() => {
      clock.forward(1)
      expect(log.told.map(({ message }) => message)).toContain('ring failed')
    })
    expect(log.told.find(({ message }) => message === 'ring failed')?.facts.meeting).toBe(meeting)
    expect(rings()).toBe(0)
    disk.fails = false
    await vi.waitFor(() => {
      clock.forward(minute)
      expect(rings()).toBe(1)
    })
    for (let more = 0; more < 5; more += 1) clock.forward(minute)
    await settled()
    expect(rings()).toBe(1)
  })

  it('keeps a meeting from being taken up at the start, which takes itself up once the disk is back', async () => {
    const { disk, store } = failing()
    const first = started(store)
    await first.does('marie', launch)
    await first.does('marie', { do: 'start' })
    await first.settled()
    await first.engine.stop()
    disk.unread = new Error('out of reach')
    const { clock, engine, log, rings } = started(store)
    await engine.start()
    const setAside = () => log.told.filter(({ message }) => message === 'meeting set aside').length
    expect(setAside()).toBe(1)
    for (const [tries, seconds] of [10, 20, 40, 80, 160, 300, 300].entries()) {
      const before = disk.loads
      clock.forward(seconds * 1000 - 1)
      expect(disk.loads).toBe(before)
      clock.forward(1)
      expect(disk.loads).toBeGreaterThan(before)
      await vi.waitFor(() => expect(setAside()).toBe(tries + 2))
    }
    disk.unread = null
    clock.forward(5 * minute)
    await vi.waitFor(() => {
      clock.forward(1)
      expect(rings()).toBe(1)
    })
    expect(setAside()).toBe(8)
  })

  it('is not waited for where a record is damaged: its meeting stays aside until something is said there', async () => {
    const { disk, store } = failing()
    const first = started(store)
    await first.does('marie', launch)
    await first.does('marie', { do: 'start' })
    await first.settled()
    await first.engine.stop()
    disk.unread = new DamagedRecord('torn')
    const { clock, engine, does, rings } = started(store, twoPm + 1)
    await engine.start()
    disk.unread = null
    const read = disk.loads
    for (let passed = 0; passed < 8; passed += 1) clock.forward(minute)
    expect(disk.loads).toBe(read)
    await does('marie', { do: 'note', text: 'On est là' })
    clock.forward(3 * minute)
    await vi.waitFor(() => {
      clock.forward(1)
      expect(rings()).toBe(1)
    })
  })

  it('keeps what was to be shown until the disk is back, and shows it once', async () => {
    const { disk, store } = failing()
    const { does, clock, channel, settled } = started(store)
    await does('marie', launch)
    await settled()
    let posts = 0
    const post = channel.post
    channel.post = (reach, view) => {
      posts += 1
      disk.fails = true
      return post(reach, view)
    }
    await does('marie', { do: 'start' })
    await vi.waitFor(() => expect(posts).toBe(1))
    await expect(does('marie', { do: 'next' })).rejects.toThrow('full')
    channel.post = post
    disk.fails = false
    clock.forward(minute)
    await does('marie', { do: 'next' })
    await vi.waitFor(() =>
      expect(channel.posted.filter(({ card }) => card === 'step:tour-de-table')).toHaveLength(1),
    )
    expect(channel.posted.filter(({ card }) => card === 'step:introduction')).toHaveLength(1)
  })
})

describe('a clock that was set back', () => {
  it.each([1, 2, 3, 4, 5, 6])('rings each deadline once, however it moves: chance %i', async (seed) => {
    const luck = chance(seed)
    const { does, clock, rings, settled, engine } = started()
    await does('marie', launch)
    await does('marie', { do: 'start' })
    for (let turn = 0; turn < 60; turn += 1) {
      clock.forward(luck.happens(0.3) ? -luck.below(20 * minute) : luck.below(4 * minute))
      await settled()
      expect(rings()).toBeLessThanOrEqual(1)
    }
    const { position } = (await engine.look(meeting)).sessions[0]?.steer ?? {}
    const until = position?.status === 'running' ? position.deadline : 0
    // Time goes on in the end, minute by minute, and nothing was forgotten on the way.
    while (clock.now() <= until + minute) {
      clock.forward(minute)
      await settled()
    }
    expect(rings()).toBe(1)
  })

  it('over a restart, carries out what was asked before once, and a new step has its whole time', async () => {
    const store = memoryStore()
    const first = started(store)
    await first.does('marie', launch)
    const before = { by: 'marie', ask: { do: 'start' } as const, at: first.clock.now(), key: 'start' }
    await first.engine.submit(meeting, before, {})
    const second = started(store, twoPm - 180 * minute)
    await second.engine.start()
    const again = await second.engine.submit(meeting, { ...before, at: second.clock.now() }, {})
    expect(again.verdict).toEqual({ done: 'before' })
    await second.does('marie', { do: 'next' })
    const { sessions } = await second.engine.look(meeting)
    const { position, runs } = sessions[0]?.steer ?? {}
    expect(position).toMatchObject({ status: 'running', index: 1, enteredAt: second.clock.now() })
    expect(runs?.introduction?.spent).toBe(0)
    const planned = (sessions[0]?.format.segments[1]?.minutes ?? 0) * minute
    for (let passed = 0; passed <= planned; passed += minute) second.clock.forward(minute)
    await vi.waitFor(() => expect(second.rings()).toBe(1))
  })
})

describe('a process that may no longer show what it was showing', () => {
  it('tells that something is left, for whoever may; says nothing is, once it is shown', async () => {
    const channel = chatChannel()
    let hands: Hands | null = null
    const engine = runtime({
      store: memoryStore(),
      channel,
      clock: handClock(twoPm),
      formats: { 'format-1': formatOne() },
      log: listeningLog(),
      work(its) {
        hands = its
        return { begin: async () => {}, saved() {}, stop: async () => {} }
      },
    })
    const shows = (isOurs: () => boolean) => hands?.show(meeting, { touched: false, isOurs })
    await engine.submit(meeting, { by: 'marie', ask: launch, at: twoPm, key: 'k' }, { at: 'here' })

    expect(await shows(() => false)).toBe(0)
    expect(channel.posted).toEqual([])
    let turns = 0
    // Between two messages it learns that it was taken for dead.
    expect(await shows(() => ++turns < 2)).toBe(0)
    expect(channel.posted).toHaveLength(1)
    expect(await shows(() => true)).toBeNull()
    expect(channel.posted).toHaveLength(2)
    expect(await shows(() => false)).toBeNull()
  })
})
