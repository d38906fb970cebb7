import type { Block, Chapter } from '../core/summary/chapter.ts'
import type { Lang, Text } from '../core/text.ts'
import { speak } from '../locales/index.ts'
import { escaped } from './markdown-escape.ts'

interface Frame {
  lang: Lang
  /** IANA time zone in which times of day are told. */
  zone: string
  title: string
  /** A line under the title: which day, which edition. */
  line?: string
}

/** A summary as Markdown that reads well as it stands; nothing people wrote works as markup in it. */
export function markdownOf(chapters: Chapter[], frame: Frame): string {
  const parts = [
    `# ${oneLine(frame.title)}`,
    ...(frame.line ? [oneLine(frame.line)] : []),
    ...chapters.flatMap((chapter) => chapterParts(chapter, frame)),
  ]
  return `${parts.join('\n\n')}\n`
}

function chapterParts({ title, blocks }: Chapter, frame: Frame): string[] {
  const told = blocks.map((block) => blockPart(block, frame)).filter((part) => part !== '')
  return [`## ${oneLine(speak(title, frame))}`, ...told]
}

function blockPart(block: Block, frame: Frame): string {
  switch (block.block) {
    case 'text':
      return lines(speak(block.text, frame))
    case 'facts':
      return block.facts.map((fact) => factPart(fact, frame)).join('\n')
    case 'list':
      return titled(
        block.title,
        block.items.map((item) => bullet(lines(speak(item, frame)))).join('\n'),
        frame,
      )
    // The table that stands with it says the same.
    case 'picture':
      return ''
    case 'table':
      return titled(block.title, block.rows.length ? table([block.head, ...block.rows], frame) : '', frame)
  }
}

function titled(title: Text | undefined, content: string, frame: Frame): string {
  if (content === '') return ''
  return title ? `### ${oneLine(speak(title, frame))}\n\n${content}` : content
}

const colon: Record<Lang, string> = { fr: '\u00A0:', en: ':' }

const factPart = ({ label, value }: { label: Text; value: Text }, frame: Frame): string =>
  bullet(`**${oneLine(speak(label, frame))}**${colon[frame.lang]} ${lines(speak(value, frame))}`)

const bullet = (content: string): string => `- ${content.replaceAll('\n', '\n  ')}`.replace(/^ +$/gmu, '')

function table([head = [], ...rows]: Text[][], frame: Frame): string {
  const row = (cells: Text[]) => `| ${head.map((_, index) => cell(cells[index], frame)).join(' | ')} |`
  return [row(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(row)].join('\n')
}

const cell = (text: Text | undefined, frame: Frame): string =>
  text ? escaped(speak(text, frame)).replace(/\n+/gu, '<br>') : ''

/** A line break in a paragraph is two spaces at the end of its line; an empty line begins another paragraph. */
const lines = (text: string): string => escaped(text).replace(/(?<!\n)\n(?!\n)/gu, '  \n')

const oneLine = (text: string): string => escaped(text).replace(/\n+/gu, ' ')
