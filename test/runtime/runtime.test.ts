import { describe, expect, it, vi } from 'vitest'
import type { Command } from '../../src/core/meeting.ts'
import type { Ask } from '../../src/core/session/asks.ts'
import { StaleVersion, type Store } from '../../src/ports.ts'
import { runtime } from '../../src/runtime/index.ts'
import { memoryStore } from '../../src/stores/memory.ts'
import { chatChannel, handClock, quietLog } from '../support/ports.ts'
import { formatOne, joining, twoPm } from '../support/stage.ts'

const meeting = '19:meeting'
const reach = { at: 'here' }

function started(store: Store = memoryStore()) {
  const clock = handClock(twoPm)
  const channel = chatChannel()
  const engine = runtime({ store, channel, clock, formats: { 'format-1': formatOne() }, log: quietLog })
  let keys = 0
  const command = (by: string, ask: Ask): Command => {
    keys += 1
    return { by, ask, at: clock.now(), key: `k${keys}` }
  }
  const does = (by: string, ask: Ask) => engine.submit(meeting, command(by, ask), reach)
  return { store, clock, channel, engine, does, command }
}

const launch: Ask = { do: 'launch', format: 'format-1', name: 'Marie Durand' }

const cards = (channel: ReturnType<typeof chatChannel>) => channel.posted.map((one) => one.card)

describe('the runtime', () => {
  it('saves before it answers, then shows', async () => {
    const { does, store, channel } = started()
    const { verdict } = await does('marie', launch)
    expect(verdict.done).toBe(true)
    expect((await store.load(meeting))?.sessions).toHaveLength(1)
    await vi.waitFor(() => expect(cards(channel)).toEqual(['lobby', 'forms/join']))
    await vi.waitFor(async () => expect((await store.load(meeting))?.outbox).toEqual([]))
  })

  it('answers nothing that it could not save', async () => {
    const broken = memoryStore()
    const { does, channel } = started({ ...broken, save: () => Promise.reject(new Error('disk full')) })
    await expect(does('marie', launch)).rejects.toThrow('disk full')
    expect(channel.posted).toEqual([])
  })

  it('keeps all of what people send at once, in few writes', async () => {
    const store = memoryStore()
    let writes = 0
    const counting: Store = {
      ...store,
      save: async (record) => {
        writes += 1
        await store.save(record)
      },
    }
    const { does, engine } = started(counting)
    await does('marie', launch)
    writes = 0
    const people = Array.from({ length: 50 }, (_, index) => `p${index}`)
    await Promise.all(people.map((who) => does(who, joining(who))))
    const session = (await engine.look(meeting)).sessions[0]
    expect(Object.keys(session?.participants ?? {})).toHaveLength(51)
    expect(writes).toBeLessThan(20)
  })

  it('starts over from the stored record when another writer was first', async () => {
    const store = memoryStore()
    let stale = 1
    const { does, engine } = started({
      ...store,
      save: async (record) => {
        if (stale-- > 0) throw new StaleVersion('someone else wrote')
        await store.save(record)
      },
    })
    await does('marie', launch)
    expect((await engine.look(meeting)).sessions).toHaveLength(1)
  })

  it('rings once at the deadline, and moves nothing', async () => {
    const { does, clock, channel } = started()
    await does('marie', launch)
    await does('marie', { do: 'start' })
    await vi.waitFor(() => expect(cards(channel)).toContain('step:introduction'))
    clock.forward(10 * 60_000)
    await vi.waitFor(() => expect(cards(channel)).toContain('ring'))
    clock.forward(10 * 60_000)
    clock.forward(10 * 60_000)
    await vi.waitFor(() =>
      expect(channel.posted.find((one) => one.card === 'step:introduction')?.edits).toBeGreaterThan(0),
    )
    expect(cards(channel).filter((card) => card === 'ring')).toHaveLength(1)
    expect(cards(channel)).not.toContain('step:tour-de-table')
  })

  it('tells the time left again each minute, without a word to the store', async () => {
    const { does, clock, channel, store } = started()
    await does('marie', launch)
    await does('marie', { do: 'start' })
    await vi.waitFor(async () => expect((await store.load(meeting))?.outbox).toEqual([]))
    const before = (await store.load(meeting))?.version
    clock.forward(60_000)
    await vi.waitFor(() =>
      expect(channel.posted.find((one) => one.card === 'step:introduction')?.view.data.left).toMatchObject({
        with: { left: { lasting: 9 * 60_000 } },
      }),
    )
    expect((await store.load(meeting))?.version).toBe(before)
  })

  it('takes up at the next start what had not been shown, and rings what fell due meanwhile', async () => {
    const store = memoryStore()
    const first = started(store)
    first.channel.post = () => new Promise(() => {})
    await first.does('marie', launch)
    await first.does('marie', { do: 'start' })

    const second = started(store)
    second.clock.forward(15 * 60_000)
    await second.engine.start()
    await vi.waitFor(() =>
      expect(cards(second.channel)).toEqual(
        expect.arrayContaining(['forms/join', 'step:introduction', 'ring']),
      ),
    )
  })

  it('does not post blindly again what was being sent when the process died', async () => {
    const store = memoryStore()
    const first = started(store)
    first.channel.post = () => new Promise(() => {})
    await first.does('marie', launch)
    await vi.waitFor(async () =>
      expect((await store.load(meeting))?.outbox).toMatchObject([
        { slot: 'lobby', state: 'trying' },
        { slot: 'join' },
      ]),
    )
    const second = started(store)
    await second.engine.start()
    await vi.waitFor(() => expect(cards(second.channel)).toEqual(['forms/join']))
    expect((await store.load(meeting))?.outbox).toMatchObject([{ slot: 'lobby', state: 'unsure' }])
  })

  it('sets a poisoned effect aside and shows the rest', async () => {
    const { does, channel, store } = started()
    channel.failNext({ sent: 'no', why: '413', gone: false })
    await does('marie', launch)
    await vi.waitFor(() => expect(cards(channel)).toEqual(['forms/join', 'notice']))
    await vi.waitFor(async () =>
      expect((await store.load(meeting))?.outbox).toMatchObject([{ slot: 'lobby', state: 'aside' }]),
    )
  })

  it('does not post again what may have arrived, when a client shows that it did', async () => {
    const { does, channel, store, engine } = started()
    channel.failNext({ sent: 'unsure', why: 'no answer' })
    await does('marie', launch)
    await vi.waitFor(async () =>
      expect((await store.load(meeting))?.outbox).toMatchObject([{ slot: 'lobby', state: 'unsure' }]),
    )
    await engine.adopt(meeting, '1', 'lobby', 'it-did-arrive')
    expect((await store.load(meeting))?.messages['1/lobby']).toBe('it-did-arrive')
    await vi.waitFor(async () => expect((await store.load(meeting))?.outbox).toEqual([]))
    expect(cards(channel)).toEqual(['forms/join'])
  })

  it('sets a damaged record aside and takes up the others', async () => {
    const store = memoryStore()
    await started(store).does('marie', launch)
    const { engine } = started({
      ...store,
      pending: async () => ['damaged', meeting],
      load: (id) => (id === 'damaged' ? Promise.reject(new Error('unreadable')) : store.load(id)),
    })
    await engine.start()
    expect((await engine.look(meeting)).sessions).toHaveLength(1)
  })
})
