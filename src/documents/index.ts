import type { Format } from '../core/format.ts'
import { copyOf, documentsOf } from '../core/summary/documents.ts'
import { chaptersOf } from '../core/summary/index.ts'
import type { DocumentId } from '../core/text.ts'
import { speak } from '../locales/index.ts'
import type { Clock, Documents, Made } from '../ports.ts'
import { bundleOf } from './bundle.ts'
import { milestonesDocument } from './calendar.ts'
import { csvDocument } from './csv.ts'
import { fileName } from './file-name.ts'
import { editionText, type Issue, type Rendered } from './issue.ts'
import { dataDocument } from './json.ts'
import { letterDocument } from './letter.ts'
import { markdownOf } from './markdown.ts'
import { renderMerged } from './merged.ts'
import { ownDataDocument } from './own-data.ts'
import { renderPaper } from './papers/index.ts'
import { pictureDocument } from './picture-document.ts'
import { commitmentDocument } from './word/commitment.ts'
import { deliverableDocument } from './word/deliverable.ts'
import { reportDocument } from './word/report.ts'

interface Parts {
  zone: string
  clock: Clock
  formats: Record<string, Format>
}

/** Makes documents from a session as it stands when they are asked for. Nothing is written anywhere. */
export const documentsMade = ({ zone, clock, formats }: Parts): Documents => ({
  ownData: (own, programmes, lang) => ownDataDocument({ own, programmes }, { lang, zone, now: clock.now() }),
  async make(document, of) {
    return inMemory(await render(document, { ...of, zone, now: clock.now() }))
  },
  async paper(paper, of) {
    return inMemory(await renderPaper(paper, { ...of, formats, zone, now: clock.now() }))
  },
  async sheet(sheet, of) {
    const made = await renderMerged(sheet, { ...of, zone, now: clock.now() })
    return made && inMemory(made)
  },
})

const inMemory = ({ type, fileName: name, body }: Rendered): Made => ({
  type,
  fileName: name,
  body: Buffer.isBuffer(body) ? body : Buffer.from(body),
})

/** One document; which of them exist for a session, `documentsOf` says. */
export async function render(id: DocumentId, issue: Issue): Promise<Rendered> {
  switch (id) {
    case 'report':
      return reportDocument(issue)
    case 'team-report':
      return reportDocument({ ...issue, copy: 'organisers' })
    case 'deliverable':
      return deliverableDocument(issue)
    case 'commitment':
      return commitmentDocument(issue)
    case 'summary':
      return summaryDocument(issue)
    case 'steering':
    case 'thanks':
    case 'post':
      return letterDocument(id, issue)
    case 'subjects':
    case 'sub-actions':
    case 'roadmap':
      return csvDocument(id, issue)
    case 'milestones':
      return milestonesDocument(issue)
    case 'matrix':
    case 'timeline':
    case 'participation':
      return pictured(id, issue)
    case 'data':
      return dataDocument(issue)
    case 'all':
      return bundled(issue)
  }
}

function pictured(id: 'matrix' | 'timeline' | 'participation', issue: Issue): Rendered {
  const picture = pictureDocument(id, issue)
  if (!picture) throw new Error(`this session has no ${id} to draw`)
  return picture
}

function summaryDocument(issue: Issue): Rendered {
  const title = speak(issue.session.format.title, issue)
  const chapters = chaptersOf(issue.session, issue.copy, issue.now)
  const line = speak(editionText(issue), issue)
  return {
    type: 'text/markdown; charset=utf-8',
    body: markdownOf(chapters, { ...issue, title, line }),
    fileName: fileName(speak({ say: 'summary.file' }, issue), issue, 'md'),
  }
}

async function bundled(issue: Issue): Promise<Rendered> {
  const ids = documentsOf(issue.session, issue.copy, issue.now).filter((id) => id !== 'all')
  const files = []
  for (const id of ids) files.push({ id, rendered: await render(id, { ...issue, copy: copyOf(id) }) })
  return bundleOf(files, issue)
}
