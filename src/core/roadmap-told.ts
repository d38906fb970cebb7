import type { TimelinePicture } from './phases/contract.ts'
import { type Here, horizonOf, type Row, rowsOf } from './roadmap.ts'
import { isWholeMonths, lengthOf, type Span, type Warning } from './schedule.ts'
import { said, say, type Text } from './text.ts'

/** « mars 2027 → août 2027 · 6 mois, à estimer ». */
export function whenText({ step, when }: Row): Text {
  if (!when.span)
    return step.months === null
      ? say('roadmap.undated')
      : say('roadmap.undated-for', { length: say('roadmap.months', { count: step.months }) })
  const [start, end] = edges(when.span)
  const length = lengthText(when.span, when.toEstimate)
  if (start === end) return say('roadmap.at', { start, length })
  return say('roadmap.span', { start, end, length })
}

/** Everything the picture and the list say of the roadmap, in sentences. */
export function roadmapText(rows: Row[], detailed: boolean): Text | null {
  const [first, ...others] = rows.map((row) => toldRow(row, rows, detailed))
  if (!first) return null
  return others.reduce<Text>((before, next) => say('roadmap.then', { before, next }), first)
}

/** One step, as the one who edited it meanwhile left it. */
export function toldStep(id: string, scene: Here): Text {
  const rows = rowsOf(scene)
  const row = rows.find(({ step }) => step.id === id)
  return row ? toldRow(row, rows, true) : said(scene.shared.steps[id]?.title ?? '')
}

/** What does not hold, a sentence each, naming its step. */
export const warningTexts = (rows: Row[]): Text[] =>
  rows.flatMap(({ step, number, when }) =>
    when.warnings.map((one) =>
      say('roadmap.warned', { number, title: said(step.title), warning: warningText(one, rows) }),
    ),
  )

export const warningText = (one: Warning, rows: Row[]): Text => {
  switch (one.why) {
    case 'past-horizon':
      return say('roadmap.past-horizon', { ends: { date: one.ends }, horizon: { date: one.horizon } })
    case 'before-need':
      return say('roadmap.before-need', {
        starts: { date: one.starts },
        ends: { date: one.ends },
        number: numberOf(one.need, rows) ?? 0,
      })
  }
}

/** Those of its needs that are on the roadmap, by number; `inside` another sentence, or by itself. */
export function needsText({ step }: Row, rows: Row[], inside = false): Text | null {
  const numbers = step.needs.flatMap((id) => numberOf(id, rows) ?? []).sort((a, b) => a - b)
  return numbers.length
    ? say(inside ? 'roadmap.with-needs' : 'roadmap.needs', {
        count: numbers.length,
        list: { listing: numbers.map((number) => said(String(number))) },
      })
    : null
}

/** From which month to which; null where neither is set. */
export function horizonText(scene: Here): Text | null {
  const { start, end } = horizonOf(scene)
  if (start && end) return say('roadmap.horizon', { start: { month: start }, end: { month: end } })
  if (start) return say('roadmap.horizon-from', { start: { month: start } })
  return end ? say('roadmap.horizon-until', { end: { month: end } }) : null
}

/** Null while no step has dates. */
export function pictureOf(scene: Here): TimelinePicture | null {
  const horizon = horizonOf(scene)
  const bars = rowsOf(scene).flatMap(({ step, number, when }) =>
    when.span ? [{ number, title: step.title, ...when.span, warned: when.warnings.length > 0 }] : [],
  )
  if (bars.length === 0) return null
  const known = (days: string[]) => days.filter((one) => one !== '').sort()
  const [from = ''] = known([horizon.start, ...bars.map(({ start }) => start)])
  const until = known([horizon.end, ...bars.map(({ end }) => end)]).at(-1) ?? ''
  return { shape: 'timeline', from, until, horizon: horizon.end || null, bars }
}

const numberOf = (id: string, rows: Row[]): number | undefined =>
  rows.find(({ step }) => step.id === id)?.number

function toldRow(row: Row, rows: Row[], detailed: boolean): Text {
  const { step, number, when } = row
  const needs = needsText(row, rows, true)
  const parts: Text[] = [
    toldWhen(row),
    ...(detailed && step.deliverable
      ? [say('roadmap.with-deliverable', { text: said(step.deliverable) })]
      : []),
    ...(detailed && step.lead ? [say('roadmap.with-lead', { text: said(step.lead) })] : []),
    ...(needs ? [needs] : []),
    ...when.warnings.map((one) => say('roadmap.with-warning', { warning: warningText(one, rows) })),
  ]
  return say('roadmap.told', { number, title: said(step.title), details: { listing: parts } })
}

function toldWhen(row: Row): Text {
  const { span, toEstimate } = row.when
  if (!span) return whenText(row)
  const [start, end] = edges(span)
  if (start === end) return whenText(row)
  return say('roadmap.span-told', { start, end, length: lengthText(span, toEstimate) })
}

/** Months where whole ones are meant, else days; twice the same where it starts and ends there. */
function edges(span: Span): [Text, Text] {
  const shown = (day: string): Text => (isWholeMonths(span) ? { month: day } : { date: day })
  const start = shown(span.start)
  const same = isWholeMonths(span) ? span.start.slice(0, 7) === span.end.slice(0, 7) : span.start === span.end
  return [start, same ? start : shown(span.end)]
}

function lengthText(span: Span, toEstimate: boolean): Text {
  const length = lengthOf(span)
  const told = 'months' in length ? say('roadmap.months', { count: length.months }) : daysText(length.days)
  return toEstimate ? say('roadmap.to-estimate', { length: told }) : told
}

/** Beyond two months, days say nothing any more. */
const daysText = (days: number): Text =>
  days <= 60
    ? say('roadmap.days', { count: days })
    : say('roadmap.about-months', { count: Math.round(days / 30.44) })
