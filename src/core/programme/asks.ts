import { z } from 'zod'
import { bounds } from '../bounds.ts'

const raw = z.string().max(bounds.rawField).default('')
const named = z.string().max(40)
const p = named

/**
 * Everything someone may ask of her programmes, as cards and typed commands send it. `p` is the programme's id; `shown`, what
 * stood in the form when it was drawn.
 */
export const programmeAsk = z.discriminatedUnion('do', [
  z.object({ do: z.literal('programme-begin'), from: raw, to: raw, people: raw }),
  z.object({
    do: z.literal('programme-size'),
    p,
    from: raw.optional(),
    to: raw.optional(),
    people: raw,
    groups: raw,
  }),
  /** `date-<step>-<group>`, `time-<step>-<group>`, `link-<step>-<group>`. */
  z.object({ do: z.literal('programme-dates'), p }).passthrough(),
  /** The workshops after the one that moved are moved as many days, or back. */
  z.object({ do: z.literal('programme-shift'), p }),
  z.object({ do: z.literal('programme-unshift'), p }),
  /** The fields of the context, by their names. */
  z.object({ do: z.literal('programme-content'), p }).passthrough(),
  /** `referent`, `challenger`, `note-taker`. */
  z.object({ do: z.literal('programme-team'), p }).passthrough(),
  /**
   * A person a line: name, organisation; `group` where there are several. Answers chosen on the same card go along. `back`: how
   * those stood who were just taken off.
   */
  z
    .object({ do: z.literal('programme-invite'), p, guests: raw, group: raw, back: raw.optional() })
    .passthrough(),
  /** `answer-<guest>`, `group-<guest>`. */
  z.object({ do: z.literal('programme-answers'), p }).passthrough(),
  z.object({ do: z.literal('programme-uninvite'), p, guest: named }),
  /** Ids of guests, between commas. */
  z.object({ do: z.literal('programme-onward'), p, onward: raw }),
  z.object({ do: z.literal('programme-tick'), p, key: named, on: z.enum(['true', 'false']).default('true') }),
  /** `next`: not what is written, but the next steps of the session they come from, on `nextDate`. */
  z.object({
    do: z.literal('programme-follow'),
    p,
    text: raw,
    date: raw,
    next: z.string().max(700).optional(),
    nextDate: raw.optional(),
  }),
  /** What sessions decided for a day, as the archive finds it: in this programme, else outside of any. */
  z.object({ do: z.literal('programme-decided'), p: p.default('') }),
  z.object({
    do: z.literal('programme-followed'),
    p,
    id: named,
    on: z.enum(['true', 'false']).default('true'),
  }),
  z.object({ do: z.literal('programme-unfollow'), p, id: named }),
  z.object({ do: z.literal('programme-same'), p, one: raw, other: raw }),
  z.object({ do: z.literal('programme-apart'), p, one: raw }),
  z.object({ do: z.literal('programme-distinct'), p, one: raw, other: raw }),
  z.object({ do: z.literal('programme-alike'), p, one: raw, other: raw }),
  z.object({ do: z.literal('programme-drop'), p }),
  z.object({ do: z.literal('programme-restore'), p }),
])
export type ProgrammeAsk = z.infer<typeof programmeAsk>
export type AskOf<K extends ProgrammeAsk['do']> = Extract<ProgrammeAsk, { do: K }>
