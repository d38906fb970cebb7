import { type Meeting, sessionById, shown, slotKey } from '../core/meeting.ts'
import { theRoom } from '../core/phases/contract.ts'
import type { Effect } from '../core/session/effects.ts'
import { viewOf } from '../core/views/index.ts'
import type { Channel, Clock, EffectOutcome, Log, Meter, Sent, Trail, View } from '../ports.ts'
import type { Change } from './mailbox.ts'

/** How long, in real milliseconds, a post with no answer waits for a client to show us its message before it is sent again. */
const adoptionGrace = 10_000

interface Outlet {
  id: string
  channel: Channel
  clock: Clock
  log: Log
  trail: Trail
  meter: Meter
  put<T>(change: Change<T>): Promise<T>
  look(): Meeting | null
}

export interface Delivery {
  /** There may be something to show. */
  kick(): void
  /** The live card reads differently although nothing happened: a minute has passed. */
  touch(session: string, slot: string): void
  /** Finishes what is being sent, and begins nothing more. */
  stop(): void
  idle(): boolean
}

/** Shows what the outbox holds, in order, one at a time; each effect is ticked off once it is in the chat. */
export function delivery(outlet: Outlet): Delivery {
  const { log, clock, trail, meter } = outlet
  const grace = new Set<number>()
  const touched = new Map<string, Omit<Effect, 'id'>>()
  let working = false
  let gone = false
  let stopped = false

  async function work(): Promise<void> {
    working = true
    try {
      for (let next = pick(); next && !gone; next = pick()) await traced(next)
    } catch (error) {
      log.error({ meeting: outlet.id, error }, 'delivery stopped')
    } finally {
      working = false
    }
  }

  /** What goes out is done for what caused it, not for whatever set the outbox going. */
  const traced = (one: Effect): Promise<void> =>
    one.cause === '' ? trail.begin('display', () => carry(one)) : trail.under(one.cause, () => carry(one))

  function pick(): Effect | null {
    const meeting = outlet.look()
    if (!meeting || stopped) return null
    const due = meeting.outbox.find((one) => one.state !== 'aside' && !grace.has(one.id))
    if (due) return due
    const [key, loose] = touched.entries().next().value ?? []
    if (key === undefined || !loose) return null
    touched.delete(key)
    return { ...loose, id: 0 }
  }

  async function carry(one: Effect): Promise<void> {
    if (one.state !== 'due') return doubt(one, 'the process stopped while it was being sent')
    if (!drawn(one)) return passed(one)
    if (one.do === 'post') await mark(one, 'trying')
    await settle(one, await send(one))
  }

  /** What the card would show now; null when its moment has passed. */
  function drawn(one: Effect): View | null {
    const meeting = outlet.look()
    return meeting && roomView(meeting, one, clock.now())
  }

  function send(one: Effect): Promise<Sent> | Sent {
    const meeting = outlet.look()
    if (!meeting) return { sent: 'no', why: 'no such meeting', gone: false }
    const view = () => drawn(one)
    if (one.do === 'post') return outlet.channel.post(meeting.reach, view)
    const messageId = meeting.messages[slotKey(one)]
    if (messageId === undefined) return { sent: 'no', why: 'its message was never seen', gone: false }
    return outlet.channel.edit(meeting.reach, messageId, view)
  }

  async function settle(one: Effect, sent: Sent): Promise<void> {
    if (sent.sent === 'yes') {
      tell('shown', one)
      return tick(one, one.do === 'post' ? sent.messageId : null)
    }
    if (sent.sent === 'unsure') return unsure(one, sent.why)
    if (!drawn(one)) return passed(one)
    gone = sent.gone
    tell('aside', one, sent.why)
    if (one.do === 'edit') return tick(one, null)
    return mark(one, 'aside')
  }

  /** An edit shows what is true then: the next one says it all. */
  function unsure(one: Effect, why: string): Promise<void> {
    if (one.do === 'post') return doubt(one, why)
    tell('unsure', one, why)
    return tick(one, null)
  }

  function passed(one: Effect): Promise<void> {
    tell('passed', one)
    return tick(one, null)
  }

  function tell(outcome: EffectOutcome, one: Effect, why?: string): void {
    meter.effect(outcome)
    const facts = { meeting: outlet.id, session: one.session, slot: one.slot, kind: one.do, outcome }
    const more = { ...(one.id === 0 ? {} : { effect: one.id }), ...(why === undefined ? {} : { why }) }
    log[outcome === 'shown' || outcome === 'passed' ? 'info' : 'warn']({ ...facts, ...more }, said[outcome])
  }

  /** Nobody knows whether the message is there. If it is, a client that draws it tells us; else it is sent again. */
  async function doubt(one: Effect, why: string): Promise<void> {
    grace.add(one.id)
    await mark(one, 'unsure')
    tell('unsure', one, why)
    setTimeout(() => void again(one), adoptionGrace).unref()
  }

  async function again(one: Effect): Promise<void> {
    grace.delete(one.id)
    await mark(one, 'due')
    kick()
  }

  const mark = (one: Effect, state: Effect['state']) =>
    outlet.put((meeting) => ({ meeting: marked(meeting, one.id, state), result: undefined }))

  const tick = (one: Effect, messageId: string | null) =>
    one.id === 0
      ? Promise.resolve()
      : outlet.put((meeting) => ({ meeting: shown(meeting, one.id, messageId), result: undefined }))

  function kick(): void {
    if (!working) void work()
  }

  return {
    kick,
    touch(session, slot) {
      touched.set(`${session}/${slot}`, { do: 'edit', session, slot, state: 'due', cause: trail.cause() })
      kick()
    },
    stop() {
      stopped = true
    },
    idle: () => !working,
  }
}

const said: Record<EffectOutcome, string> = {
  shown: 'effect shown',
  passed: 'effect no longer to show',
  unsure: 'effect without answer',
  aside: 'effect set aside',
}

function marked(meeting: Meeting, id: number, state: Effect['state']): Meeting {
  if (!meeting.outbox.some((one) => one.id === id && one.state !== state)) return meeting
  return { ...meeting, outbox: meeting.outbox.map((one) => (one.id === id ? { ...one, state } : one)) }
}

function roomView(meeting: Meeting, one: Effect, now: number): View | null {
  const session = sessionById(meeting, one.session)
  return session && viewOf(session, one.slot, theRoom, now)
}
