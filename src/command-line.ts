import { type ParseArgsConfig, parseArgs } from 'node:util'
import { operatorLang } from './config.ts'
import { type Lang, said, say, type Text } from './core/text.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** What the command was asked, and in which language it answers; or what it cannot take, told in that language. */
export type Asked = { lang: Lang } & ({ values: Record<string, string | boolean> } | { wrong: Text[] })

/** Reads what follows a command. `--lang` is one of every command's options. */
export function askedOf(args: string[], own: Options, env: Record<string, string | undefined>): Asked {
  const options: Options = { ...own, lang: { type: 'string' } }
  const { tokens } = parseArgs({ args, options, strict: false, tokens: true, allowPositionals: true })
  const wrong: Text[] = []
  const values: Record<string, string | boolean> = {}
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue
    const known = token.kind === 'option' && Object.hasOwn(options, token.name) ? options[token.name] : null
    if (token.kind === 'positional' || !known) wrong.push(unknown(token, options))
    else if (known.type === 'string' && !isGiven(token))
      wrong.push(say('command.value', { option: token.name }))
    else if (token.name === 'lang' && !isLang(token.value)) wrong.push(say('command.lang'))
    else values[token.name] = token.value ?? true
  }
  const lang = operatorLang({ ...env, ...(isLang(values.lang) ? { LANG: values.lang } : {}) })
  return wrong.length > 0 ? { lang, wrong } : { lang, values }
}

function unknown(
  token: { kind: string; rawName?: string; value?: string | undefined },
  options: Options,
): Text {
  const names = Object.keys(options).map((name) => `--${name}`)
  return say('command.unknown', {
    given: said(token.rawName ?? token.value ?? ''),
    known: { listing: names.map(said) },
  })
}

/** What follows an option may be the next one. */
const isGiven = ({ value, inlineValue }: { value?: string | undefined; inlineValue?: boolean | undefined }) =>
  value !== undefined && value !== '' && (inlineValue === true || !value.startsWith('-'))

const isLang = (value: unknown): value is Lang => value === 'fr' || value === 'en'

/** As shells expect of a command that was not understood. */
export const notUnderstood = 2
