import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { isCollection, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import { type Format, type Mistake, readFormat } from '../core/format.ts'

/** The kit's own scripts stand next to this file. */
const ownFolder = import.meta.dirname

export interface Misread {
  file: string
  /** Counted from 1; null where the file or the folder itself is what is wrong. */
  place: { line: number; column: number } | null
  message: string
}

type Loaded = { formats: Record<string, Format> } | { misread: Misread[] }

/** Every script of the kit and of the folder an administration names; all the mistakes of all the files at once. */
export async function loadFormats(folder: string | null): Promise<Loaded> {
  const given = folder === null ? [] : await scriptsIn(folder)
  return 'misread' in given ? given : loadFiles(given)
}

/** The kit's scripts and these files; no two may have the same identifier. */
export async function loadFiles(given: string[]): Promise<Loaded> {
  const misread: Misread[] = []
  const known = new Map<string, { file: string; format: Format }>()
  for (const file of [...(await ownScripts(given)), ...given]) {
    const text = await readFile(file, 'utf8').catch((error: Error) => error)
    const read = text instanceof Error ? { misread: [unreadable(file, text)] } : readScript(text, file)
    if ('misread' in read) {
      misread.push(...read.misread)
      continue
    }
    const first = known.get(read.format.id)
    if (first) misread.push(usedTwice(String(text), file, first))
    else known.set(read.format.id, { file, format: read.format })
  }
  if (misread.length) return { misread }
  return { formats: Object.fromEntries([...known].map(([id, { format }]) => [id, format])) }
}

/** One script, or each of its mistakes with its place in the file, from top to bottom. */
export function readScript(text: string, file: string): { format: Format } | { misread: Misread[] } {
  const { document, at } = opened(text, file)
  if (document.errors.length)
    return {
      misread: document.errors.map((error) => at(error.pos[0], error.message.split('\n')[0] ?? 'not YAML')),
    }
  const content = contentOf(document)
  if (content instanceof Error) return { misread: [at(0, content.message)] }
  const read = readFormat(content)
  if ('format' in read) return read
  const placed = read.mistakes.map((mistake) => ({ offset: placeOf(document, mistake.path), mistake }))
  return {
    misread: placed
      .sort((a, b) => a.offset - b.offset)
      .map(({ offset, mistake }) => at(offset, told(mistake))),
  }
}

/** A mistake as a person reads it: file, line, column, what was expected. */
export const sentence = ({ file, place, message }: Misread): string =>
  place ? `${file}:${place.line}:${place.column}  ${message}` : `${file}  ${message}`

const unreadable = (file: string, { message }: Error): Misread => ({
  file,
  place: null,
  message: `cannot be read: ${message}`,
})

type Document = ReturnType<typeof parseDocument>

function opened(text: string, file: string) {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const at = (offset: number, message: string): Misread => {
    const { line, col } = lines.linePos(offset)
    return { file, place: { line, column: col }, message }
  }
  return { document, at }
}

/** YAML finds an alias without its anchor only here. */
function contentOf(document: Document): unknown {
  try {
    return document.toJS()
  } catch (error) {
    return error instanceof Error ? error : new Error('not YAML')
  }
}

const told = ({ path, message }: Mistake): string => (path.length ? `${path.join('.')}: ${message}` : message)

/** The offset of the nearest thing that is written on the way to the mistake. */
function placeOf(document: Document, path: (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const found = offsetOf(document, path.slice(0, length))
    if (found !== null) return found
  }
  return 0
}

/** A value stands where it is written; a list or a group of keys, at the key that opens it. */
function offsetOf(document: Document, path: (string | number)[]): number | null {
  const node = document.getIn(path, true)
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents
  const key = isMap(parent)
    ? parent.items.find((one) => isScalar(one.key) && one.key.value === path.at(-1))
    : null
  const opens = isScalar(key?.key) && (isCollection(node) || !isNode(node)) ? key.key : node
  return isNode(opens) ? (opens.range?.[0] ?? null) : null
}

function usedTwice(text: string, file: string, first: { file: string; format: Format }): Misread {
  const { document, at } = opened(text, file)
  const whose = dirname(resolve(first.file)) === ownFolder ? 'the kit’s own' : `already used by ${first.file}`
  return at(placeOf(document, ['id']), `id: the identifier "${first.format.id}" is ${whose}; choose another`)
}

/** The kit's scripts, without those among `given`, which are read under the name they were given by. */
async function ownScripts(given: string[]): Promise<string[]> {
  const found = await scriptsIn(ownFolder)
  const named = given.map((file) => resolve(file))
  return 'misread' in found ? [] : found.filter((file) => !named.includes(file))
}

/** The scripts of a folder in the order of their names, or why there is no such folder to read. */
async function scriptsIn(folder: string): Promise<string[] | { misread: Misread[] }> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => error)
  if (names instanceof Error) return { misread: [{ file: folder, place: null, message: whyNot(names) }] }
  return names
    .filter((name) => /\.ya?ml$/u.test(name))
    .sort()
    .map((name) => join(folder, name))
}

function whyNot({ code, message }: NodeJS.ErrnoException): string {
  const expected = 'FORMATS_DIR is expected to name the folder of your own scripts'
  if (code === 'ENOENT') return `there is no such folder; ${expected}`
  if (code === 'ENOTDIR') return `this is no folder; ${expected}`
  return `cannot be read: ${message}; ${expected}`
}
