import { z } from 'zod'
import { ambiguous, broken, doubled, posted } from '../support/checker.ts'
import { at, type Card, type Recorded, wordsIn } from '../support/connector.ts'
import { type About, type Entry, type Fields, type Ledger, those } from './ledger.ts'

/** All that is left of one workshop. */
export interface Remains {
  ledger: Ledger
  /** The text of its record; null where there is none. */
  record: string | null
  requests: readonly Recorded[]
  /** Each message of the chat as it stands in the end. */
  chat: readonly Card[]
}

/** Each in words; empty lists where all is as people were told. */
export interface Findings {
  lost: string[]
  twice: string[]
  rings: string[]
  doubled: string[]
  limits: string[]
  /** What never came to its end, or ends on a card that is not true. */
  ends: string[]
  /** Messages nobody can vouch for, whether they stand in the chat or not. */
  ambiguous: string[]
}

const answers = z.record(z.record(z.unknown()))
const meeting = z.object({
  sessions: z.array(
    z.object({
      format: z.object({
        segments: z.array(
          z.object({ id: z.string(), phase: z.string(), title: z.object({ fr: z.string() }) }),
        ),
      }),
      participants: z.record(z.object({ firstName: z.string(), lastName: z.string() })),
      answers,
      steer: z.object({ position: z.object({ status: z.string() }), shared: z.record(z.unknown()) }),
      steps: z.array(z.string()),
    }),
  ),
  outbox: z.array(z.object({ do: z.string(), session: z.string(), slot: z.string(), state: z.string() })),
})
type Kept = z.infer<typeof meeting>
type Session = Kept['sessions'][number]

/** A deadline that passed so many milliseconds ago rings, whatever befell the processes. */
const ringsWithin = 45_000

/** Reads what people were told, what is kept, and what the platform saw; knows nothing else of the bot. */
export function findings(all: readonly Remains[]): Findings {
  const each = all.map(examined)
  const merged = (what: keyof Findings) => each.flatMap((one) => one[what])
  return {
    lost: merged('lost'),
    twice: merged('twice'),
    rings: merged('rings'),
    doubled: merged('doubled'),
    // They share one tenant.
    limits: broken(all.flatMap(({ requests }) => requests)),
    ends: merged('ends'),
    ambiguous: merged('ambiguous'),
  }
}

function examined({ ledger, record, requests, chat }: Remains): Findings {
  const kept = record === null ? null : meeting.parse(JSON.parse(record))
  const [session] = kept?.sessions ?? []
  const named = (lines: string[]) => lines.map((line) => `${ledger.meeting}: ${line}`)
  const messages = posted(requests)
  return {
    lost: named(session ? lost(ledger, session) : those(ledger, 'told').map(() => 'no record')),
    twice: named(session && kept ? [...twice(ledger, session), ...moreThanOne(kept)] : []),
    rings: named(session && kept ? rings(ledger, { session, kept, shown: requests.filter(isRing) }) : []),
    doubled: named(doubled(messages, those(ledger, 'asked'))),
    limits: [],
    ends: named(ends(ledger, { session, chat })),
    ambiguous: named([...unanswered(requests), ...(kept ? inDoubt(kept) : [])]),
  }
}

/** What someone was told last must be what is kept, or what she gave later. */
function lost(ledger: Ledger, session: Session): string[] {
  return those(ledger, 'told')
    .flatMap((entry) => Object.entries(entry.fields).map(([field, text]) => ({ ...entry, field, text })))
    .filter((one, index, all) => !all.slice(index + 1).some((later) => isSame(one, later)))
    .filter((one) => !isOutdated(one, ledger))
    .flatMap((one) => {
      const now = keptOf(one, session)[one.field]
      const later = those(ledger, 'gave').filter((gave) => gave.at > one.since && isAbout(gave, one))
      const isTrue = [one.text, ...later.map(({ fields }) => fields[one.field])].includes(now)
      return isTrue ? [] : [`${one.who} was told « ${one.text} » and it is « ${now ?? ''} » (${one.about})`]
    })
}

interface Told {
  who: string
  about: About
  field: string
  since: number
}

const isAbout = (a: { who: string; about: About }, b: { who: string; about: About }): boolean =>
  a.who === b.who && a.about === b.about

