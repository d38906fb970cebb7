import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { packageFor } from './package/index.ts'

/** `npm run package -- --env NAME`: the zip that is uploaded to Teams, or all that must be mended first. */
const root = resolve(import.meta.dirname, '..')
const { env } = parseArgs({ strict: false, options: { env: { type: 'string', default: 'dev' } } }).values
const made =
  typeof env === 'string' ? packageFor(root, env) : { wrong: ['--env: expected a name, such as dev'] }

if ('wrong' in made) {
  for (const one of made.wrong) console.error(one)
  console.error(`${made.wrong.length} to mend; no package was written`)
  process.exitCode = 1
} else {
  const file = join('build', `ouverture-${env}.zip`)
  mkdirSync(join(root, 'build'), { recursive: true })
  writeFileSync(join(root, file), made.zip)
  console.log(file)
}
