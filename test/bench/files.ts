import { spawnSync } from 'node:child_process'
import { linkSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Meeting } from '../../src/core/meeting.ts'
import { lowdbStore } from '../../src/stores/lowdb.ts'
import { nameFor } from '../../src/stores/shelf.ts'
import { labelsOf } from '../../src/stores/shelves.ts'
import { freshFolder, removeFolder } from '../support/bot.ts'
import type { Ground } from './ground.ts'

export function onDisk(): Ground {
  const dir = freshFolder()
  // A benchmark that is interrupted leaves nothing behind.
  const leaving = () => removeFolder(dir)
  process.once('exit', leaving)
  return {
    env: { DATA_DIR: dir },
    store: async () => lowdbStore(dir),
    async pile(records) {
      const store = lowdbStore(dir)
      // The store says, while it is empty, that its shelves are complete: no start will read every record for them.
      await store.pending()
      await store.close()
      const made = new Set<string>()
      for (const record of records) putDown(dir, record, made)
      // What is left to be written would be flushed with the first votes.
      spawnSync('sync')
    },
    armed: (bot) => bot.figure('ouverture_live_sessions'),
    async clear() {
      process.off('exit', leaving)
      removeFolder(dir)
    },
  }
}

/** The files that the store would write, shelves included: the smoke test looks for the meetings through the store. */
function putDown(dir: string, record: Meeting, made: Set<string>): void {
  const name = `${nameFor(record.id)}.json`
  const fileIn = (...folders: string[]) => {
    const folder = join(dir, ...folders)
    if (!made.has(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 })
    made.add(folder)
    return join(folder, name)
  }
  writeFileSync(fileIn('meetings'), JSON.stringify(record), { mode: 0o600 })
  const { leaders, people, touched } = labelsOf(record, Date.now())
  const [first, ...others] = [
    ...touched.map((day) => fileIn('touched', day)),
    ...leaders.map((one) => fileIn('leaders', nameFor(one))),
    ...people.map((one) => fileIn('people', nameFor(one))),
  ]
  if (first === undefined) return
  writeFileSync(first, JSON.stringify({ meeting: record.id }), { mode: 0o600 })
  // They all say the same, and none is ever written over: a link is a file less to make, and to remove.
  for (const other of others) linkSync(first, other)
}
