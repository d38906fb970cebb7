import { canvas } from './canvas.ts'
import { conclusion } from './conclusion.ts'
import { ideationByProfile } from './ideation-by-profile.ts'
import { introduction } from './introduction.ts'
import { matrix } from './matrix.ts'
import { memo } from './memo.ts'
import { reformulation } from './reformulation.ts'
import { roadmap } from './roadmap.ts'
import { type SealedPhase, seal } from './seal.ts'
import { silentIdeation } from './silent-ideation.ts'
import { subActions } from './sub-actions.ts'
import { subject } from './subject.ts'
import { subjectCards } from './subject-cards.ts'
import { tourDeTable } from './tour-de-table.ts'

/** Every exercise there is. A new one adds its word here, and nothing elsewhere in the code. */
const registry: Record<string, SealedPhase> = Object.fromEntries(
  [
    seal(introduction),
    seal(tourDeTable),
    seal(memo),
    seal(silentIdeation),
    seal(subjectCards),
    seal(matrix),
    seal(subject),
    seal(canvas),
    seal(reformulation),
    seal(ideationByProfile),
    seal(subActions),
    seal(roadmap),
    seal(conclusion),
  ].map((phase) => [phase.kind, phase]),
)

export const phaseKinds = (): string[] => Object.keys(registry)

export const phaseOf = (kind: string): SealedPhase | undefined =>
  Object.hasOwn(registry, kind) ? registry[kind] : undefined
