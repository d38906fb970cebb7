import { type Meeting, meetingRecord, schemaVersion } from '../core/meeting.ts'
import { isAlias } from '../core/personal-data.ts'
import { organisersOf } from '../core/session/people.ts'
import type { PersonId } from '../core/session/types.ts'
import { say } from '../core/text.ts'
import { DamagedRecord } from '../ports.ts'

/** A stored record as the present code knows it. Throws `DamagedRecord` with what is wrong and where. */
export function readRecord(raw: unknown): Meeting {
  const read = meetingRecord.safeParse(upgraded(raw))
  if (read.success) return read.data
  const [issue] = read.error.issues
  const place = placeOf(issue?.path ?? [])
  throw new DamagedRecord(
    `not a meeting's record: ${place}: ${issue?.code ?? ''}`,
    say('damage.shape', { place }),
  )
}

/** A key of our own is a plain word; any other is an id, or people's. */
const placeOf = (path: (string | number)[]): string =>
  path.map((key) => (/^([a-zA-Z]{1,20}|\d+)$/u.test(String(key)) ? key : '*')).join('.') || 'the whole'

/** The same, from the text of a file. */
export function readRecordText(text: string): Meeting {
  return readRecord(jsonIn(text))
}

/** Who is, or was, of the organising team of a session of this meeting, note-takers and who prepared it too; and whose programmes it holds. */
export const leadersOf = (meeting: Meeting): PersonId[] => [
  ...new Set(
    [
      ...meeting.sessions.flatMap((session) => organisersOf(session)),
      ...meeting.programmes.map(({ owner }) => owner),
    ].filter((person) => !isAlias(person)),
  ),
]

type Raw = Record<string, unknown>

/** What turns a record of the version that is its key into one of the next version. */
const upgrades: Record<number, (record: Raw) => Raw> = {
  1: (record) => ({
    ...record,
    nextSession: Array.isArray(record.sessions) ? record.sessions.length + 1 : 1,
  }),
  2: (record) => ({
    ...record,
    sessions: Array.isArray(record.sessions) ? record.sessions.map(withPartedAt) : record.sessions,
  }),
  // An earlier version would have dropped the programmes it does not know.
  3: (record) => record,
}

/** A session that waited for a decision did not say since when: since its pause, or the end of its segment, at the latest. */
function withPartedAt(session: unknown): unknown {
  if (!isRecord(session)) return session
  const { parted, ...rest } = session
  const steer = isRecord(session.steer) ? session.steer : {}
  const { pausedAt, deadline } = isRecord(steer.position) ? steer.position : {}
  return { ...rest, partedAt: parted === true ? (pausedAt ?? deadline ?? null) : null }
}

function upgraded(raw: unknown): unknown {
  if (!isRecord(raw)) throw new DamagedRecord('not a record')
  const { schema } = raw
  if (typeof schema !== 'number') throw new DamagedRecord('a record without a schema version')
  if (schema > schemaVersion) {
    throw new DamagedRecord(
      `written by a newer version (schema ${schema}; this one reads up to ${schemaVersion})`,
      say('damage.newer', { schema: String(schema), known: String(schemaVersion) }),
    )
  }
  let record = raw
  for (let version = schema; version < schemaVersion; version += 1) record = step(version, record)
  return record
}

function step(version: number, record: Raw): Raw {
  const upgrade = upgrades[version]
  if (!upgrade) throw new DamagedRecord(`no way up from schema ${version}`)
  return { ...upgrade(record), schema: version + 1 }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message quotes the text, which is people's.
    throw new DamagedRecord(
      `not JSON (${text.length} characters)`,
      say('damage.not-json', { count: text.length }),
    )
  }
}

const isRecord = (raw: unknown): raw is Raw => typeof raw === 'object' && raw !== null && !Array.isArray(raw)
