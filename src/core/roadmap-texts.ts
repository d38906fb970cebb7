import { bounds } from './bounds.ts'
import { type Estimate, estimatesOf, type Here, type Row, rowsOf, type Shared, toItem } from './roadmap.ts'
import type { Amendable, Retext } from './summary/review.ts'
import { say, type Text } from './text.ts'

/** What may be mended in a step when the session is over. */
const keys = ['title', 'deliverable', 'lead'] as const
type Key = (typeof keys)[number]

const names: Record<Key, Text> = {
  title: say('review.title'),
  deliverable: say('roadmap.deliverable'),
  lead: say('roadmap.lead'),
}

export const roadmapTexts = (scene: Here): Amendable[] => [
  ...rowsOf(scene).flatMap((row) => keys.map((key) => textOf(row, key, scene))),
  ...estimatesOf(scene).map(estimateText),
]

const textOf = (row: Row, key: Key, scene: Here): Amendable => ({
  item: row.step.id,
  key,
  label: say('review.step', { number: row.number }),
  field: names[key],
  text: row.step[key],
  authors: toItem(row, scene).authors,
  max: bounds[key],
  needed: key === 'title',
  paragraph: false,
})

const estimateText = (one: Estimate): Amendable => ({
  item: one.id,
  key: 'given',
  label: say('review.estimate', { number: one.n }),
  field: null,
  text: one.text,
  authors: [one.who],
  max: bounds.estimate,
  needed: true,
  paragraph: false,
})

export function retextedEstimate(answers: Here['answers'], { item, key, text }: Retext): Here['answers'] {
  const cut = item.lastIndexOf('#')
  const who = item.slice(0, cut)
  const given = cut < 0 ? undefined : answers[who]
  if (!given || key !== 'given') return answers
  const estimates = given.estimates.map((one) => (item === `${who}#${one.n}` ? { ...one, text } : one))
  return { ...answers, [who]: { ...given, estimates } }
}

export function retextedStep(state: Shared, { item, key: name, text, by, version }: Retext): Shared {
  const before = state.steps[item]
  const key = keys.find((one) => one === name)
  if (!before || !key) return state
  const editedBy = [...new Set([...before.editedBy, by])]
  return { ...state, steps: { ...state.steps, [item]: { ...before, [key]: text, editedBy, version } } }
}
