import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { freshFolder, removeFolder } from './bot.ts'

/** A disk of its own, in memory, that can be full or turn read-only. */
export interface SmallDisk {
  dir: string
  /** Not one more byte goes on it. */
  fill(): void
  free(): void
  readOnly(on: boolean): void
  remove(): void
}

export function smallDisk(megabytes: number): SmallDisk {
  const place = freshFolder()
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'ouverture', place], { stdio: 'pipe' })
  const filler = join(place, 'filler')
  const dir = join(place, 'data')
  mkdirSync(dir)
  return {
    dir,
    fill() {
      const file = openSync(filler, 'a')
      for (const size of [2 ** 20, 4096]) while (takes(file, size));
      closeSync(file)
    },
    free: () => rmSync(filler, { force: true }),
    readOnly: (on) => void execFileSync('mount', ['-o', `remount,${on ? 'ro' : 'rw'}`, place]),
    remove() {
      execFileSync('umount', ['--lazy', place])
      removeFolder(place)
    },
  }
}

/** Only where this machine lets us mount one: elsewhere the tests that need it are left out. */
export const mayMount: boolean = (() => {
  try {
    smallDisk(1).remove()
    return true
  } catch {
    return false
  }
})()

function takes(file: number, size: number): boolean {
  try {
    return writeSync(file, Buffer.alloc(size)) === size
  } catch {
    return false
  }
}
