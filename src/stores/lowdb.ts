import { join } from 'node:path'
import type { Meeting } from '../core/meeting.ts'
import { StaleVersion, type Store } from '../ports.ts'
import { someAtOnce } from '../some-at-once.ts'
import { inTurn } from './in-turn.ts'
import { recordFiles, type Stamp } from './record-files.ts'
import { type Sealing, unsealed } from './sealing.ts'
import { type Entry, filesAtOnce, nameFor } from './shelf.ts'
import { dayOf, type Labels, labelsOf, noLabels, now, type Place, shelvesIn, since } from './shelves.ts'
import { takeUpOnce } from './take-up.ts'

interface Options {
  /** Told of a file that was skipped, and why. */
  warn?: (file: string, error: unknown) => void
  /** How files are protected on disk. */
  sealing?: Sealing
}

/** Meetings of which so much is remembered that a save need not read the file again. */
const remembered = 5000

/**
 * The embedded store: one JSON file per meeting under `dir/meetings`, one writer per file. Whatever is asked of several
 * meetings is found on the shelves beside it: nothing is read but what is wanted.
 */
export function lowdbStore(dir: string, { warn = () => {}, sealing = unsealed }: Options = {}): Store {
  const writing = { sealing, through: join(dir, 'writing') }
  const records = recordFiles(join(dir, 'meetings'), writing)
  const shelves = shelvesIn(dir, writing)
  const known = new Map<string, Known>()
  const turns = inTurn()
  const prepared = onceDone(records.prepare)
  const takenUp = onceDone(async () => {
    await prepared()
    await takeUpOnce({ dir, writing, records, shelves, turns })
  })

  async function save(meeting: Meeting): Promise<void> {
    await prepared()
    const name = nameFor(meeting.id)
    const before = await knownOf(name)
    if (meeting.version !== before.version + 1)
      throw new StaleVersion(`version ${meeting.version} over ${before.version}`)
    known.delete(name)
    const labels = labelsOf(meeting, Date.now())
    await shelves.put(name, meeting.id, since(before.said, labels))
    await records.write(name, meeting)
    await shelves.drop(name, before.labels, labels)
    const stamp = await records.stamp(name)
    if (stamp) remember(name, { version: meeting.version, mark: stamp.mark, labels, said: labels })
  }

  async function load(id: string): Promise<Meeting | null> {
    const name = nameFor(id)
    const stamp = await records.stamp(name)
    if (!stamp) return null
    const stored = await records.read(name)
    if (stored && known.get(name)?.mark !== stamp.mark) remember(name, asRead(stored, stamp))
    return stored
  }

  async function erase(meeting: Meeting): Promise<void> {
    const name = nameFor(meeting.id)
    const before = await knownOf(name)
    if (meeting.version !== before.version)
      throw new StaleVersion(`version ${meeting.version} over ${before.version}`)
    known.delete(name)
    await records.remove(name)
    await shelves.drop(name, before.labels, noLabels)
  }

  /** The mark tells whether another process wrote the file behind our back. */
  async function knownOf(name: string): Promise<Known> {
    const stamp = await records.stamp(name)
    const cached = known.get(name)
    if (!stamp) return unwritten
    if (cached?.mark === stamp.mark) return cached
    const stored = await records.read(name)
    return stored ? asRead(stored, stamp) : unwritten
  }

  function remember(name: string, saved: Known): void {
    known.delete(name)
    known.set(name, saved)
    const [oldest] = known.keys()
    if (known.size > remembered && oldest !== undefined) known.delete(oldest)
  }

  function skipped(name: string, error: unknown): null {
    warn(`${name}.json`, error)
    return null
  }

  /** Whose record it is; null where it cannot be read. */
  async function idOf({ name, meeting }: Entry): Promise<string | null> {
    if (meeting !== null) return meeting
    const read = await records.read(name).catch((error) => skipped(name, error))
    return read?.id ?? null
  }

  /** Of those on this shelf, the meetings there are and for which this holds. */
  async function idsOn(place: Place, topic: string, holds: Holds = async () => true): Promise<string[]> {
    const ids = await someAtOnce(await shelves[place].of(topic), filesAtOnce, (entry) =>
      turns.take(entry.name, async () => {
        const stamp = await records.stamp(entry.name)
        if (!stamp) await shelves[place].drop(topic, entry.name).catch((error) => skipped(entry.name, error))
        return stamp && (await holds(entry, stamp.savedAt)) ? idOf(entry) : null
      }),
    )
    return ids.filter((id) => id !== null)
  }

  async function idleSince(when: number): Promise<string[]> {
    await takenUp()
    const ids = new Set<string>()
    for (const day of await shelves.touched.topics())
      if (day <= dayOf(when)) for (const id of await idsOn('touched', day, isIdle(day, when))) ids.add(id)
    return [...ids]
  }

  /** Saved since, it stands under a day that is no longer true where a crash left it: it is put right. */
  const isIdle =
    (day: string, when: number): Holds =>
    async ({ name, meeting }, savedAt) => {
      if (savedAt < when) return true
      if (dayOf(savedAt) === day) return false
      await shelves.touched.put(dayOf(savedAt), name, meeting)
      await shelves.touched.drop(day, name)
      return false
    }

  return {
    load: (id) => turns.take(nameFor(id), () => load(id)),
    save: (meeting) => turns.take(nameFor(meeting.id), () => save(meeting)),
    erase: (meeting) => turns.take(nameFor(meeting.id), () => erase(meeting)),
    async pending() {
      await takenUp()
      return idsOn('pending', now)
    },
    idleSince,
    ledBy: (person) => idsOn('leaders', person),
    attendedBy: (person) => idsOn('people', person),
    close: () => turns.over(),
  }
}

interface Known {
  version: number
  mark: string
  /** Where it may stand on the shelves. */
  labels: Labels
  /** Where it is sure to stand. */
  said: Labels
}

/** Wherever a crash left it, it is dropped from there. */
const asRead = (stored: Meeting, { mark, savedAt }: Stamp): Known => ({
  version: stored.version,
  mark,
  labels: { ...labelsOf(stored, savedAt), pending: [now] },
  said: noLabels,
})

const unwritten: Known = { version: 0, mark: '', labels: { ...noLabels, pending: [now] }, said: noLabels }

type Holds = (entry: Entry, savedAt: number) => Promise<boolean>

/** Done once; what failed is tried again the next time. */
function onceDone(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null
  return () => {
    done ??= work().catch((error) => {
      done = null
      throw error
    })
    return done
  }
}
