import { describe, expect, it } from 'vitest'
import { carryOut, hear, lastSession, type Meeting } from '../../src/core/meeting.ts'
import type { Ask } from '../../src/core/session/asks.ts'
import { liveSlot } from '../../src/core/session/effects.ts'
import { lasted } from '../../src/core/session/sittings.ts'
import { drift, spentOn, timeLeft } from '../../src/core/session/timing.ts'
import type { Session } from '../../src/core/session/types.ts'
import { viewOf } from '../../src/core/views/index.ts'
import { type Chance, chance } from '../fuzz/chance.ts'
import { formatOne, lobbyWith, workshopAt } from '../support/stage.ts'

const minute = 60_000

const asks: Ask[] = [
  { do: 'start' },
  { do: 'next' },
  { do: 'next' },
  { do: 'back' },
  { do: 'extend', minutes: 3 },
  { do: 'pause' },
  { do: 'resume' },
  { do: 'resume' },
  { do: 'rebalance' },
  { do: 'undo' },
  { do: 'redo' },
  { do: 'phase', input: { do: 'floor-done' } },
  { do: 'phase', input: { do: 'floor-give', to: 'paul' } },
]

/** Mostly it goes on; one time in five it steps back, by seconds or by hours. */
const moved = (now: number, { happens, below }: Chance): number =>
  happens(0.2) ? now - below(happens(0.5) ? minute : 180 * minute) : now + below(6 * minute)

const ringsIn = (meeting: Meeting): string[] =>
  meeting.outbox
    .filter(({ do: what, slot }) => what === 'post' && slot.startsWith('ring/'))
    .map(({ slot }) => slot)

/** Nothing lasted less than nothing, and nobody has more time than was given. */
function isSane(session: Session, now: number): void {
  const { position, runs, shared } = session.steer
  const planned = session.format.segments.reduce((sum, { minutes }) => sum + minutes * minute, 0)
  for (const run of Object.values(runs)) expect(run.spent).toBeGreaterThanOrEqual(0)
  for (const { id } of session.format.segments) expect(spentOn(session, id, now)).toBeGreaterThanOrEqual(0)
  for (const spoke of JSON.stringify(shared).matchAll(/"spoke":(\{[^}]*\})/gu))
    for (const took of Object.values<number>(JSON.parse(spoke[1] ?? '{}')))
      expect(took).toBeGreaterThanOrEqual(0)
  expect(lasted(session, now)).toBeGreaterThanOrEqual(0)
  const left = timeLeft(session, now)
  if (position.status === 'running') expect(left).toBeLessThanOrEqual(position.deadline - position.enteredAt)
  if (position.status === 'paused') expect(position.pausedAt).toBeGreaterThanOrEqual(position.enteredAt)
  // However late it is, it is never early by more than there was to do.
  expect(drift(session, now) ?? 0).toBeGreaterThanOrEqual(-planned)
  if (position.status === 'closed' && position.startedAt !== null)
    expect(position.closedAt).toBeGreaterThanOrEqual(position.startedAt)
  const seen = viewOf(session, liveSlot(session), { sees: 'room' }, now)
  expect(JSON.stringify(seen)).not.toMatch(/"lasting":-/u)
}

describe('a workshop whose clock steps back', () => {
  it.each(Array.from({ length: 25 }, (_, index) => index + 1))(
    'counts no time below nothing, gives nobody more than there is, and rings once: chance %i',
    (seed) => {
      const luck = chance(seed)
      let meeting = lobbyWith('paul', 'léa').meeting()
      const formats = { 'format-1': formatOne() }
      let now = meeting.sessions[0]?.launchedAt ?? 0
      let rung = 0
      for (let turn = 0; turn < 150; turn += 1) {
        now = moved(now, luck)
        const end = turn === 149
        const ask: Ask = end ? { do: 'end' } : turn === 0 ? { do: 'start' } : luck.one(asks)
        if (end || turn === 0 || luck.happens(0.4)) {
          const verdict = carryOut(meeting, { by: 'marie', at: now, ask, key: `turn ${turn}` }, formats)
          if (verdict.done === true) meeting = { ...verdict.meeting, outbox: [] }
          if (verdict.done === true) rung = 0
        } else {
          meeting = hear(meeting, { tell: 'wake' }, now)
          rung += ringsIn(meeting).length
          meeting = { ...meeting, outbox: [] }
        }
        expect(rung).toBeLessThanOrEqual(1)
        const session = lastSession(meeting)
        if (session) isSane(session, now)
      }
    },
  )

  it('gives whoever speaks no time below nothing', () => {
    const here = workshopAt('tour-de-table', 'paul')
    const ask: Ask = { do: 'phase', input: { do: 'floor-done' } }
    const at = here.now() - 30 * minute
    const verdict = carryOut(here.meeting(), { by: 'marie', at, ask, key: 'k' }, { 'format-1': formatOne() })
    if (verdict.done !== true) throw new Error('refused')
    const session = lastSession(verdict.meeting)
    if (session) isSane(session, at)
    expect(JSON.stringify(session?.steer.shared)).toContain('"spoke":{"marie":0}')
  })

  it('keeps what was left of a step when it steps back during a pause', () => {
    const here = lobbyWith('paul').does('marie', { do: 'start' }).wait(4).does('marie', { do: 'pause' })
    const at = here.now() - 60 * minute
    const resume = { by: 'marie', at, ask: { do: 'resume' } as const, key: 'k' }
    const verdict = carryOut(here.meeting(), resume, { 'format-1': formatOne() })
    const session = verdict.done === true ? lastSession(verdict.meeting) : null
    expect(session?.steer.position).toMatchObject({ status: 'running', deadline: at + 6 * minute })
    expect(session && spentOn(session, 'introduction', at)).toBe(4 * minute)
  })
})
