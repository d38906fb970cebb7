import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Schema, Validator } from 'jsonschema'
import { said, say, type Text } from '../core/text.ts'
import type { Content } from './template.ts'

/** What breaks Microsoft's own schema, the one the file names. It is read from their package: nothing is fetched. */
export function schemaFaults(file: string, content: Content): Text[] {
  const schema = schemaNamed(String(content.$schema))
  if (!schema) return [say('package.no-schema', { file })]
  return new Validator()
    .validate(content, schema)
    .errors.map(({ property, message }) =>
      say('package.schema', { file, place: placeOf(property), why: said(message) }),
    )
}

const home = 'https://developer.microsoft.com/'

const shipped = dirname(createRequire(import.meta.url).resolve('@microsoft/app-manifest'))

function schemaNamed(address: string): Schema | null {
  const path = join(shipped, address.slice(home.length))
  const holds = /^json-schemas\/teams\/v[\d.]+\/\w+(?:\.\w+)*\.json$/u.test(address.slice(home.length))
  return address.startsWith(home) && holds && existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null
}

const placeOf = (property: string): Text =>
  property === 'instance' ? say('package.whole') : said(property.replace(/^instance\./u, ''))
