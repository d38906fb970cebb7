import { HeadingLevel } from 'docx'
import { deliverableKind, documentName } from '../../core/summary/documents.ts'
import { type PlacedPart, partsOf } from '../../core/summary/parts.ts'
import { reviewChapter } from '../../core/summary/review.ts'
import { say } from '../../core/text.ts'
import { speak } from '../../locales/index.ts'
import { fileName } from '../file-name.ts'
import type { Issue, Rendered } from '../issue.ts'
import { blockPieces } from './blocks.ts'
import { canvasPage } from './canvas-page.ts'
import { pages, type Section, wordFile } from './paper.ts'
import { roadmapPieces, subActionPieces } from './plan.ts'
import { opening, wordType } from './report.ts'
import { subjectSheet } from './subject-sheet.ts'
import { spoken } from './write.ts'

/** The format's own deliverable in the kit's shape (kit §1): subject sheet, canvas, canvas with its roadmap. */
export async function deliverableDocument(issue: Issue): Promise<Rendered> {
  const parts = partsOf(issue.session, issue.now)
  const title = documentName('deliverable', issue.session, issue.now)
  const [first, ...others] = [...parts.map((part) => sectionOf(part, issue)), ...corrected(issue)]
  const kind = deliverableKind(issue.session, issue.now)
  // A canvas is a page of its own; anything else begins with what it is.
  const sections: Section[] =
    first?.orientation === 'portrait'
      ? [{ ...first, children: [...opening(title, issue), ...first.children] }, ...others]
      : [...(first ? [first] : []), ...others]
  const empty: Section = {
    orientation: 'portrait',
    children: [...opening(title, issue), spoken(say('word.nothing-yet'), issue)],
  }
  return {
    type: wordType,
    body: await wordFile(title, sections.length ? sections : [empty], issue),
    fileName: fileName(
      speak(say(kind ? `word.file-${kind}` : 'word.file-deliverable'), issue),
      issue,
      'docx',
    ),
  }
}

/** What was corrected or completed since, dated: the reader of a second edition sees what changed. */
function corrected(issue: Issue): Section[] {
  const { title, blocks } = reviewChapter(issue.session, issue.copy)
  if (blocks.length === 0) return []
  const { width } = pages.portrait
  return [
    {
      orientation: 'portrait',
      children: [
        spoken(title, issue, { heading: HeadingLevel.HEADING_1 }),
        ...blocks.flatMap((block) => blockPieces(block, issue, width, false)),
      ],
    },
  ]
}

function sectionOf(part: PlacedPart, issue: Issue): Section {
  switch (part.part) {
    case 'subjects':
      return { orientation: 'portrait', children: subjectSheet(part, issue) }
    case 'canvas':
      return { orientation: 'landscape', children: canvasPage(part, issue.session.format.title, issue) }
    case 'sub-actions':
      return { orientation: 'portrait', children: subActionPieces(part, issue) }
    case 'roadmap':
      return { orientation: 'landscape', children: roadmapPieces(part, issue) }
  }
}
