import type { Session } from '../session/types.ts'
import { say, type Text } from '../text.ts'
import type { CanvasLine, RoadmapPart, StepLine } from './part.ts'
import { partsLike, partsOf } from './parts.ts'

/** What the sheet of an action plan's commitment asks, in its order (kit §6). */
export const commitmentKeys = [
  'title',
  'institution',
  'actors',
  'start',
  'end',
  'problem',
  'content',
  'contribution',
  'transparency',
  'participation',
  'collaboration',
  'accountability',
] as const
export type CommitmentKey = (typeof commitmentKeys)[number]

/** One field of the sheet. Nothing is said that a person did not say: without a source it stays empty. */
export interface CommitmentField {
  key: CommitmentKey
  said: { source: Text; text: Text }[]
}

/** The canvas and the roadmap, arranged as a commitment of an open-government action plan. */
export interface Commitment {
  fields: CommitmentField[]
  /** Each with its verifiable deliverable, its start and its end. */
  milestones: StepLine[]
  /** What does not hold in them, a sentence each. */
  warnings: Text[]
  /** Headings of the canvas the sheet has no place for. */
  others: { source: Text; text: Text }[]
}

/** Which headings of the kit's canvas answer which field. */
const headingsOf: Partial<Record<CommitmentKey, string[]>> = {
  title: ['titre'],
  problem: ['reponse', 'sujet'],
  content: ['action', 'contenu'],
  contribution: ['utilite'],
  transparency: ['transparence'],
  participation: ['participation'],
  collaboration: ['collaboration'],
}

/** Null where no canvas was written. A canvas of another make keeps its headings, under their own names. */
export function commitmentOf(session: Session, now: number): Commitment | null {
  const parts = partsOf(session, now)
  const canvas = partsLike(parts, 'canvas').at(-1)
  const roadmap = partsLike(parts, 'roadmap').at(-1) ?? null
  if (!canvas) return null
  const placed = new Set(Object.values(headingsOf).flat())
  return {
    fields: commitmentKeys.map((key) => ({
      key,
      said: [...fromCanvas(key, canvas.headings), ...fromRoadmap(key, roadmap)],
    })),
    milestones: roadmap?.steps ?? [],
    warnings: roadmap?.warnings ?? [],
    others: canvas.headings.filter(({ id, text }) => text !== '' && !placed.has(id)).map(lineOf),
  }
}

const fromCanvas = (key: CommitmentKey, headings: CanvasLine[]) =>
  (headingsOf[key] ?? []).flatMap((id) =>
    headings.filter((one) => one.id === id && one.text !== '').map(lineOf),
  )

const lineOf = ({ label, text }: CanvasLine) => ({ source: label, text: { said: text } })

function fromRoadmap(key: CommitmentKey, roadmap: RoadmapPart | null): CommitmentField['said'] {
  if (!roadmap) return []
  const source = say('commitment.from-roadmap')
  const told = valueIn(key, roadmap)
  return told ? [{ source, text: told }] : []
}

function valueIn(key: CommitmentKey, { steps }: RoadmapPart): Text | null {
  const days = (edge: 'start' | 'end') => steps.map((one) => one[edge]).filter((day) => day !== '')
  switch (key) {
    case 'start':
      return dateOf(days('start').sort().at(0))
    case 'end':
      return dateOf(
        days('end').sort().at(-1),
        steps.some(({ toEstimate }) => toEstimate),
      )
    case 'actors': {
      const leads = [...new Set(steps.map(({ lead }) => lead))].filter((lead) => lead !== '')
      return leads.length ? { listing: leads.map((lead) => ({ said: lead })) } : null
    }
    default:
      return null
  }
}

function dateOf(day: string | undefined, toEstimate = false): Text | null {
  if (day === undefined) return null
  return toEstimate ? say('word.estimated', { date: { date: day } }) : { date: day }
}
