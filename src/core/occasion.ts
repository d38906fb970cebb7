import { z } from 'zod'
import { bounds } from './bounds.ts'
import type { Told } from './session/asks.ts'
import { type Lack, lacks } from './session/types.ts'

/** What the platform told of the meeting around the workshops. */
export const occasion = z.object({
  /** It told at least once that the meeting starts or ends, or who comes and goes. */
  heard: z.boolean(),
  /** When it last started, as it told. */
  startedAt: z.number().nullable(),
  /** When people were last offered to launch a workshop. */
  offeredAt: z.number().nullable(),
  lacks: z.array(z.enum(lacks)),
})
export type Occasion = z.infer<typeof occasion>

export const unknownOccasion: Occasion = { heard: false, startedAt: null, offeredAt: null, lacks: [] }

/** The occasion once this is known; the same where it changes nothing. */
export function occasionAfter(told: Told, before: Occasion): Occasion {
  switch (told.tell) {
    case 'meeting-started':
      return {
        ...heard(before),
        startedAt: told.at,
        offeredAt: offers(told, before) ? told.at : before.offeredAt,
      }
    case 'meeting-ended':
      return heard(before)
    case 'presence':
      return told.event ? heard(before) : before
    case 'offered':
      return { ...before, offeredAt: told.at }
    case 'lacks':
      return { ...before, lacks: told.lacks.filter((one) => one !== 'events' || !before.heard) }
    case 'roster':
    case 'wake':
      return before
  }
}

/** A start that comes soon after an offer is the same gathering: the card is still under people's eyes. */
export const offers = (
  { at }: Extract<Told, { tell: 'meeting-started' }>,
  { offeredAt }: Occasion,
): boolean => offeredAt === null || at - offeredAt >= bounds.offerEveryMs

/** The end of an earlier gathering that comes after the next one started says nothing of this one. */
export const isPast = (told: Told, { startedAt }: Occasion): boolean =>
  told.tell === 'meeting-ended' && startedAt !== null && told.at < startedAt

const heard = (before: Occasion): Occasion => ({
  ...before,
  heard: true,
  lacks: before.lacks.filter((one: Lack) => one !== 'events'),
})
