import { describe, expect, it, vi } from 'vitest'
import { meetingRecord } from '../../src/core/meeting.ts'
import { trail } from '../../src/operations/trail.ts'
import type { Facts, Log } from '../../src/ports.ts'
import { runtime } from '../../src/runtime/index.ts'
import { memoryStore } from '../../src/stores/memory.ts'
import type { Reply } from '../../src/teams/errors.ts'
import { type Paced, pacer } from '../../src/teams/pacer.ts'
import { chatChannel, handClock } from '../support/ports.ts'
import { formatOne, joining, twoPm } from '../support/stage.ts'

type Line = Facts & { cause: string; message: string }

function listening() {
  const causes = trail()
  const lines: Line[] = []
  const tell = (facts: Facts, message: string) =>
    void lines.push({ ...facts, message, cause: causes.cause() })
  const log: Log = { info: tell, warn: tell, error: tell }
  return { causes, lines, log }
}

const meeting = '19:meeting'

function started() {
  const { causes, lines, log } = listening()
  const clock = handClock(twoPm)
  const store = memoryStore()
  const channel = chatChannel()
  const engine = runtime({ store, channel, clock, formats: { 'format-1': formatOne() }, log, trail: causes })
  const submit = (ask: Parameters<typeof engine.submit>[1]['ask'], key: string) =>
    engine.submit(meeting, { by: 'marie', at: clock.now(), key, ask }, {})
  return { causes, lines, clock, store, channel, submit }
}

describe('what causes what', () => {
  it('is one id from a command to all it shows, and another for the next command', async () => {
    const { causes, lines, submit, channel } = started()
    await causes.under('activity-1', () => submit({ do: 'launch', format: 'format-1', name: 'Marie' }, 'a'))
    await vi.waitFor(() => expect(channel.posted).toHaveLength(2))
    await causes.under('activity-2', () => submit(joining('Marie'), 'b'))
    await vi.waitFor(() => expect(lines.filter((one) => one.outcome === 'shown')).toHaveLength(3))
    const shown = lines.filter((one) => one.outcome === 'shown').map(({ slot, cause }) => [slot, cause])
    expect(shown).toEqual([
      ['lobby', 'activity-1'],
      ['join', 'activity-1'],
      ['lobby', 'activity-2'],
    ])
  })

  it('is saved with what remains to be shown, and an older record without it is read', async () => {
    const { causes, submit, store, channel } = started()
    channel.failNext({ sent: 'no', why: 'refused', gone: true })
    await causes.under('activity-1', () => submit({ do: 'launch', format: 'format-1', name: 'Marie' }, 'a'))
    const record = await store.load(meeting)
    expect(record?.outbox.map((one) => one.cause)).toContain('activity-1')
    const older = { ...record, outbox: record?.outbox.map(({ cause: _cause, ...one }) => one) }
    expect(meetingRecord.parse(older).outbox.map((one) => one.cause)).toContain('')
  })

  it('is the ring’s own when time runs out', async () => {
    const { causes, lines, clock, submit } = started()
    await causes.under('activity-1', () => submit({ do: 'launch', format: 'format-1', name: 'Marie' }, 'a'))
    await causes.under('activity-2', () => submit({ do: 'start' }, 'b'))
    clock.forward(60 * 60_000)
    await vi.waitFor(() => expect(lines.some((one) => one.slot?.startsWith('ring/'))).toBe(true))
    const rang = lines.filter((one) => one.message === 'alarm rang')
    const ring = lines.find((one) => one.slot?.startsWith('ring/'))
    expect(rang.map((one) => one.cause)).toContain(ring?.cause)
    expect(ring?.cause).toMatch(/^ring-/u)
    expect(rang[0]?.lateMs).toBeGreaterThan(0)
  })

  it('stays each asker’s own in a queue that another set going', async () => {
    const { causes, lines, log } = listening()
    const out = pacer({ log, trail: causes, wait: async () => {}, now: jumping() })
    const failing = (): Paced => {
      const replies: Reply[] = [{ answered: true, status: 429, retryAfterMs: 1, body: null }, done]
      return {
        tenant: 't',
        conversation: 'c',
        lane: 'send x',
        limits: [],
        create: true,
        attempt: () => async () => replies.shift() ?? done,
      }
    }
    const ask = (cause: string) => causes.under(cause, () => out.ask(failing()))
    await Promise.all([ask('activity-1'), ask('activity-2'), ask('activity-3')])
    expect(lines.map((one) => one.cause)).toEqual(['activity-1', 'activity-2', 'activity-3'])
    expect(lines.map((one) => one.lane)).toEqual(['send', 'send', 'send'])
  })
})

const done: Reply = { answered: true, status: 201, retryAfterMs: null, body: { id: '1' } }

/** A clock on which every wait is over at once. */
function jumping(): () => number {
  let now = 0
  return () => {
    now += 1000
    return now
  }
}
