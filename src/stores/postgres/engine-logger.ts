import { Logger } from 'graphile-worker'
import type { Log } from '../../ports.ts'

/** What the job engine tells, without its words: they quote what it was given. */
export const engineLogger = (log: Log): Logger =>
  new Logger(() => (level, _message, meta) => {
    if (level === 'error') log.warn({ error: meta?.error }, 'the job engine met an error')
  })
