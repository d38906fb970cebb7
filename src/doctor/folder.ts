import { rm, stat, statfs } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Config } from '../config.ts'
import { codeOf, madeFolder, writeFlushed } from '../flushed-file.ts'
import { type Finding, fine, known, wrong } from './finding.ts'

const megabyte = 1024 * 1024
/** A workshop is about a megabyte, each of its saves writes it whole beside the former one. */
const tooLittle = 50 * megabyte
const little = 500 * megabyte

interface Disk {
  freeBytes?: (folder: string) => Promise<number>
}

/** The data folder: there, ours alone, with room, and taking what is written. */
export async function folderFindings(
  { dataDir }: Pick<Config, 'dataDir'>,
  { freeBytes = freeOn }: Disk,
): Promise<Finding[]> {
  const folder = resolve(dataDir)
  const found = await stat(folder).catch(() => null)
  if (!found) return [await makingIt(folder)]
  if (!found.isDirectory()) return [wrong('doctor.folder-file', { folder })]
  return [
    await writing(folder),
    ...(process.platform !== 'win32' && (found.mode & 0o077) !== 0
      ? [known('doctor.folder-open', { folder })]
      : []),
    ...(await space(folder, freeBytes)),
  ]
}

/** Made, then removed: nothing else tells whether the start could. */
async function makingIt(folder: string): Promise<Finding> {
  try {
    const made = await madeFolder(folder)
    if (made !== null) await rm(made, { recursive: true })
    return known('doctor.folder-new', { folder })
  } catch (error) {
    return wrong('doctor.folder-unmade', { folder, code: codeOf(error) })
  }
}

async function writing(folder: string): Promise<Finding> {
  const file = join(folder, '.doctor')
  try {
    await writeFlushed(file, 'Written by the doctor, to see whether it could.\n')
    await rm(file)
    return fine('doctor.folder', { folder })
  } catch (error) {
    return wrong('doctor.folder-refuses', { folder, code: codeOf(error) })
  }
}

async function space(folder: string, freeBytes: (folder: string) => Promise<number>): Promise<Finding[]> {
  const free = await freeBytes(folder)
  const about = { folder, megabytes: String(Math.floor(free / megabyte)) }
  if (free < tooLittle) return [wrong('doctor.space-none', about)]
  return free < little ? [known('doctor.space-little', about)] : []
}

async function freeOn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
