import type { ParticipationPicture } from '../phases/contract.ts'
import { begun, type Seat, seatOf } from '../session/place.ts'
import { spentOn } from '../session/timing.ts'
import { type Profile, profiles, type Session } from '../session/types.ts'
import { type Bilingual, said, say } from '../text.ts'
import type { Block, Chapter } from './chapter.ts'

/** Who took part, in figures that name nobody. */
export interface Participation {
  people: number
  /** The three publics of the kit, those present only. */
  profiles: { profile: Profile; people: number }[]
  segments: ParticipationLine[]
}

/** One segment in which people answered. */
export interface ParticipationLine {
  segment: string
  title: Bilingual
  /** Minutes the script gives it, and milliseconds it took. */
  minutes: number
  spent: number
  /** People who answered in it; null where the exercise asks nothing in writing. */
  answered: number | null
  /** Ideas, subjects, sentences given in it; null where the exercise gathers none. */
  contributions: number | null
}

/** Only what was begun counts. */
export function participationOf(session: Session, now: number): Participation {
  const people = Object.values(session.participants)
  return {
    people: people.length,
    profiles: profiles
      .map((profile) => ({ profile, people: people.filter((one) => one.profile === profile).length }))
      .filter((one) => one.people > 0),
    segments: session.format.segments.flatMap(({ id }) => line(session, id, now)),
  }
}

function line(session: Session, id: string, now: number): ParticipationLine[] {
  const seat = begun(session, id) ? seatOf(session, id, now) : null
  if (!seat) return []
  const { segment } = seat.place
  return [
    {
      segment: id,
      title: segment.title,
      minutes: segment.minutes,
      spent: spentOn(session, id, now),
      answered: answeredIn(session, seat),
      contributions: seat.phase.contributes ? given(seat) : null,
    },
  ]
}

/** Answering is taking part; where people speak, those who spoke. */
function answeredIn(session: Session, { phase, place }: Seat): number | null {
  const took = phase.took(place)
  if (took) return took.length
  return phase.asks ? Object.keys(session.answers[place.segment.id] ?? {}).length : null
}

/** What a sealed phase gathered is counted and not shown. */
function given({ phase, place }: Seat): number {
  return phase.sealed ? phase.harvest(place).length : phase.contributions(place).length
}

/** Who was asked to take part: the organising team leads, unless one of them chose otherwise. */
const asked = ({ participants }: Session): number =>
  Object.values(participants).filter(({ contributes }) => contributes).length

/** Null before anyone has answered anything. */
export function participationPictureOf(session: Session, now: number): ParticipationPicture | null {
  const { profiles: known, segments } = participationOf(session, now)
  const bars = segments.flatMap(({ title, answered, contributions }) =>
    answered === null ? [] : [{ title, answered, of: Math.max(asked(session), answered), contributions }],
  )
  if (bars.every(({ answered }) => answered === 0)) return null
  return {
    shape: 'participation',
    profiles: known.map((one) => ({ label: say(`profile.${one.profile}`), people: one.people })),
    bars,
  }
}

/** The figures as a picture and as a table that says the same. */
export function participationChapter(session: Session, now: number): Chapter {
  const { people, profiles: known, segments } = participationOf(session, now)
  const picture = participationPictureOf(session, now)
  const asked = segments.filter((one) => one.answered !== null || one.contributions !== null)
  const profileList = known.map((one) => say(`participation.of-${one.profile}`, { count: one.people }))
  const count = (value: number | null) => said(value === null ? '–' : String(value))
  const table: Block = {
    block: 'table',
    head: [say('participation.segment'), say('participation.answered'), say('participation.contributions')],
    rows: asked.map((one) => [one.title, count(one.answered), count(one.contributions)]),
  }
  return {
    id: 'participation',
    title: say('participation.title'),
    blocks: asked.length
      ? [
          { block: 'text', text: say('participation.people', { people, list: { listing: profileList } }) },
          ...(picture ? [{ block: 'picture' as const, picture, alt: say('participation.picture') }] : []),
          table,
        ]
      : [],
  }
}
