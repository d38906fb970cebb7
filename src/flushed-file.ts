import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Replaces a file whole or not at all; on disk when the promise resolves, readable by its owner only.
 * Not `write-file-atomic`: on a disk that fills up it takes a short write for a whole one and renames the torso.
 */
export async function writeFlushed(file: string, text: string): Promise<void> {
  const temporary = `${file}.${randomUUID()}${temporaryEnd}`
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

async function writeNew(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
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
