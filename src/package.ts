import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { askedOf, notUnderstood } from './command-line.ts'
import { speak } from './locales/index.ts'
import { packageFor } from './package/index.ts'

/** `npm run package -- --env NAME [--lang en]`: the zip that Teams takes, or all that must be mended first. */
const root = resolve(import.meta.dirname, '..')
const asked = askedOf(process.argv.slice(2), { options: { env: { type: 'string' } } }, process.env)
const tell = (text: Parameters<typeof speak>[0]) => speak(text, { lang: asked.lang, zone: 'UTC' })
if ('wrong' in asked) {
  for (const one of asked.wrong) console.error(tell(one))
  process.exit(notUnderstood)
}
const env = String(asked.values.env ?? 'dev')
if (asked.values.env === undefined) console.log(tell({ say: 'package.default', with: { env } }))

const made = packageFor(root, env)
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
