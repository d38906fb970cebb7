import { dataOf } from '../core/summary/data.ts'
import type { Text } from '../core/text.ts'
import { speak } from '../locales/index.ts'
import { fileName } from './file-name.ts'
import type { Issue, Rendered } from './issue.ts'
import { sessionKey } from './session-key.ts'

/** The `$id` of the published schema, `summary.schema.json`: it changes when the shape does. */
export const schemaId = 'urn:ouverture:summary:1'

/** The session as data, valid against the published schema; texts are in the language of the document. */
export function dataDocument(issue: Issue): Rendered {
  const data = {
    $schema: schemaId,
    version: 1,
    session: sessionKey(issue.session),
    language: issue.lang,
    timeZone: issue.zone,
    ...dataOf(issue.session, issue.copy, issue.now),
  }
  return {
    type: 'application/json; charset=utf-8',
    body: `${JSON.stringify(spoken(data, issue), null, 2)}\n`,
    fileName: fileName(speak({ say: 'files.name-data' }, issue), issue, 'json'),
  }
}

/** The same data, each text in it a string. */
export function spoken(value: unknown, issue: Pick<Issue, 'lang' | 'zone'>): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one) => spoken(one, issue))
  if (isText(value)) return speak(value, issue)
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, spoken(one, issue)]))
}

/** A key by which a text is known; none is the name of a property of the data. */
const textKeys = ['said', 'say', 'time', 'day', 'days', 'date', 'month', 'lasting', 'lines', 'listing', 'fr']

const isText = (value: object): value is Text => textKeys.some((key) => Object.hasOwn(value, key))
