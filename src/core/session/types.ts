import { z } from 'zod'
import { bilingual } from '../bilingual.ts'
import type { Format } from '../format.ts'
import { patch } from '../patch.ts'
import type { Text } from '../text.ts'

export const personId = z.string().min(1).max(300)
export type PersonId = string

export const roles = ['facilitator', 'co-facilitator', 'note-taker', 'participant'] as const
export type Role = (typeof roles)[number]

/** The three publics of the kit (§1). */
export const profiles = ['agent', 'civil-society', 'citizen'] as const
export type Profile = (typeof profiles)[number]

export const langs = ['fr', 'en'] as const
export type Lang = (typeof langs)[number]

/** What a platform may not give of a meeting: who is in it, who leads it, what happens to it. */
export const lacks = ['roster', 'roles', 'events'] as const
export type Lack = (typeof lacks)[number]

const instant = z.number()

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null

const participant = z.object({
  id: personId,
  firstName: z.string(),
  lastName: z.string(),
  position: z.string(),
  organisation: z.string(),
  profile: z.enum(profiles),
  lang: z.enum(langs),
  role: z.enum(roles),
  /** Takes part in the exercises. The kit keeps the organising team neutral; it may choose otherwise. */
  contributes: z.boolean(),
  /** Has said who she is on the join card; false for those put in by a role or a launch. */
  introduced: z.boolean(),
  joinedAt: instant,
  /** Index of the segment running at the time, -1 in the lobby. */
  joinedDuring: z.number().int(),
  leftAt: instant.nullable(),
})
export type Participant = z.infer<typeof participant>

/** What someone said of herself in an earlier session of the same meeting: her join card starts from it. */
const acquaintance = participant.pick({
  firstName: true,
  lastName: true,
  position: true,
  organisation: true,
  profile: true,
})

/** Someone the meeting's roster names, who may not have joined the workshop. */
export const rosterEntry = z.object({
  id: personId,
  name: z.string(),
  present: z.boolean(),
  /** Seen coming in, and on no list: someone anonymous, or a list that is refused. */
  unlisted: z.literal(true).optional(),
})
export type RosterEntry = z.infer<typeof rosterEntry>

/** What the administration writes for itself; every field may be empty and changed at any time. */
export const context = z.object({
  subject: z.string(),
  objective: z.string(),
  background: z.string(),
  deliverable: z.string(),
  /** Subjects that help people start, one a line. */
  examples: z.string().default(''),
  nextSteps: z.string(),
  contact: z.string(),
  questionnaire: z.string(),
  /** First and last day of the roadmap's horizon, `YYYY-MM-DD`. */
  horizonStart: z.string().default(''),
  horizonEnd: z.string().default(''),
})
export type Context = z.infer<typeof context>

/** Where an item of an earlier session comes from; a snapshot, so that it can be told when that session is gone. */
export const origin = z.object({
  /** Kind of the phase that made it. */
  phase: z.string(),
  /** Title of its segment. */
  segment: bilingual,
  label: bilingual.nullable(),
  title: z.string(),
  sentence: z.string(),
  /** Names as they were then. */
  authors: z.array(z.object({ id: personId, name: z.string() })),
  number: z.number().nullable(),
  priority: z.boolean(),
  /** Where the votes placed it, and how many people voted. */
  mean: z.object({ x: z.number(), y: z.number() }).nullable(),
  axes: z.object({ x: bilingual, y: bilingual }).nullable(),
  votes: z.number().int(),
  /** Keys of the origins it was made from. */
  sources: z.array(z.string()),
})
export type Origin = z.infer<typeof origin>

/** What an earlier session came to, called to mind at the start of this one: a snapshot. */
const recalled = z.object({
  /** Which one, as `<meeting>|<session>`. */
  of: z.string().default(''),
  title: bilingual,
  at: instant,
  decided: z.array(z.object({ label: z.custom<Text>(isObject), value: z.custom<Text>(isObject) })),
  nextSteps: z.string(),
})
export type Recalled = z.infer<typeof recalled>

/**
 * What the session starts from: typed in, or carried over from an earlier session. A key of `origins` is
 * `<generation>~<segment>/<item>`: generation 1 is the session it came from, 2 the one before; `lineage` lists them. What
 * is brought from several groups has several sessions it came from: each stands in `lineage` before those it came from itself.
 */
export const brought = z.object({
  shape: z.enum(['subject', 'canvas']),
  lineage: z.array(
    z.object({
      meeting: z.string(),
      session: z.string(),
      title: bilingual,
      at: instant,
      /** Where several groups ran the same workshop. */
      group: z.number().int().optional(),
    }),
  ),
  fields: z.array(
    z.object({
      key: z.string(),
      label: bilingual.nullable(),
      text: z.string(),
      sources: z.array(z.string()),
    }),
  ),
  origins: z.record(origin),
  /** Each amendment made to what was carried over, oldest first. */
  changes: z.array(
    z.object({
      key: z.string(),
      before: z.string(),
      after: z.string(),
      by: personId,
      name: z.string(),
      at: instant,
    }),
  ),
  /** What the session it comes from may tell of itself here. */
  recalled: recalled.nullable().optional(),
})
export type Brought = z.infer<typeof brought>

const note = z.object({
  id: z.string(),
  /** Segment it was taken in; null in the lobby. */
  segment: z.string().nullable(),
  by: personId,
  at: instant,
  text: z.string(),
})
export type Note = z.infer<typeof note>

const at = { startedAt: instant, index: z.number().int(), enteredAt: instant }

