import { HeadingLevel, TableCell, TableRow, WidthType } from 'docx'
import { type Commitment, type CommitmentField, commitmentOf } from '../../core/summary/commitment.ts'
import { say, type Text } from '../../core/text.ts'
import { speak } from '../../locales/index.ts'
import { fileName } from '../file-name.ts'
import type { Issue, Rendered } from '../issue.ts'
import { gap, type Piece } from './blocks.ts'
import { pages, tint, wordFile } from './paper.ts'
import { listed, stepTable } from './plan.ts'
import { opening, wordType } from './report.ts'
import { around, laidOut, ruled, widthsOf } from './table.ts'
import { spoken } from './write.ts'

/** The canvas and the roadmap as the sheet of a commitment in an open-government action plan (kit §6). */
export async function commitmentDocument(issue: Issue): Promise<Rendered> {
  const title = say('document.commitment')
  const commitment = commitmentOf(issue.session, issue.now)
  const children = [
    ...opening(title, issue, named(commitment)),
    spoken(say('commitment.help'), issue, { style: 'Soft' }),
    ...(commitment ? pieces(commitment, issue) : [spoken(say('word.nothing-yet'), issue)]),
  ]
  return {
    type: wordType,
    body: await wordFile(title, [{ orientation: 'portrait', children }], issue),
    fileName: fileName(speak(say('word.file-commitment'), issue), issue, 'docx'),
  }
}

const groups = [
  { title: 'identity', keys: ['title', 'institution', 'actors', 'start', 'end'] },
  { title: 'substance', keys: ['problem', 'content', 'contribution'] },
  { title: 'values', keys: ['transparency', 'participation', 'collaboration', 'accountability'] },
]

/** The commitment's own name, where it has one. */
const named = (commitment: Commitment | null): Text | undefined =>
  commitment?.fields.find(({ key }) => key === 'title')?.said[0]?.text

function pieces({ fields, milestones, warnings, others }: Commitment, issue: Issue): Piece[] {
  return [
    ...groups.flatMap(({ title, keys }) => [
      spoken(say(`commitment.${title}-heading`), issue, { heading: HeadingLevel.HEADING_1 }),
      fieldTable(
        fields.filter(({ key }) => keys.includes(key)),
        issue,
      ),
      gap(),
    ]),
    spoken(say('commitment.milestones-heading'), issue, { heading: HeadingLevel.HEADING_1 }),
    milestones.length
      ? stepTable(milestones, issue, pages.portrait.width)
      : spoken(say('word.to-complete'), issue, {}, { bold: true }),
    ...listed('word.to-check', warnings, issue),
    ...(others.length
      ? [
          spoken(say('commitment.others-heading'), issue, { heading: HeadingLevel.HEADING_1 }),
          ...others.flatMap(({ source, text }) => [
            spoken(source, issue, { heading: HeadingLevel.HEADING_3 }),
            spoken(text, issue),
          ]),
        ]
      : []),
    gap(),
  ]
}

function fieldTable(fields: CommitmentField[], issue: Issue): Piece {
  const widths = widthsOf({ width: pages.portrait.width, shares: [3, 7] })
  const rows = fields.map(
    (field) =>
      new TableRow({
        cantSplit: true,
        children: [
          new TableCell({
            width: { size: widths[0] ?? 0, type: WidthType.DXA },
            margins: around,
            children: [spoken(say(`commitment.${field.key}`), issue, { style: 'Cell' }, { bold: true })],
          }),
          new TableCell({
            width: { size: widths[1] ?? 0, type: WidthType.DXA },
            margins: around,
            children: answerIn(field, issue),
          }),
        ],
      }),
  )
  return laidOut(rows, widths, ruled)
}

/** What was said, and where; a field nobody answered is left to be completed, in so many words. */
function answerIn({ said }: CommitmentField, issue: Issue) {
  if (said.length === 0)
    return [
      spoken(
        say('word.to-complete'),
        issue,
        { style: 'Cell' },
        { bold: true, italics: true, color: tint.soft },
      ),
    ]
  return said.flatMap(({ source, text }) => [
    spoken(text, issue, { style: 'Cell' }),
    spoken(
      say('commitment.source', { source }),
      issue,
      { style: 'Cell', spacing: { after: 60 } },
      { size: 15, color: tint.soft },
    ),
  ])
}
