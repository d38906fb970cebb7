import { liveSession, sessionById } from '../core/meeting.ts'
import type { Shape } from '../core/phases/contract.ts'
import { latestOffer } from '../core/session/asks.ts'
import { carried, offersOf } from '../core/session/carry.ts'
import { scribes, steers } from '../core/session/people.ts'
import type { Brought, PersonId, Session } from '../core/session/types.ts'
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
  /** The offer of this reference with its whole origin; null where there is none, or where it is not hers. */
  find(person: PersonId, reference: string, shape: Shape): Promise<Brought | null>
}

/** More than this would not fit a choice people can read. */
const sessionsShown = 8
const offersShown = 60

export function archive({ store, clock, log }: { store: Store; clock: Clock; log: Log }): Archive {
  async function organisedBy(person: PersonId): Promise<Session[]> {
    const meetings = await Promise.all((await store.ledBy(person)).map(loaded))
    return meetings
      .flatMap((meeting) => meeting?.sessions ?? [])
      .filter((session) => scribes(session, person) && !isCancelled(session))
      .sort((a, b) => b.launchedAt - a.launchedAt)
  }

  const sessionsOf = async (person: PersonId): Promise<Session[]> =>
    (await organisedBy(person)).filter((session) => steers(session, person))

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
      return found && scribes(found, person) ? found : null
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
      return session && steers(session, person) ? carried(session, offerId, clock.now()) : null
    },
  }
}

const isCancelled = ({ steer: { position } }: Session): boolean =>
  position.status === 'closed' && position.startedAt === null

const choicesIn = (session: Session, shape: Shape, now: number): OfferChoice[] =>
  offerChoices(
    session,
    offersOf(session, now).filter((offer) => offer.shape === shape),
  )
