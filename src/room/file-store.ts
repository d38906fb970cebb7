import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

export interface FileStore {
  /** Whole or not at all; throws `NoRoomLeft` when the disk is full. */
  write(id: string, bytes: Buffer): Promise<void>
  read(id: string): Promise<Buffer | undefined>
}

export class NoRoomLeft extends Error {
  override name = 'NoRoomLeft'
}

/** People's files, one by one under the room's folder; without a folder they live in memory. */
export function fileStore(dataDir: string | undefined): FileStore {
  if (!dataDir) return memoryStore()
  const folder = join(dataDir, 'files')
  return {
    async write(id, bytes) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await replace(join(folder, id), bytes)
    },
    read: (id) => readFile(join(folder, id)).catch(noSuchFile),
  }
}

function memoryStore(): FileStore {
  const files = new Map<string, Buffer>()
  return {
    write: async (id, bytes) => void files.set(id, bytes),
    read: async (id) => files.get(id),
  }
}

async function replace(file: string, bytes: Buffer): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`
  try {
    await writeNew(temporary, bytes)
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw full.has(codeOf(error)) ? new NoRoomLeft(codeOf(error)) : error
  }
}

const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

async function writeNew(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function noSuchFile(error: unknown): undefined {
  if (codeOf(error) === 'ENOENT') return undefined
  throw error
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
