import { type Formats, liveSession, type Meeting, sessionById, shown, slotKey } from '../core/meeting.ts'
import { isMissing, isReport, reported, reportedIn } from '../core/outbox.ts'
import { theRoom } from '../core/phases/contract.ts'
import { reminderIn } from '../core/programme/remind.ts'
import type { Effect } from '../core/session/effects.ts'
import { offerView, reminderView, unsentView, viewOf } from '../core/views/index.ts'
import type { Channel, Clock, EffectOutcome, Log, Meter, Sent, Trail, View } from '../ports.ts'
import type { Change } from './mailbox.ts'

/** How long what was refused again and again waits, in real milliseconds: longer each time. */
const holdOff = { first: 10_000, longest: 300_000 }

interface Outlet {
  id: string
  channel: Channel
  clock: Clock
  formats: Formats
  log: Log
  trail: Trail
  meter: Meter
  put<T>(change: Change<T>): Promise<T>
  /** As last known here. */
  look(): Meeting | null
  /** As last saved, wherever. */
  read(): Promise<Meeting>
}

export interface Delivery {
  /**
   * Shows all there is to show. Resolves with how many real milliseconds to wait before what was put off, or left because
   * it is no longer ours, is tried again; null when nothing was. Asked while it is at it, it is the same work.
   */
  show(isOurs: () => boolean): Promise<number | null>
  /** The live card reads differently although nothing happened: a minute has passed. It is shown with the rest. */
  touch(session: string, slot: string): void
  /** What may be missing is told to the one who facilitates. */
  report(effect: number): Promise<void>
  /** Finishes what is being sent, and begins nothing more. */
  stop(): void
  idle(): boolean
}

