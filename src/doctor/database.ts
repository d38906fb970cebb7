import type { Config } from '../config.ts'
import { codeOf } from '../flushed-file.ts'
import { type Look, type Looked, lookInto } from '../stores/postgres/look.ts'
import { sealing } from '../stores/sealing.ts'
import { type Finding, fine, known, wrong } from './finding.ts'
import { whyDamaged } from './records.ts'

/** What the job engine asks for. */
const oldest = 12

/** The database: there, ours to use, with tables of this version, and records that can be read. Nothing is changed. */
export async function databaseFindings(url: string, keys: Config['dataKeys']): Promise<Finding[]> {
  try {
    return await lookInto(url, async (found) => [
      found.major < oldest
        ? wrong('doctor.database-old', about(found))
        : fine('doctor.database', about(found)),
      tables(found),
      ...(found.tables === 'none' || !found.mayUse ? [] : await records(found, keys)),
    ])
  } catch (error) {
    return [wrong('doctor.database-silent', { code: codeOf(error) || 'ETIMEDOUT' })]
  }
}

const about = ({ version }: Look) => ({ version: version.split(' ')[0] ?? version })

function tables({ tables: are, mayMake, mayUse }: Look): Finding {
  if (!mayUse) return wrong('doctor.database-refuses')
  switch (are) {
    case 'none':
      return mayMake ? known('doctor.database-new') : wrong('doctor.database-unmade')
    case 'behind':
      return known('doctor.database-behind')
    case 'current':
      return fine('doctor.database-current')
    case 'ahead':
      return wrong('doctor.database-ahead')
  }
}

async function records(found: Looked, keys: Config['dataKeys']): Promise<Finding[]> {
  const { open } = sealing(keys)
  const damaged: Finding[] = []
  let count = 0
  for await (const { name, text } of found.records()) {
    const why = whyDamaged(() => open(text))
    if (why === null) count += 1
    else damaged.push(wrong('doctor.record', { file: name, why }))
  }
  return [...(count > 0 ? [fine('doctor.records', { count })] : []), ...damaged]
}
