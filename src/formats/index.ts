import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { isCollection, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import { type Format, readFormat } from '../core/format.ts'
import { say, type Text } from '../core/text.ts'
import { type Misread, misreadAt, whole, yamlFaults } from './misread.ts'

export { type Misread, sentence } from './misread.ts'

/** The kit's own scripts stand next to this file. */
const ownFolder = import.meta.dirname

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
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => error)
    const read = text instanceof Error ? { misread: [whole(file, whyNoFile(text))] } : readScript(text, file)
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
  const opened = open(text, file)
  const broken = yamlFaults(opened.document)
  if (broken.length) return { misread: broken.map((one) => misreadAt(opened, { ...one, path: [] })) }
  const content = contentOf(opened.document)
  if ('what' in content) return { misread: [misreadAt(opened, { ...content, offset: 0, path: [] })] }
  const read = readFormat(content.script)
  if ('format' in read) return read
  const placed = read.mistakes.map((one) => ({ ...one, offset: placeOf(opened.document, one.path) }))
  return { misread: placed.sort((a, b) => a.offset - b.offset).map((one) => misreadAt(opened, one)) }
}

type Parsed = ReturnType<typeof parseDocument>

function open(text: string, file: string) {
  const lines = new LineCounter()
  return { file, lines, document: parseDocument(text, { lineCounter: lines }) }
}

/** Aliases that repeat each other without end are found only here. */
function contentOf(document: Parsed): { script: unknown } | { what: Text } {
  try {
    return { script: document.toJS() }
  } catch {
    return { what: say('script.yaml-endless') }
  }
}

/** The offset of the nearest thing that is written on the way to the mistake. */
function placeOf(document: Parsed, path: (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const found = offsetOf(document, path.slice(0, length))
    if (found !== null) return found
  }
  return 0
}

/** A value stands where it is written; a list or a group of keys, at the key that opens it. */
function offsetOf(document: Parsed, path: (string | number)[]): number | null {
  const node = document.getIn(path, true)
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents
  const key = isMap(parent)
    ? parent.items.find((one) => isScalar(one.key) && one.key.value === path.at(-1))
    : null
  const opens = isScalar(key?.key) && (isCollection(node) || !isNode(node)) ? key.key : node
  return isNode(opens) ? (opens.range?.[0] ?? null) : null
}

function usedTwice(text: string, file: string, first: { file: string; format: Format }): Misread {
  const opened = open(text, file)
  const { id } = first.format
  const kit = dirname(resolve(first.file)) === ownFolder
  const what = kit ? say('script.of-the-kit', { id }) : say('script.of-another', { id, file: first.file })
  return misreadAt(opened, { offset: placeOf(opened.document, ['id']), path: ['id'], what })
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
  if (names instanceof Error) return { misread: [whole(folder, whyNoFolder(names))] }
  return names
    .filter((name) => /\.ya?ml$/u.test(name))
    .sort()
    .map((name) => join(folder, name))
}

function whyNoFolder({ code }: NodeJS.ErrnoException): Text {
  if (code === 'ENOENT') return say('script.no-folder')
  if (code === 'ENOTDIR') return say('script.not-a-folder')
  return say('script.unread-folder', { code: String(code) })
}

function whyNoFile({ code }: NodeJS.ErrnoException): Text {
  if (code === 'ENOENT') return say('script.no-file')
  if (code === 'EISDIR') return say('script.is-a-folder')
  return say('script.unread-file', { code: String(code) })
}
