import { liveSession, type Meeting, sessionById } from '../core/meeting.ts'
import type { Shape } from '../core/phases/contract.ts'
import {
  asGroup,
  formatNow,
  isOf,
  isRehearsal,
  type Planned,
  plannedAnyDay,
  plannedGroup,
  plannedNow,
  pointedOut,
} from '../core/programme/launch.ts'
import { type Merged, merged, mergedBrought, mergedMark } from '../core/programme/merged.ts'
import { type Rehearsal, rehearsalOf, type ToRehearse, type Unprepared } from '../core/programme/rehearse.ts'
import type { Programme } from '../core/programme/types.ts'
import { latestOffer } from '../core/session/asks.ts'
import { carried, offersOf } from '../core/session/carry.ts'
import { organises, steers } from '../core/session/people.ts'
import { recalledFrom, recalledTogether } from '../core/session/recall.ts'
import type { Brought, PersonId, Recalled, Session } from '../core/session/types.ts'
import { type OfferChoice, offerChoices, referenceOf, referredTo } from '../core/views/carry.ts'
import { mergedChoices } from '../core/views/programme-merged.ts'
import type { Clock, Log, Store } from '../ports.ts'

/** What earlier sessions produced, for the people who led them and for nobody else. */
export interface Archive {
  /** What this person may start from: the latest session first, each session's offers best first. */
  offersFor(person: PersonId, shape: Shape): Promise<OfferChoice[]>
  /** The sessions this person helped organise, newest first; those cancelled before they began are left out. */
  organisedBy(person: PersonId): Promise<Session[]>
  /** The sessions that run and that she takes part in, in the order they were launched. */
  attendedBy(person: PersonId): Promise<Session[]>
  /** One of those she organised; null for anyone else's. */
  session(person: PersonId, meeting: string, session: string): Promise<Session | null>
  /** The sitting of her own programmes that a launch of this format is, at this moment; null where none was planned. */
  plannedFor(person: PersonId, format: string): Promise<Planned | null>
  /** The format of the sitting of hers that is planned for now, of this group where it is named; null where none is. */
  formatNow(person: PersonId, group?: number): Promise<string | null>
  /** The nearest of those that no session holds, whatever the day it was planned for. */
  plannedAnyDay(person: PersonId, format: string): Promise<Planned | null>
  /** The sitting of this group, for a session that is said to be it; null where her programmes have no such group. */
  groupFor(
    person: PersonId,
    group: number,
    of: { format: string; prepared: Session['prepared']; meetingId: string },
  ): Promise<Planned | null>
  /** The sessions of one of her programmes, newest first. */
  sessionsOf(person: PersonId, home: string, programme: string): Promise<Session[]>
  /** A workshop of her programme, as it would be played before its day; `workshop` is its place in the path, from 1. */
  rehearsalFor(person: PersonId, wanted: ToRehearse): Promise<Rehearsal | Unprepared>
  /** What the session before came to: of the same programme, else of this meeting. */
  recalledFor(person: PersonId, meeting: Meeting, planned: Planned | null): Promise<Recalled | null>
  /** The offer of this reference with its whole origin; null where there is none, or where it is not hers. */
  find(person: PersonId, reference: string, shape: Shape): Promise<Brought | null>
}

/** More than this would not fit a choice people can read. */
const sessionsShown = 8
const offersShown = 60

