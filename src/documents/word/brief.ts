import { HeadingLevel, type Paragraph } from 'docx'
import { type Brief, briefOf } from '../../core/programme/brief.ts'
import type { TeamRole } from '../../core/programme/types.ts'
import type { Block, Chapter } from '../../core/summary/chapter.ts'
import { say, type Text } from '../../core/text.ts'
import { type Speech, speak } from '../../locales/index.ts'
import type { PaperLook } from '../papers/look.ts'
import { blockPieces, gap, type Piece } from './blocks.ts'
import { bulletList, pages, paperFile } from './paper.ts'
import { runningPieces } from './running-order.ts'
import { factTable } from './table.ts'
import { spoken } from './write.ts'

/** The briefing sheet of one role: what she does, where and with whom; then each workshop. */
export function briefDocument(role: TeamRole, look: PaperLook): Promise<Buffer> {
  const brief = briefOf(role, look.programme, look.formats)
  const day = { day: look.now }
  return paperFile(
    { title: brief.title, subject: brief.name, description: say('brief.made', { day }) },
    [
      {
        orientation: 'portrait',
        children: [
          ...opening(brief, look),
          ...brief.chapters.flatMap((chapter) => chapterPieces(chapter, look)),
          ...brief.workshops.flatMap((one) => runningPieces(one, role, look)),
        ],
      },
    ],
    look,
  )
}

function chapterPieces({ title, blocks }: Chapter, look: PaperLook): Piece[] {
  return [
    spoken(title, look, { heading: HeadingLevel.HEADING_1 }),
    ...blocks.flatMap((block, index) => piecesOf(block, look, index + 1 < blocks.length)),
  ]
}

/** What is short stays on one page. */
function piecesOf(block: Block, look: PaperLook, leads: boolean): Piece[] {
  const { width } = pages.portrait
  if (block.block === 'facts') return [factTable(spokenFacts(block.facts, look), width, 'together'), gap()]
  if (block.block !== 'list') return blockPieces(block, look, width, leads)
  const { title, items } = block
  return [
    ...(title ? [spoken(title, look, { heading: HeadingLevel.HEADING_2 })] : []),
    ...items.map((item, index) =>
      spoken(item, look, {
        numbering: { reference: bulletList, level: 0 },
        keepNext: index + 1 < items.length,
      }),
    ),
  ]
}

const spokenFacts = (facts: { label: Text; value: Text }[], look: PaperLook) =>
  facts.map(({ label, value }) => ({ label: speak(label, look), value: speak(value, look) }))

const opening = ({ title, name, holder }: Brief, look: Speech & { now: number }): Paragraph[] => [
  spoken(say('brief.kicker'), look, { style: 'Kicker' }),
  spoken(title, look, { heading: HeadingLevel.TITLE }),
  spoken(name, look, {}, { size: 24 }),
  spoken(say('brief.held-by', { holder }), look),
  spoken(say('brief.as-of', { day: { day: look.now } }), look, { style: 'Soft' }),
]
