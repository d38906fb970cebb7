import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Command } from '../../src/core/meeting.ts'
import type { Ask } from '../../src/core/session/asks.ts'
import type { Text } from '../../src/core/text.ts'
import { speak } from '../../src/locales/index.ts'
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
    expect(channel.posted[1]?.view.data.text).toMatchObject({ say: 'unsent.refused' })
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

  describe('what may have been posted', () => {
    beforeEach(() => void vi.useFakeTimers())
    afterEach(() => void vi.useRealTimers())
    const passes = (ms: number) => vi.advanceTimersByTimeAsync(ms)
    const outboxIn = async (store: Store) => (await store.load(meeting))?.outbox ?? []

    /** The lobby's card was posted and nobody knows whether it arrived. */
    async function inDoubt(store = memoryStore()) {
      const one = started(store)
      one.channel.failNext({ sent: 'unsure', why: '502' })
      await one.does('marie', launch)
      await passes(100)
      return one
    }
    const report = 'Teams n’a pas confirmé'
    const words = (channel: ReturnType<typeof chatChannel>) =>
      channel.posted.filter((one) => one.card === 'notice').map((one) => JSON.stringify(one.view.data.text))

    it('is never posted again by itself; the facilitator is told, once, and named', async () => {
      const { channel, store, does } = await inDoubt()
      expect(cards(channel)).toEqual(['forms/join'])
      await passes(3_600_000)
      await does('paul', joining('paul'))
      await passes(3_600_000)
      expect(cards(channel)).toEqual(['forms/join', 'notice'])
      expect(words(channel)).toEqual([expect.stringContaining('unsent.unsure')])
      expect(speak(channel.posted[1]?.view.data.text as Text, { lang: 'fr', zone: 'Europe/Paris' })).toBe(
        `${report} l’envoi\u00A0: la carte d’accueil.`,
      )
      expect(channel.posted[1]?.view.mentions).toMatchObject([{ id: 'marie' }])
      expect(await outboxIn(store)).toMatchObject([{ slot: 'lobby', state: 'unsure' }])
    })

    it('is told in one sentence for two cards of the same moment', async () => {
      const { channel, does } = started()
      for (const _ of ['lobby', 'join']) channel.failNext({ sent: 'unsure', why: '502' })
      await does('marie', launch)
      await passes(60_000)
      expect(cards(channel)).toEqual(['notice'])
      expect(speak(channel.posted[0]?.view.data.text as Text, { lang: 'fr', zone: 'Europe/Paris' })).toBe(
        `${report} l’envoi\u00A0: la carte d’accueil et la carte pour se présenter.`,
      )
    })

    it('is not told when a client shows it, which also brings it up to date', async () => {
      const { channel, store, engine } = await inDoubt()
      const edited: string[] = []
      channel.edit = async (_reach, messageId) => {
        edited.push(messageId)
        return { sent: 'yes', messageId }
      }
      await engine.adopt(meeting, '1', 'lobby', 'it-did-arrive')
      await passes(60_000)
      expect(cards(channel)).toEqual(['forms/join'])
      expect(edited).toEqual(['it-did-arrive'])
      expect(await outboxIn(store)).toEqual([])
    })

    it('is not told when it matters no more', async () => {
      const { channel, does } = await inDoubt()
      await does('marie', { do: 'start' })
      await passes(60_000)
      expect(cards(channel)).toEqual(['forms/join', 'step:introduction'])
    })

    it('is posted once more when someone asks, with what people need beside it', async () => {
      const { channel, store, engine, does } = started()
      await does('marie', launch)
      for (const ask of ['start', 'next', 'next'] as const) await does('marie', { do: ask })
      await passes(100)
      const before = channel.posted.length
      for (const _ of ['step', 'form']) channel.failNext({ sent: 'unsure', why: '504' })
      await does('marie', { do: 'next' })
      await passes(100)
      expect(channel.posted).toHaveLength(before)
      const slots = (await outboxIn(store)).map(({ slot }) => slot)
      await engine.showAgain(meeting, '1', slots[0] ?? '')
      await engine.showAgain(meeting, '1', slots[0] ?? '')
      await passes(60_000)
      expect(cards(channel).slice(before)).toEqual(['step:silent-ideation', 'forms/silent-ideation'])
      expect(await outboxIn(store)).toEqual([])
    })

    it('tells where the card is now when the first is seen after it was posted again; five such copies, and no more', async () => {
      const { channel, store, engine, does } = started()
      await does('marie', launch)
      await passes(100)
      channel.failNext({ sent: 'unsure', why: '504' })
      await does('marie', { do: 'start' })
      await passes(100)
      const [slot = ''] = (await engine.look(meeting)).sessions[0]?.steps ?? []
      await engine.showAgain(meeting, '1', slot)
      await passes(100)
      const edited: [string, string][] = []
      channel.edit = async (_reach, messageId, view) => {
        edited.push([messageId, JSON.stringify(view())])
        return { sent: 'yes', messageId }
      }
      const lobby = (await engine.look(meeting)).messages['1/lobby'] ?? ''
      for (const id of [lobby, 'lost', 'lost', 'b', 'c', 'd', 'e', 'f', 'g'])
        await engine.adopt(meeting, '1', slot, id)
      await passes(60_000)
      expect(edited.filter(([id]) => id === 'lost')).toEqual([['lost', expect.stringContaining('moved')]])
      expect(edited.map(([id]) => id)).toEqual(['lost', 'b', 'c', 'd', 'e'])
      expect(await outboxIn(store)).toEqual([])
    })

    it('tells where the card is now on the one it replaces', async () => {
      const { channel, engine, does } = started()
      await does('marie', launch)
      await does('marie', { do: 'start' })
      await passes(100)
      const [slot = ''] = (await engine.look(meeting)).sessions[0]?.steps ?? []
      const old = channel.posted.at(-1)
      await engine.showAgain(meeting, '1', slot)
      await passes(100)
      expect(channel.posted.at(-1)?.view.data).toMatchObject({ past: false })
      expect(old?.view.data).toMatchObject({ past: true, pastMark: { say: 'step.moved' } })
    })

    it('is told after a restart too', async () => {
      const store = memoryStore()
      await (await inDoubt(store)).engine.stop()
      const second = started(store)
      await second.engine.start()
      await passes(60_000)
      expect(words(second.channel)).toHaveLength(1)
      await second.engine.stop()
      const third = started(store)
      await third.engine.start()
      await passes(60_000)
      expect(words(third.channel)).toEqual([])
    })

    it('is not told of the telling', async () => {
      const { channel, store } = await inDoubt()
      channel.failNext({ sent: 'unsure', why: '504' })
      await passes(3_600_000)
      expect(cards(channel)).toEqual(['forms/join'])
      expect(await outboxIn(store)).toMatchObject([{ slot: 'lobby', state: 'unsure' }])
    })

    it('waits its turn when it was refused for now, and all that follows waits behind it', async () => {
      const { channel, store, does } = started()
      channel.failNext({ sent: 'later', why: '429' })
      channel.failNext({ sent: 'later', why: '429' })
      await does('marie', launch)
      await passes(100)
      expect(await outboxIn(store)).toMatchObject([{ slot: 'lobby', state: 'due' }, { slot: 'join' }])
      expect(cards(channel)).toEqual([])
      await passes(11_000)
      expect(cards(channel)).toEqual([])
      await passes(20_000)
      expect(cards(channel)).toEqual(['lobby', 'forms/join'])
    })

    it('keeps an edit that had no answer, and makes it later', async () => {
      const { channel, does } = started()
      await does('marie', launch)
      await passes(100)
      const edit = channel.edit
      channel.edit = async () => ({ sent: 'unsure', why: '502' })
      await does('paul', joining('paul'))
      await passes(100)
      channel.edit = edit
      await passes(11_000)
      expect(channel.posted.find((one) => one.card === 'lobby')?.edits).toBe(1)
    })

    it('waits while the bot is out of the chat, across restarts, until it is added again', async () => {
      const store = memoryStore()
      const { channel, does } = started(store)
      channel.failNext({ sent: 'no', why: '403 BotNotInConversationRoster', gone: true })
      await does('marie', launch)
      await does('marie', { do: 'start' })
      await passes(3_600_000)
      expect(channel.posted).toEqual([])
      const second = started(store)
      await second.engine.start()
      await passes(3_600_000)
      expect(second.channel.posted).toEqual([])
      await second.engine.member(meeting, true)
      await passes(1000)
      expect(cards(second.channel)).toEqual(expect.arrayContaining(['forms/join', 'step:introduction']))
      await second.engine.member(meeting, false)
      const before = second.channel.posted.length
      await second.does('marie', { do: 'next' })
      await passes(60_000)
      expect(second.channel.posted).toHaveLength(before)
    })
  })

  it('says to the channel what it takes up, so that what was sent before counts', async () => {
    const store = memoryStore()
    await started(store).does('marie', launch)
    const second = started(store)
    const resumed: unknown[] = []
    second.channel.resume = (where) => void resumed.push(where)
    await second.engine.start()
    expect(resumed).toEqual([reach])
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
