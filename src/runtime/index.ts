import { dutiesOf, isPending } from '../core/duties.ts'
import {
  type Command,
  carryOut,
  carryOutPlan,
  type Formats,
  hear,
  liveSession,
  type Meeting,
  type PlanCommand,
  type PlanVerdict,
  type Verdict,
} from '../core/meeting.ts'
import { adopted, postedAgain } from '../core/outbox.ts'
import { nextReminder } from '../core/programme/remind.ts'
import { nextAlarm } from '../core/session/alarm.ts'
import type { Told } from '../core/session/asks.ts'
import { liveSlot } from '../core/session/effects.ts'
import {
  type Channel,
  type Clock,
  type Hands,
  type Log,
  type Meter,
  noMeter,
  noTrail,
  type Store,
  type Trail,
  type Work,
  type WorkLeft,
} from '../ports.ts'
import { type Delivery, delivery } from './delivery.ts'
import { localWork } from './local-work.ts'
import { type Mailbox, mailbox } from './mailbox.ts'

export interface Runtime {
  /** Carries out a command; resolves once its outcome is on disk. `reach` refreshes how the channel gets there. */
  submit(meetingId: string, command: Command, reach: unknown): Promise<{ verdict: Verdict; meeting: Meeting }>
  /** Carries out what someone asks of her programmes, in her personal chat. */
  plan(
    meetingId: string,
    command: PlanCommand,
    reach: unknown,
  ): Promise<{ verdict: PlanVerdict; meeting: Meeting }>
  tell(meetingId: string, told: Told, reach?: unknown): Promise<Meeting>
  /** The meeting as saved. */
  look(meetingId: string): Promise<Meeting>
  /** A client showed us the message of this slot: a post that had no answer did arrive. */
  adopt(meetingId: string, session: string, slot: string, messageId: string): Promise<void>
  /** Someone asked for the card of this slot: it is posted once more, and is the one to keep current from then on. */
  showAgain(meetingId: string, session: string, slot: string): Promise<void>
  /** The bot was added to the chat, or removed from it: what there is to show waits there until it is back. */
  member(meetingId: string, isIn: boolean): Promise<void>
  /** Another record in place of the one there is, or none: `change` gives null to keep nothing of the meeting. */
  rewrite(meetingId: string, change: (meeting: Meeting) => Meeting | null): Promise<void>
  /** Takes up every meeting that was live when the process stopped. */
  start(): Promise<void>
  /** Finishes what is being written and sent, for so long at most; leaves timers and outboxes to the next start. */
  stop(withinMs?: number): Promise<void>
}

interface Parts {
  store: Store
  channel: Channel
  clock: Clock
  formats: Formats
  log: Log
  trail?: Trail
  meter?: Meter
  /** What does what is left to do; this process by itself, for all meetings, unless given. */
  work?: (hands: Hands) => Work
}

/** One meeting in memory. */
interface Live {
  box: Mailbox
  out: Delivery
  known: Meeting | null
}

