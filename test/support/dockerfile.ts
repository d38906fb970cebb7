import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

export interface Instruction {
  word: string
  rest: string
}

/** The instructions of the Dockerfile, each on one line, comments left out. */
export const instructions = (): Instruction[] =>
  readFileSync(join(root, 'Dockerfile'), 'utf8')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replace(/\\\n\s*/gu, '')
    .split('\n')
    .flatMap((line) => {
      const [, word = '', rest = ''] = /^([A-Z]+) (.*)$/u.exec(line) ?? []
      return word ? [{ word, rest }] : []
    })

/** Those of the image that runs: after the last FROM. */
export function ofTheImage(): Instruction[] {
  const all = instructions()
  return all.slice(all.findLastIndex(({ word }) => word === 'FROM'))
}

export const said = (word: string): string[] =>
  ofTheImage().flatMap((one) => (one.word === word ? [one.rest] : []))

/** What the ENV lines set. */
export const environment = (): Record<string, string> =>
  Object.fromEntries(
    said('ENV').flatMap((line) => line.split(' ').map((pair): [string, string] => splitPair(pair))),
  )

const splitPair = (pair: string): [string, string] => [
  pair.slice(0, pair.indexOf('=')),
  pair.slice(pair.indexOf('=') + 1),
]

/** The command in a line such as `CMD ["node", …]`. */
export const commandIn = (line: string): string[] => {
  const list: unknown = JSON.parse(line.slice(line.indexOf('[')))
  return Array.isArray(list) ? list.map(String) : []
}

/** What is copied from the sources: neither from another stage, nor to be copied twice. */
export const copied = (): string[] =>
  said('COPY')
    .filter((rest) => !rest.startsWith('--from'))
    .flatMap((rest) => rest.split(' ').slice(0, -1))
