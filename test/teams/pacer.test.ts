import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { budget, type Limit, nextAllowed, sendLimits } from '../../src/teams/budget.ts'
import type { Reply } from '../../src/teams/errors.ts'
import { type Outcome, type Paced, pacer } from '../../src/teams/pacer.ts'

/** What Teams documents; the pacer stays under it. */
const documented: Limit[] = [
  { count: 7, perMs: 1000 },
  { count: 8, perMs: 2000 },
  { count: 60, perMs: 30_000 },
  { count: 1800, perMs: 3_600_000 },
]

/** The most that ever fell in a window of this length. */
const most = (times: number[], perMs: number): number =>
  Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + perMs).length))

const ok: Reply = { answered: true, status: 200, retryAfterMs: null, body: { id: 'm' } }
const failure = (status: number, retryAfterMs: number | null = null, code = 'Any'): Reply => ({
  answered: true,
  status,
  retryAfterMs,
  body: { error: { code } },
})
const noAnswer: Reply = { answered: false, left: true, why: 'TimeoutError' }
const notSent: Reply = { answered: false, left: false, why: 'ECONNREFUSED' }

describe('a sliding budget', () => {
  it('lets through what fits, and tells when the next one will', () => {
    const limits = [{ count: 2, perMs: 100 }]
    expect(nextAllowed(limits, [], 5)).toBe(5)
    expect(nextAllowed(limits, [0], 5)).toBe(5)
    expect(nextAllowed(limits, [0, 5], 5)).toBe(100)
    expect(nextAllowed(limits, [0, 5], 100)).toBe(100)
    expect(nextAllowed(limits, [0, 5, 100], 100)).toBe(105)
  })

  it('holds every window at once, for hours', () => {
    const spent = budget(sendLimits)
    const times: number[] = []
    for (let now = 0; times.length < 3000; ) {
      now = spent.nextAllowed(now)
      spent.begin()
      spent.end(now)
      times.push(now)
    }
    for (const { count, perMs } of documented) expect(most(times.slice(0, 400), perMs)).toBeLessThan(count)
    expect(most(times, 3_600_000)).toBeLessThan(1800)
  })
})

