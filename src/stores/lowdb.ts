import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Adapter, Low } from 'lowdb'
import type { Meeting } from '../core/meeting.ts'
import { peopleIn } from '../core/personal-data.ts'
import { flushFolder, temporaryEnd, writeFlushed } from '../flushed-file.ts'
import { DamagedRecord, StaleVersion, type Store } from '../ports.ts'
import { inTurn } from './in-turn.ts'
import { isPending, leadersOf, readRecordText } from './record.ts'
import { type Sealing, unsealed } from './sealing.ts'
import { filesIn, nameFor, orNull, shelf, textIn } from './shelf.ts'

interface Options {
  /** Told of a file that was skipped, and why. */
  warn?: (file: string, error: unknown) => void
  /** How files are protected on disk. */
  sealing?: Sealing
}

/** Versions remembered so that a save need not read its file again. */
const knownVersions = 500

/** Older than this, a temporary file belongs to a process that died. */
const abandonedAfter = 60_000

/**
 * The embedded store: one JSON file per meeting under `dir/meetings`, one writer per file. Under `dir/leaders` and
 * `dir/people`, a folder per person holds a small file per meeting she led, or took part in, written before the record
 * that makes it true and dropped after it no longer is.
 */
export function lowdbStore(dir: string, { warn = () => {}, sealing = unsealed }: Options = {}): Store {
  const folder = join(dir, 'meetings')
  const fileOf = (id: string) => join(folder, `${nameFor(id)}.json`)
  const shelves = [
    { on: shelf(join(dir, 'leaders'), sealing), of: leadersOf },
    { on: shelf(join(dir, 'people'), sealing), of: peopleIn },
  ] as const
  const [leaders, people] = shelves
  const known = new Map<string, Known>()
  const turns = inTurn()
  let ready: Promise<void> | null = null

  async function load(id: string): Promise<Meeting | null> {
    const meeting = await read(fileOf(id))
    if (meeting && meeting.id !== id) throw new DamagedRecord('the record of another meeting')
    return meeting
  }

  async function save(meeting: Meeting): Promise<void> {
    ready ??= prepare(folder)
    await ready
    const file = fileOf(meeting.id)
    const before = await knownOf(meeting.id)
    if (meeting.version !== before.version + 1)
      throw new StaleVersion(`version ${meeting.version} over ${before.version}`)
    known.delete(file)
    const named = shelves.map(({ of }) => of(meeting))
    for (const [index, { on }] of shelves.entries())
      for (const person of named[index] ?? []) await on.put(person, meeting.id)
    const db = new Low<Meeting | null>(flushedJson(file), null)
    db.data = meeting
    await db.write()
    await dropped(meeting.id, before.named, named)
    remember(file, { version: meeting.version, mark: await markOf(file), named })
  }

  async function erase(meeting: Meeting): Promise<void> {
    const file = fileOf(meeting.id)
    const before = await knownOf(meeting.id)
    if (meeting.version !== before.version)
      throw new StaleVersion(`version ${meeting.version} over ${before.version}`)
    known.delete(file)
    await rm(file, { force: true })
    await orNull(flushFolder(folder))
    await dropped(meeting.id, before.named, [])
  }

  /** Those whom the record no longer names are no longer said to have to do with it. */
  async function dropped(id: string, before: string[][], after: string[][]): Promise<void> {
    for (const [index, { on }] of shelves.entries())
      for (const person of before[index] ?? []) if (!after[index]?.includes(person)) await on.drop(person, id)
  }

  /** The mark tells whether another process wrote the file behind our back. */
  async function knownOf(id: string): Promise<Omit<Known, 'mark'>> {
    const file = fileOf(id)
    const cached = known.get(file)
    if (cached && cached.mark === (await markOf(file))) return cached
    const stored = await load(id)
    return { version: stored?.version ?? 0, named: shelves.map(({ of }) => (stored ? of(stored) : [])) }
  }

  function remember(file: string, saved: Known): void {
    known.set(file, saved)
    const [oldest] = known.keys()
    if (known.size > knownVersions && oldest !== undefined) known.delete(oldest)
  }

  /** Of the records for which `wanted` holds, those that are what they say they are. */
  async function idsOf(
    wanted: (meeting: Meeting) => boolean,
    among: (file: string) => Promise<boolean> = async () => true,
  ) {
    const ids: string[] = []
    for (const name of await filesIn(folder)) {
      if (!(await among(join(folder, name)))) continue
      const meeting = await read(join(folder, name)).catch(skipped(name))
      if (meeting && name !== basename(fileOf(meeting.id)))
        skipped(name)(new DamagedRecord('a copy under another name'))
      else if (meeting && wanted(meeting)) ids.push(meeting.id)
    }
    return ids
  }

  const skipped = (file: string) => (error: unknown) => {
    warn(file, error)
    return null
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
        return text === null ? null : readRecordText(sealing.open(text))
      },
      write: (meeting) => writeFlushed(file, sealing.close(JSON.stringify(meeting))),
    }
  }

  const isIdleSince = (when: number) => async (file: string) =>
    ((await orNull(stat(file)))?.mtimeMs ?? Number.POSITIVE_INFINITY) < when

  return {
    load: (id) => turns.take(fileOf(id), () => load(id)),
    save: (meeting) => turns.take(fileOf(meeting.id), () => save(meeting)),
    erase: (meeting) => turns.take(fileOf(meeting.id), () => erase(meeting)),
    pending: () => idsOf(isPending),
    idleSince: (when) => idsOf(() => true, isIdleSince(when)),
    ledBy: (person) => leaders.on.of(person),
    attendedBy: (person) => people.on.of(person),
    close: () => turns.over(),
  }
}

interface Known {
  version: number
  mark: string
  /** On each shelf, those whom the record named. */
  named: string[][]
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

async function markOf(file: string): Promise<string> {
  const found = await orNull(stat(file, { bigint: true }))
  return found ? `${found.ino} ${found.mtimeNs} ${found.size}` : 'none'
}
