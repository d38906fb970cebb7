import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { say, type Text } from '../core/text.ts'
import { codeOf } from '../flushed-file.ts'
import { DamagedRecord } from '../ports.ts'
import { readRecordText } from '../stores/record.ts'
import { sealing } from '../stores/sealing.ts'
import { type Finding, fine, known, wrong } from './finding.ts'

/** Whether each record can be read, with the keys there are; none is changed. It alone reads all there is: it is asked to. */
export async function recordFindings({ dataDir, dataKeys }: Config): Promise<Finding[]> {
  const folder = join(dataDir, 'meetings')
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'))
  const { open } = sealing(dataKeys)
  const damaged: Finding[] = []
  let exposed = 0
  for (const name of files) {
    const file = join(folder, name)
    const why = await whyUnread(file, open)
    if (why !== null) damaged.push(wrong('doctor.record', { file: name, why }))
    if (process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0) exposed += 1
  }
  const read = files.length - damaged.length
  return [
    ...(read > 0 ? [fine('doctor.records', { count: read })] : []),
    ...damaged,
    ...(exposed > 0 ? [known('doctor.records-open', { count: exposed, folder })] : []),
  ]
}

async function whyUnread(file: string, open: (text: string) => string): Promise<Text | null> {
  try {
    const text = await readFile(file, 'utf8')
    return whyDamaged(() => open(text))
  } catch (error) {
    return say('damage.unread', { code: codeOf(error) })
  }
}

/** Null where it reads well. What is wrong is told without quoting it: a record is what people wrote. */
export function whyDamaged(opened: () => string): Text | null {
  try {
    readRecordText(opened())
    return null
  } catch (error) {
    if (error instanceof DamagedRecord) return error.why
    throw error
  }
}
