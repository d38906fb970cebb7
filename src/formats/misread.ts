import { type Document, isAlias, type LineCounter, visit, type YAMLError } from 'yaml'
import { say, type Text } from '../core/text.ts'

export interface Misread {
  file: string
  /** Counted from 1; null where the file or the folder itself is what is wrong. */
  place: { line: number; column: number } | null
  /** The segment and the key, as they are written; none where the whole file is meant. */
  segment: Text | null
  key: string
  /** What is wrong, and what to do about it. */
  what: Text
}

/** A mistake as a person reads it. */
export function sentence({ file, place, segment, key, what }: Misread): Text {
  if (!place) return say('script.in-file', { file, what })
  const at = { file, line: String(place.line), column: String(place.column), what }
  if (segment && key) return say('script.at-segment-key', { ...at, segment, key })
  if (segment) return say('script.at-segment', { ...at, segment })
  return key ? say('script.at-key', { ...at, key }) : say('script.at', at)
}

/** The file or the folder itself is what is wrong. */
export const whole = (file: string, what: Text): Misread => ({
  file,
  place: null,
  segment: null,
  key: '',
  what,
})

type Path = (string | number)[]

/** One place of a file, where a path leads to something that is written. */
export function misreadAt(
  { file, lines, document }: { file: string; lines: LineCounter; document: Document },
  { offset, path, what }: { offset: number; path: Path; what: Text },
): Misread {
  const { line, col } = lines.linePos(offset)
  const [first, index, ...rest] = path
  const inSegment = first === 'segments' && typeof index === 'number'
  const segment = inSegment ? nameOf(document.getIn(['segments', index, 'id']), index) : null
  return { file, place: { line, column: col }, segment, key: keyOf(inSegment ? rest : path), what }
}

const nameOf = (id: unknown, index: number): Text =>
  typeof id === 'string' && id !== ''
    ? say('script.segment-named', { id })
    : say('script.segment-numbered', { number: String(index + 1) })

/** What stands in a list is counted as people do. */
const keyOf = (path: Path): string =>
  path.map((step) => (typeof step === 'number' ? step + 1 : step)).join('.')

/** What breaks YAML itself, once for each place. */
export function yamlFaults(document: Document): { offset: number; what: Text }[] {
  const errors = document.errors.map((error) => ({ offset: error.pos[0], what: whatOf(error) }))
  const broken = errors.filter(({ offset }, at) => errors.findIndex((one) => one.offset === offset) === at)
  return broken.length ? broken : danglingAliases(document)
}

const whatOf = ({ code }: YAMLError): Text => say(knownFaults[code] ?? 'script.yaml', { code })

const knownFaults: Partial<Record<YAMLError['code'], string>> = {
  DUPLICATE_KEY: 'script.yaml-duplicate',
  BAD_INDENT: 'script.yaml-indent',
  TAB_AS_INDENT: 'script.yaml-tab',
  MISSING_CHAR: 'script.yaml-unclosed',
  BLOCK_AS_IMPLICIT_KEY: 'script.yaml-quotes',
  MULTILINE_IMPLICIT_KEY: 'script.yaml-quotes',
  BLOCK_IN_FLOW: 'script.yaml-quotes',
  BAD_SCALAR_START: 'script.yaml-start',
  UNEXPECTED_TOKEN: 'script.yaml-after',
  MULTIPLE_DOCS: 'script.yaml-documents',
}

/** YAML says nothing of an alias without its anchor until it is followed. */
function danglingAliases(document: Document): { offset: number; what: Text }[] {
  const found: { offset: number; what: Text }[] = []
  visit(document, (_key, node) => {
    if (isAlias(node) && !node.resolve(document))
      found.push({ offset: node.range?.[0] ?? 0, what: say('script.yaml-alias', { name: node.source }) })
  })
  return found
}
