import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryEnd } from '../flushed-file.ts'
import { orNull } from './shelf.ts'

/** Older than this, in milliseconds, a temporary file belongs to a process that died. */
const abandonedAfter = 60_000

/** Removes what dead processes were writing; what cannot be removed now harms nobody. */
export async function clearLeftOver(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(temporaryEnd))
  for (const name of names) await cleared(join(folder, name)).catch(() => {})
}

async function cleared(file: string): Promise<void> {
  const found = await orNull(stat(file))
  if (found && Date.now() - found.mtimeMs > abandonedAfter) await rm(file, { force: true })
}
