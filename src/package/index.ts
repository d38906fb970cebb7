import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { say, type Text } from '../core/text.ts'
import { type Icon, iconFaults } from './icons.ts'
import { type Manifest, manifestShape, translated, translationFaults } from './manifest.ts'
import { schemaFaults } from './schema.ts'
import { type Content, filled } from './template.ts'
import { variablesOf } from './variables.ts'

type Files = Record<string, Uint8Array>
type Outcome<T> = T | { wrong: Text[] }

/** The app package of an environment, or the readable list of what must be mended first. */
export function packageFor(root: string, environment: string): Outcome<{ zip: Uint8Array }> {
  const read = variablesOf(root, environment)
  if ('wrong' in read) return read
  const own = manifestFor(root, read.values)
  if ('wrong' in own) return own
  const languages = translations(root, own, read.values)
  const icons = iconsOf(root, own.manifest)
  const wrong = [languages, icons].flatMap((one) => ('wrong' in one ? one.wrong : []))
  if ('wrong' in languages || 'wrong' in icons) return { wrong }
  return { zip: zipped({ 'manifest.json': bytesOf(own.content), ...languages.files, ...icons.files }) }
}

function manifestFor(root: string, values: Record<string, string>): Outcome<Own> {
  const read = filled(root, 'manifest.json', values)
  if ('wrong' in read) return read
  const faults = schemaFaults('manifest.json', read.content)
  if (faults.length) return { wrong: faults }
  const shaped = manifestShape.safeParse(read.content)
  return shaped.success
    ? { content: read.content, manifest: shaped.data }
    : {
        wrong: shaped.error.issues.map((one) =>
          say('package.shape', { file: 'manifest.json', place: one.path.join('.') }),
        ),
      }
}

interface Own {
  content: Content
  manifest: Manifest
}

function translations(root: string, own: Own, values: Record<string, string>): Outcome<{ files: Files }> {
  const read = own.manifest.localizationInfo.additionalLanguages.map(({ file }) => {
    const one = filled(root, file, values)
    return 'wrong' in one
      ? { file, faults: one.wrong, body: null }
      : { file, faults: faultsOfTranslation(file, one.content, own), body: bytesOf(one.content) }
  })
  const wrong = read.flatMap(({ faults }) => faults)
  if (wrong.length) return { wrong }
  return { files: Object.fromEntries(read.flatMap(({ file, body }) => (body ? [[file, body]] : []))) }
}

/** Microsoft's schema of translations does not hold them to the lengths it names: the translated manifest is held to its own. */
function faultsOfTranslation(file: string, content: Content, { content: original, manifest }: Own): Text[] {
  const faults = [...schemaFaults(file, content), ...translationFaults(file, content, manifest)]
  return faults.length ? faults : schemaFaults(file, translated(original, content))
}

function iconsOf(root: string, { icons }: Manifest): Outcome<{ files: Files }> {
  const named: [Icon, string][] = [
    ['color', icons.color],
    ['outline', icons.outline],
  ]
  const absent = named.filter(([, file]) => !existsSync(join(root, 'manifest', file)))
  if (absent.length) return { wrong: absent.map(([, file]) => say('package.no-file', { file })) }
  const read = named.map(([icon, file]) => ({ icon, file, png: readFileSync(join(root, 'manifest', file)) }))
  const wrong = read.flatMap(({ icon, file, png }) => iconFaults(icon, file, png))
  return wrong.length ? { wrong } : { files: Object.fromEntries(read.map(({ file, png }) => [file, png])) }
}

const bytesOf = (content: Content): Uint8Array => strToU8(`${JSON.stringify(content, null, 2)}\n`)

/** An archive keeps a time of day and no zone: always the same one, so that the same files make the same bytes. */
const zipped = (files: Files): Uint8Array => zipSync(files, { mtime: new Date(2000, 0, 1) })
