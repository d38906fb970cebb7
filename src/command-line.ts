import { type ParseArgsConfig, parseArgs } from 'node:util'
import { operatorLang } from './config.ts'
import { type Lang, said, say, type Text } from './core/text.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** What the command was asked, and in which language it answers; or what it cannot take, told in that language. */
export type Asked = { lang: Lang } & (
  | { values: Record<string, string | boolean>; words: string[] }
  | { wrong: Text[] }
)

/** What a command takes: its own options, and words such as names of files. */
interface Taken {
  options: Options
  words?: boolean
}

/** Reads what follows a command. `--lang` is one of every command's options. */
export function askedOf(args: string[], taken: Taken, env: Record<string, string | undefined>): Asked {
  const options: Options = { ...taken.options, lang: { type: 'string' } }
  const { tokens } = parseArgs({ args, options, strict: false, tokens: true, allowPositionals: true })
  const wrong: Text[] = []
  const words: string[] = []
  const values: Record<string, string | boolean> = {}
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue
    if (token.kind === 'positional') {
      if (taken.words) words.push(token.value)
      else wrong.push(about('command.word', token.value, options))
      continue
    }
    const known = Object.hasOwn(options, token.name) ? options[token.name] : null
    if (!known) wrong.push(about('command.unknown', token.rawName, options))
    else if (known.type === 'string' && !isGiven(token))
      wrong.push(say('command.value', { option: token.name }))
    else if (token.name === 'lang' && !isLang(token.value)) wrong.push(say('command.lang'))
    else values[token.name] = token.value ?? true
  }
  const lang = operatorLang({ ...env, ...(isLang(values.lang) ? { LANG: values.lang } : {}) })
  return wrong.length > 0 ? { lang, wrong } : { lang, values, words }
}

function about(key: string, given: string, options: Options): Text {
  const names = Object.keys(options).map((name) => said(`--${name}`))
  return say(key, { given: said(given), known: { listing: names } })
}

/** What follows an option may be the next one. */
const isGiven = ({ value, inlineValue }: { value?: string | undefined; inlineValue?: boolean | undefined }) =>
  value !== undefined && value !== '' && (inlineValue === true || !value.startsWith('-'))

const isLang = (value: unknown): value is Lang => value === 'fr' || value === 'en'

/** As shells expect of a command that was not understood. */
export const notUnderstood = 2
