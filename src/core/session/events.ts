import type { Bilingual } from '../text.ts'
import type { Brought, Context, Note, Participant, PersonId, Role, RosterEntry } from './types.ts'

/** What happened to a session. Evolving it through these gives its state. */
export type SessionEvent =
  | { type: 'joined'; participant: Participant }
  | { type: 'left'; who: PersonId; at: number }
  | { type: 'roster-seen'; people: RosterEntry[] }
  | { type: 'role-named'; who: PersonId; role: Role }
  | { type: 'contribution-chosen'; who: PersonId; on: boolean }
  | { type: 'prepared'; context: Context }
  | { type: 'brought'; brought: Brought }
  | { type: 'amended'; changes: Brought['changes']; labels: Record<string, Bilingual | null> }
  | { type: 'entered'; index: number; at: number; deadline: number; begun: unknown }
  | { type: 'paused'; at: number }
  | { type: 'resumed'; at: number }
  | { type: 'extended'; deadline: number }
  | { type: 'rebalanced'; allotted: Record<string, number> }
  | { type: 'ended'; at: number }
  | { type: 'warned' }
  | { type: 'rang' }
  | { type: 'noted'; note: Note }
  | { type: 'undone' }
  | { type: 'redone' }
  | { type: 'in-phase'; segment: string; event: unknown }
