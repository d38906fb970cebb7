import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Meeting } from '../../src/core/meeting.ts'
import { peopleIn } from '../../src/core/personal-data.ts'
import type { Store } from '../../src/ports.ts'
import { lowdbStore } from '../../src/stores/lowdb.ts'
import { leadersOf } from '../../src/stores/record.ts'
import { nameFor } from '../../src/stores/shelf.ts'
import { freshFolder, removeFolder } from '../support/bot.ts'

/** Where a bot finds its records: an empty store of the kind that the environment names. */
export interface Ground {
  /** In words, for the table. */
  name: string
  /** What the bot is started with. */
  env: Record<string, string>
  /** Puts records there, as saved by an earlier process. */
  fill(records: Iterable<Meeting>): Promise<void>
  /** To read what the bot has saved. */
  store(): Store
  clear(): Promise<void>
}

/** A second store is one more line here: what `DATABASE_URL` names is chosen by the bot itself, from the same variable. */
export async function freshGround({
  DATABASE_URL: url,
}: Record<string, string | undefined>): Promise<Ground> {
  if (url) throw new Error('the benchmark does not know how to fill this store yet')
  return onDisk()
}

function onDisk(): Ground {
  const dir = freshFolder()
  const folder = join(dir, 'meetings')
  return {
    name: 'lowdb, each file flushed to disk',
    env: { DATA_DIR: dir },
    async fill(records) {
      for (const record of records) {
        write(folder, record.id, record)
        const entry = { meeting: record.id }
        for (const person of leadersOf(record)) write(join(dir, 'leaders', nameFor(person)), record.id, entry)
        for (const person of peopleIn(record)) write(join(dir, 'people', nameFor(person)), record.id, entry)
      }
    },
    store: () => lowdbStore(dir),
    async clear() {
      removeFolder(dir)
    },
  }
}

/** As the store would, but for the flush: a hundred thousand of them would take an hour. */
function write(folder: string, id: string, content: object): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(join(folder, `${nameFor(id)}.json`), JSON.stringify(content), { mode: 0o600 })
}
