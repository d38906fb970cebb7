import { liveSession, type Meeting, sessionById } from '../core/meeting.ts'
import type { Shape } from '../core/phases/contract.ts'
import { isOf, isRehearsal, type Planned, plannedNow } from '../core/programme/launch.ts'
import { type Rehearsal, rehearsalOf, type Unprepared } from '../core/programme/rehearse.ts'
import { latestOffer } from '../core/session/asks.ts'
import { carried, offersOf } from '../core/session/carry.ts'
import { organises, steers } from '../core/session/people.ts'
import { recalledFrom } from '../core/session/recall.ts'
import type { Brought, PersonId, Recalled, Session } from '../core/session/types.ts'
import { type OfferChoice, offerChoices, referredTo } from '../core/views/carry.ts'
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
  /** A workshop of her programme, as it would be played before its day; `workshop` is its place in the path, from 1. */
  rehearsalFor(person: PersonId, workshop: number | null): Promise<Rehearsal | Unprepared>
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

  const sessionsOf = async (person: PersonId): Promise<Session[]> =>
    (await organisedBy(person)).filter((session) => disposes(session, person))

  /** Her programmes, each with the chat it is kept in, and the sessions she helped organise. */
  async function preparedBy(person: PersonId) {
    const meetings = await ledBy(person)
    const homes = meetings.flatMap(({ id, programmes }) =>
      programmes.filter(({ owner }) => owner === person).map((programme) => ({ home: id, programme })),
    )
    return { homes, held: organisedIn(meetings, person) }
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
    async rehearsalFor(person, workshop) {
      const { homes, held } = await preparedBy(person)
      return rehearsalOf(homes, { workshop, held, now: clock.now() })
    },
    async recalledFor(person, meeting, planned) {
      const hers = planned === null ? [] : await organisedBy(person)
      const same = hers.find(
        (one) =>
          planned !== null &&
          isOf(one, planned.as.home, planned.as.programme) &&
          (one.prepared?.step ?? 0) < planned.as.step &&
          one.steer.position.status === 'closed',
      )
      const last = same ?? meeting.sessions.findLast((one) => !isRehearsal(one) && !isCancelled(one))
      return last ? recalledFrom(last, clock.now()) : null
    },
    async offersFor(person, shape) {
      const now = clock.now()
      return (await sessionsOf(person))
        .map((session) => choicesIn(session, shape, now))
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
      const [meetingId = '', sessionId = '', offerId = ''] = referredTo(reference)
      const session = await this.session(person, meetingId, sessionId)
      return session && disposes(session, person) ? carried(session, offerId, clock.now()) : null
    },
  }
}

const organisedIn = (meetings: Meeting[], person: PersonId): Session[] =>
  meetings
    .flatMap(({ sessions }) => sessions)
    .filter((session) => organises(session, person) && !isCancelled(session) && !isRehearsal(session))
    .sort((a, b) => b.launchedAt - a.launchedAt)

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
