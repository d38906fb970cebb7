import { describe, expect, it } from 'vitest'
import type { Meeting } from '../../src/core/meeting.ts'
import { runtime } from '../../src/runtime/index.ts'
import { keeper } from '../../src/runtime/keeper.ts'
import { memoryStore } from '../../src/stores/memory.ts'
import { listeningLog } from '../support/bot.ts'
import { firstPlayed, idOf, lobbyOf, secondPlayed } from '../support/chained.ts'
import { chatChannel, handClock } from '../support/ports.ts'
import { preparedBy } from '../support/prepared.ts'

const day = 86_400_000
const played = firstPlayed()
const next = secondPlayed(played)
const running = lobbyOf(1)

const as = (meeting: Meeting, id: string): Meeting => ({
  ...meeting,
  id,
  version: 1,
  outbox: [],
  sessions: meeting.sessions.map((one) => ({ ...one, meetingId: id })),
  messages: { '1/lobby': `${id}-lobby`, '1/summary/9': `${id}-summary` },
})

/** What is kept of these meetings, some time after the last word. */
async function kept(days: number, ...meetings: Meeting[]) {
  const store = memoryStore(new Map(), () => played.now())
  for (const meeting of meetings) await store.save(meeting)
  const clock = handClock(played.now() + days * day)
  const channel = chatChannel()
  const edited: string[] = []
  const counting = {
    ...channel,
    async edit(_reach: unknown, id: string) {
      edited.push(id)
      return { sent: 'yes' as const, messageId: id }
    },
  }
  const log = listeningLog()
  const engine = runtime({ store, channel: counting, clock, formats: {}, log })
  const parts = { store, runtime: engine, channel: counting, clock, log, retentionMs: 30 * day }
  return { store, clock, edited, log, engine, keep: keeper(parts) }
}

