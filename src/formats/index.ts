import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import { type Format, type Mistake, readFormat } from '../core/format.ts'

/** The kit's own scripts stand next to this file. */
const ownFolder = import.meta.dirname

export interface Misread {
  file: string
  /** Counted from 1. */
  line: number
  column: number
  message: string
}

/** Every script of the kit and of the folder an administration names; all the mistakes of all the files at once. */
export async function loadFormats(
  folder: string | null,
): Promise<{ formats: Record<string, Format> } | { misread: Misread[] }> {
  const files = [...(await scriptsIn(ownFolder)), ...(folder === null ? [] : await scriptsIn(folder))]
  const formats: Record<string, Format> = {}
  const misread: Misread[] = []
  for (const file of files) {
    const read = readScript(await readFile(file, 'utf8'), file)
    if ('misread' in read) misread.push(...read.misread)
    else if (formats[read.format.id])
      misread.push({
        file,
        line: 1,
        column: 1,
        message: `the format "${read.format.id}" is already defined by another file`,
      })
    else formats[read.format.id] = read.format
  }
  return misread.length ? { misread } : { formats }
}

/** One script, or each of its mistakes with its place in the file. */
export function readScript(text: string, file: string): { format: Format } | { misread: Misread[] } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const at = (offset: number, message: string): Misread => {
    const { line, col } = lines.linePos(offset)
    return { file, line, column: col, message }
  }
  if (document.errors.length)
    return {
      misread: document.errors.map((error) => at(error.pos[0], error.message.split('\n')[0] ?? 'not YAML')),
    }
  const read = readFormat(document.toJS())
  if ('format' in read) return read
  return { misread: read.mistakes.map((mistake) => at(placeOf(document, mistake), told(mistake))) }
}

/** A mistake as a person reads it: file, line, column, what was expected. */
export const sentence = ({ file, line, column, message }: Misread): string =>
  `${file}:${line}:${column}  ${message}`

const told = ({ path, message }: Mistake): string => (path.length ? `${path.join('.')}: ${message}` : message)

/** The offset of the nearest node that exists on the way to the mistake. */
function placeOf(document: ReturnType<typeof parseDocument>, { path }: Mistake): number {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true)
    const range = (node as { range?: [number, number, number] } | null | undefined)?.range
    if (range) return range[0]
  }
  return 0
}

async function scriptsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder)
  return names
    .filter((name) => /\.ya?ml$/u.test(name))
    .sort()
    .map((name) => join(folder, name))
}