/** Shows what the outbox holds, in order, one at a time; each effect is ticked off once it is in the chat. */
export function delivery(outlet: Outlet): Delivery {
  const { log, clock, trail, meter } = outlet
  const touched = new Map<string, Omit<Effect, 'id'>>()
  let working: Promise<number | null> | null = null
  let isAsked = false
  let isOurs = () => true
  /** When what was put off may be tried again, in real milliseconds since the epoch. */
  let putOff = 0
  let timesPutOff = 0
  let stopped = false
  let isLeft = false

  async function work(): Promise<number | null> {
    try {
      while (isAsked) {
        isAsked = false
        for (let next = await pick(); next; next = await pick()) await traced(next)
      }
      const wait = putOff - Date.now()
      return wait > 0 ? wait : isLeft ? 0 : null
    } finally {
      working = null
    }
  }

  /** What goes out is done for what caused it, not for whatever set the outbox going. */
  const traced = (one: Effect): Promise<void> =>
    one.cause === '' ? trail.begin('display', () => carry(one)) : trail.under(one.cause, () => carry(one))

  async function pick(): Promise<Effect | null> {
    await outlet.read()
    const meeting = outlet.look()
    isLeft = false
    if (!meeting || putOff > Date.now() || meeting.away) return null
    const due = meeting.outbox.find((one) => one.state === 'due' || one.state === 'trying')
    if (stopped || !isOurs()) {
      isLeft = due !== undefined
      return null
    }
    if (due) return due
    const [key, loose] = touched.entries().next().value ?? []
    if (key === undefined || !loose) return null
    touched.delete(key)
    return { ...loose, id: 0 }
  }

  async function carry(one: Effect): Promise<void> {
    if (one.state !== 'due') return doubt(one, 'the process stopped while it was being sent')
    if (!drawn(one) || isUnseen(one)) return passed(one)
    if (one.do === 'post' && !(await taken(one))) return
    await settle(one, await send(one))
  }

  /** What the card would show now; null when its moment has passed. */
  function drawn(one: Effect): View | null {
    const meeting = outlet.look()
    if (meeting && one.session === '') return aroundView(meeting, one.slot, outlet.formats)
    return meeting && roomView(meeting, one, clock.now())
  }

  /** Its card may not be in the chat: whoever shows us that it is will have it brought up to date. */
  function isUnseen({ do: what, session, slot }: Effect): boolean {
    const { outbox = [], messages = {} } = outlet.look() ?? {}
    if (what === 'post' || messages[slotKey({ session, slot })] !== undefined) return false
    return outbox.some((post) => isMissing(post) && post.session === session && post.slot === slot)
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
    switch (sent.sent) {
      case 'yes':
        timesPutOff = 0
        tell('shown', one)
        return tick(one, one.do === 'post' ? sent.messageId : null)
      case 'later':
        return wait(one, sent.why)
      case 'unsure':
        // An edit shows what is true then: twice is as good as once.
        return one.do === 'post' ? doubt(one, sent.why) : wait(one, sent.why)
      case 'no':
        if (sent.gone) return removed(one, sent.why)
        return drawn(one) ? setAside(one, sent.why) : passed(one)
    }
  }

  /** It keeps its place, and all that comes after it waits too: what is shown is shown in order. */
  async function wait(one: Effect, why: string): Promise<void> {
    tell('later', one, why)
    putOff = Date.now() + Math.min(holdOff.first * 2 ** timesPutOff, holdOff.longest)
    timesPutOff += 1
    await mark(one, 'due')
  }

  async function removed(one: Effect, why: string): Promise<void> {
    tell('later', one, why)
    await outlet.put((meeting) => ({
      meeting: { ...marked(meeting, one.id, 'due'), away: true },
      result: undefined,
    }))
  }

  /** An edit is ticked off: the next one says it all. */
  async function setAside(one: Effect, why: string): Promise<void> {
    tell('aside', one, why)
    if (one.do === 'edit' || isPassing(one)) return tick(one, null)
    await mark(one, 'aside')
    await report(one.id)
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

  /** Nobody knows whether the message is there: it is never sent again unasked. If it is, a client that draws it tells us. */
  async function doubt(one: Effect, why: string): Promise<void> {
    tell('unsure', one, why)
    if (isPassing(one)) return tick(one, null)
    await mark(one, 'unsure')
  }

  const report = (effect: number): Promise<void> =>
    outlet.put((meeting) => ({ meeting: reported(meeting, effect), result: undefined }))

  /** Whether it is ours to send: whoever finds it tried already leaves it. */
  const taken = ({ id }: Effect): Promise<boolean> =>
    outlet.put((meeting) => ({
      meeting: marked(meeting, id, 'trying'),
      result: meeting.outbox.some((one) => one.id === id && one.state === 'due'),
    }))

  const mark = (one: Effect, state: Effect['state']) =>
    outlet.put((meeting) => ({ meeting: marked(meeting, one.id, state), result: undefined }))

  const tick = (one: Effect, messageId: string | null) =>
    one.id === 0
      ? Promise.resolve()
      : outlet.put((meeting) => ({ meeting: shown(meeting, one, messageId), result: undefined }))

  return {
    show(ours) {
      isOurs = ours
      isAsked = true
      working ??= work()
      return working
    },
    touch(session, slot) {
      touched.set(`${session}/${slot}`, {
        do: 'edit',
        session,
        slot,
        state: 'due',
        cause: trail.cause(),
        told: null,
      })
    },
    report,
    stop() {
      stopped = true
    },
    idle: () => working === null,
  }
}

/** Nobody is told that it is missing: a report is not itself reported, and a launch that was not offered can be typed. */
const isPassing = ({ session, slot }: Effect): boolean => session === '' || isReport(slot)

const said: Record<EffectOutcome, string> = {
  shown: 'effect shown',
  passed: 'effect no longer to show',
  later: 'effect put off',
  unsure: 'effect without answer',
  aside: 'effect set aside',
}

function marked(meeting: Meeting, id: number, state: Effect['state']): Meeting {
  if (!meeting.outbox.some((one) => one.id === id && one.state !== state)) return meeting
  return { ...meeting, outbox: meeting.outbox.map((one) => (one.id === id ? { ...one, state } : one)) }
}

/** A card of the meeting itself: what is called to mind, or the launch, offered as long as no workshop runs. */
function aroundView(meeting: Meeting, slot: string, formats: Formats): View | null {
  const due = reminderIn(slot)
  if (due) {
    const about = meeting.programmes.find(({ id }) => id === due.programme)
    return about ? reminderView(about, due.day, about.lang) : null
  }
  const [, lang] = slot.split('/')
  return liveSession(meeting) ? null : offerView(formats, lang === 'en' ? 'en' : 'fr')
}

function roomView(meeting: Meeting, one: Effect, now: number): View | null {
  const session = sessionById(meeting, one.session)
  if (session && isReport(one.slot)) return unsentView(session, reportedIn(meeting, one.slot))
  return session && viewOf(session, one.slot, theRoom, now)
}
