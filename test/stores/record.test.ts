import { describe, expect, it } from 'vitest'
import { carryOut, schemaVersion } from '../../src/core/meeting.ts'
import { drift } from '../../src/core/session/timing.ts'
import { DamagedRecord } from '../../src/ports.ts'
import { readRecord, readRecordText } from '../../src/stores/record.ts'
import { preparedBy } from '../support/prepared.ts'
import { workshopAt } from '../support/stage.ts'
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

describe('a record from before programmes were prepared', () => {
  it('is read with none, and one from a later version is refused in a sentence', () => {
    const { programmes: _none, nextProgramme: _first, ...older } = workshopAt('identifier', 'paul').meeting()
    const sessions = older.sessions.map(({ prepared: _not, recalled: _nothing, ...rest }) => rest)
    const read = readRecord(structuredClone({ ...older, schema: 3, sessions }))
    expect(read).toMatchObject({ schema: schemaVersion, programmes: [], nextProgramme: 1 })
    expect(read.sessions[0]).toMatchObject({ prepared: null, recalled: null })
    expect(() => readRecord({ ...older, schema: schemaVersion + 1 })).toThrow(/newer version/u)
  })

  it('of a later change keeps what is followed, though it does not say who leads it', () => {
    const own = preparedBy('marie', '2027-02-09', 0)
    const [programme] = structuredClone(own).programmes
    const followUps = programme?.followUps.map(({ lead: _who, deliverable: _what, ...rest }) => rest)
    const read = readRecord({ ...own, programmes: [{ ...programme, followUps }] })
    expect(read).toEqual(own)
  })

  it('of a later change is read as if no two subjects had been told apart, no workshop had moved and no group had gone', () => {
    const own = preparedBy('marie', '2027-02-09', 0)
    const newer = new Set(['distinct', 'former', 'moved', 'replannedAt'])
    const [programme = {}] = structuredClone(own).programmes
    const older = Object.fromEntries(Object.entries(programme).filter(([key]) => !newer.has(key)))
    expect(Object.keys(older)).toHaveLength(Object.keys(programme).length - newer.size)
    expect(readRecord({ ...own, programmes: [older] })).toEqual(own)
  })
})

describe('a record from before a workshop could be put off to another day', () => {
  const day = 24 * 3_600_000

  /** As the version before wrote it: one flag, and a pause that did not say whether it was for long. */
  const earlier = (parted: boolean) => {
    const here = workshopAt('identifier', 'paul').does('marie', { do: 'pause' })
    const meeting = structuredClone(here.meeting())
    const sessions = meeting.sessions.map(
      ({ partedAt: _later, steer: { breaks: _none, ...steer }, ...rest }) => ({
        ...rest,
        steer,
        parted,
      }),
    )
    return { here, record: { ...meeting, schema: 2, sessions } }
  }

  it('is read with what it held, and its pause of yesterday makes nobody late', () => {
    const { here, record } = earlier(false)
    const read = readRecord(record)
    expect(read.schema).toBe(schemaVersion)
    const [session] = read.sessions
    expect(session).toEqual(here.session())
    expect(session && drift(session, here.now() + day)).toBe(drift(here.session(), here.now()))
  })

  it('still waits for a decision where it did, since the pause at the latest', () => {
    const { here, record } = earlier(true)
    expect(readRecord(record).sessions[0]?.partedAt).toBe(here.now())
  })

  it('whose pause was over is undone and taken up again, and read again with no damage', () => {
    const here = workshopAt('identifier', 'paul').does('marie', { do: 'pause' }).wait(3)
    here.does('marie', { do: 'resume' }).wait(1)
    const { sessions, ...rest } = structuredClone(here.meeting())
    const old = sessions.map(
      ({ partedAt: _later, offeredAgainAt: _never, steer: { breaks: _none, ...steer }, ...one }) => ({
        ...one,
        steer,
        parted: false,
      }),
    )
    expect(JSON.stringify(old)).not.toMatch(/breaks|adjournedAt/u)
    let meeting = readRecord({ ...rest, schema: 2, sessions: old })
    for (const ask of [{ do: 'undo' }, { do: 'resume' }, { do: 'adjourn' }, { do: 'undo' }] as const) {
      const verdict = carryOut(meeting, { by: 'marie', at: here.now() + 1000, ask, key: null }, {})
      if (verdict.done !== true) throw new Error(`${ask.do} was refused`)
      meeting = readRecord(JSON.parse(JSON.stringify(verdict.meeting)))
    }
    expect(meeting.sessions[0]?.steer).toMatchObject({ breaks: [{}], position: { status: 'running' } })
  })
})
