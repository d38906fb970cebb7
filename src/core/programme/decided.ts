import type { Session } from '../session/types.ts'
import { partsLike, partsOf } from '../summary/parts.ts'
import type { FollowUp, Programme } from './types.ts'

/** Something that was decided for a day. */
export type Dated = Pick<FollowUp, 'text' | 'lead' | 'deliverable' | 'day' | 'source'>

/** What sessions decided: what falls on a day, and what is still to be given one. */
export interface Decided {
  steps: Dated[]
  /** The next steps of the latest session that has some, in the organising team's own words. */
  next: Pick<FollowUp, 'text' | 'source'> | null
}

/** What these sessions decided, the latest session first. A step of a roadmap falls on the day it ends. */
export function decidedIn(sessions: Session[], now: number): Decided {
  const announced = sessions.find(({ context }) => context.nextSteps !== '')
  return {
    steps: sessions.flatMap((session) => stepsIn(session, now)),
    next: announced ? { text: announced.context.nextSteps, source: nextStepsOf(announced) } : null,
  }
}

export const stepsIn = (session: Session, now: number): Dated[] =>
  partsLike(partsOf(session, now), 'roadmap').flatMap(({ segment, steps }) =>
    steps
      .filter(({ end }) => end !== '')
      .map(({ id, title, lead, deliverable, end }) => ({
        text: title,
        lead,
        deliverable,
        day: end,
        source: `${keyOf(session)}${segment}/${id}`,
      })),
  )

/** Where the next steps of a session come from. */
export const nextStepsOf = (session: Session): string => `${keyOf(session)}next-steps`

/** This programme follows something of the session. */
export const follows = ({ followUps }: Programme, session: Session): boolean =>
  followUps.some(({ source }) => source.startsWith(keyOf(session)))

/** What is not followed yet, or reads otherwise since. */
export const notFollowed = ({ steps }: Decided, { followUps }: Programme): Dated[] =>
  steps.filter((step) => !followUps.some((one) => isSame(one, step)))

const isSame = (one: Dated, other: Dated): boolean =>
  (['text', 'lead', 'deliverable', 'day', 'source'] as const).every((key) => one[key] === other[key])

const keyOf = ({ meetingId, id }: Session): string => `${meetingId}|${id}|`