const isSame = (a: Told, b: Told): boolean => isAbout(a, b) && a.field === b.field

/** A later receipt does not hold this field any more: it was taken out. Ratings are never taken out. */
const isOutdated = (one: Told & { at: number }, ledger: Ledger): boolean =>
  one.about !== 'ratings' &&
  those(ledger, 'told').some(
    (later) => isAbout(one, later) && later.at > one.at && !(one.field in later.fields),
  )

const segmentOf = ({ format }: Session, phase: string): string =>
  format.segments.find((one) => one.phase === phase)?.id ?? ''

const ideas = z.object({
  ideas: z.array(z.object({ title: z.string(), sentence: z.string() })),
  edits: z.number(),
})
const votes = z.object({
  votes: z.record(z.object({ x: z.number().nullable(), y: z.number().nullable() })),
  edits: z.number(),
})
const address = z.object({ email: z.string(), edits: z.number() })
const cards = z.object({
  cards: z.record(z.object({ title: z.string(), authors: z.array(z.string()), state: z.string() })),
})

const phases = { subjects: 'silent-ideation', ratings: 'matrix', address: 'conclusion' } as const

const answerOf = (session: Session, about: keyof typeof phases, who: string): unknown =>
  session.answers[segmentOf(session, phases[about])]?.[who]

/** What is kept of someone, in the words in which she was told. */
function keptOf({ who, about }: { who: string; about: About }, session: Session): Fields {
  switch (about) {
    case 'identity': {
      const { firstName = '', lastName = '' } = session.participants[who] ?? {}
      return { firstName, lastName }
    }
    case 'subjects':
      return Object.fromEntries(
        (ideas.safeParse(answerOf(session, about, who)).data?.ideas ?? []).flatMap((one, index) => [
          [`title${index + 1}`, one.title],
          [`sentence${index + 1}`, one.sentence],
        ]),
      )
    case 'ratings':
      return Object.fromEntries(
        Object.entries(votes.safeParse(answerOf(session, about, who)).data?.votes ?? {}).map(
          ([id, { x, y }]) => [cardsOf(session)[id]?.title ?? id, `${y}/${x}`],
        ),
      )
    case 'address':
      return { email: address.safeParse(answerOf(session, about, who)).data?.email ?? '' }
  }
}

const cardsOf = (session: Session) =>
  cards.safeParse(session.steer.shared[segmentOf(session, 'subject-cards')]).data?.cards ?? {}

/** Nobody's answer was carried out more often than she gave it, and nothing is in a list twice. */
function twice(ledger: Ledger, session: Session): string[] {
  const people = Object.keys(session.participants)
  const often = (['subjects', 'ratings', 'address'] as const).flatMap((about) =>
    people.flatMap((who) => {
      const given = those(ledger, 'gave').filter((one) => isAbout(one, { who, about })).length
      const carried =
        z.object({ edits: z.number() }).safeParse(answerOf(session, about, who)).data?.edits ?? 0
      return carried > given ? [`${who} gave ${about} ${given} times, and it counts ${carried} times`] : []
    }),
  )
  const own = people.flatMap((who) =>
    repeated(ideas.safeParse(answerOf(session, 'subjects', who)).data?.ideas ?? []),
  )
  return [
    ...often,
    ...own,
    ...repeated(Object.values(cardsOf(session)).filter(({ state }) => state === 'on')),
  ]
}

const repeated = (list: readonly { title: string }[]): string[] =>
  list
    .filter(({ title }, index) => list.findIndex((one) => one.title === title) < index)
    .map(({ title }) => `« ${title} » is listed twice`)

const moreThanOne = ({ sessions }: Kept): string[] =>
  sessions.length > 1 ? [`${sessions.length} workshops for one launch`] : []

