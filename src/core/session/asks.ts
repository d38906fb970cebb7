import { z } from 'zod'
import { bounds } from '../bounds.ts'
import { context, type Lack, type Lang, langs, letters, personId, roles } from './types.ts'

const raw = z.string().max(bounds.rawField).default('')
/** What the card showed when its button was drawn; a control that no longer fits is refused instead of done twice. */
const expect = z.string().max(100).optional()
/** She was told what would go unseen, and goes on. */
const anyway = z.literal('true').optional()

const groupNumber = z.coerce.number().int().min(1).max(99)

/** In place of an offer's reference: the best one of her latest session. */
export const latestOffer = 'latest'

/** Everything someone may ask of a session, as cards and typed commands send it. */
export const ask = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('launch'),
    format: z.string().max(60),
    lang: z.enum(langs).optional(),
    /** The launcher's name as the chat knows it. */
    name: raw,
    contributes: z.boolean().optional(),
    /** What an earlier session offers, by the reference the archive gave. */
    offer: z.string().max(600).optional(),
    /** No format was named: where one of her workshops is planned for now, it is that one. */
    asPlanned: z.boolean().optional(),
    /** Which group of her programme this meeting is; absent, the sitting that is planned for now. */
    group: groupNumber.optional(),
  }),
  /** Which group of its programme this meeting is. */
  z.object({ do: z.literal('choose-group'), group: groupNumber }),
  /** It is the workshop she prepared for another day. */
  z.object({ do: z.literal('choose-planned') }),
  /** An offer of an earlier session, or what is typed in: an input `f-<key>` for each field. */
  z.object({ do: z.literal('bring'), offer: z.string().max(600).default('') }).passthrough(),
  z.object({ do: z.literal('amend'), was: z.coerce.number().int().optional() }).passthrough(),
  z.object({
    do: z.literal('join'),
    firstName: raw,
    lastName: raw,
    position: raw,
    organisation: raw,
    profile: raw,
    lang: raw,
    contributes: raw,
  }),
  z.object({ do: z.literal('leave') }),
  z.object({ do: z.literal('prepare') }).merge(
    z.object(
      Object.fromEntries(Object.keys(context.shape).map((key) => [key, raw.optional()])),
    ) as z.ZodObject<{
      [K in keyof typeof context.shape]: z.ZodOptional<typeof raw>
    }>,
  ),
  z.object({ do: z.literal('name-role'), person: personId, role: z.enum(roles) }),
  z.object({ do: z.literal('contribute'), on: z.boolean() }),
  z.object({ do: z.literal('start'), expect }),
  z.object({ do: z.literal('next'), expect, anyway }),
  z.object({ do: z.literal('back'), expect }),
  z.object({ do: z.literal('skip'), expect, anyway }),
  z.object({ do: z.literal('pause'), expect }),
  z.object({ do: z.literal('resume'), expect }),
  z.object({ do: z.literal('extend'), minutes: z.coerce.number().int().min(1).max(60), expect }),
  z.object({ do: z.literal('rebalance'), expect }),
  z.object({ do: z.literal('end'), expect }),
  z.object({ do: z.literal('cancel'), expect }),
  /** The meeting is over and the workshop is not: it is left in pause until another day. */
  z.object({ do: z.literal('adjourn'), expect }),
  z.object({ do: z.literal('undo'), expect }),
  z.object({ do: z.literal('redo'), expect }),
  z.object({ do: z.literal('note'), text: raw }),
  /**
   * What someone said herself, corrected: an input `f-<n>` for each of her texts. `shown` lists those the dialog held, for
   * clients leave an emptied one out; `was` tells how they read then.
   */
  z.object({ do: z.literal('correct'), shown: z.string().max(2000).optional(), was: expect }).passthrough(),
  z.object({ do: z.literal('settle'), correction: z.string().max(60), accept: z.enum(['true', 'false']) }),
  /** The texts of one item, an input `f-<key>` for each. */
  z.object({ do: z.literal('complete'), target: z.string().max(700), was: expect }).passthrough(),
  z.object({
    do: z.literal('letter'),
    letter: z.enum(letters),
    text: raw,
    back: z.enum(['true', 'false']).optional(),
  }),
  /** Something for a phase: its own schema reads the rest. `segment` absent means the one that runs. */
  z.object({ do: z.literal('phase'), segment: z.string().max(60).optional(), input: z.unknown() }),
])
export type Ask = z.infer<typeof ask>
export type AskOf<K extends Ask['do']> = Extract<Ask, { do: K }>

/** The verbs a session answers itself; every other verb of a card belongs to a phase. */
export const sessionVerbs: ReadonlySet<string> = new Set(ask.options.map((option) => option.shape.do.value))

/** What the world tells: nobody asked for it, and it is never refused. */
export type Told =
  | { tell: 'wake' }
  /** Who the platform lists; it does not say who is there at this moment. */
  | { tell: 'roster'; people: { id: string; name: string }[] }
  /** `event`: told by the meeting as it goes, and not by the list of who belongs to the chat. */
  | { tell: 'presence'; came: { id: string; name: string }[]; left: string[]; event: boolean }
  /** The same `key` is the same start, however often it is told. */
  | { tell: 'meeting-started'; at: number; key: string; lang: Lang }
  | { tell: 'meeting-ended'; at: number; key: string }
  /** The welcome card was posted: it offers to launch. */
  | { tell: 'offered'; at: number }
  /** What the platform does not give here; 'events' where nothing was heard so far. */
  | { tell: 'lacks'; lacks: Lack[] }
