import { HeadingLevel, Paragraph, TableCell, TableRow, VerticalAlign, WidthType } from 'docx'
import type { RunningOrder, RunningRow } from '../../core/programme/running-order.ts'
import type { TeamRole } from '../../core/programme/types.ts'
import { say, type Text } from '../../core/text.ts'
import { type Speech, speak } from '../../locales/index.ts'
import type { Piece } from './blocks.ts'
import { bulletList, pages, tint } from './paper.ts'
import { around, laidOut, ruled, shaded, widthsOf } from './table.ts'
import { runs, spoken } from './write.ts'

/** One workshop, minute by minute: the clock on the left, what happens and what the role does then on the right. */
export function runningPieces(order: RunningOrder, role: TeamRole, to: Speech): Piece[] {
  return [
    spoken(order.title, to, { heading: HeadingLevel.HEADING_1 }),
    ...order.when.map((one) => spoken(one, to, { ...led, spacing: { after: 40 } }, { bold: true })),
    ...(order.goal ? [spoken(say('brief.goal', { goal: order.goal }), to, led)] : []),
    spoken(say('brief.deliverable', { deliverable: order.deliverable }), to, led),
    spoken(say(role === 'note-taker' ? 'brief.running-note' : 'brief.running'), to, {
      heading: HeadingLevel.HEADING_2,
    }),
    ...(order.none ? [spoken(order.none, to)] : [table(order, to)]),
  ]
}

/** What leads to the table stays with it. */
const led = { keepNext: true }

/** In twentieths of a point: a clock, and the minutes under it, hold in one line. */
const clockWidth = 1250

function table({ rows, groups }: RunningOrder, to: Speech): Piece {
  const clocks = Math.max(groups.length, 1)
  const widths = widthsOf({
    width: pages.portrait.width,
    shares: [...Array.from({ length: clocks }, () => clockWidth), pages.portrait.width - clocks * clockWidth],
  })
  const heads = [...(groups.length ? groups : [say('brief.hour')]), say('brief.step')]
  const header = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: heads.map((one, index) =>
      cell(widths[index] ?? 0, [spoken(one, to, { style: 'Cell', keepNext: true }, { bold: true })], true),
    ),
  })
  return laidOut([header, ...rows.map((row) => rowOf(row, widths, to))], widths, ruled)
}

const rowOf = (row: RunningRow, widths: number[], to: Speech): TableRow =>
  new TableRow({
    cantSplit: true,
    children: [
      ...row.clocks.map((clock, index) =>
        cell(widths[index] ?? 0, clockLines(clock, row.minutes, index, to)),
      ),
      cell(widths.at(-1) ?? 0, stepLines(row, to)),
    ],
  })

/** The minutes are told once, under the first clock. */
const clockLines = (clock: Text, minutes: number, index: number, to: Speech): Paragraph[] => [
  spoken(clock, to, { style: 'Cell' }, { bold: true, size: 20, color: tint.accent }),
  ...(index === 0
    ? [spoken(say('brief.minutes', { minutes }), to, { style: 'Cell' }, { size: 16, color: tint.soft })]
    : []),
]

const stepLines = ({ title, objective, lines, attention, end }: RunningRow, to: Speech): Paragraph[] => [
  spoken(title, to, { heading: HeadingLevel.HEADING_3, spacing: { before: 0, after: 20 } }),
  spoken(objective, to, { style: 'Cell', spacing: { after: 60 } }, { color: tint.soft }),
  ...lines.map((one) => spoken(one, to, { ...bullet, spacing: { after: 30 } })),
  ...attention.map(
    (one) =>
      new Paragraph({
        style: 'Cell',
        spacing: { before: 40, after: 20 },
        children: [
          ...runs(`${speak(say('brief.attention'), to)} `, { bold: true, color: tint.accent }),
          ...runs(speak(one, to)),
        ],
      }),
  ),
  ...(end ? [spoken(end, to, { style: 'Cell', spacing: { before: 100 } }, { bold: true })] : []),
]

const bullet = { style: 'Cell', numbering: { reference: bulletList, level: 0 } }

const cell = (size: number, children: Paragraph[], isHead = false): TableCell =>
  new TableCell({
    width: { size, type: WidthType.DXA },
    margins: { ...around, top: 90, bottom: 90 },
    verticalAlign: VerticalAlign.TOP,
    ...(isHead ? { shading: shaded(tint.pale) } : {}),
    children,
  })