describe('what is kept of people', () => {
  it('is given to the one it is about, from every meeting, the latest first', async () => {
    const { keep } = await kept(1, as(played.meeting(), 'a'), as(next.meeting(), 'b'))
    expect((await keep.ownData(idOf('paul'))).map(({ meeting }) => meeting).sort()).toEqual(['a', 'b'])
    expect(await keep.ownData('someone else')).toEqual([])
  })

  it('forgets a person in every meeting on disk, and shows the cards again without her', async () => {
    const { keep, store, edited } = await kept(1, as(played.meeting(), 'a'), as(next.meeting(), 'b'))
    expect(await keep.forget(idOf('paul'))).toEqual({ meetings: 2, held: 0 })
    for (const id of ['a', 'b']) expect(JSON.stringify(await store.load(id))).not.toContain('1paul')
    expect(await keep.ownData(idOf('paul'))).toEqual([])
    expect(await store.attendedBy(idOf('paul'))).toEqual([])
    expect(edited.some((id) => id.startsWith('a-'))).toBe(true)
  })

  it('counts what someone prepared, gives it to her alone, and erases it with her', async () => {
    const own = { ...preparedBy(idOf('marie'), '2027-02-09', played.now()), version: 1 }
    const { keep, store } = await kept(1, own)
    expect(await keep.holds(idOf('marie'))).toEqual({ over: 0, held: 0, programmes: 1 })
    expect(await keep.holds(idOf('paul'))).toEqual({ over: 0, held: 0, programmes: 0 })
    expect((await keep.programmes(idOf('marie'))).map(({ guests }) => guests.length)).toEqual([2])
    expect(await keep.programmes(idOf('paul'))).toEqual([])
    expect(await keep.forget(idOf('marie'))).toEqual({ meetings: 1, held: 0 })
    expect(JSON.stringify(await store.load(own.id))).not.toContain('Faure')
    expect(await store.ledBy(idOf('marie'))).toEqual([])
    expect(await keep.holds(idOf('marie'))).toEqual({ over: 0, held: 0, programmes: 0 })
  })

  it('says which workshops still run, and forgets her there afterwards', async () => {
    const { keep, store } = await kept(0, as(running.meeting(), 'live'))
    expect(await keep.forget(idOf('paul'))).toEqual({ meetings: 1, held: 1 })
    expect(JSON.stringify(await store.load('live'))).toContain('1paul')
  })

  it('is not said to be forgotten when a record could not be written', async () => {
    const { keep, store } = await kept(1, as(played.meeting(), 'a'), as(next.meeting(), 'b'))
    const save = store.save
    store.save = (meeting) => (meeting.id === 'a' ? Promise.reject(new Error('full')) : save(meeting))
    await expect(keep.forget(idOf('paul'))).rejects.toThrow('1 records were left')
    expect(JSON.stringify(await store.load('b'))).not.toContain('1paul')
    store.save = save
    expect(await keep.forget(idOf('paul'))).toEqual({ meetings: 1, held: 0 })
    expect(JSON.stringify(await store.load('a'))).not.toContain('1paul')
  })

  it('is erased by who led it and by nobody else, once it is over', async () => {
    const { keep, store, edited } = await kept(1, as(played.meeting(), 'a'), as(running.meeting(), 'live'))
    expect(await keep.erase(idOf('paul'), 'a', '1')).toBe('not-yours')
    expect(await keep.erase(idOf('marie'), 'a', '2')).toBe('not-yours')
    expect(await keep.erase(idOf('marie'), 'elsewhere', '1')).toBe('not-yours')
    expect(await keep.erase(idOf('marie'), 'live', '1')).toBe('runs')
    expect((await store.load('a'))?.sessions).toHaveLength(1)
    const noted = lobbyOf(1).does(idOf('marie'), { do: 'name-role', person: idOf('lea'), role: 'note-taker' })
    noted.does(idOf('marie'), { do: 'start' }).does(idOf('marie'), { do: 'end' })
    await store.save(as(noted.meeting(), 'noted'))
    expect(await store.ledBy(idOf('lea'))).toEqual(['noted'])
    expect(await keep.erase(idOf('lea'), 'noted', '1')).toBe('not-yours')
    expect(await keep.erase(idOf('marie'), 'a', '1')).toBe('erased')
    expect(await store.load('a')).toMatchObject({ sessions: [], messages: {}, roster: {}, nextSession: 2 })
    expect(JSON.stringify(await store.load('a'))).not.toContain('29:1')
    expect((await store.attendedBy(idOf('lea'))).sort()).toEqual(['live', 'noted'])
    expect(edited.sort()).toEqual(['a-lobby', 'a-summary'])
  })

  it('is erased meeting by meeting too, all that she led there and that is over', async () => {
    const both = as(played.meeting(), 'a')
    const [session] = both.sessions
    const his = { ...session, id: '2', participants: { [idOf('tom')]: session?.participants[idOf('tom')] } }
    const running2 = { ...running.session(), id: '3', meetingId: 'a' }
    const three = JSON.parse(JSON.stringify({ ...both, sessions: [session, his, running2], nextSession: 4 }))
    const { keep, store } = await kept(1, three)
    expect(await keep.eraseAll(idOf('paul'), 'a')).toBe('not-yours')
    expect(await keep.eraseAll(idOf('marie'), 'elsewhere')).toBe('not-yours')
    expect(await keep.eraseAll(idOf('marie'), 'a')).toBe('runs')
    expect((await store.load('a'))?.sessions.map(({ id }) => id)).toEqual(['2', '3'])
  })

  it('goes by itself when its time is over, and not a day before', async () => {
    const { keep, store, clock, engine } = await kept(29, as(played.meeting(), 'a'))
    await keep.start()
    expect(await store.load('a')).not.toBeNull()
    clock.forward(2 * day)
    await keep.start()
    expect(await store.load('a')).toBeNull()
    expect((await engine.look('a')).sessions).toEqual([])
    keep.stop()
  })

  it('looks again every day', async () => {
    const { keep, store, clock, log } = await kept(29, as(played.meeting(), 'a'))
    await keep.start()
    clock.forward(2 * day)
    while (await store.load('a')) await new Promise((done) => setImmediate(done))
    expect(log.told.map(({ message }) => message)).toContain('sessions whose time was over were erased')
    keep.stop()
  })

  it('is left for the next day when the store cannot be looked through', async () => {
    const { keep, store, log } = await kept(31, as(played.meeting(), 'a'))
    const idle = store.idleSince
    store.idleSince = () => Promise.reject(new Error('out of reach'))
    await keep.start()
    expect(log.told).toMatchObject([{ level: 'error' }])
    store.idleSince = idle
    await keep.start()
    expect(await store.load('a')).toBeNull()
    keep.stop()
  })

  it('hinders nobody when a record cannot be read', async () => {
    const { keep, store, log } = await kept(31, as(played.meeting(), 'a'), as(next.meeting(), 'b'))
    const load = store.load
    store.load = (id) => (id === 'a' ? Promise.reject(new Error('Les cantines')) : load(id))
    await keep.start()
    expect(await store.load('b')).toBeNull()
    expect(JSON.stringify(log.told)).not.toContain('cantines')
    keep.stop()
  })
})
