import { z } from 'zod'
import { bilingual } from '../bilingual.ts'
import { context, langs, personId } from '../session/types.ts'

/** Where an administration starts from (kit §4): nothing yet, a subject, a commitment. */
export const startingPoints = ['novice', 'subject', 'commitment'] as const
export type StartingPoint = (typeof startingPoints)[number]

/** How far it goes (kit §4). */
export const destinations = ['subject', 'canvas', 'roadmap'] as const
export type Destination = (typeof destinations)[number]

/** The kit's three roles (§2), under the names that the cards give them. */
export const teamRoles = ['referent', 'challenger', 'note-taker'] as const
export type TeamRole = (typeof teamRoles)[number]

const instant = z.number()

/** One group, one workshop, one meeting. Only the first workshop of a path is run by several groups (kit §1). */
const sitting = z.object({
  /** Place of the workshop in the path, from 0. */
  step: z.number().int(),
  /** Number of the group, from 1. */
  group: z.number().int(),
  at: instant,
  /** Where the meeting is joined; empty where it was not given. */
  link: z.string(),
})
export type Sitting = z.infer<typeof sitting>

/** Something to do by a day. `at` is the instant at which it is called to mind. */
const milestone = z.object({
  /** `<step>/<kind>`, and `/<group>` for what a group does by itself. */
  key: z.string(),
  /** `YYYY-MM-DD`. */
  day: z.string(),
  at: instant,
})
export type Milestone = z.infer<typeof milestone>

export const guestAnswers = ['waiting', 'yes', 'no'] as const

/** Someone invited, as the organiser wrote her. */
const guest = z.object({
  id: z.string(),
  name: z.string(),
  organisation: z.string(),
  group: z.number().int(),
  answer: z.enum(guestAnswers),
})
export type Guest = z.infer<typeof guest>

/** What was decided, to be called to mind on its day. */
const followUp = z.object({
  id: z.string(),
  text: z.string(),
  /** Who leads it, and what it is to give; empty where nobody said so. */
  lead: z.string().default(''),
  deliverable: z.string().default(''),
  /** `YYYY-MM-DD`. */
  day: z.string(),
  at: instant,
  /**
   * What it comes from: the step of a roadmap, as `<meeting>|<session>|<segment>/<step>`, or the next steps of a session, as
   * `<meeting>|<session>|next-steps`; empty where it was typed in.
   */
  source: z.string(),
  done: z.boolean(),
})
export type FollowUp = z.infer<typeof followUp>

const stage = z.object({
  format: z.string(),
  title: bilingual,
  deliverable: bilingual,
  minutes: z.number(),
})
export type Stage = z.infer<typeof stage>

/**
 * Everything an organiser prepares and follows around her workshops: the path of formats, its dates, its groups, who is
 * invited, what the administration says. It is kept in the record of her personal chat with the bot.
 */
export const programme = z.object({
  id: z.string(),
  owner: personId,
  lang: z.enum(langs),
  createdAt: instant,
  /** When she last changed something. */
  touchedAt: instant,
  from: z.enum(startingPoints),
  to: z.enum(destinations),
  people: z.number().int(),
  groups: z.number().int(),
  /** Empty where nothing is prepared, and what workshops came to is only followed. */
  path: z.array(stage),
  /** What each workshop is given when it is launched. */
  context,
  team: z.array(z.object({ role: z.enum(teamRoles), name: z.string() })),
  sittings: z.array(sitting),
  /**
   * Of groups and workshops there are no longer, should they be there again: when they were to meet, who was in them, and what
   * there was to do, which a calendar takes off. A workshop that comes before the first one has a place below 0.
   */
  former: z
    .object({
      sittings: z.array(sitting),
      guests: z.array(z.object({ id: z.string(), group: z.number().int() })),
      milestones: z.array(milestone).default([]),
    })
    .default({ sittings: [], guests: [], milestones: [] }),
  guests: z.array(guest),
  nextGuest: z.number().int(),
  /** Ids of the guests who go on to the workshops after the first one; none: everyone does. */
  onward: z.array(z.string()).default([]),
  milestones: z.array(milestone),
  /** A workshop that moved to another day while those after it stayed: the dates as they stood, and whether those after it followed since. */
  moved: z
    .object({ step: z.number().int(), stood: z.array(sitting), shifted: z.boolean() })
    .nullable()
    .default(null),
  /** When what a calendar may hold of the workshops last changed; null as long as nothing did. */
  replannedAt: instant.nullable().default(null),
  /** Keys of the milestones she ticked off. */
  done: z.array(z.string()),
  /** Keys of the milestones and ids of the follow-ups that were called to mind. */
  told: z.array(z.string()),
  followUps: z.array(followUp),
  nextFollowUp: z.number().int(),
  /** Subjects of several groups that are one to her, by their references. */
  same: z.array(z.array(z.string())),
  /** Pairs of them that look alike and are two to her, by their references. */
  distinct: z.array(z.array(z.string())).default([]),
  /** Set aside: nothing of it is called to mind, and it can be taken back. */
  droppedAt: instant.nullable(),
})
export type Programme = z.infer<typeof programme>
