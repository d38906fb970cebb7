import { type Config, foldersIn, readConfig } from '../config.ts'
import type { Text } from '../core/text.ts'
import { loadFormats, sentence } from '../formats/index.ts'
import { databaseFindings } from './database.ts'
import { type Finding, fine, known } from './finding.ts'
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
  if ('config' in read)
    return [...machine, fine('doctor.variables'), ...(await configured(read.config, given))]
  return [...machine, ...read.wrong.map(toMend), ...(await folders(foldersIn(given.env), given))]
}

const toMend = (text: Text): Finding => ({ level: 'wrong', text })

async function configured(config: Config, given: Examined): Promise<Finding[]> {
  return [
    ...(await kept(config, given)),
    ...(config.mode === 'teams' && config.dataKeys.length === 0 ? [known('doctor.no-key')] : []),
    ...(given.online ? await onlineFindings(config, given.online, given.now) : []),
  ]
}

/** With a database, nothing is kept in the folder. */
async function kept(config: Config, given: Examined): Promise<Finding[]> {
  const { databaseUrl, dataKeys } = config
  if (databaseUrl === null) return [...(await folders(config, given)), ...(await recordFindings(config))]
  return [...(await formatFindings(config)), ...(await databaseFindings(databaseUrl, dataKeys))]
}

/** What can be looked at even where a variable is wrong. */
const folders = async (
  places: Pick<Config, 'dataDir' | 'formatsDir'>,
  given: Examined,
): Promise<Finding[]> => [...(await folderFindings(places, given)), ...(await formatFindings(places))]

async function formatFindings({ formatsDir }: Pick<Config, 'formatsDir'>): Promise<Finding[]> {
  const read = await loadFormats(formatsDir)
  if ('misread' in read) return read.misread.map((one) => toMend(sentence(one)))
  return [fine('script.fine', { count: Object.keys(read.formats).length })]
}
