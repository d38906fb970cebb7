import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { flushFolder, writeFlushed } from '../flushed-file.ts'
import { someAtOnce } from '../some-at-once.ts'
import type { Sealing } from './sealing.ts'

/** Says which meetings a topic has to do with: a folder per topic, a small file per meeting, named as its record is. */
export interface Shelf {
  /** Once said, it costs nothing. Null where the record does not tell whose it is. */
  put(topic: string, name: string, meeting: string | null): Promise<void>
  of(topic: string): Promise<Entry[]>
  /** As their folders are named. */
  topics(): Promise<string[]>
  drop(topic: string, name: string): Promise<void>
}

export interface Entry {
  name: string
  /** Null where the file says nothing: the record itself tells the truth. */
  meeting: string | null
}

/** How files are written. */
export interface Writing {
  sealing: Sealing
  /** Where a file stands until it is whole: on the same disk, and looked through at the start. */
  through: string
}

/** Files remembered as written. */
const knownPut = 5_000

/** Files read at once where there are many to read: more would wait for the same disk. */
export const filesAtOnce = 16

/** A folder may be cleared away, empty, while something is put in it. */
const tries = 3

/** A file's name for any id, however long, in whatever script. */
export const nameFor = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 40)

export function shelf(dir: string, { sealing, through }: Writing, folderFor = nameFor): Shelf {
  const known = new Set<string>()
  const folderOf = (topic: string) => join(dir, folderFor(topic))
  const fileOf = (topic: string, name: string) => join(folderOf(topic), `${name}.json`)

  async function written(topic: string, file: string, meeting: string | null, left = tries): Promise<void> {
    await mkdir(folderOf(topic), { recursive: true, mode: 0o700 })
    if ((await textIn(file)) !== null) return
    const text = sealing.close(JSON.stringify(meeting === null ? {} : { meeting }))
    const writing = writeFlushed(file, text, through).then(() => true)
    if (!(await (left > 1 ? orNull(writing) : writing))) return written(topic, file, meeting, left - 1)
    await flushFolder(dir)
  }

  return {
    async put(topic, name, meeting) {
      const file = fileOf(topic, name)
      if (known.has(file)) return
      await written(topic, file, meeting)
      if (known.size >= knownPut) known.clear()
      known.add(file)
    },
    async of(topic) {
      return someAtOnce(await filesIn(folderOf(topic)), filesAtOnce, async (file) => {
        const meeting = meetingIn(await textIn(join(folderOf(topic), file)), sealing)
        return { name: file.slice(0, -'.json'.length), meeting }
      })
    },
    topics: async () => (await orNull(readdir(dir))) ?? [],
    async drop(topic, name) {
      const file = fileOf(topic, name)
      known.delete(file)
      if ((await orNull(rm(file).then(() => true))) === null) return
      await orNull(flushFolder(folderOf(topic)))
      await rmdir(folderOf(topic)).catch(() => {})
    },
  }
}

const entry = z.object({ meeting: z.string().min(1) })

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
