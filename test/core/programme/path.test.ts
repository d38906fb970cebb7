import { describe, expect, it } from 'vitest'
import { carryOutPlan, emptyMeeting } from '../../../src/core/meeting.ts'
import type { ProgrammeAsk } from '../../../src/core/programme/asks.ts'
import type { Programme } from '../../../src/core/programme/types.ts'
import { calendar, formats, prepared, today, whole } from '../../support/programme.ts'

const path = (from: string, to: string): ProgrammeAsk => ({
  do: 'programme-size',
  p: '1',
  from,
  to,
  people: '',
  groups: '',
})

const changed = (...paths: [string, string][]): Programme =>
  prepared([...whole, ...paths.map(([from, to]) => path(from, to))])

/** What is refused on this programme, at this moment, these workshops having been held. */
function refused(ask: ProgrammeAsk, { at = today, held = [] as number[] } = {}) {
  const meeting = { ...emptyMeeting('a:claire'), programmes: [prepared(whole)], nextProgramme: 2 }
  const command = { ask, by: '29:claire-account', at, lang: 'fr' as const, calendar, key: null, held }
  const verdict = carryOutPlan(meeting, command, formats)
  if (verdict.done !== false) throw new Error(`done: ${JSON.stringify(verdict)}`)
  return verdict.refusal
}

const when = ({ sittings }: Programme) =>
  Object.fromEntries(
    sittings
      .toSorted((a, b) => a.step - b.step || a.group - b.group)
      .map(({ step, group, at, link }) => [
        `${step}-${group}`,
        `${calendar.dayAt(at)} ${link.split('/').at(-1)}`,
      ]),
  )

const before = prepared(whole)

describe('another path than the one that was chosen first', () => {
  it('keeps what was written, who is invited, who organises, and the dates of the workshops that are in both', () => {
    const shorter = changed(['novice', 'canvas'])
    expect(shorter).toMatchObject({ from: 'novice', to: 'canvas', people: 24, groups: 3 })
    expect(shorter.path.map(({ format }) => format)).toEqual(['format-1', 'format-2'])
    for (const kept of ['context', 'team', 'guests', 'done'] as const)
      expect(shorter[kept]).toEqual(before[kept])
    expect(when(shorter)).toEqual({
      '0-1': '2027-03-22 un',
      '0-2': '2027-03-22 deux',
      '0-3': '2027-03-22 trois',
      '1-1': '2027-03-30 quatre',
    })
    expect(shorter.milestones.filter(({ key }) => key.startsWith('2/'))).toEqual([])
    expect(shorter.milestones.map(({ key }) => key)).toContain('1/hand-on')
  })

  it('numbers the workshops anew where it starts later: each keeps its own date', () => {
    const later = changed(['subject', 'roadmap'])
    expect(later.path.map(({ format }) => format)).toEqual(['format-2', 'format-3'])
    expect(when(later)).toEqual({ '0-1': '2027-03-30 quatre', '1-1': '2027-04-06 cinq' })
    const eve = later.milestones.find(({ key }) => key === '0/eve')
    // The Monday before is a public holiday.
    expect(eve?.day).toBe('2027-03-26')
    expect(later.done).toEqual(['0/slot'])
  })

  it.each([
    ['ends sooner', ['novice', 'subject']],
    ['starts later', ['commitment', 'roadmap']],
    ['is another one altogether', ['subject', 'canvas']],
  ] as const)('gives everything back when the first one returns: it %s', (_what, [from, to]) => {
    const back = changed([from, to], ['novice', 'roadmap'])
    expect(when(back)).toEqual(when(before))
    expect(back.milestones).toEqual(before.milestones)
    for (const kept of ['path', 'context', 'team', 'guests', 'done', 'told'] as const)
      expect(back[kept]).toEqual(before[kept])
  })

  it('does not take what is done for one workshop for what is to be done for another', () => {
    const tick: ProgrammeAsk = { do: 'programme-tick', p: '1', key: '1/eve', on: 'true' }
    const later = prepared([...whole, tick, path('subject', 'roadmap')])
    expect(later.done).toEqual(['0/slot', '0/eve'])
    const last = prepared([...whole, tick, path('commitment', 'roadmap')])
    expect(last.milestones.map(({ key }) => key)).toContain('0/eve')
    expect(last.done).not.toContain('0/eve')
  })

  it('goes with another number of people, in one press', () => {
    const all = prepared([
      ...whole,
      { ...path('novice', 'canvas'), people: '8', groups: 'advised' } as ProgrammeAsk,
    ])
    expect(all).toMatchObject({ to: 'canvas', people: 8, groups: 1 })
    expect(when(all)).toEqual({ '0-1': '2027-03-22 un', '1-1': '2027-03-30 quatre' })
  })

  it('waits for the date of a workshop that was never there', () => {
    const begun = prepared([
      { do: 'programme-begin', from: 'novice', to: 'subject', people: '8' },
      { do: 'programme-dates', p: '1', 'date-0-1': '2027-03-22', 'time-0-1': '14:00' },
      path('novice', 'canvas'),
    ])
    expect(begun.path).toHaveLength(2)
    expect(when(begun)).toEqual({ '0-1': '2027-03-22 ' })
  })
})

describe('what cannot be', () => {
  const after = calendar.instantOf('2027-03-23', '10:00')

  it('is answered at the question that is to be answered otherwise', () => {
    expect(refused(path('commitment', 'subject'))).toMatchObject({
      problems: { to: { say: 'programme.backwards' } },
    })
    expect(refused(path('nowhere', 'elsewhere'))).toMatchObject({
      problems: { from: { say: 'problem.choice' }, to: { say: 'problem.choice' } },
    })
  })

  it('is to start from elsewhere once a workshop was held, on its day or before it', () => {
    expect(refused(path('subject', 'roadmap'), { at: after })).toMatchObject({
      problems: { from: { say: 'programme.path-begun' } },
    })
    expect(refused(path('subject', 'roadmap'), { held: [0] })).toMatchObject({
      problems: { from: { say: 'programme.path-begun' } },
    })
  })

  it('is to end before a workshop that was held; after it, it may', () => {
    expect(refused(path('novice', 'subject'), { held: [0, 1] })).toMatchObject({
      problems: { to: { say: 'programme.path-held', with: { number: 2 } } },
    })
    const meeting = { ...emptyMeeting('a:claire'), programmes: [before], nextProgramme: 2 }
    const command = {
      ask: path('novice', 'canvas'),
      by: '29:claire-account',
      at: after,
      lang: 'fr' as const,
      calendar,
      key: null,
      held: [0, 1],
    }
    expect(carryOutPlan(meeting, command, formats)).toMatchObject({ done: true })
  })
})
