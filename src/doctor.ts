import { askedOf, notUnderstood } from './command-line.ts'
import { examine } from './doctor/index.ts'
import { microsoft } from './doctor/online.ts'
import { speak } from './locales/index.ts'

/** `npm run doctor -- [--online] [--lang en]`: what the bot would find wrong, and what to mend. */
const asked = askedOf(process.argv.slice(2), { options: { online: { type: 'boolean' } } }, process.env)
const to = { lang: asked.lang, zone: 'Europe/Paris' } as const
if ('wrong' in asked) {
  for (const one of asked.wrong) console.error(speak(one, to))
  process.exit(notUnderstood)
}

const findings = await examine({
  env: process.env,
  nodeVersion: process.version,
  folder: process.cwd(),
  now: Date.now(),
  online: asked.values.online ? microsoft : null,
})
for (const { level, text } of findings)
  console.log(`${speak({ say: `doctor.${level}` }, to)} ${speak(text, to)}`)
const count = findings.filter((one) => one.level === 'wrong').length
console.log(speak({ say: 'doctor.summary', with: { count } }, to))
process.exitCode = count > 0 ? 1 : 0
