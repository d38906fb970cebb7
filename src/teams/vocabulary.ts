import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { type Lang, langs } from '../core/session/types.ts'

/** Words that mean a command, in one of the languages. */
export interface Phrase {
  phrase: string
  command: string
  lang: Lang
}

const vocabulary = z.record(z.record(z.array(z.string().min(1))))

/** The words of a section, longest phrase first, so that "page suivante" is not read as "page". Both languages are always understood. */
export const phrasesOf = (file: string, section = 'words'): Phrase[] =>
  langs
    .flatMap((lang) => {
      const path = join(import.meta.dirname, '..', 'locales', lang, file)
      const words = vocabulary.parse(parse(readFileSync(path, 'utf8')))[section] ?? {}
      return Object.entries(words).flatMap(([command, list]) =>
        list.map((phrase) => ({ phrase: plain(phrase), command, lang })),
      )
    })
    .sort((a, b) => b.phrase.length - a.phrase.length)

/** The command a line begins with, and what follows it, as it was typed; null where it begins with none. */
export function recognised(line: string, phrases: Phrase[]): (Phrase & { rest: string }) | null {
  const found = phrases.find(({ phrase }) => startsWith(plain(line), phrase))
  return found ? { ...found, rest: afterWords(line, found.phrase.split(' ').length) } : null
}

const startsWith = (said: string, phrase: string): boolean => said === phrase || said.startsWith(`${phrase} `)

/** What follows the first words, as it was typed. */
const afterWords = (said: string, count: number): string =>
  said
    .split(/\s+/u)
    .slice(0, count)
    .reduce((rest, word) => rest.slice(rest.indexOf(word) + word.length), said)
    .trim()

/** Without accents, capitals, typographic apostrophes or doubled spaces. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('’', "'")
    .toLowerCase()
    .replace(/[.!…]+$/u, '')
    .replace(/\s+/gu, ' ')
    .trim()
}
