import {
  BorderStyle,
  type ITableCellOptions,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlign,
  WidthType,
} from 'docx'
import { tint } from './paper.ts'
import { addressed, para } from './write.ts'

/** How wide each column is next to the others; the whole fills `width`, in twentieths of a point. */
interface Grid {
  width: number
  shares: number[]
}

export const rule = { style: BorderStyle.SINGLE, size: 4, color: tint.line }
export const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
export const around = { top: 70, bottom: 70, left: 100, right: 100 }
export const shaded = (fill: string) => ({ type: ShadingType.CLEAR, color: 'auto', fill })

/** Lines between rows, above the first and below the last. */
export const ruled = {
  top: rule,
  bottom: rule,
  left: none,
  right: none,
  insideHorizontal: rule,
  insideVertical: none,
}

const borders = {
  top: none,
  bottom: rule,
  left: none,
  right: none,
  insideHorizontal: rule,
  insideVertical: none,
}

/** A table whose first row is its header, said again on each page; no row is cut in two. An empty cell says so. */
export function listTable(head: string[], rows: string[][], { width, shares }: Grid): Table {
  const widths = widthsOf({ width, shares })
  const cell = (words: string, index: number, more: Partial<ITableCellOptions>, bold: boolean) =>
    new TableCell({
      ...more,
      width: { size: widths[index] ?? 0, type: WidthType.DXA },
      margins: around,
      verticalAlign: bold ? VerticalAlign.BOTTOM : VerticalAlign.TOP,
      children: [para(words === '' ? '–' : words, { style: 'Cell', keepNext: bold }, bold ? { bold } : {})],
    })
  const header = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: head.map((words, index) => cell(words, index, { shading: shaded(tint.pale) }, true)),
  })
  const body = rows.map(
    (row) =>
      new TableRow({
        cantSplit: true,
        children: head.map((_, index) => cell(row[index] ?? '', index, {}, false)),
      }),
  )
  return laidOut([header, ...body], widths, borders)
}

/** Labels on the left, what they name on the right; `together`, on one page, each line that is an address opening it. */
export function factTable(
  facts: { label: string; value: string }[],
  width: number,
  how: 'apart' | 'together' = 'apart',
): Table {
  const widths = widthsOf({ width, shares: [3, 7] })
  const rows = facts.map(
    ({ label, value }, row) =>
      new TableRow({
        cantSplit: true,
        children: [label, value].map(
          (words, index) =>
            new TableCell({
              width: { size: widths[index] ?? 0, type: WidthType.DXA },
              margins: around,
              children: [
                how === 'together' && index === 1
                  ? addressed(words, { style: 'Cell', keepNext: row + 1 < facts.length })
                  : para(
                      words === '' ? '–' : words,
                      { style: 'Cell', keepNext: how === 'together' && row + 1 < facts.length },
                      index === 0 ? { bold: true } : {},
                    ),
              ],
            }),
        ),
      }),
  )
  return laidOut(rows, widths, borders)
}

/** Columns keep their widths whatever words stand in them: nothing runs off the page. */
export const laidOut = (
  rows: TableRow[],
  widths: number[],
  edges: NonNullable<ConstructorParameters<typeof Table>[0]['borders']>,
): Table =>
  new Table({
    rows,
    columnWidths: widths,
    width: { size: widths.reduce((sum, one) => sum + one, 0), type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    borders: edges,
  })

export function widthsOf({ width, shares }: Grid): number[] {
  const all = shares.reduce((sum, one) => sum + one, 0)
  return shares.map((share) => Math.floor((width * share) / all))
}

/** Shares of the width that suit what the columns hold: long texts get more, short ones what their words need. */
export function sharesFor(head: string[], rows: string[][]): number[] {
  return head.map((title, index) => {
    const cells = [title, ...rows.map((row) => row[index] ?? '')]
    const longestWord = Math.max(...cells.flatMap((words) => words.split(/\s+/u)).map((word) => word.length))
    const typical = cells.reduce((sum, words) => sum + words.length, 0) / cells.length
    return Math.max(Math.min(longestWord, 16) + 4, Math.min(typical, 60))
  })
}
