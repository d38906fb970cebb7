import { HeadingLevel, type Paragraph, TableCell, TableRow, WidthType } from 'docx'
import type { SubjectLine, SubjectsPart } from '../../core/summary/part.ts'
import { said, say, type Text } from '../../core/text.ts'
import { type Speech, speak } from '../../locales/index.ts'
import { gap, type Piece, picturePiece } from './blocks.ts'
import { bulletList, pages, tint } from './paper.ts'
import { laidOut, none, rule, shaded, widthsOf } from './table.ts'
import { para, spoken } from './write.ts'

/** The subject sheet (kit §1): the matrix, what stands out of it, and every subject card. */
export function subjectSheet(part: SubjectsPart, to: Speech): Piece[] {
  const priority = part.cards.filter((one) => one.priority)
  return [
    ...matrixPieces(part, to),
    ...(priority.length
      ? [
          spoken(say('word.priority'), to, { heading: HeadingLevel.HEADING_1 }),
          ...priority.map((one) =>
            spoken(numbered(one), to, { numbering: { reference: bulletList, level: 0 } }, { bold: true }),
          ),
        ]
      : []),
    spoken(say('word.all-subjects', { count: part.cards.length }), to, {
      heading: HeadingLevel.HEADING_1,
      keepNext: true,
    }),
    cardTable(part, to),
    gap(),
  ]
}

function matrixPieces({ picture, pictureText, rule: agreement }: SubjectsPart, to: Speech): Piece[] {
  if (!picture || !pictureText) return []
  return [
    spoken(say('document.matrix'), to, { heading: HeadingLevel.HEADING_1 }),
    picturePiece(picture, speak(pictureText, to), to, pages.portrait.width, 8200),
    ...(agreement ? [spoken(agreement, to, { style: 'Soft' })] : []),
  ]
}

/** Two cards side by side, as they would lie on a table. */
function cardTable(part: SubjectsPart, to: Speech) {
  const widths = widthsOf({ width: pages.portrait.width, shares: [47, 6, 47] })
  const pairs = part.cards.flatMap((one, index) =>
    index % 2 === 0 ? [[one, part.cards[index + 1]] as const] : [],
  )
  const rows = pairs.flatMap(([left, right], index) => [
    ...(index > 0 ? [spacer(widths)] : []),
    new TableRow({
      cantSplit: true,
      children: [
        cardCell(left, part, to, widths[0] ?? 0),
        emptyCell(widths[1] ?? 0),
        right ? cardCell(right, part, to, widths[2] ?? 0) : emptyCell(widths[2] ?? 0),
      ],
    }),
  ])
  return laidOut(rows, widths, {
    top: none,
    bottom: none,
    left: none,
    right: none,
    insideHorizontal: none,
    insideVertical: none,
  })
}

const noEdges = { top: none, bottom: none, left: none, right: none }

const emptyCell = (size: number) =>
  new TableCell({ width: { size, type: WidthType.DXA }, borders: noEdges, children: [gap(0)] })

const spacer = (widths: number[]) => new TableRow({ children: widths.map((size) => emptyCell(size)) })

function cardCell(one: SubjectLine, part: SubjectsPart, to: Speech, size: number) {
  const thick = { ...rule, size: one.priority ? 24 : 12, color: one.priority ? tint.accent : tint.line }
  return new TableCell({
    width: { size, type: WidthType.DXA },
    margins: { top: 110, bottom: 110, left: 160, right: 140 },
    borders: { top: rule, bottom: rule, right: rule, left: thick },
    ...(one.priority ? { shading: shaded(tint.pale) } : {}),
    children: cardLines(one, part, to),
  })
}

function cardLines(one: SubjectLine, part: SubjectsPart, to: Speech): Paragraph[] {
  const small = { size: 16, color: tint.soft }
  const authors: Text = one.authors.length ? { listing: one.authors } : said('–')
  const marks = marksOf(one)
  const place = placeText(one, part)
  // What each group made of it says by whom, and where it stands.
  const told = one.groups
    ? [...one.groups, ...(place && !one.at ? [place] : [])]
    : [say('word.given-by', { names: authors }), ...(place ? [place] : [])]
  return [
    spoken(numbered(one), to, { heading: HeadingLevel.HEADING_3, keepNext: false }),
    ...(one.sentence ? [para(one.sentence, { style: 'Cell', spacing: { after: 60 } })] : []),
    ...told.map((line) => spoken(line, to, { style: 'Cell' }, small)),
    ...(marks.length ? [spoken({ listing: marks }, to, { style: 'Cell' }, { size: 16, bold: true })] : []),
  ]
}

const numbered = (one: SubjectLine): Text =>
  say('word.numbered', { number: one.number, title: said(one.title) })

function placeText(one: SubjectLine, { board }: SubjectsPart): Text | null {
  if (!board) return null
  if (!one.at) return say('word.not-placed')
  const tenth = (value: number) => Math.round(value * 10) / 10
  return say('word.placed', {
    axisY: board.y,
    y: tenth(one.at.y),
    axisX: board.x,
    x: tenth(one.at.x),
    votes: one.votes,
  })
}

const marksOf = (one: SubjectLine): Text[] => [
  ...(one.priority ? [say('word.mark-priority')] : []),
  ...(one.wellPlaced ? [say('matrix.mark-well-placed')] : []),
  ...(one.divided ? [say('matrix.mark-divided')] : []),
  ...(one.byHand ? [say('matrix.mark-by-hand')] : []),
]
