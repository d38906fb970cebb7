import { strFromU8, unzipSync } from 'fflate'
import type { Rendered } from '../../src/documents/issue.ts'

/** What a Word file holds, read back without the library that wrote it. */
export interface Opened {
  /** XML of its parts, by name. */
  parts: Record<string, string>
  /** The words of the body, a paragraph a line. */
  text: string
  /** Words of each heading, with its style. */
  headings: { style: string; text: string }[]
}

export function opened({ body }: Rendered): Opened {
  const files = unzipSync(new Uint8Array(Buffer.isBuffer(body) ? body : Buffer.from(body)))
  const parts = Object.fromEntries(
    Object.entries(files)
      .filter(([name]) => /\.(?:xml|rels)$/u.test(name))
      .map(([name, bytes]) => [name, strFromU8(bytes)]),
  )
  const paragraphs = [
    ...(parts['word/document.xml'] ?? '').matchAll(/<w:p(?: [^>]*)?>([\s\S]*?)<\/w:p>/gu),
  ].map(([, inside = '']) => ({
    style: /<w:pStyle w:val="([^"]+)"/u.exec(inside)?.[1] ?? '',
    text: wordsIn(inside),
  }))
  return {
    parts,
    text: paragraphs.map(({ text }) => text).join('\n'),
    headings: paragraphs.filter(({ style }) => /^(?:Title|Heading\d)$/u.test(style)),
  }
}

const wordsIn = (xml: string): string =>
  xml
    .replace(/<w:br\/>/gu, '\n')
    .replace(/<[^>]+>/gu, '')
    .replace(/&lt;/gu, '<')
    .replace(/&gt;/gu, '>')
    .replace(/&quot;/gu, '"')
    .replace(/&apos;|&#39;/gu, "'")
    .replace(/&amp;/gu, '&')

/** Tags that close in the order they opened, and no sign XML 1.0 cannot hold: what a program needs to open a part. */
export function faultIn(xml: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/u.test(xml)) return 'a sign XML cannot hold'
  if (!xml.isWellFormed()) return 'half a sign'
  const open: string[] = []
  for (const [, closing, name = '', alone] of xml.matchAll(
    /<(\/?)([\w:]+)(?:\s+[\w:.-]+="[^"<]*")*\s*(\/?)>/gu,
  )) {
    if (closing) {
      if (open.pop() !== name) return `</${name}> closes what is not open`
    } else if (!alone) open.push(name)
  }
  const rest = xml.replace(/<\?[^>]*\?>/gu, '').replace(/<\/?[\w:]+(?:\s+[\w:.-]+="[^"<]*")*\s*\/?>/gu, '')
  if (/[<>]|&(?!(?:lt|gt|amp|quot|apos|#\d+|#x[\da-f]+);)/iu.test(rest)) return 'a bare sign of markup'
  return open.length ? `${open.at(-1)} is not closed` : null
}
