import { HeadingLevel, type Paragraph } from 'docx'
import { type Brief, briefOf } from '../../core/programme/brief.ts'
import type { TeamRole } from '../../core/programme/types.ts'
import { say } from '../../core/text.ts'
import type { Speech } from '../../locales/index.ts'
import type { PaperLook } from '../papers/look.ts'
import { blockPieces, type Piece } from './blocks.ts'
import { pages, paperFile } from './paper.ts'
import { runningPieces } from './running-order.ts'
import { spoken } from './write.ts'

/** The briefing sheet of one role: what she does, where and with whom; then each workshop on its own pages. */
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
          ...brief.chapters.flatMap(({ title, blocks }): Piece[] => [
            spoken(title, look, { heading: HeadingLevel.HEADING_1 }),
            ...blocks.flatMap((block, index) =>
              blockPieces(block, look, pages.portrait.width, index + 1 < blocks.length),
            ),
          ]),
        ],
      },
      ...brief.workshops.map((one) => ({
        orientation: 'portrait' as const,
        children: runningPieces(one, role, look),
      })),
    ],
    look,
  )
}

const opening = ({ title, name, holder }: Brief, look: Speech & { now: number }): Paragraph[] => [
  spoken(say('brief.kicker'), look, { style: 'Kicker' }),
  spoken(title, look, { heading: HeadingLevel.TITLE }),
  spoken(name, look, {}, { size: 24 }),
  spoken(say('brief.held-by', { holder }), look),
  spoken(say('brief.as-of', { day: { day: look.now } }), look, { style: 'Soft' }),
]
