import type { Opinion } from '../phases/conclusion.ts'
import type { Amendment, Context, Position, Profile, Role } from '../session/types.ts'
import type { Bilingual, Copy, Said, Text } from '../text.ts'
import type { CanvasPart, RoadmapPart, SubActionsPart, SubjectsPart } from './part.ts'

/**
 * The session as data for other tools, in the shape of the published schema once its texts are spoken. People stand by
 * their names; instants are ISO 8601 in universal time, days `YYYY-MM-DD`. No object here has a key of a `Text`.
 */
export interface SummaryData {
  edition: number
  issuedAt: string
  copy: Copy
  format: { id: string; title: Bilingual; goal: Bilingual; deliverable: Bilingual }
  status: Position['status']
  launchedAt: string
  startedAt: string | null
  closedAt: string | null
  plannedMinutes: number
  /** Pauses included, days between two sittings left out; 0 before it starts. */
  lastedSeconds: number
  context: Context
  people: PersonData[]
  profiles: { profile: Profile; people: number }[]
  /** Given with consent; in the organisers' copy only. */
  addresses?: { name: Said; email: string }[]
  startedFrom: StartData | null
  segments: SegmentData[]
  notes: { segment: string | null; takenAt: string; by: Said; text: string }[]
  subjectSheets: (Made &
    Omit<SubjectsPart, 'part' | 'picture' | 'pictureText' | 'cards'> & { cards: Card[] })[]
  canvases: (Made & Omit<CanvasPart, 'part'>)[]
  subActionLists: (Made & { subActions: Omit<SubActionsPart['list'][number], 'id'>[] })[]
  roadmaps: (Made & Pick<RoadmapPart, 'horizon' | 'warnings'> & { steps: Step[]; leftOut: string[] })[]
  opinions: Opinion[]
  amendments: AmendmentData[]
}

/** The segment that made a part. */
interface Made {
  segment: string
}

type Card = Omit<SubjectsPart['cards'][number], 'id'>
type Step = Omit<RoadmapPart['steps'][number], 'id'>

export interface PersonData {
  name: Said
  position: string
  organisation: string
  profile: Profile
  role: Role
  joinedAt: string
  leftAt: string | null
}

export interface StartData {
  shape: 'subject' | 'canvas'
  from: { title: Bilingual; heldAt: string; group: number | null }[]
  fields: { key: string; label: Text; text: string }[]
  changes: { key: string; before: string; after: string; by: string; changedAt: string }[]
}

export interface SegmentData {
  id: string
  exercise: string
  title: Bilingual
  begun: boolean
  plannedMinutes: number
  spentSeconds: number
  answered: number | null
  contributions: number | null
}

export interface AmendmentData {
  kind: Amendment['kind']
  segment: string
  /** What was mended, as people know it; null where nothing tells it any more. */
  label: Text | null
  field: Text | null
  before: string
  after: string
  by: Said
  signalledAt: string
  acceptedAt: string | null
}
