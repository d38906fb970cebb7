import { markClose, markOpen } from '../locales/index.ts'

const marked = new RegExp(`${markOpen}([^${markOpen}${markClose}]*)${markClose}`, 'gu')
const stray = new RegExp(`[${markOpen}${markClose}]`, 'gu')
const rightToLeft =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u

/** A text drawn as it stands: what people wrote loses its marks and keeps every character. */
export const plain = (text: string): string => spell(text, (said) => said)

/** A text read as Markdown: what people wrote is escaped, so that it is read as they typed it. */
export const markdown = (text: string): string => spell(text, escaped)

/** Right-to-left words inside our sentence are isolated, or they would reorder the sentence around them. */
function spell(text: string, form: (said: string) => string): string {
  // Most of a card is our own words.
  if (!text.includes(markOpen) && !text.includes(markClose)) return text
  const isWhole = text.startsWith(markOpen) && text.indexOf(markClose) === text.length - 1
  return text
    .replace(marked, (_whole, said: string) =>
      !isWhole && rightToLeft.test(said) ? `\u2068${form(said)}\u2069` : form(said),
    )
    .replace(stray, '')
}

/** CommonMark lets any ASCII punctuation be escaped; only what could mean something is, at the place where it could. */
function escaped(said: string): string {
  return said
    .replace(/[\\`*_[\]<>&~{}|]/g, '\\$&')
    .replace(/^(\s*)([-+#=])/gm, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/gm, '$1\\$2')
}
