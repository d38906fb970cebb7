import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { writeFlushed } from '../flushed-file.ts'
import type { Heard } from '../ports.ts'
import { inTurn } from './in-turn.ts'
import { textIn } from './shelf.ts'

/** How many are remembered: an hour of a full day, and the platform sends again within minutes. */
const remembered = 5000

/**
 * What was dealt with, a line for each in `dir/heard`, the latest last. A line is added before the answer goes out, and
 * the file is rewritten once half of it is forgotten. A torn last line is one that was never answered.
 */
export function heardIn(dir: string, keep = remembered): Heard {
  const file = join(dir, 'heard')
  const known = new Set<string>()
  const turns = inTurn()
  let lines = 0
  let ready: Promise<void> | null = null

  async function read(): Promise<void> {
    await mkdir(dir, { recursive: true, mode: 0o700 })
    const whole = ((await textIn(file)) ?? '').split('\n').slice(0, -1)
    lines = whole.length
    for (const key of whole.slice(-keep)) known.add(key)
    // What was torn is cut off, so that the next line is whole.
    await rewrite()
  }

  async function rewrite(): Promise<void> {
    await writeFlushed(file, [...known].map((key) => `${key}\n`).join(''))
    lines = known.size
  }

  async function write(key: string): Promise<void> {
    if (lines >= 2 * keep) return rewrite()
    await appendFile(file, `${key}\n`, { mode: 0o600 })
    lines += 1
  }

  const opened = (): Promise<void> => {
    ready ??= read().catch((error) => {
      ready = null
      throw error
    })
    return ready
  }

  return {
    async take(key) {
      await opened()
      return !known.has(key)
    },
    async add(key) {
      await opened()
      if (known.has(key)) return false
      known.add(key)
      const [oldest] = known
      if (known.size > keep && oldest !== undefined) known.delete(oldest)
      await turns.take(file, () => write(key))
      return true
    },
    // One process at a time takes nothing away from another.
    async leave() {},
  }
}
