import { resolve } from 'node:path'
import { destination, pino } from 'pino'
import { askedOf, notUnderstood } from './command-line.ts'
import { type Config, readConfig } from './config.ts'
import type { Text } from './core/text.ts'
import { speak } from './locales/index.ts'
import { safeLog } from './operations/log.ts'
import { trail } from './operations/trail.ts'
import { DatabaseRefused, type Log } from './ports.ts'
import { copyAll } from './stores/copy.ts'
import { openStorage } from './stores/index.ts'

/** `npm run store:copy -- --to database|files`: all meetings from one store into the other, each read again. */
const asked = askedOf(process.argv.slice(2), { options: { to: { type: 'string' } } }, process.env)
const tell = (text: Text) => speak(text, { lang: asked.lang, zone: 'UTC' })
// The room's own refusals are about starting it: this only reads and writes records.
const read = readConfig({ ...process.env, ROOM: 'off' })

if ('wrong' in asked) stopWith(asked.wrong, notUnderstood)
else if (asked.values.to !== 'database' && asked.values.to !== 'files')
  stopWith([{ say: 'store-copy.to' }], notUnderstood)
else if ('wrong' in read) stopWith(read.wrong)
else if (read.config.databaseUrl === null) stopWith([{ say: 'store-copy.no-database' }])
else process.exitCode = await copied(read.config, asked.values.to)

async function copied(config: Config, to: 'database' | 'files'): Promise<number> {
  const log: Log = safeLog(pino({ level: config.logLevel }, destination(2)), trail())
  const place = { dataDir: resolve(config.dataDir), dataKeys: config.dataKeys, log }
  const files = await openStorage({ ...place, databaseUrl: null })
  const database = await openStorage({ ...place, databaseUrl: config.databaseUrl }).catch(refused)
  if (database === null) return 1
  const [from, into] = to === 'database' ? [files, database] : [database, files]
  const told = await copyAll(from.store, into.store, Date.now())
  await Promise.all([files.store.close(), database.store.close()])
  for (const meeting of told.other) console.error(tell({ say: 'store-copy.other', with: { id: meeting } }))
  for (const { meeting, error } of told.failed)
    console.error(tell({ say: 'store-copy.failed', with: { id: meeting, reason: reasonOf(error) } }))
  const left = told.other.length + told.failed.length
  console.log(tell({ say: 'store-copy.done', with: { copied: told.copied, same: told.same, left } }))
  return left > 0 ? 1 : 0
}

function refused(error: unknown): null {
  if (!(error instanceof DatabaseRefused)) throw error
  console.error(tell({ say: 'start.no-database', with: { code: error.message } }))
  return null
}

/** Messages of the database quote what they were given; ours do not. */
const reasonOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown')

function stopWith(texts: Text[], code = 1): void {
  for (const one of texts) console.error(tell(one))
  process.exitCode = code
}