export function archive({ store, clock, log }: { store: Store; clock: Clock; log: Log }): Archive {
  const ledBy = async (person: PersonId): Promise<Meeting[]> =>
    (await Promise.all((await store.ledBy(person)).map(loaded))).filter((one) => one !== null)

  const organisedBy = async (person: PersonId): Promise<Session[]> => organisedIn(await ledBy(person), person)

  const homesOf = (person: PersonId, meetings: Meeting[]): Home[] =>
    meetings.flatMap(({ id, programmes }) =>
      programmes.filter(({ owner }) => owner === person).map((programme) => ({ home: id, programme })),
    )

  /** The merged sheets of her programmes of several groups, the latest first; only where two of them gave subjects. */
  function sheetsOf(homes: Home[], sessions: Session[]): Merged[] {
    return homes
      .filter(({ programme }) => programme.groups > 1 && programme.droppedAt === null)
      .map(({ home, programme }) => merged(home, programme, sessions, clock.now()))
      .filter(({ subjects }) => new Set(subjects.flatMap(({ of }) => of.map(({ group }) => group))).size > 1)
      .sort((a, b) => latest(b.sessions) - latest(a.sessions))
  }

  /** The merged subject that this one of a group is in. */
  async function sheetFind(person: PersonId, session: Session, reference: string): Promise<Brought | null> {
    const { prepared } = session
    if (prepared?.owner !== person) return null
    const home = await loaded(prepared.home)
    const programme = home?.programmes.find(({ id, owner }) => id === prepared.programme && owner === person)
    if (!programme) return null
    const sheet = merged(prepared.home, programme, await organisedBy(person), clock.now())
    const found = sheet.subjects.find(({ of }) => of.some((one) => one.reference === reference))
    return found ? mergedBrought(found, clock.now()) : null
  }

  /** Her programmes, each with the chat it is kept in, and the sessions she helped organise. */
  async function preparedBy(person: PersonId) {
    const meetings = await ledBy(person)
    return { homes: homesOf(person, meetings), held: organisedIn(meetings, person) }
  }

  /** A record that cannot be read hides its own sessions, not the others. */
  const loaded = (id: string) =>
    store.load(id).catch((error: unknown) => {
      log.error({ meeting: id, error }, 'an earlier meeting cannot be read')
      return null
    })

  return {
    organisedBy,
    async attendedBy(person) {
      const meetings = await Promise.all((await store.attendedBy(person)).map(loaded))
      return meetings
        .flatMap((meeting) => (meeting && liveSession(meeting)) ?? [])
        .filter(({ participants }) => participants[person]?.leftAt === null)
        .sort((a, b) => a.launchedAt - b.launchedAt)
    },
    async session(person, meetingId, sessionId) {
      const meeting = (await store.ledBy(person)).includes(meetingId) ? await loaded(meetingId) : null
      const found = meeting && sessionById(meeting, sessionId)
      return found && organises(found, person) ? found : null
    },
    async plannedFor(person, format) {
      const { homes, held } = await preparedBy(person)
      return plannedNow(homes, { format, now: clock.now(), held })
    },
    async formatNow(person, group) {
      const { homes, held } = await preparedBy(person)
      return formatNow(homes, { now: clock.now(), held, ...(group === undefined ? {} : { group }) })
    },
    async plannedAnyDay(person, format) {
      const { homes, held } = await preparedBy(person)
      return plannedAnyDay(homes, { format, now: clock.now(), held })
    },
    async groupFor(person, group, { format, prepared, meetingId }) {
      const { homes, held } = await preparedBy(person)
      const told = (planned: Planned | null) => planned && pointedOut(planned, held, meetingId)
      if (!prepared) return told(plannedGroup(homes, { format, now: clock.now(), group }))
      const home = await loaded(prepared.home)
      const programme = home?.programmes.find(
        ({ id, owner }) => id === prepared.programme && owner === prepared.owner,
      )
      return told(programme ? asGroup(prepared, programme, group) : null)
    },
    async sessionsOf(person, home, programme) {
      return (await organisedBy(person)).filter((one) => isOf(one, home, programme))
    },
    async rehearsalFor(person, wanted) {
      const { homes, held } = await preparedBy(person)
      return rehearsalOf(homes, { ...wanted, held, now: clock.now() })
    },
    async recalledFor(person, meeting, planned) {
      if (planned?.as.rehearsal) return null
      const meetings = await ledBy(person)
      const followUps = meetings
        .flatMap(({ programmes }) => programmes.filter(({ owner }) => owner === person))
        .flatMap((one) => one.followUps)
      const found = earlierThan(planned, organisedIn(meetings, person), meeting).flatMap((session) => {
        const recalled = recalledFrom(session, { now: clock.now(), followUps })
        return recalled ? [{ session, recalled, group: session.prepared?.group ?? 1 }] : []
      })
      return recalledTogether(ofOneWorkshop(found))
    },
    async offersFor(person, shape) {
      const now = clock.now()
      const meetings = await ledBy(person)
      const sessions = organisedIn(meetings, person)
      const sheets = shape === 'subject' ? sheetsOf(homesOf(person, meetings), sessions) : []
      const gathered = new Set(sheets.flatMap((sheet) => sheet.sessions))
      const each = sessions
        .filter((session) => disposes(session, person) && !gathered.has(session))
        .map((session) => choicesIn(session, shape, now))
      return [...sheets.map((sheet) => mergedChoices(sheet)), ...each]
        .filter((choices) => choices.length > 0)
        .slice(0, sessionsShown)
        .flat()
        .slice(0, offersShown)
    },
    async find(person, reference, shape) {
      if (reference === latestOffer) {
        const [best] = await this.offersFor(person, shape)
        return best ? this.find(person, best.reference, shape) : null
      }
      const [meetingId = '', sessionId = '', offerId = '', sheet] = referredTo(reference)
      const session = await this.session(person, meetingId, sessionId)
      if (session && sheet === mergedMark) return sheetFind(person, session, referenceOf(session, offerId))
      return session && disposes(session, person) ? carried(session, offerId, clock.now()) : null
    },
  }
}

