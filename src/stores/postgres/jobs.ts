import { schemas } from './database.ts'

/** What the job engine is asked to do for one meeting; of each kind there is one job at most, but for reports. */
export type Task = 'wake' | 'take-up' | 'show' | 'touch' | 'report'

/** A job that fails is tried again as long as it takes: what was acknowledged is not given up. */
export const attempts = 10_000

/** SQL: one job in place of the one there is under its key. Each argument is SQL. */
export const addJob = (
  task: Task,
  { payload, runAt, key }: { payload: string; runAt: string; key: string },
) => `${schemas.jobs}.add_job('${task}', ${payload}, null, ${runAt}, ${attempts}, ${key})`

/** SQL: none in place of the one there is. */
export const removeJob = (key: string) => `${schemas.jobs}.remove_job(${key})`

/** SQL: the key of a meeting's job; `digest` is SQL. */
export const keyOf = (task: Task, digest: string) => `'${task}:' || ${digest}`

/** An id as the database takes it, whatever characters it is made of. */
export const written = (id: string): string => JSON.stringify(id).slice(1, -1)

export const readId = (text: string): string => String(JSON.parse(`"${text}"`))
