import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { flushFolder, writeFlushed } from '../flushed-file.ts'
import type { Sealing } from './sealing.ts'

/** Says which meetings a person has to do with: a folder per person, a small file per meeting. */
export interface Shelf {
  /** Once said, it costs nothing. */
  put(person: string, meeting: string): Promise<void>
  of(person: string): Promise<string[]>
  drop(person: string, meeting: string): Promise<void>
}

/** Files remembered as written. */
const knownPut = 5_000

/** A file's name for any id, however long, in whatever script. */
export const nameFor = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 40)

export function shelf(dir: string, sealing: Sealing): Shelf {
  const known = new Set<string>()
  const folderOf = (person: string) => join(dir, nameFor(person))
  const fileOf = (person: string, meeting: string) => join(folderOf(person), `${nameFor(meeting)}.json`)

  return {
    async put(person, meeting) {
      const file = fileOf(person, meeting)
      if (known.has(file)) return
      await mkdir(folderOf(person), { recursive: true, mode: 0o700 })
      if ((await textIn(file)) === null) {
        await writeFlushed(file, sealing.close(JSON.stringify({ meeting })))
        await flushFolder(dir)
      }
      if (known.size >= knownPut) known.clear()
      known.add(file)
    },
    async of(person) {
      const folder = folderOf(person)
      const found = await Promise.all(
        (await filesIn(folder)).map(async (name) => meetingIn(await textIn(join(folder, name)), sealing)),
      )
      return found.filter((id) => id !== null)
    },
    async drop(person, meeting) {
      const file = fileOf(person, meeting)
      known.delete(file)
      await rm(file, { force: true })
      await orNull(flushFolder(folderOf(person)))
    },
  }
}

const entry = z.object({ meeting: z.string().min(1) })

/** Null where the file is gone or says nothing: the record itself tells the truth. */
function meetingIn(text: string | null, sealing: Sealing): string | null {
  try {
    return entry.parse(JSON.parse(sealing.open(text ?? ''))).meeting
  } catch {
    return null
  }
}

export const filesIn = async (folder: string): Promise<string[]> =>
  ((await orNull(readdir(folder))) ?? []).filter((name) => name.endsWith('.json'))

export const textIn = (file: string): Promise<string | null> => orNull(readFile(file, 'utf8'))

/** Null where there is no such file; any other trouble is thrown. */
export async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
