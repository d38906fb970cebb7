import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { operatorLang } from './config.ts'
import { speak } from './locales/index.ts'
import { packageFor } from './package/index.ts'

/** `npm run package -- --env NAME [--lang en]`: the zip that Teams takes, or all that must be mended first. */
const root = resolve(import.meta.dirname, '..')
const options = { env: { type: 'string', default: 'dev' }, lang: { type: 'string' } } as const
const { env, lang } = parseArgs({ strict: false, options }).values
const to = operatorLang({ LANG: typeof lang === 'string' ? lang : process.env.LANG })
const tell = (text: Parameters<typeof speak>[0]) => speak(text, { lang: to, zone: 'UTC' })

const made =
  typeof env === 'string' ? packageFor(root, env) : { wrong: [{ say: 'package.which-environment' }] }
if ('wrong' in made) {
  for (const one of made.wrong) console.error(tell(one))
  console.error(tell({ say: 'package.to-mend', with: { count: made.wrong.length } }))
  process.exitCode = 1
} else {
  const file = join('build', `ouverture-${env}.zip`)
  mkdirSync(join(root, 'build'), { recursive: true })
  writeFileSync(join(root, file), made.zip)
  console.log(tell({ say: 'package.made', with: { file } }))
}
