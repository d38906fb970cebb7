import { isDeepStrictEqual } from 'node:util'
import { dutiesOf } from '../core/duties.ts'
import type { Store } from '../ports.ts'

/** What became of each meeting. */
export interface Copied {
  copied: number
  /** Were there already, the same. */
  same: number
  /** Were there already, with something else in them: left as they are. */
  other: string[]
  /** Could not be read, or not written. */
  failed: { meeting: string; error: unknown }[]
}

/** Nothing was saved so far ahead, whatever clock it was saved by. */
const ahead = 366 * 86_400_000

/** Every meeting from one store into another, each read again once it is written. Nothing is written over. */
export async function copyAll(from: Store, to: Store, now: number): Promise<Copied> {
  const told: Copied = { copied: 0, same: 0, other: [], failed: [] }
  for (const id of await from.idleSince(now + ahead))
    try {
      const outcome = await copyOne(id, { from, to, now })
      if (outcome === 'other') told.other.push(id)
      else told[outcome] += 1
    } catch (error) {
      told.failed.push({ meeting: id, error })
    }
  return told
}

async function copyOne(
  id: string,
  { from, to, now }: { from: Store; to: Store; now: number },
): Promise<'copied' | 'same' | 'other'> {
  const meeting = await from.load(id)
  if (!meeting) throw new Error('gone meanwhile')
  // Each store counts its own saves.
  const first = { ...meeting, version: 1 }
  const there = await to.load(id)
  if (there) return isDeepStrictEqual({ ...there, version: 1 }, first) ? 'same' : 'other'
  await to.save(first, dutiesOf(null, first, now))
  if (!isDeepStrictEqual(await to.load(id), first)) throw new Error('read back otherwise than it was written')
  return 'copied'
}
