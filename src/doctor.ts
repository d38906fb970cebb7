import { parseArgs } from 'node:util'
import { operatorLang } from './config.ts'
import { examine } from './doctor/index.ts'
import { microsoft } from './doctor/online.ts'
import { speak } from './locales/index.ts'

/** `npm run doctor -- [--online] [--lang en]`: what the bot would find wrong, and what to mend. */
const { values: asked } = parseArgs({
  options: { online: { type: 'boolean', default: false }, lang: { type: 'string' } },
})
const lang = operatorLang({ LANG: asked.lang ?? process.env.LANG })
const to = { lang, zone: 'Europe/Paris' } as const

const findings = await examine({
  env: process.env,
  nodeVersion: process.version,
  folder: process.cwd(),
  now: Date.now(),
  online: asked.online ? microsoft : null,
})
for (const { level, text } of findings)
  console.log(`${speak({ say: `doctor.${level}` }, to)} ${speak(text, to)}`)
const count = findings.filter((one) => one.level === 'wrong').length
console.log(speak({ say: 'doctor.summary', with: { count } }, to))
process.exitCode = count > 0 ? 1 : 0
