import { type Here, horizonOf, leftOut, rowsOf, subActions } from './roadmap.ts'
import { pictureOf, roadmapText, warningTexts } from './roadmap-told.ts'
import type { RoadmapPart } from './summary/part.ts'

/** The roadmap as documents lay it out; null while it has no step. */
export function roadmapPart(scene: Here): RoadmapPart | null {
  const rows = rowsOf(scene)
  const numbers = new Map(rows.map(({ step, number }) => [step.id, number]))
  const titles = new Map(subActions(scene).map(({ id, title }) => [id, title]))
  if (rows.length === 0) return null
  return {
    part: 'roadmap',
    horizon: horizonOf(scene),
    steps: rows.map(({ step, number, when }) => ({
      id: step.id,
      number,
      title: step.title,
      deliverable: step.deliverable,
      lead: step.lead,
      start: when.span?.start ?? '',
      end: when.span?.end ?? '',
      toEstimate: when.toEstimate,
      needs: step.needs.flatMap((id) => numbers.get(id) ?? []),
      takes: step.takes.flatMap((id) => titles.get(id) ?? []),
    })),
    picture: pictureOf(scene),
    pictureText: roadmapText(rows, true),
    warnings: warningTexts(rows),
    left: leftOut(scene).map(({ title }) => title),
  }
}
