import { z } from 'zod'
import type { About, Fields } from './ledger.ts'

/** As much of a meeting's record as people were told of. */
const meeting = z.object({
  sessions: z.array(
    z.object({
      format: z.object({
        segments: z.array(
          z.object({ id: z.string(), phase: z.string(), title: z.object({ fr: z.string() }) }),
        ),
      }),
      participants: z.record(z.object({ firstName: z.string(), lastName: z.string() })),
      answers: z.record(z.record(z.unknown())),
      steer: z.object({ position: z.object({ status: z.string() }), shared: z.record(z.unknown()) }),
      steps: z.array(z.string()),
    }),
  ),
  outbox: z.array(z.object({ slot: z.string(), state: z.string() })),
})
export type Kept = z.infer<typeof meeting>
export type Session = Kept['sessions'][number]

/** Null where there is no record, or where it cannot be read. */
export function keptIn(record: string | null): Kept | null {
  try {
    return meeting.parse(JSON.parse(record ?? ''))
  } catch {
    return null
  }
}

const edits = z.number()
const shapes = {
  ideas: z.object({ ideas: z.array(z.object({ title: z.string(), sentence: z.string() })), edits }),
  votes: z.object({
    votes: z.record(z.object({ x: z.number().nullable(), y: z.number().nullable() })),
    edits,
  }),
  address: z.object({ email: z.string(), edits }),
  cards: z.object({ cards: z.record(z.object({ title: z.string(), state: z.string() })) }),
  counted: z.object({ edits }),
}

const phases = { subjects: 'silent-ideation', ratings: 'matrix', address: 'conclusion' } as const
export type Counted = keyof typeof phases

const segmentOf = ({ format }: Session, phase: string): string =>
  format.segments.find((one) => one.phase === phase)?.id ?? ''

const answerOf = (session: Session, about: Counted, who: string): unknown =>
  session.answers[segmentOf(session, phases[about])]?.[who]

/** How often what someone gave was carried out. */
export const timesCarried = (session: Session, about: Counted, who: string): number =>
  shapes.counted.safeParse(answerOf(session, about, who)).data?.edits ?? 0

export const ideasOf = (session: Session, who: string) =>
  shapes.ideas.safeParse(answerOf(session, 'subjects', who)).data?.ideas ?? []

/** The subjects that everyone was shown, by id. */
export const cardsOf = (session: Session) =>
  shapes.cards.safeParse(session.steer.shared[segmentOf(session, 'subject-cards')]).data?.cards ?? {}

/** What is kept of someone, in the words in which she is told. */
export function answerIn(session: Session, { who, about }: { who: string; about: About }): Fields {
  switch (about) {
    case 'identity': {
      const { firstName = '', lastName = '' } = session.participants[who] ?? {}
      return { firstName, lastName }
    }
    case 'subjects':
      return Object.fromEntries(
        ideasOf(session, who).flatMap(({ title, sentence }, index) => [
          [`title${index + 1}`, title],
          [`sentence${index + 1}`, sentence],
        ]),
      )
    case 'ratings':
      return ratingsOf(session, who)
    case 'address':
      return { email: shapes.address.safeParse(answerOf(session, about, who)).data?.email ?? '' }
  }
}

function ratingsOf(session: Session, who: string): Fields {
  const given = shapes.votes.safeParse(answerOf(session, 'ratings', who)).data?.votes ?? {}
  const cards = cardsOf(session)
  return Object.fromEntries(
    Object.entries(given).map(([id, { x, y }]) => [cards[id]?.title ?? id, `${y}/${x}`]),
  )
}
