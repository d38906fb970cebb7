import { mkdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Adapter, Low } from 'lowdb'
import type { Meeting } from '../core/meeting.ts'
import { say } from '../core/text.ts'
import { flushFolder, writeFlushed } from '../flushed-file.ts'
import { DamagedRecord } from '../ports.ts'
import { clearLeftOver } from './left-over.ts'
import { readRecordText } from './record.ts'
import { recordBytes } from './record-bytes.ts'
import { nameFor, orNull, textIn, type Writing } from './shelf.ts'

/** The records on disk, a JSON file each, by the name that stands for the meeting's id. */
export interface RecordFiles {
  folder: string
  /** Makes what must be there to write. */
  prepare(): Promise<void>
  /** Null where there is none. Throws `DamagedRecord` where it cannot be read, or is another's. */
  read(name: string): Promise<Meeting | null>
  /** Whole or not at all, on disk when the promise resolves. */
  write(name: string, meeting: Meeting): Promise<void>
  remove(name: string): Promise<void>
  /** When it was saved, and what tells this save from any other; null where there is none. */
  stamp(name: string): Promise<Stamp | null>
}

export interface Stamp {
  savedAt: number
  mark: string
}

export function recordFiles(folder: string, { sealing, through }: Writing): RecordFiles {
  const fileOf = (name: string) => join(folder, `${name}.json`)

  /** lowdb's own file adapter renames but does not flush, and neither checks what it reads. */
  function flushedJson(file: string): Adapter<Meeting | null> {
    return {
      async read() {
        const text = await textIn(file)
        return text === null ? null : readRecordText(sealing.open(text))
      },
      write: (meeting) => writeFlushed(file, sealing.close(recordBytes(meeting)), through),
    }
  }

  return {
    folder,
    async prepare() {
      for (const one of [folder, through]) await mkdir(one, { recursive: true, mode: 0o700 })
      await flushFolder(dirname(folder))
      await clearLeftOver(through)
    },
    async read(name) {
      const db = new Low<Meeting | null>(flushedJson(fileOf(name)), null)
      await db.read()
      if (db.data && nameFor(db.data.id) !== name)
        throw new DamagedRecord('the record of another meeting', say('damage.other-meeting'))
      return db.data
    },
    async write(name, meeting) {
      const db = new Low<Meeting | null>(flushedJson(fileOf(name)), null)
      db.data = meeting
      await db.write()
    },
    async remove(name) {
      await rm(fileOf(name), { force: true })
      await orNull(flushFolder(folder))
    },
    async stamp(name) {
      const found = await orNull(stat(fileOf(name), { bigint: true }))
      if (!found) return null
      const { ino, mtimeNs, mtimeMs, size } = found
      return { savedAt: Number(mtimeMs), mark: `${ino} ${mtimeNs} ${size}` }
    },
  }
}
