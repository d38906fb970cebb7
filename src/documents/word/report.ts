import { HeadingLevel, Paragraph, TableOfContents, TextRun } from 'docx'
import { heldOn, lasted } from '../../core/session/sittings.ts'
import { chaptersOf } from '../../core/summary/index.ts'
import { said, say, type Text } from '../../core/text.ts'
import { speak } from '../../locales/index.ts'
import { fileName } from '../file-name.ts'
import { editionText, type Issue, type Rendered } from '../issue.ts'
import { blockPieces, type Piece } from './blocks.ts'
import { pages, wordFile } from './paper.ts'
import { safe, spoken } from './write.ts'

export const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** The meeting report (kit §5): every chapter of the summary, with a table of contents. */
export async function reportDocument(issue: Issue): Promise<Rendered> {
  const title = say('word.report-title')
  const chapters = chaptersOf(issue.session, issue.copy, issue.now)
  const children = [
    ...opening(title, issue),
    spoken(say('word.contents'), issue, { style: 'Kicker', spacing: { before: 240, after: 60 } }),
    new TableOfContents(safe(speak(say('word.contents'), issue)), {
      headingStyleRange: '1-1',
      hyperlink: true,
      beginDirty: false,
      // Links without page numbers: nothing here lays pages out as Word will, and a wrong number is worse than none.
      pageNumbersEntryLevelsRange: '1-1',
    }),
    ...chapters.flatMap((chapter): Piece[] => [
      spoken(chapter.title, issue, { heading: HeadingLevel.HEADING_1 }),
      ...chapter.blocks.flatMap((block, index) =>
        blockPieces(block, issue, pages.portrait.width, index + 1 < chapter.blocks.length),
      ),
    ]),
  ]
  const body = await wordFile(title, [{ orientation: 'portrait', children }], issue)
  return { type: wordType, body, fileName: fileName(speak(say('summary.file'), issue), issue, 'docx') }
}

/** What every document opens with: what it is, of which workshop, of which day, for whom. */
export function opening(title: Text, issue: Issue, name: Text = issue.session.format.title): Paragraph[] {
  const { session, now } = issue
  const { position } = session.steer
  const people = Object.keys(session.participants).length
  return [
    spoken(title, issue, { style: 'Kicker' }),
    spoken(name, issue, { heading: HeadingLevel.TITLE }),
    ...(session.context.subject ? [spoken(said(session.context.subject), issue, {}, { size: 24 })] : []),
    spoken(
      say('word.when', {
        day: heldOn(session),
        lasted: { lasting: lasted(session, now) },
        people,
      }),
      issue,
    ),
    spoken(editionText(issue), issue, { style: 'Soft' }),
    ...(position.status === 'closed'
      ? []
      : [
          new Paragraph({
            children: [new TextRun({ text: safe(speak(say('documents.so-far'), issue)), bold: true })],
          }),
        ]),
  ]
}