/** Where the session stands. All instants are absolute: a restart changes none of them. */
export const position = z.discriminatedUnion('status', [
  z.object({ status: z.literal('lobby') }),
  z.object({
    status: z.literal('running'),
    ...at,
    deadline: instant,
    warned: z.boolean(),
    rang: z.boolean(),
  }),
  z.object({
    status: z.literal('paused'),
    ...at,
    /** Milliseconds that were left when the pause began; negative in overrun. */
    left: z.number(),
    pausedAt: instant,
    /** It goes on another day: nobody is there since. */
    adjournedAt: instant.optional(),
  }),
  z.object({
    status: z.literal('closed'),
    startedAt: instant.nullable(),
    index: z.number().int(),
    closedAt: instant,
  }),
])
export type Position = z.infer<typeof position>
export type Running = Extract<Position, { status: 'running' }>
export type Paused = Extract<Position, { status: 'paused' }>

/** What a segment was given and what it took, in milliseconds. */
const run = z.object({
  allotted: z.number(),
  /** Time spent in visits that are over, pauses excluded. */
  spent: z.number(),
  /** How many times it was entered; each visit posts its own step card. */
  visits: z.number().int(),
})
export type Run = z.infer<typeof run>

/** Between two sittings: the days, or the hours, during which nobody was there. */
const between = z.object({ from: instant, to: instant })
export type Break = z.infer<typeof between>

/** All that facilitators steer. Every change to it is one move, and can be undone without touching what people wrote. */
const steer = z.object({
  position,
  runs: z.record(run),
  /** Per segment, what its phase shares with the room. */
  shared: z.record(z.unknown()),
  /** What the session starts from, once chosen or typed in. */
  brought: brought.nullable().default(null),
  /** Breaks that are over, oldest first. */
  breaks: z.array(between).default([]),
})
export type Steer = z.infer<typeof steer>

/** A text mended after the session: by who said it, for the facilitator to accept, or by the organising team. */
const amendment = z.object({
  id: z.string(),
  kind: z.enum(['correction', 'completion']),
  segment: z.string(),
  item: z.string(),
  /** Which of the item's texts: `title`, `sentence`, `deliverable`… */
  key: z.string(),
  before: z.string(),
  after: z.string(),
  by: personId,
  at: instant,
  state: z.enum(['waiting', 'accepted', 'refused']),
  settledBy: personId.nullable(),
  settledAt: instant.nullable(),
})
export type Amendment = z.infer<typeof amendment>

/** Texts to send after the workshop; an organiser's own wording stands in place of the one that was composed. */
export const letters = ['thanks', 'post', 'steering'] as const
export type Letter = (typeof letters)[number]

/** What happens to a session once it is over. */
const review = z.object({
  amendments: z.array(amendment).default([]),
  letters: z.record(z.enum(letters), z.string()).default({}),
})
export type Review = z.infer<typeof review>

const move = z.object({
  id: z.number().int(),
  at: instant,
  by: personId,
  /** Name of the move, a key of the locale files under `move`. */
  what: z.string(),
  /** Turns `steer` back to what it was before. */
  back: patch,
})
export type Move = z.infer<typeof move>

/** The programme a session was prepared in, as it stood when the session was launched. */
const prepared = z.object({
  /** The personal chat in which the programme is kept. */
  home: z.string(),
  programme: z.string(),
  owner: personId,
  /** Place of the workshop in the path, from 0. */
  step: z.number().int(),
  group: z.number().int(),
  groups: z.number().int(),
  /** When it was planned for. */
  plannedFor: instant,
  team: z.array(z.object({ role: z.enum(['referent', 'challenger', 'note-taker']), name: z.string() })),
  /** Those who were invited and did not decline. */
  expected: z.array(z.object({ name: z.string(), confirmed: z.boolean() })),
  /** Played before the day, to try: nothing comes of it. */
  rehearsal: z.boolean(),
  /** Another meeting was launched as this one already. */
  again: z.boolean().default(false),
})
export type Prepared = z.infer<typeof prepared>

/** Scripts are checked when read; a stored one only has to be one. */
const hasSegments = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'segments' in value && Array.isArray(value.segments)

export const session = z.object({
  id: z.string(),
  meetingId: z.string(),
  /** The script as it was at launch: a later change to the file does not touch a running session. */
  format: z.custom<Format>(hasSegments, 'a format with its segments'),
  lang: z.enum(langs),
  launchedBy: personId,
  launchedAt: instant,
  context,
  roster: z.record(rosterEntry),
  participants: z.record(participant),
  acquaintances: z.record(acquaintance).default({}),
  steer,
  /** Per segment and person, what people wrote. Never part of a move. */
  answers: z.record(z.record(z.unknown())),
  notes: z.array(note),
  review: review.default({ amendments: [], letters: {} }),
  moves: z.array(move),
  redo: z.array(move),
  /** Counts every change; names notes, cards and moves. */
  count: z.number().int(),
  /** Slots of the step, ring and summary cards posted so far; the last step is the live one. */
  steps: z.array(z.string()),
  /** When the meeting ended while this goes on, until somebody decides what becomes of it. */
  partedAt: instant.nullable().default(null),
  /** When people were last offered to take it up, after it waited for another day. */
  offeredAgainAt: instant.nullable().default(null),
  lacks: z.array(z.enum(lacks)).default([]),
  prepared: prepared.nullable().default(null),
  /** Launched on another day than the one its launcher had prepared such a workshop for: when that was. */
  plannedOtherDay: instant.nullable().default(null),
  recalled: recalled.nullable().default(null),
})
export type Session = z.infer<typeof session>
