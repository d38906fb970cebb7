import { join } from 'node:path'
import { writeFlushed } from '../flushed-file.ts'
import type { Turns } from './in-turn.ts'
import { clearLeftOver } from './left-over.ts'
import type { RecordFiles } from './record-files.ts'
import type { Sealing } from './sealing.ts'
import { filesIn, textIn, type Writing } from './shelf.ts'
import { dayOf, labelsOf, noLabels, now, type Shelves } from './shelves.ts'

interface Data {
  dir: string
  writing: Writing
  records: RecordFiles
  shelves: Shelves
  turns: Turns
}

/** What the shelves tell, as `dir/shelved` says once they tell it of every record. */
const all = 'leaders people pending touched'

/**
 * Records from before there were such shelves are read once, all of them, and put where they belong. Stopped half-way,
 * it is done again from the start; to have it done anew, remove `dir/shelved`.
 */
export async function takeUpOnce(data: Data): Promise<void> {
  const { dir, writing, records, turns } = data
  const file = join(dir, 'shelved')
  if (opened(await textIn(file), writing.sealing) === all) return
  await clearLeftOver(records.folder)
  for (const name of await filesIn(records.folder))
    await turns.take(nameIn(name), () => takeUp(nameIn(name), data))
  await writeFlushed(file, writing.sealing.close(all), writing.through)
}

const nameIn = (file: string): string => file.slice(0, -'.json'.length)

function opened(text: string | null, sealing: Sealing): string | null {
  try {
    return text === null ? null : sealing.open(text)
  } catch {
    return null
  }
}

/** One that cannot be read is told of at each start: once it is mended, it may have something to do. */
async function takeUp(name: string, { records, shelves }: Data): Promise<void> {
  const stamp = await records.stamp(name)
  if (!stamp) return
  const meeting = await records.read(name).catch(() => null)
  const labels = meeting
    ? labelsOf(meeting, stamp.savedAt)
    : { ...noLabels, pending: [now], touched: [dayOf(stamp.savedAt)] }
  await shelves.put(name, meeting?.id ?? null, labels)
}
