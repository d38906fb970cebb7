import { HeadingLevel } from 'docx'
import { type GroupSubject, type Merged, type MergedSubject, merged } from '../core/programme/merged.ts'
import { nameOf } from '../core/programme/parts.ts'
import type { Programme } from '../core/programme/types.ts'
import type { Session } from '../core/session/types.ts'
import type { SubjectsPart } from '../core/summary/part.ts'
import { type SheetId, said, say, type Text } from '../core/text.ts'
import { type Speech, speak } from '../locales/index.ts'
import { csvOf, csvType, placeOf, type Row } from './csv.ts'
import { dayIn, paperName } from './file-name.ts'
import type { Rendered } from './issue.ts'
import { pngOf } from './picture.ts'
import { paperFile } from './word/paper.ts'
import { wordType } from './word/report.ts'
import { subjectSheet } from './word/subject-sheet.ts'
import { spoken } from './word/write.ts'

/** What brings the subjects of several groups together is made from: the programme and the sessions of its groups. */
export interface MergedLook extends Speech {
  programme: Programme
  /** Id of the chat that keeps it. */
  home: string
  sessions: Session[]
  /** Milliseconds since the Unix epoch. */
  now: number
}

/** Null where there is nothing to draw yet. */
export async function renderMerged(id: SheetId, look: MergedLook): Promise<Rendered | null> {
  const sheet = merged(look.home, look.programme, look.sessions, look.now)
  switch (id) {
    case 'merged-sheet':
      return { type: wordType, body: await wordSheet(sheet, look), fileName: named(id, sheet, look, 'docx') }
    case 'merged-table':
      return { type: csvType, body: csvOf(rowsOf(sheet), look), fileName: named(id, sheet, look, 'csv') }
    case 'merged-matrix':
      return (
        sheet.part.picture && {
          type: 'image/png',
          body: pngOf(sheet.part.picture, look.lang),
          fileName: named(id, sheet, look, 'png'),
        }
      )
  }
}

/** Of the day of the last group. */
function named(id: SheetId, { sessions }: Merged, look: MergedLook, extension: string): string {
  const last = Math.max(0, ...sessions.map(({ launchedAt }) => launchedAt)) || look.now
  return paperName([speak(say(`merged.file-${id}`), look)], dayIn(last, look.zone), extension)
}

/** The kit's subject sheet (kit §1), each subject with what every group made of it. */
function wordSheet(sheet: Merged, look: MergedLook): Promise<Buffer> {
  const title = say('merged.title')
  const subject = nameOf(look.programme)
  const day = { day: look.now }
  const opening = [
    spoken(title, look, { style: 'Kicker' }),
    spoken(subject, look, { heading: HeadingLevel.TITLE }),
    spoken(countOf(sheet, look.programme), look),
    spoken(say('merged.as-of', { day }), look, { style: 'Soft' }),
  ]
  const children = sheet.subjects.length
    ? [...opening, ...subjectSheet(sheet.part, look)]
    : [...opening, spoken(say('merged.none'), look)]
  return paperFile(
    { title, subject, description: say('word.made-on', { day }) },
    [{ orientation: 'portrait', children }],
    look,
  )
}

const countOf = ({ subjects, sessions }: Merged, { groups }: Programme): Text =>
  say('merged.count', {
    count: subjects.length,
    groups: new Set(sessions.map(({ prepared }) => prepared?.group)).size,
    of: groups,
  })

/** A row for each subject of each group, with the line of the sheet it stands on. */
function rowsOf({ subjects, part: { board } }: Merged): Row[] {
  const axes = board ? [board.x, board.y] : []
  const head: Row = [
    say('merged.csv-line'),
    say('merged.csv-subject'),
    ...axes.map((axis) => say('merged.csv-mean', { axis })),
    say('merged.csv-votes'),
    say('csv.priority'),
    say('merged.csv-group'),
    say('merged.csv-number'),
    say('csv.title'),
    say('csv.sentence'),
    say('csv.authors'),
    ...axes,
    say('csv.votes'),
    say('merged.csv-differs'),
  ]
  return [head, ...subjects.flatMap((one) => one.of.map((each) => rowOf(one, each, board)))]
}

const rowOf = (one: MergedSubject, { group, line }: GroupSubject, board: SubjectsPart['board']): Row => [
  one.number,
  said(one.title),
  ...(board ? placeOf(one) : []),
  one.votes,
  one.priority,
  group,
  line.number,
  said(line.title),
  said(line.sentence),
  line.authors,
  ...(board ? placeOf(line) : []),
  line.votes,
  one.differs.map(({ number }) => said(String(number))),
]
