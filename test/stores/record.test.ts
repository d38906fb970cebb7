import { describe, expect, it } from 'vitest'
import { DamagedRecord } from '../../src/ports.ts'
import { readRecord, readRecordText } from '../../src/stores/record.ts'
import { withSession } from './records.ts'

const canary = 'Canarine Zibeline'

const whyOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof DamagedRecord) return error.message
    throw error
  }
  throw new Error('it was read')
}

describe('what is said of a damaged record', () => {
  it('is what is wrong and where, and nothing of what people wrote', () => {
    const { sessions, ...rest } = withSession('m', 'live')
    const [session] = sessions
    const lang = whyOf(() => readRecord({ ...rest, sessions: [{ ...session, lang: canary }] }))
    expect(lang).toBe("not a meeting's record: sessions.0.lang: invalid_enum_value")
    const roster = whyOf(() => readRecord({ ...rest, sessions, roster: { [canary]: 3 } }))
    expect(roster).toBe("not a meeting's record: roster.*: invalid_type")
    expect(whyOf(() => readRecordText(`{"idea": ${canary}`))).not.toContain('Canarine')
  })
})
