import { randomUUID } from 'node:crypto'
import * as fs from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'

/**
 * Replaces a file whole or not at all; on disk when the promise resolves, readable by its owner only.
 * Not `write-file-atomic`: on a disk that fills up it takes a short write for a whole one and renames the torso.
 * Until it is whole it stands in `through`, a folder of the same disk.
 */
export async function writeFlushed(
  file: string,
  text: string | Buffer,
  through = dirname(file),
): Promise<void> {
  const temporary = join(through, `${basename(file)}.${randomUUID()}${temporaryEnd}`)
  try {
    await writeNew(temporary, text)
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await flushFolder(dirname(file))
}

/** The promises of `node:fs/promises` cost the processor twice as much, and a file takes nine. */
const [open, write, sync, close, rename] = [
  promisify(fs.open),
  promisify(fs.writeFile),
  promisify(fs.fsync),
  promisify(fs.close),
  promisify(fs.rename),
]

/** How the name of a file that is being written ends. */
export const temporaryEnd = '.tmp'

async function writeNew(file: string, text: string | Buffer): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await write(handle, text)
    await sync(handle)
  } finally {
    await close(handle)
  }
}

/**
 * The folder is there, made for its owner only, with those above it where they are missing; gives the highest one that was
 * made, null when it was there. Throws with the system's code where it cannot be, or is a file. Not `mkdir`'s own
 * `recursive`: under `/proc` it never ends.
 */
export async function madeFolder(folder: string): Promise<string | null> {
  const found = await stat(folder).catch(noSuchPlace)
  if (found?.isDirectory()) return null
  const above = found || dirname(folder) === folder ? null : await madeFolder(dirname(folder))
  await mkdir(folder, { mode: 0o700 })
  return above ?? folder
}

function noSuchPlace(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  throw error
}

/**
 * A rename is only sure once its folder is flushed; files put in the same folder at the same time share a flush. Windows
 * cannot open a folder, and does without.
 */
export const flushFolder = inGroups(async (folder) => {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await sync(handle)
  } finally {
    await close(handle)
  }
})

/** Does the work once for all who ask for the same while it is under way, and begins it after the last of them asked. */
export function inGroups(work: (key: string) => Promise<void>): (key: string) => Promise<void> {
  const underWay = new Map<string, Promise<void>>()
  const next = new Map<string, Promise<void>>()

  function begun(key: string): Promise<void> {
    const mine = work(key).finally(() => {
      if (underWay.get(key) === mine) underWay.delete(key)
    })
    underWay.set(key, mine)
    return mine
  }

  async function after(earlier: Promise<void>, key: string): Promise<void> {
    await earlier.catch(() => {})
    next.delete(key)
    return begun(key)
  }

  return (key) => {
    const earlier = underWay.get(key)
    if (!earlier) return begun(key)
    const mine = next.get(key) ?? after(earlier, key)
    next.set(key, mine)
    return mine
  }
}

/** What the system calls the trouble, such as ENOSPC; empty where it has no name. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''
