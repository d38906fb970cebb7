import { stringify } from 'csv-stringify/sync'
import type { SubActionsPart, SubjectsPart } from '../core/summary/part.ts'
import { type PlacedPart, partsLike, partsOf } from '../core/summary/parts.ts'
import { type Lang, said, say, type Text } from '../core/text.ts'
import { type Speech, speak } from '../locales/index.ts'
import { fileName } from './file-name.ts'
import type { Issue, Rendered } from './issue.ts'

type Kind = 'subjects' | 'sub-actions' | 'roadmap'
/** Several texts in one cell stand in an array: each may hold a comma. */
type Cell = Text | Text[] | number | boolean
export type Row = Cell[]

/**
 * A table that a spreadsheet opens by a double click: UTF-8 with its mark, the separator and the decimals of the
 * language, a row per line of every part of this kind. Headers alone where there is none.
 */
export function csvDocument(kind: Kind, issue: Issue): Rendered {
  const parts = partsOf(issue.session, issue.now)
  return {
    type: csvType,
    body: csvOf(rowsOf(kind, parts), issue),
    fileName: fileName(speak(say(names[kind]), issue), issue, 'csv'),
  }
}

export const csvType = 'text/csv; charset=utf-8'

export const csvOf = (rows: Row[], to: Speech): string =>
  stringify(
    rows.map((row) => row.map((cell) => written(cell, to))),
    {
      bom: true,
      delimiter: to.lang === 'fr' ? ';' : ',',
      record_delimiter: '\r\n',
      quoted_string: true,
    },
  )

const names: Record<Kind, string> = {
  subjects: 'files.name-subjects',
  'sub-actions': 'files.name-sub-actions',
  roadmap: 'files.name-roadmap',
}

function rowsOf(kind: Kind, parts: PlacedPart[]): Row[] {
  switch (kind) {
    case 'subjects':
      return subjectRows(partsLike(parts, 'subjects'))
    case 'sub-actions':
      return subActionRows(partsLike(parts, 'sub-actions'))
    case 'roadmap':
      return roadmapRows(partsLike(parts, 'roadmap'))
  }
}

type Placed<K extends PlacedPart['part']> = Extract<PlacedPart, { part: K }>
type Board = NonNullable<SubjectsPart['board']>

/** Two columns per pair of axes, named by the script: two matrices may not measure the same thing. */
function subjectRows(parts: Placed<'subjects'>[]): Row[] {
  const boards = distinct(parts.flatMap(({ board }) => board ?? []))
  const head = [
    ...columns('segment', 'number', 'title', 'sentence', 'authors'),
    ...boards.flatMap(({ x, y }) => [x, y]),
    ...columns('votes', 'priority', 'well-placed', 'divided', 'by-hand'),
  ]
  const rows = parts.flatMap(({ title, cards, board }) =>
    cards.map(
      (one): Row => [
        title,
        one.number,
        said(one.title),
        said(one.sentence),
        one.authors,
        ...boards.flatMap((each) => (board && isSame(each, board) ? placeOf(one) : [said(''), said('')])),
        one.votes,
        one.priority,
        one.wellPlaced,
        one.divided,
        one.byHand,
      ],
    ),
  )
  return [head, ...rows]
}

/** To a tenth, as everywhere. */
export const placeOf = ({ at }: Pick<SubjectsPart['cards'][number], 'at'>): Cell[] =>
  at ? [at.x, at.y].map((value) => Math.round(value * 10) / 10) : [said(''), said('')]

const distinct = (boards: Board[]): Board[] =>
  boards.filter((one, index) => boards.findIndex((other) => isSame(one, other)) === index)

const isSame = (one: Board, other: Board): boolean => one.x.fr === other.x.fr && one.y.fr === other.y.fr

function subActionRows(parts: Placed<'sub-actions'>[]): Row[] {
  const row = (title: Text, one: SubActionsPart['list'][number]): Row => [
    title,
    one.number,
    said(one.title),
    said(one.sentence),
    one.headings,
    one.authors,
  ]
  return [
    columns('segment', 'number', 'title', 'sentence', 'headings', 'authors'),
    ...parts.flatMap(({ title, list }) => list.map((one) => row(title, one))),
  ]
}

function roadmapRows(parts: Placed<'roadmap'>[]): Row[] {
  const rows = parts.flatMap(({ title, steps }) =>
    steps.map(
      (one): Row => [
        title,
        one.number,
        said(one.title),
        said(one.deliverable),
        said(one.lead),
        said(one.start),
        said(one.end),
        one.toEstimate,
        one.needs.map((number) => said(String(number))),
        one.takes.map(said),
      ],
    ),
  )
  return [
    columns(
      'segment',
      'number',
      'step',
      'deliverable',
      'lead',
      'start',
      'end',
      'to-estimate',
      'needs',
      'takes',
    ),
    ...rows,
  ]
}

const headings = {
  segment: 'csv.segment',
  number: 'csv.number',
  title: 'csv.title',
  sentence: 'csv.sentence',
  authors: 'csv.authors',
  votes: 'csv.votes',
  priority: 'csv.priority',
  divided: 'csv.divided',
  'by-hand': 'csv.by-hand',
  'well-placed': 'csv.well-placed',
  headings: 'csv.headings',
  step: 'csv.step',
  deliverable: 'csv.deliverable',
  lead: 'csv.lead',
  start: 'csv.start',
  end: 'csv.end',
  'to-estimate': 'csv.to-estimate',
  needs: 'csv.needs',
  takes: 'csv.takes',
} as const

const columns = (...some: (keyof typeof headings)[]): Row => some.map((one) => say(headings[one]))

function written(cell: Cell, to: Speech): string | number {
  if (typeof cell === 'number') return decimal(cell, to.lang)
  if (typeof cell === 'boolean') return speak(say(cell ? 'csv.yes' : 'csv.no'), to)
  return harmless(
    [cell]
      .flat()
      .map((one) => speak(one, to))
      .join('; '),
  )
}

const decimal = (value: number, lang: Lang): string | number =>
  lang === 'fr' && !Number.isInteger(value) ? String(value).replace('.', ',') : value

/** What a spreadsheet takes for the beginning of a formula, full-width signs too. */
const formula = /^[\p{Z}\p{C}]*[=+\-@＝＋－＠]/u

/**
 * What people wrote, as text that a spreadsheet only shows. A cell that might run begins with an apostrophe, as OWASP
 * advises, even where spaces or control characters come first; a reader of the file may take the apostrophe away.
 */
function harmless(text: string): string {
  const clean = text
    .replace(/\r\n?|[\u0085\u2028\u2029]/gu, '\n')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .trim()
  return formula.test(clean) ? `'${clean}` : clean
}
