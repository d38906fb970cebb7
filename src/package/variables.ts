import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { said, say, type Text } from '../core/text.ts'

const asked = (expected: string, fits: (value: string) => boolean) =>
  z.string({ required_error: expected }).refine(fits, expected)

const identifier = asked('package.identifier', (value) =>
  /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/iu.test(value),
)
const page = asked('package.page', (value) => /^https:\/\/\S+$/u.test(value) && named.test(hostOf(value)))

/** What everyone's client can reach has a dot in its name. */
const named = /^(?:[\da-z](?:[\da-z-]*[\da-z])?\.)+[a-z][\da-z-]*[\da-z]$/iu
const hostOf = (value: string): string => (URL.canParse(value) ? new URL(value).hostname : '')

/** What an environment must give for the app package, and in which form. */
const variables = z.object({
  TEAMS_APP_ID: identifier,
  BOT_ID: identifier,
  /** The package does without it; what registers the bot does not. */
  BOT_TENANT_ID: identifier.or(z.literal('')).default(''),
  BOT_DOMAIN: asked('package.host', (value) =>
    /^(?:[\da-z](?:[\da-z-]*[\da-z])?\.)+[a-z]{2,}$/iu.test(value),
  ),
  /** With the name it follows, at most the thirty characters of an app's short name. */
  APP_NAME_SUFFIX: z.string().max(21, 'package.suffix').default(''),
  DEVELOPER_NAME: asked('package.developer', (value) => value.length <= 32),
  WEBSITE_URL: page,
  PRIVACY_URL: page,
  TERMS_URL: page,
})

/** The variables of `env/.env.<name>`, or the readable list of what is missing or wrong in it. */
export function variablesOf(
  root: string,
  name: string,
): { values: Record<string, string> } | { wrong: Text[] } {
  const file = `env/.env.${name}`
  if (!/^[\w-]+$/u.test(name) || !existsSync(join(root, file)))
    return { wrong: [say('package.no-environment', { file, known: known(root) })] }
  const given = filledIn(parseEnv(readFileSync(join(root, file), 'utf8')))
  const read = variables.safeParse(given)
  if (read.success) return { values: { ...given, ...read.data } }
  return { wrong: read.error.issues.map(({ path, message }) => told(file, String(path[0]), message, given)) }
}

/** A variable left empty is one that was not given. */
const filledIn = (given: NodeJS.Dict<string>): Record<string, string> =>
  Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])))

function told(file: string, name: string, expected: string, given: Record<string, string>): Text {
  const value = given[name]
  return value === undefined
    ? say('package.empty', { file, name, expected: say(expected) })
    : say('package.unfit', { file, name, value: said(value), expected: say(expected) })
}

const known = (root: string): Text => ({
  listing: readdirSync(join(root, 'env'))
    .flatMap((one) => /^\.env\.([\w-]+)$/u.exec(one)?.[1] ?? [])
    .filter((one) => one !== 'example')
    .map(said),
})
