import { type Meeting, sessionById } from '../core/meeting.ts'
import {
  forgotten,
  heldBy,
  type OwnData,
  overFor,
  ownDataIn,
  programmesOf,
  withoutExpired,
  withoutSession,
} from '../core/personal-data.ts'
import type { Programme } from '../core/programme/types.ts'
import { steers } from '../core/session/people.ts'
import type { PersonId, Session } from '../core/session/types.ts'
import { say } from '../core/text.ts'
import { noticeView } from '../core/views/index.ts'
import type { Channel, Clock, Log, Store } from '../ports.ts'
import type { Runtime } from './index.ts'

/** What is kept of people, for as long as it may be. */
export interface Keeper {
  /** Everything kept of one person, the latest first. */
  ownData(person: PersonId): Promise<OwnData[]>
  /** Everything she prepared, the latest first. */
  programmes(person: PersonId): Promise<Programme[]>
  /** How many sessions keep something of her, over and still running, and how many programmes are hers. */
  holds(person: PersonId): Promise<{ over: number; held: number; programmes: number }>
  /** Erases her identity from the sessions that are over; `held` still run. Throws when a record was left as it is. */
  forget(person: PersonId): Promise<{ meetings: number; held: number }>
  /** Erases a session for one who leads it, once it is over. */
  erase(person: PersonId, meeting: string, session: string): Promise<Erased>
  /** Erases all she led in a meeting; `runs` when one of them runs and is left. */
  eraseAll(person: PersonId, meeting: string): Promise<Erased>
  /** Erases the sessions whose time is over, now and then once a day. Never throws. */
  start(): Promise<void>
  stop(): void
}

export type Erased = 'erased' | 'not-yours' | 'runs'

interface Parts {
  store: Store
  runtime: Runtime
  channel: Pick<Channel, 'edit'>
  clock: Clock
  log: Log
  /** How long a session is kept after it was last touched, in milliseconds. */
  retentionMs: number
}

const day = 86_400_000

export function keeper({ store, runtime, channel, clock, log, retentionMs }: Parts): Keeper {
  let cancel = () => {}
  let stopped = false

  async function ownData(person: PersonId): Promise<OwnData[]> {
    const meetings = await eachOf(await store.attendedBy(person), (id) => runtime.look(id))
    return meetings
      .flatMap((meeting) => ownDataIn(meeting, person, clock.now()))
      .sort((a, b) => b.launchedAt - a.launchedAt)
  }

  async function programmes(person: PersonId): Promise<Programme[]> {
    const meetings = await eachOf(await store.attendedBy(person), (id) => runtime.look(id))
    return meetings
      .flatMap((meeting) => programmesOf(meeting, person))
      .sort((a, b) => b.createdAt - a.createdAt)
  }

  async function holds(person: PersonId): Promise<{ over: number; held: number; programmes: number }> {
    const meetings = await eachOf(await store.attendedBy(person), (id) => runtime.look(id))
    const held = meetings.reduce((count, meeting) => count + heldBy(meeting, person).length, 0)
    const over = meetings.reduce((count, meeting) => count + overFor(meeting, person).length, 0)
    const prepared = meetings.reduce((count, meeting) => count + programmesOf(meeting, person).length, 0)
    return { over, held, programmes: prepared }
  }

  async function forget(person: PersonId): Promise<{ meetings: number; held: number }> {
    const ids = await store.attendedBy(person)
    const after = await eachOf(ids, async (id) => {
      await runtime.rewrite(id, (meeting) => forgotten(meeting, person))
      return runtime.look(id)
    })
    if (after.length < ids.length)
      throw new Error(`${ids.length - after.length} records were left as they are`)
    const held = after.reduce((count, meeting) => count + heldBy(meeting, person).length, 0)
    log.info({ meetings: after.length, held }, 'a person was forgotten')
    return { meetings: after.length, held }
  }

  async function erase(person: PersonId, meetingId: string, sessionId: string): Promise<Erased> {
    const meeting = await ledMeeting(person, meetingId)
    const session = meeting && sessionById(meeting, sessionId)
    if (!meeting || !session || !steers(session, person)) return 'not-yours'
    if (session.steer.position.status !== 'closed') return 'runs'
    await eraseThese([session], meeting)
    return 'erased'
  }

  async function eraseAll(person: PersonId, meetingId: string): Promise<Erased> {
    const meeting = await ledMeeting(person, meetingId)
    const hers = meeting?.sessions.filter((one) => steers(one, person)) ?? []
    if (!meeting || hers.length === 0) return 'not-yours'
    const over = hers.filter(({ steer }) => steer.position.status === 'closed')
    await eraseThese(over, meeting)
    return over.length === hers.length ? 'erased' : 'runs'
  }

  /** Nothing of a meeting she led nothing in is brought into memory for her. */
  const ledMeeting = async (person: PersonId, meetingId: string): Promise<Meeting | null> =>
    (await store.ledBy(person)).includes(meetingId) ? runtime.look(meetingId) : null

  async function eraseThese(sessions: Session[], meeting: Meeting): Promise<void> {
    const ids = sessions.map(({ id }) => id)
    await runtime.rewrite(meeting.id, (now) => ids.reduce(withoutSession, now))
    log.info({ meeting: meeting.id, sessions: ids.length }, 'sessions were erased')
    void cardsGone(meeting, sessions)
  }

  /** What its cards held goes from the chat as well, as far as the platform lets it: nobody waits for that. */
  async function cardsGone({ reach, messages }: Meeting, sessions: Session[]): Promise<void> {
    for (const { id, lang } of sessions)
      for (const [key, messageId] of Object.entries(messages))
        if (key.startsWith(`${id}/`))
          await channel
            .edit(reach, messageId, () => noticeView(say('own-data.erased-card'), lang, 'good'))
            .then((sent) => sent.sent === 'yes' || log.warn({ why: sent.why }, 'a card was not taken back'))
            .catch((error: unknown) => log.warn({ error }, 'a card was not taken back'))
  }

  async function sweep(): Promise<void> {
    const since = clock.now() - retentionMs
    // What was saved since cannot be older; the others tell their own age.
    const idle = await store.idleSince(since).catch((error: unknown) => {
      log.error({ error }, 'nothing could be looked through: it is tried again tomorrow')
      return []
    })
    await eachOf(idle, async (id) => {
      const before = await store.load(id)
      if (!before || withoutExpired(before, since) === before) return null
      await runtime.rewrite(id, (meeting) => withoutExpired(meeting, since))
      log.info({ meeting: id }, 'sessions whose time was over were erased')
      return id
    })
  }

  /** A record that cannot be read hinders no other. */
  async function eachOf<T>(ids: string[], work: (id: string) => Promise<T>): Promise<T[]> {
    const done: T[] = []
    for (const id of ids)
      await work(id).then(
        (one) => done.push(one),
        (error: unknown) => log.error({ meeting: id, error }, 'a record was left as it is'),
      )
    return done
  }

  return {
    ownData,
    programmes,
    holds,
    forget,
    erase,
    eraseAll,
    async start() {
      if (stopped) return
      await sweep()
      if (!stopped) cancel = clock.at(clock.now() + day, () => void this.start())
    },
    stop() {
      stopped = true
      cancel()
    },
  }
}
