import {
  HeightRule,
  LineRuleType,
  Paragraph,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'
import type { CanvasLine, CanvasPart } from '../../core/summary/part.ts'
import { type Bilingual, say } from '../../core/text.ts'
import { speak } from '../../locales/index.ts'
import { editionText, type Issue } from '../issue.ts'
import { gap, type Piece } from './blocks.ts'
import { fittedSize, type Row, rowHeights } from './fit.ts'
import { pages, tint } from './paper.ts'
import { laidOut, rule, shaded } from './table.ts'
import { runs, safe, spoken } from './write.ts'

/** Columns of the grid: rows of one, two, three or four boxes share it evenly. */
const columns = 12
const { width, height } = pages.landscape
/** What the lines above and below the grid take, in twentieths of a point. */
const outside = 1800

/**
 * The commitment canvas on one landscape page, as the kit lays it out: the title across, the headings in boxes, the
 * principles side by side at the foot. The more was written, the smaller it is set, so that it stays one page.
 */
export function canvasPage(part: CanvasPart, title: Bilingual, issue: Issue): Piece[] {
  const grid = rowsOf(part.headings)
  const fit = fittedSize(grid, { width, height: height - outside })
  const heights = rowHeights(grid, fit, { width, height: height - outside })
  const rows = grid.map(
    (boxes, index) =>
      new TableRow({
        cantSplit: true,
        height: { value: heights[index] ?? 0, rule: HeightRule.ATLEAST },
        children: boxes.map((one) => box(one, boxes.length, fit, issue)),
      }),
  )
  const edges = {
    top: rule,
    bottom: rule,
    left: rule,
    right: rule,
    insideHorizontal: rule,
    insideVertical: rule,
  }
  const widths = Array.from({ length: columns }, () => Math.floor(width / columns))
  return [
    new Paragraph({
      spacing: { after: 40, line: 240, lineRule: LineRuleType.AUTO },
      children: [
        new TextRun({
          text: safe(speak(say('document.deliverable-canvas'), issue)),
          bold: true,
          size: 24,
          color: tint.accent,
        }),
        new TextRun({ text: `  ·  ${safe(speak(title, issue))}`, size: 16, color: tint.soft }),
      ],
    }),
    spoken(editionText(issue), issue, { style: 'Soft', spacing: { after: 20 } }, { size: 15 }),
    ...(part.subject
      ? [spoken(say('word.canvas-subject', { subject: { said: part.subject } }), issue, { style: 'Soft' })]
      : []),
    laidOut(rows, widths, edges),
    gap(0),
  ]
}

/** The first heading alone, the others two or three a row, the principles in a row of their own. */
export function rowsOf(headings: CanvasLine[]): Row[] {
  const [first, ...rest] = headings.filter(({ group }) => group === 'main')
  const principles = headings.filter(({ group }) => group === 'principle')
  return [...(first ? [[first]] : []), ...shared(rest), ...shared(principles)]
}

/** Rows of three at most, as even as can be, the fuller ones first. */
function shared(list: CanvasLine[]): Row[] {
  const count = Math.ceil(list.length / 3)
  const rows: Row[] = []
  for (let from = 0, left = count; from < list.length; left -= 1) {
    const size = Math.ceil((list.length - from) / left)
    rows.push(list.slice(from, from + size))
    from += size
  }
  return rows
}

function box(one: CanvasLine, inRow: number, { size, joined }: ReturnType<typeof fittedSize>, issue: Issue) {
  const text = joined ? one.text.replace(/\s*\n+\s*/gu, ' / ') : one.text
  const tight = { spacing: { before: 0, after: 20, line: 240, lineRule: LineRuleType.AUTO } }
  return new TableCell({
    columnSpan: columns / inRow,
    width: { size: Math.floor(width / inRow), type: WidthType.DXA },
    verticalAlign: VerticalAlign.TOP,
    margins: { top: 60, bottom: 60, left: 110, right: 110 },
    ...(one.group === 'principle' ? { shading: shaded(tint.pale) } : {}),
    children: [
      new Paragraph({
        ...tight,
        children: runs(speak(one.label, issue), { bold: true, size: size + 2, color: tint.accent }),
      }),
      ...(text === ''
        ? [
            spoken(say('word.to-complete'), issue, tight, { size, bold: true }),
            spoken(one.help, issue, tight, { size: Math.min(size, 17), italics: true, color: tint.soft }),
          ]
        : [new Paragraph({ ...tight, children: runs(text, { size }) })]),
    ],
  })
}
