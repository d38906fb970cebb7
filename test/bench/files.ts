import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
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
      for (const record of records) putDown(dir, record)
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
function putDown(dir: string, record: Meeting): void {
  const file = `${nameFor(record.id)}.json`
  const { leaders, people, touched } = labelsOf(record, Date.now())
  const said = JSON.stringify({ meeting: record.id })
  for (const topic of leaders) put(join(dir, 'leaders', nameFor(topic), file), said)
  for (const topic of people) put(join(dir, 'people', nameFor(topic), file), said)
  for (const day of touched) put(join(dir, 'touched', day, file), said)
  put(join(dir, 'meetings', file), JSON.stringify(record))
}

function put(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(file, text, { mode: 0o600 })
}