describe('the pacer', () => {
  /** When each request went out, and what it was. */
  let sent: { at: number; what: string }[]
  let replies: Reply[]
  let given: ReturnType<typeof pacer>

  beforeEach(() => {
    vi.useFakeTimers()
    sent = []
    replies = []
    given = pacer({ random: () => 0.5 })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const now = () => performance.now()
  const timesOf = (what: RegExp) => sent.filter((one) => what.test(one.what)).map((one) => one.at)

  /** Replies come in the order prepared; then all is well. A request takes 40 ms. */
  function ask(what: string, more: Partial<Paced> = {}): Promise<Outcome> {
    return given.ask({
      tenant: 't',
      conversation: more.lane ?? 'a',
      lane: 'a',
      limits: sendLimits,
      create: more.message === undefined,
      attempt: () => async () => {
        sent.push({ at: now(), what })
        await new Promise((resolve) => setTimeout(resolve, 40))
        return replies.shift() ?? ok
      },
      ...more,
    })
  }

  async function settled<T>(outcome: Promise<T>): Promise<T> {
    const result = outcome.catch((error) => error)
    await vi.runAllTimersAsync()
    return result
  }

  it('sends at once when there is room', async () => {
    const start = now()
    expect(await settled(ask('one'))).toEqual({ fate: 'done', body: { id: 'm' } })
    expect(sent).toEqual([{ at: start, what: 'one' }])
  })

  it('keeps the order of a conversation and stays under every documented limit', async () => {
    const names = Array.from({ length: 150 }, (_, index) => `post ${index}`)
    await settled(Promise.all(names.map((name) => ask(name))))
    expect(sent.map((one) => one.what)).toEqual(names)
    const times = timesOf(/./u)
    for (const { count, perMs } of documented) expect(most(times, perMs)).toBeLessThan(count)
  })

  it('stays under the limits when answers are slow and requests reach the platform late', async () => {
    const arrived: number[] = []
    const slow = (delay: number) => () => async () => {
      await new Promise((resolve) => setTimeout(resolve, delay))
      arrived.push(now())
      return ok
    }
    const delays = Array.from({ length: 60 }, (_, index) => (index % 7 === 0 ? 0 : 300))
    await settled(Promise.all(delays.map((delay) => ask('', { attempt: slow(delay) }))))
    for (const { count, perMs } of documented) expect(most(arrived, perMs)).toBeLessThanOrEqual(count)
  })

  it('does not make one conversation wait for another', async () => {
    replies = [failure(429, 5000)]
    const held = ask('held')
    const other = ask('other', { lane: 'b' })
    await vi.advanceTimersByTimeAsync(200)
    expect(await other).toMatchObject({ fate: 'done' })
    expect(timesOf(/held/u)).toHaveLength(1)
    await settled(held)
  })

  it('keeps a hundred meetings of a tenant under its limit', async () => {
    const arrived: number[] = []
    const asked = Array.from({ length: 300 }, (_, index) =>
      ask('', {
        lane: `${index % 100}`,
        // Some are slow on the way: they reach the platform with those that were asked a second later.
        attempt: () => async () => {
          await new Promise((resolve) => setTimeout(resolve, index % 3 === 0 ? 1100 : 20))
          arrived.push(now())
          return ok
        },
      }),
    )
    await settled(Promise.all(asked))
    expect(arrived).toHaveLength(300)
    expect(most(arrived, 1000)).toBeLessThan(50)
  })

  it('waits as long as it is told, and holds the whole conversation', async () => {
    replies = [failure(429, 7000)]
    const start = now()
    await settled(Promise.all([ask('first'), ask('second')]))
    const [, again = 0] = timesOf(/first/u)
    expect(again - start).toBeGreaterThanOrEqual(7000)
    expect(sent.map((one) => one.what)).toEqual(['first', 'first', 'second'])
  })

  it.each([412, 429])('asks for a post again after %i: it was not carried out', async (status) => {
    replies = [failure(status), failure(status)]
    expect(await settled(ask('post'))).toMatchObject({ fate: 'done' })
    expect(sent).toHaveLength(3)
  })

  it('asks for a post again when it never left', async () => {
    replies = [notSent]
    expect(await settled(ask('post'))).toMatchObject({ fate: 'done' })
    expect(sent).toHaveLength(2)
  })

  it.each([
    ['502', failure(502)],
    ['503', failure(503, 2000)],
    ['504', failure(504)],
    ['no answer', noAnswer],
  ])('never asks for a post again after %s: it may be in the chat', async (_, reply) => {
    replies = [reply]
    expect(await settled(ask('post'))).toMatchObject({ fate: 'unsure' })
    expect(sent).toHaveLength(1)
  })

  it.each([
    ['412', failure(412)],
    ['429', failure(429, 1000)],
    ['502', failure(502)],
    ['503', failure(503)],
    ['504', failure(504)],
    ['no answer', noAnswer],
  ])('asks for an edit again after %s: twice is as good as once', async (_, reply) => {
    replies = [reply]
    expect(await settled(ask('edit', { message: 'm' }))).toMatchObject({ fate: 'done' })
    expect(sent).toHaveLength(2)
  })

  it.each([400, 401, 403, 404, 413, 500])('asks nothing again after %i', async (status) => {
    replies = [failure(status)]
    expect(await settled(ask('edit', { message: 'm' }))).toMatchObject({ fate: 'never', gone: false })
    expect(sent).toHaveLength(1)
  })

  it('asks again after the one 403 that is worth it', async () => {
    replies = [failure(403, null, 'InvalidBotApiHost')]
    expect(await settled(ask('post'))).toMatchObject({ fate: 'done' })
  })

  it('knows when the bot was removed from the conversation', async () => {
    replies = [failure(403, null, 'BotNotInConversationRoster')]
    expect(await settled(ask('post'))).toEqual({
      fate: 'never',
      why: '403 BotNotInConversationRoster',
      gone: true,
    })
  })

  it('gives up after a while, longer and longer apart', async () => {
    replies = Array.from({ length: 20 }, () => failure(429))
    expect(await settled(ask('post'))).toMatchObject({ fate: 'later' })
    const times = timesOf(/post/u)
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0))
    expect(times).toHaveLength(8)
    expect(gaps).toEqual([...gaps].sort((a, b) => a - b))
    expect(Math.max(...gaps)).toBeLessThan(31_000)
  })

  it('waits at least as long as told, and longer and longer when told nothing of use', async () => {
    replies = Array.from({ length: 3 }, () => failure(429, 0))
    await settled(ask('post'))
    const times = timesOf(/post/u)
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThan(300)
  })

  it('holds all that is asked of a conversation, reads too, when told to wait', async () => {
    replies = [failure(429, 5000)]
    const start = now()
    await settled(
      Promise.all([ask('post'), ask('read', { lane: 'roster', conversation: 'a', create: false })]),
    )
    expect((timesOf(/read/u)[0] ?? 0) - start).toBeLessThan(100)
    await settled(ask('later', { lane: 'roster', conversation: 'a', create: false }))
    const [, again = 0] = timesOf(/post/u)
    expect(again - start).toBeGreaterThanOrEqual(5000)
    replies = [failure(429, 5000)]
    const held = ask('held')
    await vi.advanceTimersByTimeAsync(100)
    const since = now()
    await settled(Promise.all([held, ask('behind', { lane: 'roster', conversation: 'a', create: false })]))
    expect((timesOf(/behind/u)[0] ?? 0) - since).toBeGreaterThanOrEqual(4900)
  })

  it('sends nothing drawn before it was told to wait', async () => {
    const drawn: number[] = []
    let told = () => {}
    const first = ask('', {
      attempt: () => () =>
        new Promise((answered) => {
          told = () => answered(failure(429, 5000))
        }),
    })
    await vi.advanceTimersByTimeAsync(10)
    const other = ask('', {
      lane: 'roster',
      conversation: 'a',
      create: false,
      attempt() {
        drawn.push(now())
        told()
        return async () => {
          sent.push({ at: now(), what: 'other' })
          return ok
        }
      },
    })
    await vi.advanceTimersByTimeAsync(1000)
    expect(drawn).toHaveLength(1)
    expect(sent).toEqual([])
    told = () => {}
    await settled(Promise.race([first, other]))
    await settled(other)
    expect((sent[0]?.at ?? 0) - (drawn[0] ?? 0)).toBeGreaterThanOrEqual(5000)
  })

  it('takes two conversations told to wait at once for a tenant told to wait', async () => {
    replies = [failure(429, 4000), failure(429, 6000)]
    const start = now()
    const both = Promise.all([ask('a'), ask('b', { lane: 'b' })])
    await vi.advanceTimersByTimeAsync(200)
    const all = Promise.all([both, ask('c', { lane: 'c' }), ask('elsewhere', { lane: 'd', tenant: 'other' })])
    await settled(all)
    expect((timesOf(/^c$/u)[0] ?? 0) - start).toBeGreaterThanOrEqual(6000)
    expect((timesOf(/^a$/u)[1] ?? 0) - start).toBeGreaterThanOrEqual(6000)
    expect((timesOf(/elsewhere/u)[0] ?? 0) - start).toBeLessThan(1000)
  })

  it('makes nobody who waits for an answer wait for a hold', async () => {
    replies = [failure(429, 30_000)]
    const held = ask('held')
    await vi.advanceTimersByTimeAsync(100)
    const read = ask('read', { lane: 'roster', conversation: 'a', create: false, patienceMs: 3000 })
    await vi.advanceTimersByTimeAsync(100)
    expect(await read).toMatchObject({ fate: 'later' })
    expect(timesOf(/read/u)).toEqual([])
    await settled(held)
  })

  it('asks nothing of a conversation it was removed from, until it is back', async () => {
    replies = [failure(403, null, 'BotNotInConversationRoster')]
    await settled(Promise.all([ask('one'), ask('two'), ask('other', { lane: 'b' })]))
    await settled(ask('read', { lane: 'roster', conversation: 'a', create: false }))
    expect(sent.map((one) => one.what).sort()).toEqual(['one', 'other'])
    expect(await settled(ask('three'))).toMatchObject({ fate: 'never', gone: true })
    given.back('a')
    expect(await settled(ask('four'))).toMatchObject({ fate: 'done' })
    given.left('a')
    expect(await settled(ask('five'))).toMatchObject({ fate: 'never', gone: true })
  })

  it('goes slowly where an earlier process may just have sent all it could', async () => {
    const before = Array.from({ length: 50 }, () => now())
    given.resume('a', sendLimits)
    await settled(Promise.all(Array.from({ length: 30 }, () => ask('x'))))
    const times = [...before, ...timesOf(/x/u)]
    expect((timesOf(/x/u)[0] ?? 0) - (before[0] ?? 0)).toBeGreaterThanOrEqual(2000)
    expect(most(times, 30_000)).toBeLessThanOrEqual(60)
  })

  it('keeps several queues within one budget', async () => {
    const limits = [{ count: 3, perMs: 1000 }]
    const reads = Array.from({ length: 9 }, (_, index) =>
      ask('r', { lane: `member ${index}`, conversation: 'a', budget: 'roster', limits, create: false }),
    )
    await settled(Promise.all(reads))
    expect(most(timesOf(/r/u), 1000)).toBeLessThanOrEqual(3)
    expect(timesOf(/r/u)).toHaveLength(9)
  })

  it('gives up at once when someone waits for the answer and the platform says later', async () => {
    replies = [failure(429, 10_000)]
    const start = now()
    expect(await settled(ask('read', { create: false, patienceMs: 3000 }))).toMatchObject({ fate: 'later' })
    expect(now() - start).toBeLessThan(3000)
  })

  it('spaces the edits of one message by a second, and not those of two', async () => {
    await settled(ask('a', { message: 'm1' }))
    await settled(Promise.all([ask('b', { message: 'm2' }), ask('a', { message: 'm1' })]))
    const [first = 0, second = 0] = timesOf(/a/u)
    expect(second - first).toBeGreaterThanOrEqual(1000)
    expect((timesOf(/b/u)[0] ?? 0) - first).toBeLessThan(200)
  })

  it('shows in one edit all that happened while it waited', async () => {
    await settled(ask('before', { message: 'm' }))
    const waiting = ['x', 'y', 'z'].map((what) => ask(what, { message: 'm' }))
    const outcomes = await settled(Promise.all(waiting))
    expect(sent.map((one) => one.what)).toEqual(['before', 'z'])
    expect(outcomes.map((one) => one.fate)).toEqual(['done', 'done', 'done'])
  })

  it('asks what to show at the moment of sending, again at each attempt', async () => {
    let truth = 'old'
    replies = [failure(429, 3000)]
    const asked = ask('', {
      attempt() {
        const what = truth
        return async () => {
          sent.push({ at: now(), what })
          return replies.shift() ?? ok
        }
      },
    })
    await vi.advanceTimersByTimeAsync(100)
    truth = 'new'
    await settled(asked)
    expect(sent.map((one) => one.what)).toEqual(['old', 'new'])
  })

  it('drops what is no longer worth sending', async () => {
    expect(await settled(ask('', { attempt: () => null }))).toEqual({ fate: 'dropped' })
    expect(sent).toEqual([])
  })

  it('goes on with a conversation after a request that could not even be made', async () => {
    const broken = ask('', {
      attempt() {
        throw new Error('no template')
      },
    })
    const next = ask('next')
    expect(await settled(broken)).toMatchObject({ message: 'no template' })
    expect(await settled(next)).toMatchObject({ fate: 'done' })
  })

  it('forgets conversations that have been quiet for long, without forgetting their limits', async () => {
    for (let index = 0; index < 600; index += 1) await settled(ask('x', { lane: `old ${index}` }))
    const burst = Array.from({ length: 30 }, () => ask('y', { lane: 'old 0' }))
    await settled(Promise.all(burst))
    expect(most(timesOf(/y/u), 2000)).toBeLessThan(8)
  })
})
