import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'

const asked = (expected: string, fits: (value: string) => boolean) =>
  z.string({ required_error: expected }).refine(fits, expected)

const identifier = asked('an identifier such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301', (value) =>
  /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/iu.test(value),
)
const page = asked('an address that begins with https://', (value) => /^https:\/\/[^\s/]+\S*$/u.test(value))

/** What an environment must give for the app package, and in which form. */
const variables = z.object({
  TEAMS_APP_ID: identifier,
  BOT_ID: identifier,
  BOT_DOMAIN: asked('a host name such as bot.example.org, without https://', (value) =>
    /^(?:[\da-z](?:[\da-z-]*[\da-z])?\.)+[a-z]{2,}$/iu.test(value),
  ),
  /** With the name it follows, at most the thirty characters of an app's short name. */
  APP_NAME_SUFFIX: z.string().max(21, 'at most 21 characters').default(''),
  DEVELOPER_NAME: asked('a name of at most 32 characters', (value) => value.length <= 32),
  WEBSITE_URL: page,
  PRIVACY_URL: page,
  TERMS_URL: page,
})

/** The variables of `env/.env.<name>`, or the readable list of what is missing or wrong in it. */
export function variablesOf(
  root: string,
  name: string,
): { values: Record<string, string> } | { wrong: string[] } {
  const file = `env/.env.${name}`
  if (!/^[\w-]+$/u.test(name) || !existsSync(join(root, file)))
    return { wrong: [`${file}: there is no such file; ${known(root)}`] }
  const given = filledIn(parseEnv(readFileSync(join(root, file), 'utf8')))
  const read = variables.safeParse(given)
  if (read.success) return { values: { ...given, ...read.data } }
  return { wrong: read.error.issues.map(({ path, message }) => told(file, String(path[0]), message, given)) }
}

/** A variable left empty is one that was not given. */
const filledIn = (given: NodeJS.Dict<string>): Record<string, string> =>
  Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])))

function told(file: string, name: string, expected: string, given: Record<string, string>): string {
  const value = given[name]
  return value === undefined
    ? `${file}  ${name} is empty: expected ${expected}`
    : `${file}  ${name} is "${value}": expected ${expected}`
}

function known(root: string): string {
  const names = readdirSync(join(root, 'env')).flatMap((one) => /^\.env\.([\w-]+)$/u.exec(one)?.[1] ?? [])
  return `there are ${names.filter((one) => one !== 'example').join(', ')}`
}