/** Each step whose deadline passed while it ran rings once, not before that deadline. */
function rings(
  ledger: Ledger,
  { session, kept, shown: all }: { session: Session; kept: Kept; shown: readonly Recorded[] },
): string[] {
  return session.format.segments.flatMap(({ id, title }, index) => {
    const step = index + 1
    const read = those(ledger, 'read').filter((one) => one.step === step && one.deadline !== null)
    const recorded = session.steps.filter((slot) => slot.startsWith(`ring/${id}/`))
    const shown = all.filter((one) => wordsOn(one).includes(title.fr))
    const left = those(ledger, 'moved').find((one) => one.step === step + 1)?.at ?? Number.POSITIVE_INFINITY
    const last = read.at(-1)?.deadline
    const missed =
      last !== undefined && last !== null && left - last > ringsWithin && recorded.length === 0
        ? [`step ${step} never rang, though left ${left - last} ms after its deadline`]
        : []
    const often = Math.max(recorded.length, shown.length)
    const unseen = recorded.length > 0 && shown.length === 0 && !isInDoubt(kept, `ring/${id}/`)
    return [
      ...missed,
      ...(often > 1 ? [`step ${step} rang ${often} times`] : []),
      ...(unseen ? [`step ${step} rang and nobody was shown it`] : []),
      ...tooEarly({ step, read, shown }),
    ]
  })
}

/** A message that was posted and tells, to whoever reads it, that a step's time is up. */
const isRing = (one: Recorded): boolean =>
  one.messageId !== null && wordsOn(one).includes('le temps est écoulé')

const wordsOn = ({ body }: Recorded): string => wordsIn(at(body, 'attachments', 0, 'content'))

const isInDoubt = ({ outbox }: Kept, place: string): boolean =>
  outbox.some(({ slot, state }) => slot.startsWith(place) && (state === 'unsure' || state === 'aside'))

/** Before the deadline in force: the last that was read, or the one read next. */
function tooEarly({
  step,
  read,
  shown,
}: {
  step: number
  read: Extract<Entry, { did: 'read' }>[]
  shown: readonly Recorded[]
}): string[] {
  const early = shown.filter((one) => {
    const before = read.findLast(({ at }) => at <= one.at)
    const after = read.find(({ at }) => at > one.at)
    const inForce = [before, after].flatMap((reading) => reading?.deadline ?? [])
    return inForce.length > 0 && inForce.every((deadline) => one.at < deadline)
  })
  const marked = read.filter(({ rang, deadline, at }) => rang && deadline !== null && at < deadline)
  return [
    ...early.map(() => `step ${step} rang before its deadline`),
    ...marked.map(() => `step ${step} is said to have rung before its deadline`),
  ]
}

function ends(
  ledger: Ledger,
  { session, chat }: { session: Session | undefined; chat: readonly Card[] },
): string[] {
  const stuck = those(ledger, 'stuck').map(({ why }) => why)
  const open = session?.steer.position.status === 'closed' ? [] : ['the record does not say that it is over']
  const moving = chat
    .filter((card) => JSON.stringify(card).includes('"verb":"next"'))
    .map(() => 'a card still moves on')
  const timed = chat
    .map((card) => wordsIn(card))
    .filter((words) => /Étape \d sur \d/u.test(words) && /Fin à|reste/u.test(words))
    .map(() => 'a card still counts the time')
  const summary = those(ledger, 'fetched').at(-1)?.text ?? ''
  const missing = session
    ? Object.values(cardsOf(session)).filter(({ title }) => !summary.includes(title))
    : []
  return [
    ...stuck,
    ...open,
    ...moving,
    ...timed,
    ...missing.map(({ title }) => `« ${title} » is not in the summary`),
  ]
}

const unanswered = (requests: readonly Recorded[]): string[] =>
  ambiguous(requests).map(
    ({ status, done, body }) =>
      `a create got ${status ?? 'no answer'} and ${done ? 'was' : 'was not'} carried out: ${placeIn(body)}`,
  )

const inDoubt = ({ outbox }: Kept): string[] =>
  outbox.filter(({ state }) => state === 'unsure').map(({ slot }) => `left in doubt: ${slot}`)

const placeIn = (body: Recorded['body']): string => {
  const card = at(body, 'attachments', 0, 'content')
  return /"k":"([^"]+)"/u.exec(JSON.stringify(card ?? ''))?.[1] ?? wordsIn(card).slice(0, 60)
}

/** What is counted of a workshop whatever was found. */
export const countedIn = ({ ledger, record, requests }: Remains) => ({
  told: those(ledger, 'told').length,
  rings:
    record === null
      ? 0
      : (meeting.parse(JSON.parse(record)).sessions[0]?.steps ?? []).filter((one) => one.startsWith('ring/'))
          .length,
  posts: posted(requests).length,
  refused: requests.filter(({ status }) => status === null || status >= 400).length,
})
