import { type Config, readConfig } from '../config.ts'
import { loadFormats, sentence } from '../formats/index.ts'
import { type Finding, fine, wrong } from './finding.ts'
import { folderFindings } from './folder.ts'
import { machineFindings } from './machine.ts'
import { onlineFindings, type Places } from './online.ts'
import { recordFindings } from './records.ts'

export type { Finding } from './finding.ts'

export interface Examined {
  env: Record<string, string | undefined>
  nodeVersion: string
  /** Where a `.env` file would be. */
  folder: string
  now: number
  /** Asks the network too, and where; null asks nothing of it. */
  online: Places | null
  /** Bytes left on the disk of a folder. */
  freeBytes?: (folder: string) => Promise<number>
}

/** Looks at a configuration as the bot would, starts nothing, and leaves everything as it was. */
export async function examine(given: Examined): Promise<Finding[]> {
  const machine = await machineFindings(given)
  const read = readConfig(given.env)
  if ('wrong' in read) return [...machine, ...read.wrong.map((text): Finding => ({ level: 'wrong', text }))]
  return [...machine, fine('doctor.variables'), ...(await configured(read.config, given))]
}

async function configured(config: Config, given: Examined): Promise<Finding[]> {
  return [
    ...(await folderFindings(config, given)),
    ...(await recordFindings(config)),
    ...(await formatFindings(config)),
    ...(given.online ? await onlineFindings(config, given.online, given.now) : []),
  ]
}

async function formatFindings({ formatsDir }: Config): Promise<Finding[]> {
  const read = await loadFormats(formatsDir)
  if ('misread' in read) return read.misread.map((one) => wrong('doctor.format', { what: sentence(one) }))
  return [fine('doctor.formats', { count: Object.keys(read.formats).length })]
}
