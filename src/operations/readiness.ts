import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Whether activities can be taken in: meetings are taken up, what is said can be written, and nobody is stopping. */
export interface Readiness {
  begun(): void
  stopping(): void
  check(): Promise<boolean>
}

/** Real milliseconds for which an answer of the disk stands: whoever asks often costs nothing. */
const stands = 5000

export function readiness(writes: () => Promise<boolean>, now: () => number = Date.now): Readiness {
  let stage: 'starting' | 'up' | 'stopping' = 'starting'
  let disk: { at: number; writable: Promise<boolean> } | null = null

  return {
    begun() {
      if (stage === 'starting') stage = 'up'
    },
    stopping() {
      stage = 'stopping'
    },
    async check() {
      if (stage !== 'up') return false
      if (disk === null || now() - disk.at >= stands) disk = { at: now(), writable: writes() }
      return (await disk.writable) && stage === 'up'
    },
  }
}

/** A permission says little: a full disk and one that turned read-only are only found by writing. */
export async function takesWriting(folder: string): Promise<boolean> {
  const file = join(folder, '.ready')
  try {
    await writeFile(file, 'ready\n', { mode: 0o600 })
    await rm(file, { force: true })
    return true
  } catch {
    return false
  }
}
