import { resolve } from 'node:path'
import { destination, pino } from 'pino'
import { compose } from './compose.ts'
import { type Config, foldersIn, operatorLang, readConfig } from './config.ts'
import type { Format } from './core/format.ts'
import { say, type Text } from './core/text.ts'
import { codeOf, madeFolder } from './flushed-file.ts'
import { loadFormats, sentence } from './formats/index.ts'
import { speak } from './locales/index.ts'
import { safeLog } from './operations/log.ts'
import { endings } from './operations/signals.ts'
import { trail } from './operations/trail.ts'
import { DatabaseRefused } from './ports.ts'

/** Starts what the environment asks for, or says what is wrong with it and starts nothing. */
const lang = operatorLang(process.env)
const read = readConfig(process.env)
const scripts = await loadFormats(foldersIn(process.env).formatsDir)
const wrong = [
  ...('wrong' in read
    ? read.wrong
    : read.config.databaseUrl
      ? []
      : await unmade(resolve(read.config.dataDir))),
  ...('misread' in scripts ? scripts.misread.map(sentence) : []),
]
if (wrong.length || 'wrong' in read || 'misread' in scripts) stopWith(wrong)
else await begin({ ...read.config, dataDir: resolve(read.config.dataDir) }, scripts.formats)

/** Why there is no folder to write in. */
async function unmade(folder: string): Promise<Text[]> {
  const code = await madeFolder(folder).then(() => null, codeOf)
  return code === null ? [] : [say('start.no-folder', { folder, code })]
}

async function begin(config: Config, formats: Record<string, Format>): Promise<void> {
  const causes = trail()
  const log = safeLog(pino({ level: config.logLevel }, destination(2)), causes)
  const running = await compose(config, formats, log, causes).catch(known)
  if ('database' in running) {
    stopWith([say('start.no-database', { code: running.database })])
    process.exit()
  }
  if ('port' in running) {
    stopWith([say('start.port-taken', { port: String(running.port) })])
    // What had begun to listen would keep the process alive.
    process.exit()
  }
  console.log(running.greeting)
  endings(() => running.close())
}

/** Another program listens there already, or the database does not answer: the commonest mistakes, and the easiest to mend. */
function known(error: unknown): { port: number } | { database: string } {
  if (error instanceof DatabaseRefused) return { database: error.message }
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' && 'port' in error)
    return { port: Number(error.port) }
  throw error
}

function stopWith(sentences: Text[]): void {
  for (const one of sentences) console.error(speak(one, { lang, zone: 'UTC' }))
  process.exitCode = 1
}