interface Home {
  home: string
  programme: Programme
}

const latest = (sessions: Session[]): number => Math.max(0, ...sessions.map(({ launchedAt }) => launchedAt))

const organisedIn = (meetings: Meeting[], person: PersonId): Session[] =>
  meetings
    .flatMap(({ sessions }) => sessions)
    .filter((session) => organises(session, person) && !isCancelled(session) && !isRehearsal(session))
    .sort((a, b) => b.launchedAt - a.launchedAt)

/** Those before it in its programme, then those of the chat it is launched in; groups that do the same do not tell each other. */
function earlierThan(planned: Planned | null, hers: Session[], meeting: Meeting): Session[] {
  const isSame = (one: Session) => planned !== null && isOf(one, planned.as.home, planned.as.programme)
  const before = hers.filter((one) => isSame(one) && (one.prepared?.step ?? 0) < (planned?.as.step ?? 0))
  const here = meeting.sessions
    .filter((one) => !isRehearsal(one) && !isSame(one))
    .toSorted((a, b) => b.launchedAt - a.launchedAt)
  return [...before, ...here]
}

/** The latest of them, with those of the other groups that held the same workshop: the last one of each group. */
function ofOneWorkshop<T extends { session: Session; group: number }>(found: T[]): T[] {
  const [latest] = found
  const workshop = latest?.session.prepared
  if (!latest || !workshop) return found.slice(0, 1)
  const same = found.filter(
    ({ session }) =>
      isOf(session, workshop.home, workshop.programme) && session.prepared?.step === workshop.step,
  )
  return same.filter((one, index) => same.findIndex(({ group }) => group === one.group) === index)
}

/** What a session produced is hers to start from: she led it, or prepared it. Nothing comes of a rehearsal. */
const disposes = (session: Session, person: PersonId): boolean =>
  !isRehearsal(session) && (steers(session, person) || session.prepared?.owner === person)

const isCancelled = ({ steer: { position } }: Session): boolean =>
  position.status === 'closed' && position.startedAt === null

const choicesIn = (session: Session, shape: Shape, now: number): OfferChoice[] =>
  offerChoices(
    session,
    offersOf(session, now).filter((offer) => offer.shape === shape),
  )
