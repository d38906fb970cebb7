import { resolve } from 'node:path'
import { destination, pino } from 'pino'
import { compose } from './compose.ts'
import { type Config, operatorLang, readConfig } from './config.ts'
import { codeOf, madeFolder } from './flushed-file.ts'
import { loadFormats, sentence } from './formats/index.ts'
import { speak } from './locales/index.ts'
import { safeLog } from './operations/log.ts'
import { endings } from './operations/signals.ts'
import { trail } from './operations/trail.ts'

/** Starts what the environment asks for, or says what is wrong with it and starts nothing. */
const lang = operatorLang(process.env)
const read = readConfig(process.env)
if ('wrong' in read) stopWith(read.wrong.map((text) => speak(text, { lang, zone: 'UTC' })))
else await begin(read.config)

async function begin(config: Config): Promise<void> {
  const causes = trail()
  const log = safeLog(pino({ level: config.logLevel }, destination(2)), causes)
  const scripts = await loadFormats(config.formatsDir)
  if ('misread' in scripts) return stopWith(scripts.misread.map(sentence))
  const placed = { ...config, dataDir: resolve(config.dataDir) }
  const unmade = await madeFolder(placed.dataDir).then(() => null, codeOf)
  if (unmade !== null) {
    const values = { folder: placed.dataDir, code: unmade }
    return stopWith([speak({ say: 'start.no-folder', with: values }, { lang, zone: config.zone })])
  }
  const running = await compose(placed, scripts.formats, log, causes).catch(portTaken)
  if ('port' in running) {
    const values = { port: String(running.port) }
    stopWith([speak({ say: 'start.port-taken', with: values }, { lang, zone: config.zone })])
    // What had begun to listen would keep the process alive.
    process.exit()
  }
  console.log(running.greeting)
  endings(() => running.close())
}

/** Another program listens there already: the commonest mistake, and the easiest to mend. */
function portTaken(error: unknown): { port: number } {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' && 'port' in error)
    return { port: Number(error.port) }
  throw error
}

function stopWith(sentences: string[]): void {
  for (const one of sentences) console.error(one)
  process.exitCode = 1
}
