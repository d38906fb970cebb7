import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Meeting } from '../../src/core/meeting.ts'
import type { Store } from '../../src/ports.ts'
import { lowdbStore } from '../../src/stores/lowdb.ts'
import { nameFor } from '../../src/stores/shelf.ts'
import { freshFolder, removeFolder } from '../support/bot.ts'

/** Where a bot finds its records: an empty store of the kind that the environment names. */
export interface Ground {
  /** In words, for the table. */
  name: string
  /** What the bot is started with. */
  env: Record<string, string>
  /** Another process's view of what is stored. */
  store(): Store
  /** Puts there records that nobody will ask for, as quickly as can be. */
  pile(records: Iterable<Meeting>): Promise<void>
  clear(): Promise<void>
}

/** The bot chooses its store by the same variable: a second one is a line here. */
export async function freshGround({
  DATABASE_URL: url,
}: Record<string, string | undefined>): Promise<Ground> {
  if (url) throw new Error('DATABASE_URL: the benchmark has no such store to fill; run it without')
  return onDisk()
}

/** How many records are saved at once. */
const together = 16

/** As an earlier process would have left them. */
export async function fill(ground: Ground, records: Iterable<Meeting>): Promise<void> {
  const store = ground.store()
  const rest = records[Symbol.iterator]()
  const saving = async () => {
    for (let next = rest.next(); !next.done; next = rest.next()) await store.save(next.value)
  }
  await Promise.all(Array.from({ length: together }, saving))
  await store.close()
}

function onDisk(): Ground {
  const dir = freshFolder()
  const folder = join(dir, 'meetings')
  return {
    name: 'lowdb, each file flushed to disk',
    env: { DATA_DIR: dir },
    store: () => lowdbStore(dir),
    /** Without a flush, nor who took part: a hundred thousand would take an hour. */
    async pile(records) {
      for (const record of records) {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        writeFileSync(join(folder, `${nameFor(record.id)}.json`), JSON.stringify(record), { mode: 0o600 })
      }
    },
    async clear() {
      removeFolder(dir)
    },
  }
}
