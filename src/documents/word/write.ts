import { ExternalHyperlink, type IParagraphOptions, type IRunOptions, Paragraph, TextRun } from 'docx'
import type { Text } from '../../core/text.ts'
import { type Speech, speak } from '../../locales/index.ts'

/** What XML 1.0 can hold: anything else would make a file no program opens. */
export const safe = (words: string): string =>
  words
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/gu, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu, '')

type Look = Omit<IRunOptions, 'text' | 'children' | 'break'>

/** Words as they were typed, their line breaks kept; those of a script written leftwards say so. */
export function runs(words: string, look: Look = {}): TextRun[] {
  return safe(words)
    .split('\n')
    .map((line, index) => {
      const way = leftwards.test(line) ? { rightToLeft: true } : {}
      return new TextRun({ ...look, ...way, text: line, ...(index > 0 ? { break: 1 } : {}) })
    })
}

/** The first letter that has a direction goes from right to left. */
const leftwards = /^\P{L}*(?:\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Syriac}|\p{Script=Thaana})/u

export const para = (words: string, options: IParagraphOptions = {}, look: Look = {}): Paragraph =>
  new Paragraph({ ...options, children: runs(words, look) })

/** The same; a line that is an address opens it. */
export const addressed = (words: string, options: IParagraphOptions = {}): Paragraph =>
  new Paragraph({
    ...options,
    children: safe(words)
      .split('\n')
      .flatMap((line, index) => {
        const next = index > 0 ? [new TextRun({ break: 1 })] : []
        if (!/^https:\/\/\S+$/u.test(line)) return [...next, ...runs(line)]
        const children = [new TextRun({ text: line, style: 'Hyperlink' })]
        return [...next, new ExternalHyperlink({ link: line, children })]
      }),
  })

/** The same, for a text of a view. */
export const spoken = (text: Text, to: Speech, options: IParagraphOptions = {}, look: Look = {}) =>
  para(speak(text, to), options, look)
