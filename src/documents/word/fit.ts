import type { CanvasLine } from '../../core/summary/part.ts'

export type Row = CanvasLine[]

/** Room for the grid, in twentieths of a point. */
interface Room {
  width: number
  height: number
}

/** The sizes tried, in half-points, from thirteen points down to five. */
const sizes = Array.from({ length: 17 }, (_, index) => 26 - index)

/** How wide Arial sets its signs, in parts of their size: wide ones, capitals, the others, those of other scripts. */
const widths: { signs: RegExp; width: number }[] = [
  { signs: /[MWmw@%—…]/u, width: 0.9 },
  { signs: /\p{Lu}/u, width: 0.7 },
  { signs: /[\p{Script=Latin}\p{N}\p{P}\p{Zs}]/u, width: 0.52 },
]
const widest = 1.05
/** What is lost at the ends of lines. */
const ragged = 1.07
/** From one line to the next, in parts of the size. */
const leading = 1.17
/** Above and below the words of a box, and on its sides, in points. */
const padding = { high: 10, wide: 14 }

/**
 * The largest size, in half-points, at which the whole stays in the room. What is too long even at the smallest has its
 * lines joined.
 */
export function fittedSize(rows: Row[], room: Room): { size: number; joined: boolean } {
  const fits = (size: number, joined: boolean) =>
    rows.reduce((sum, row) => sum + rowNeed(row, { size, joined }, room), 0) <= room.height / 20
  for (const joined of [false, true]) {
    const size = sizes.find((one) => fits(one, joined))
    if (size !== undefined && (joined || size >= 14)) return { size, joined }
  }
  return { size: sizes.at(-1) ?? 10, joined: true }
}

/** Heights that fill the page: each row has what it needs, and what is left is shared. */
export function rowHeights(rows: Row[], fit: { size: number; joined: boolean }, room: Room): number[] {
  const needs = rows.map((row) => rowNeed(row, fit, room) * 20)
  const left = Math.max(room.height - needs.reduce((sum, one) => sum + one, 0), 0)
  // The title keeps its size: the room goes to what people write below it.
  const weights = rows.map((row) => (row.length === 1 ? 0.25 : 1))
  const all = weights.reduce((sum, one) => sum + one, 0)
  return needs.map((need, index) => Math.floor(need + (left * (weights[index] ?? 0)) / all))
}

/** In points. */
function rowNeed(row: Row, { size, joined }: { size: number; joined: boolean }, room: Room): number {
  const points = size / 2
  const across = room.width / 20 / row.length - padding.wide
  const perLine = across / points
  const lines = Math.max(...row.map((one) => linesOf(one, perLine, joined)))
  return padding.high + (points + 1) * leading * 1.2 + lines * points * leading
}

/** `perLine` is how wide a line is, in parts of the size. */
function linesOf({ text, help }: CanvasLine, perLine: number, joined: boolean): number {
  if (text === '') return 1 + Math.max(linesFor(help.fr, perLine), linesFor(help.en, perLine))
  const kept = joined ? text.replace(/\s*\n+\s*/gu, ' / ') : text
  return kept.split('\n').reduce((sum, line) => sum + linesFor(line, perLine), 0)
}

const linesFor = (line: string, perLine: number): number =>
  Math.max(Math.ceil((wide(line) * ragged) / perLine), 1)

const wide = (line: string): number =>
  [...line].reduce((sum, sign) => sum + (widths.find(({ signs }) => signs.test(sign))?.width ?? widest), 0)
