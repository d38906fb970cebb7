import { HeadingLevel } from 'docx'
import type { RoadmapPart, StepLine, SubActionsPart } from '../../core/summary/part.ts'
import { said, say, type Text } from '../../core/text.ts'
import { speak } from '../../locales/index.ts'
import type { Issue } from '../issue.ts'
import { gap, type Piece, picturePiece } from './blocks.ts'
import { bulletList, pages } from './paper.ts'
import { listTable } from './table.ts'
import { para, spoken } from './write.ts'

/** The list of sub-actions, with what each serves and who gave it. */
export function subActionPieces({ list }: SubActionsPart, issue: Issue): Piece[] {
  const tell = (text: Text) => speak(text, issue)
  const head = ['number', 'sub-action', 'headings', 'authors'].map((key) => tell(say(`word.${key}`)))
  const rows = list.map((one) => [
    String(one.number),
    [one.title, one.sentence].filter((part) => part !== '').join('\n'),
    one.headings.length ? tell({ listing: one.headings }) : '',
    one.authors.length ? tell({ listing: one.authors }) : '',
  ])
  return [
    spoken(say('word.sub-actions'), issue, { heading: HeadingLevel.HEADING_1 }),
    listTable(head, rows, { width: pages.portrait.width, shares: [6, 46, 26, 22] }),
    gap(),
  ]
}

/** The roadmap: its timeline, its steps in order, and what does not hold yet. */
export function roadmapPieces(part: RoadmapPart, issue: Issue): Piece[] {
  const { picture, pictureText, warnings, left, horizon } = part
  return [
    spoken(say('outcome.roadmap'), issue, { heading: HeadingLevel.HEADING_1 }),
    ...(horizon.start && horizon.end
      ? [
          spoken(say('word.horizon', { start: { date: horizon.start }, end: { date: horizon.end } }), issue, {
            style: 'Soft',
          }),
        ]
      : []),
    ...(picture && pictureText
      ? [picturePiece(picture, speak(pictureText, issue), issue, 11_000, 5000)]
      : []),
    stepTable(part.steps, issue),
    gap(),
    ...listed('word.to-check', warnings, issue),
    ...listed('word.left', left.map(said), issue),
  ]
}

/** Sentences under a heading; nothing where there is none. */
export const listed = (title: string, items: Text[], issue: Issue): Piece[] =>
  items.length
    ? [
        para(speak({ say: title }, issue), { heading: HeadingLevel.HEADING_2 }),
        ...items.map((one) => spoken(one, issue, { numbering: { reference: bulletList, level: 0 } })),
      ]
    : []

/** The steps as a table: also the milestones of a commitment's sheet. */
export function stepTable(steps: StepLine[], issue: Issue, width = pages.landscape.width): Piece {
  const head = ['number', 'step', 'start', 'end', 'deliverable', 'lead', 'needs'].map((key) =>
    speak(say(`word.${key}`), issue),
  )
  const missing = speak(say('word.to-complete'), issue)
  const rows = steps.map((one) => [
    String(one.number),
    [one.title, ...one.takes.filter((title) => title !== one.title).map((title) => `• ${title}`)].join('\n'),
    dateIn(one.start, one, issue),
    dateIn(one.end, one, issue),
    one.deliverable || missing,
    one.lead || missing,
    one.needs.length ? one.needs.join(', ') : '',
  ])
  return listTable(head, rows, { width, shares: [5, 25, 16, 16, 20, 14, 8] })
}

function dateIn(day: string, { toEstimate }: StepLine, issue: Issue): string {
  if (day === '') return speak(say('word.to-complete'), issue)
  const date = { date: day }
  return speak(toEstimate ? say('word.estimated', { date }) : date, issue)
}
