import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Adapter, Low } from 'lowdb'
import { z } from 'zod'
import type { Meeting } from '../core/meeting.ts'
import { flushFolder, temporaryEnd, writeFlushed } from '../flushed-file.ts'
import { DamagedRecord, StaleVersion, type Store } from '../ports.ts'
import { inTurn } from './in-turn.ts'
import { isPending, leadersOf, readRecordText } from './record.ts'

interface Options {
  /** Told of a file that was skipped. */
  warn?: (message: string) => void
}

/** Versions remembered so that a save need not read its file again. */
const knownVersions = 500

/** Shelf files remembered as written. */
const knownShelved = 5_000

const nameFor = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 40)

/** Older than this, a temporary file belongs to a process that died. */
const abandonedAfter = 60_000

/**
 * The embedded store: one JSON file per meeting under `dir/meetings`, one writer per file. Under `dir/leaders`, a folder
 * per person holds a small file per meeting she led, written before the record that makes it true.
 */
export function lowdbStore(dir: string, { warn = () => {} }: Options = {}): Store {
  const folder = join(dir, 'meetings')
  const fileOf = (id: string) => join(folder, `${nameFor(id)}.json`)
  const shelfOf = (person: string) => join(dir, 'leaders', nameFor(person))
  const shelved = new Set<string>()
  const known = new Map<string, { version: number; mark: string }>()
  const turns = inTurn()
  let ready: Promise<void> | null = null

  async function load(id: string): Promise<Meeting | null> {
    const file = fileOf(id)
    const meeting = await read(file)
    if (meeting && meeting.id !== id) throw new DamagedRecord('the record of another meeting')
    return meeting
  }

  async function save(meeting: Meeting): Promise<void> {
    ready ??= prepare(folder)
    await ready
    const file = fileOf(meeting.id)
    const stored = await versionIn(file, meeting.id)
    if (meeting.version !== stored + 1) throw new StaleVersion(`version ${meeting.version} over ${stored}`)
    known.delete(file)
    for (const person of leadersOf(meeting)) await shelve(person, meeting.id)
    const db = new Low<Meeting | null>(flushedJson(file), null)
    db.data = meeting
    await db.write()
    remember(file, { version: meeting.version, mark: await markOf(file) })
  }

  /** The mark tells whether another process wrote the file behind our back. */
  async function versionIn(file: string, id: string): Promise<number> {
    const cached = known.get(file)
    if (cached && cached.mark === (await markOf(file))) return cached.version
    return (await load(id))?.version ?? 0
  }

  function remember(file: string, saved: { version: number; mark: string }): void {
    known.set(file, saved)
    const [oldest] = known.keys()
    if (known.size > knownVersions && oldest !== undefined) known.delete(oldest)
  }

  /** Says that this person led a session of this meeting; once said, it costs nothing. */
  async function shelve(person: string, meeting: string): Promise<void> {
    const shelf = shelfOf(person)
    const file = join(shelf, `${nameFor(meeting)}.json`)
    if (shelved.has(file)) return
    await mkdir(shelf, { recursive: true, mode: 0o700 })
    if ((await textIn(file)) === null) {
      await writeFlushed(file, JSON.stringify({ meeting }))
      await flushFolder(join(shelf, '..'))
    }
    if (shelved.size >= knownShelved) shelved.clear()
    shelved.add(file)
  }

  async function ledBy(person: string): Promise<string[]> {
    const shelf = shelfOf(person)
    const found = await Promise.all(
      (await filesIn(shelf)).map(async (name) => meetingNamedIn(await textIn(join(shelf, name)))),
    )
    return found.filter((id) => id !== null)
  }

  async function pending(): Promise<string[]> {
    const ids: string[] = []
    for (const name of await filesIn(folder)) {
      const meeting = await read(join(folder, name)).catch(skipped(name))
      if (meeting && name !== basename(fileOf(meeting.id)))
        skipped(name)(new DamagedRecord('a copy under another name'))
      else if (meeting && isPending(meeting)) ids.push(meeting.id)
    }
    return ids
  }

  const skipped = (file: string) => (error: unknown) => {
    warn(`${file} was skipped: ${String(error)}`)
    return null
  }

  return {
    load: (id) => turns.take(fileOf(id), () => load(id)),
    save: (meeting) => turns.take(fileOf(meeting.id), () => save(meeting)),
    pending,
    ledBy,
    close: () => turns.over(),
  }
}

async function read(file: string): Promise<Meeting | null> {
  const db = new Low<Meeting | null>(flushedJson(file), null)
  await db.read()
  return db.data
}

/** lowdb's own file adapter renames but does not flush, and neither checks what it reads. */
function flushedJson(file: string): Adapter<Meeting | null> {
  return {
    async read() {
      const text = await textIn(file)
      return text === null ? null : readRecordText(text)
    },
    write: (meeting) => writeFlushed(file, JSON.stringify(meeting)),
  }
}

const shelfEntry = z.object({ meeting: z.string().min(1) })

/** Null where the file is gone or says nothing: the record itself tells who led it. */
function meetingNamedIn(text: string | null): string | null {
  try {
    return shelfEntry.parse(JSON.parse(text ?? '')).meeting
  } catch {
    return null
  }
}

async function prepare(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await flushFolder(join(folder, '..'))
  for (const name of await readdir(folder)) {
    const file = join(folder, name)
    const age = Date.now() - ((await orNull(stat(file)))?.mtimeMs ?? Date.now())
    if (name.endsWith(temporaryEnd) && age > abandonedAfter) await rm(file, { force: true })
  }
}

const filesIn = async (folder: string): Promise<string[]> =>
  ((await orNull(readdir(folder))) ?? []).filter((name) => name.endsWith('.json'))

const textIn = (file: string): Promise<string | null> => orNull(readFile(file, 'utf8'))

async function markOf(file: string): Promise<string> {
  const found = await orNull(stat(file, { bigint: true }))
  return found ? `${found.ino} ${found.mtimeNs} ${found.size}` : 'none'
}

/** Null where there is no such file; any other trouble is thrown. */
async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