export function runtime(parts: Parts): Runtime {
  const { clock, log, trail = noTrail, meter = noMeter } = parts
  const meetings = new Map<string, Live>()
  let stopping = false
  const all = () => [...meetings.values()].flatMap(({ known }) => known ?? [])
  const left: Record<WorkLeft, () => number> = {
    'live-sessions': () => all().filter((meeting) => liveSession(meeting)).length,
    outbox: () => all().reduce((count, { outbox }) => count + outbox.length, 0),
  }
  for (const what of ['live-sessions', 'outbox'] as const)
    meter.watch(what, () => parts.store.shared?.count(what) ?? left[what]())

  function live(id: string): Live {
    const found = meetings.get(id) ?? opened(id)
    meetings.set(id, found)
    return found
  }

  function opened(id: string): Live {
    const one: Live = {
      box: mailbox(id, {
        store: parts.store,
        dutiesOf: (before, after) => dutiesOf(before, after, clock.now()),
        onChange(meeting, duties) {
          one.known = meeting
          if (!stopping) work.saved(id, duties)
        },
        onRead(meeting) {
          one.known = meeting
        },
        onIdle: () => over(id),
      }),
      out: delivery({
        ...parts,
        trail,
        meter,
        id,
        put: (change) => one.box.put(change),
        look: () => one.known,
        read: () => look(id),
      }),
      known: null,
    }
    return one
  }

  /** What has nothing to do any more leaves memory, as does what others may change; it is read again when it is asked for. */
  function over(id: string): void {
    const one = meetings.get(id)
    if (!one?.box.idle() || !one.out.idle()) return
    if (parts.store.shared || !one.known || !isPending(one.known)) meetings.delete(id)
  }

  const hands: Hands = {
    async wake(id, touch) {
      const before = await look(id)
      const session = liveSession(before)
      const alarms = [session && nextAlarm(session), nextReminder(before.programmes)]
      const now = clock.now()
      const due = alarms.filter((one) => one !== null && one <= now)
      if (due.length === 0) touch()
      else await ring(id, now - Math.min(...due.flatMap((one) => one ?? [])))
      const after = await look(id)
      return { version: after.version, duties: dutiesOf(null, after, clock.now()) }
    },
    async show(id, { touched, isOurs }) {
      const session = touched ? liveSession(await look(id)) : null
      const { out } = live(id)
      if (session) trail.begin('display', () => out.touch(session.id, liveSlot(session)))
      return out.show(isOurs).finally(() => over(id))
    },
    report: (id, effect) => (stopping ? Promise.resolve() : live(id).out.report(effect)),
    resume: async (id) => parts.channel.resume((await look(id)).reach),
  }
  const pending = () => parts.store.pending()
  const work = parts.work?.(hands) ?? localWork({ clock, log, trail, pending }, hands)

  function ring(id: string, lateMs: number): Promise<void> {
    meter.rang(lateMs / 1000)
    return trail.begin('ring', async () => {
      log.info({ meeting: id, lateMs }, 'alarm rang')
      await tell(id, { tell: 'wake' })
    })
  }

  async function tell(id: string, told: Told, reach?: unknown): Promise<Meeting> {
    const cause = trail.cause()
    return live(id).box.put((meeting) => {
      const heard = hear(reached(meeting, reach), told, clock.now(), cause)
      return { meeting: heard, result: heard }
    })
  }

  async function look(id: string): Promise<Meeting> {
    const one = live(id)
    if (one.known && !parts.store.shared) return one.known
    return one.box.put((meeting) => ({ meeting, result: meeting }))
  }

  const rewrite: Runtime['rewrite'] = (id, change) =>
    live(id).box.put((meeting) => ({ meeting: change(meeting), result: undefined }))

  return {
    submit(id, command, reach) {
      const caused = { ...command, cause: trail.cause() }
      return live(id).box.put((meeting) => {
        const verdict = carryOut(reached(meeting, reach), caused, parts.formats)
        const after = verdict.done === true ? verdict.meeting : meeting
        return { meeting: after, result: { verdict, meeting: after } }
      })
    },
    plan: (id, command, reach) =>
      live(id).box.put((meeting) => {
        const verdict = carryOutPlan(reached(meeting, reach), command, parts.formats)
        const after = verdict.done === true ? verdict.meeting : meeting
        return { meeting: after, result: { verdict, meeting: after } }
      }),
    tell,
    look,
    adopt: (id, session, slot, messageId) =>
      rewrite(id, (meeting) => adopted(meeting, { session, slot }, messageId)),
    showAgain(id, session, slot) {
      const cause = trail.cause()
      return rewrite(id, (meeting) => postedAgain(meeting, { session, slot }, cause))
    },
    member: (id, isIn) =>
      rewrite(id, (meeting) => (meeting.away === !isIn ? meeting : { ...meeting, away: !isIn })),
    rewrite,
    start: () => work.begin(),
    async stop(withinMs = 10_000) {
      stopping = true
      for (const one of meetings.values()) one.out.stop()
      const idle = () => [...meetings.values()].every((one) => one.box.idle() && one.out.idle())
      await Promise.all([work.stop(withinMs), until(idle, withinMs)])
    },
  }
}

const reached = (meeting: Meeting, reach: unknown): Meeting =>
  reach === undefined || JSON.stringify(reach) === JSON.stringify(meeting.reach)
    ? meeting
    : { ...meeting, reach }

/** Polls a condition that other turns of the loop make true. */
async function until(done: () => boolean, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs
  while (!done() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20))
}
