import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { said, say, type Text } from '../core/text.ts'

/** A file of the package that holds texts: the manifest or a translation of it. */
export const contentShape = z.record(z.unknown())
export type Content = z.infer<typeof contentShape>

/** As the Microsoft 365 Agents Toolkit writes them. */
const placeholder = /\$\{\{ *([A-Za-z_]\w*) *\}\}/gu

/** A JSON file of `manifest/` with the values of an environment in it, or why there is none. */
export function filled(
  root: string,
  file: string,
  values: Record<string, string>,
): { content: Content } | { wrong: Text[] } {
  const text = textOf(join(root, 'manifest', file))
  if (text === null) return { wrong: [say('package.no-file', { file })] }
  const unknown = [...text.matchAll(placeholder)]
    .map(([, name = '']) => name)
    .filter((name) => !(name in values))
  if (unknown.length)
    return {
      wrong: [...new Set(unknown)].map((name) => say('package.asked', { file, name })),
    }
  return parsed(
    file,
    text.replace(placeholder, (_all, name: string) => quoted(values[name] ?? '')),
  )
}

function parsed(file: string, text: string): { content: Content } | { wrong: Text[] } {
  try {
    return { content: contentShape.parse(JSON.parse(text)) }
  } catch (error) {
    const [why = ''] = String(error).split('\n')
    return { wrong: [say('package.no-json', { file, why: said(why) })] }
  }
}

/** A value may hold quotes. */
const quoted = (value: string): string => JSON.stringify(value).slice(1, -1)

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
