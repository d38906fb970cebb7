import type { Bilingual } from '../text.ts'
import type {
  Amendment,
  Brought,
  Context,
  Lack,
  Letter,
  Note,
  Participant,
  PersonId,
  Prepared,
  Recalled,
  Role,
  RosterEntry,
} from './types.ts'

/** What happened to a session. Evolving it through these gives its state. */
export type SessionEvent =
  | { type: 'joined'; participant: Participant }
  | { type: 'left'; who: PersonId; at: number }
  | { type: 'roster-seen'; people: RosterEntry[] }
  | { type: 'role-named'; who: PersonId; role: Role }
  | { type: 'contribution-chosen'; who: PersonId; on: boolean }
  | { type: 'parted'; at: number | null }
  | { type: 'offered-again'; at: number }
  | { type: 'lacks-known'; lacks: Lack[] }
  | { type: 'prepared'; context: Context }
  /** It is this sitting of a programme. */
  | { type: 'sitting-chosen'; prepared: Prepared; context: Context; recalled: Recalled | null }
  | { type: 'brought'; brought: Brought }
  | { type: 'amended'; changes: Brought['changes']; labels: Record<string, Bilingual | null> }
  | { type: 'entered'; index: number; at: number; deadline: number; begun: unknown }
  | { type: 'paused'; at: number }
  /** From then on it waits for another day. */
  | { type: 'adjourned'; at: number }
  | { type: 'resumed'; at: number }
  | { type: 'extended'; deadline: number }
  | { type: 'rebalanced'; allotted: Record<string, number> }
  | { type: 'ended'; at: number }
  | { type: 'warned' }
  | { type: 'rang' }
  | { type: 'noted'; note: Note }
  /** Accepted ones are in the texts from now on; `withdrawn` are those their author takes back or says otherwise. */
  | { type: 'mended'; amendments: Amendment[]; withdrawn: string[] }
  /** `text` is what stands from now on, null to leave it as it is. */
  | { type: 'settled'; amendment: Amendment; text: string | null }
  /** Null: the one that is composed stands again. */
  | { type: 'worded'; letter: Letter; text: string | null }
  | { type: 'undone'; at: number }
  | { type: 'redone'; at: number }
  | { type: 'in-phase'; segment: string; event: unknown }
