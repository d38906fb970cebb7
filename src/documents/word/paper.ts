import {
  AlignmentType,
  Document,
  Footer,
  type ISectionOptions,
  type IStylesOptions,
  LevelFormat,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  TextRun,
} from 'docx'
import type { Text } from '../../core/text.ts'
import { type Speech, speak } from '../../locales/index.ts'
import type { Issue } from '../issue.ts'
import { safe } from './write.ts'

/** Twentieths of a point, the unit of Word: an A4 sheet and its margins. */
const sheet = { short: 11_906, long: 16_838 }
export const pages = {
  portrait: { margin: 1134, width: sheet.short - 2 * 1134, height: sheet.long - 2 * 1134 },
  landscape: { margin: 794, width: sheet.long - 2 * 794, height: sheet.short - 2 * 794 },
}
export type Orientation = keyof typeof pages

/** One accent and a few greys, as in the pictures. */
export const tint = { accent: '0B5FA5', text: '1B2733', soft: '4A5968', line: 'C5D0DA', pale: 'EEF4F9' }

/** In every Word and, under a name of its own with the same widths, on every other machine: lines break alike. */
const face = 'Arial'

export interface Section {
  orientation: Orientation
  children: ISectionOptions['children']
}

/** What stands in the properties of a file; its title is also at the foot of its pages. */
export interface About {
  title: Text
  subject: Text
  description: Text
}

/** A whole Word file made from a session. */
export const wordFile = (title: Text, sections: Section[], issue: Issue): Promise<Buffer> =>
  paperFile(
    {
      title,
      subject: issue.session.format.title,
      description: { say: 'word.made-on', with: { day: { day: issue.now } } },
    },
    sections,
    issue,
  )

export async function paperFile(about: About, sections: Section[], to: Speech): Promise<Buffer> {
  const name = safe(speak(about.title, to))
  const document = new Document({
    title: name,
    subject: safe(speak(about.subject, to)),
    creator: 'Ouverture',
    lastModifiedBy: 'Ouverture',
    description: safe(speak(about.description, to)),
    styles: stylesIn(to.lang === 'fr' ? 'fr-FR' : 'en-GB'),
    numbering: bullets,
    sections: sections.map(({ orientation, children }) => ({
      properties: pageOf(orientation),
      footers: { default: footer(name, to) },
      children,
    })),
  })
  return Packer.toBuffer(document)
}

const pageOf = (orientation: Orientation): NonNullable<ISectionOptions['properties']> => {
  const { margin } = pages[orientation]
  return {
    page: {
      size: {
        width: sheet.short,
        height: sheet.long,
        orientation: orientation === 'landscape' ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
      },
      margin: { top: margin, right: margin, bottom: margin, left: margin, footer: 454, header: 454 },
    },
  }
}

function footer(name: string, to: Speech): Footer {
  const small = { size: 16, color: tint.soft }
  const [before = '', between = '', after = ''] = speak(
    { say: 'word.page', with: { page: '\u0001', pages: '\u0001' } },
    to,
  ).split('\u0001')
  return new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.RIGHT,
        children: [
          new TextRun({ ...small, text: `${name}  ·  ${before}` }),
          new TextRun({ ...small, children: [PageNumber.CURRENT] }),
          new TextRun({ ...small, text: between }),
          new TextRun({ ...small, children: [PageNumber.TOTAL_PAGES] }),
          new TextRun({ ...small, text: after }),
        ],
      }),
    ],
  })
}

export const bulletList = 'bullets'

const bullets = {
  config: [
    {
      reference: bulletList,
      levels: [
        {
          level: 0,
          format: LevelFormat.BULLET,
          text: '•',
          alignment: AlignmentType.LEFT,
          style: { paragraph: { indent: { left: 340, hanging: 227 } } },
        },
      ],
    },
  ],
}

/** Sizes are in half-points. */
const stylesIn = (language: string): IStylesOptions => ({
  default: {
    document: {
      run: { font: face, size: 20, color: tint.text, language: { value: language } },
      paragraph: { spacing: { after: 100, line: 271, lineRule: LineRuleType.AUTO } },
    },
    title: {
      run: { font: face, size: 40, bold: true, color: tint.accent },
      paragraph: { spacing: { before: 0, after: 80, line: 240, lineRule: LineRuleType.AUTO } },
    },
    heading1: {
      run: { font: face, size: 28, bold: true, color: tint.accent },
      paragraph: {
        keepNext: true,
        spacing: { before: 400, after: 140, line: 240, lineRule: LineRuleType.AUTO },
      },
    },
    heading2: {
      run: { font: face, size: 22, bold: true, color: tint.text },
      paragraph: {
        keepNext: true,
        spacing: { before: 220, after: 80, line: 240, lineRule: LineRuleType.AUTO },
      },
    },
    heading3: {
      run: { font: face, size: 20, bold: true, color: tint.text },
      paragraph: {
        keepNext: true,
        spacing: { before: 120, after: 40, line: 240, lineRule: LineRuleType.AUTO },
      },
    },
    hyperlink: { run: { color: tint.accent } },
  },
  paragraphStyles: [
    {
      id: 'Kicker',
      name: 'Kicker',
      basedOn: 'Normal',
      run: { size: 18, bold: true, color: tint.soft },
      paragraph: { spacing: { after: 60 } },
    },
    {
      id: 'Soft',
      name: 'Soft',
      basedOn: 'Normal',
      run: { size: 18, color: tint.soft },
      paragraph: { spacing: { after: 60 } },
    },
    {
      id: 'TOC1',
      name: 'toc 1',
      basedOn: 'Normal',
      run: { size: 20 },
      paragraph: { spacing: { after: 40 } },
    },
    {
      id: 'Cell',
      name: 'Cell',
      basedOn: 'Normal',
      run: { size: 18 },
      paragraph: { spacing: { after: 0, line: 252, lineRule: LineRuleType.AUTO } },
    },
  ],
})
