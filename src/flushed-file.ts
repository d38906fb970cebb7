import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

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

/** How the name of a file that is being written ends. */
export const temporaryEnd = '.tmp'

async function writeNew(file: string, text: string | Buffer): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
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

/** A rename is only sure once its folder is flushed; Windows cannot open a folder, and does without. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** What the system calls the trouble, such as ENOSPC; empty where it has no name. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''
