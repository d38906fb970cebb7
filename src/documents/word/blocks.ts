import { HeadingLevel, ImageRun, LineRuleType, Paragraph, type Table } from 'docx'
import type { Picture } from '../../core/phases/contract.ts'
import type { Block } from '../../core/summary/chapter.ts'
import type { Text } from '../../core/text.ts'
import { type Speech, speak } from '../../locales/index.ts'
import { pngOf } from '../picture.ts'
import { bulletList } from './paper.ts'
import { factTable, listTable, sharesFor } from './table.ts'
import { safe, spoken } from './write.ts'

export type Piece = Paragraph | Table

/** A block of a chapter, as wide as `width` (twentieths of a point); a sentence that leads to more stays with it. */
export function blockPieces(block: Block, to: Speech, width: number, leads: boolean): Piece[] {
  switch (block.block) {
    case 'text':
      return [spoken(block.text, to, leads ? { keepNext: true } : {})]
    case 'facts':
      return [
        factTable(
          block.facts.map(({ label, value }) => ({ label: speak(label, to), value: speak(value, to) })),
          width,
        ),
        gap(),
      ]
    case 'list':
      return [
        ...titled(block.title, to),
        ...block.items.map((item) => spoken(item, to, { numbering: { reference: bulletList, level: 0 } })),
      ]
    case 'table':
      return [...titled(block.title, to), ...tablePieces(block, to, width)]
    case 'picture':
      return [picturePiece(block.picture, speak(block.alt, to), to, width, 6400)]
  }
}

const titled = (title: Text | undefined, to: Speech): Paragraph[] =>
  title ? [spoken(title, to, { heading: HeadingLevel.HEADING_2 })] : []

function tablePieces(block: Extract<Block, { block: 'table' }>, to: Speech, width: number): Piece[] {
  if (block.rows.length === 0) return []
  const head = block.head.map((one) => speak(one, to))
  const rows = block.rows.map((row) => row.map((one) => speak(one, to)))
  return [listTable(head, rows, { width, shares: sharesFor(head, rows) }), gap()]
}

/** Two tables that touch would be one. */
export const gap = (after = 60): Paragraph =>
  new Paragraph({ spacing: { before: 0, after, line: 120, lineRule: LineRuleType.AUTO } })

/** Bytes 16 to 23 of a PNG hold its width and its height. */
const sizeOf = (png: Buffer) => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) })

/** Fifteen twentieths of a point make a pixel, at the 96 to an inch Word counts in. */
const pixel = 15

/** A picture with a text that says the same; as wide as it may be, and no higher than `tallest`. */
export function picturePiece(
  picture: Picture,
  alt: string,
  to: Speech,
  width: number,
  tallest = 9000,
): Paragraph {
  const data = pngOf(picture, to.lang)
  const size = sizeOf(data)
  const scale = Math.min(width / size.width, tallest / size.height) / pixel
  const name = safe(speak({ say: `document.${documentOf[picture.shape]}` }, to))
  return new Paragraph({
    spacing: { before: 80, after: 120 },
    children: [
      new ImageRun({
        type: 'png',
        data,
        transformation: { width: Math.round(size.width * scale), height: Math.round(size.height * scale) },
        altText: { name, title: name, description: safe(alt) },
      }),
    ],
  })
}

const documentOf = { matrix: 'matrix', timeline: 'timeline', participation: 'participation' } as const
