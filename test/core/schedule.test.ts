import { describe, expect, it } from 'vitest'
import {
  circleOf,
  dayAfter,
  isWholeMonths,
  lengthOf,
  type Planned,
  plusMonths,
  schedule,
} from '../../src/core/schedule.ts'

const step = (id: string, more: Partial<Planned> = {}): Planned => ({
  id,
  start: '',
  end: '',
  months: null,
  needs: [],
  ...more,
})
const horizon = { start: '2027-01-01', end: '2028-12-31' }
const none = { start: '', end: '' }
const spans = (steps: Planned[], within = horizon) =>
  schedule(steps, within, 3).map(({ id, span }) => [id, span?.start ?? null, span?.end ?? null])
const warnings = (steps: Planned[], within = horizon) =>
  schedule(steps, within, 3).flatMap((one) => one.warnings)

describe('a roadmap’s dates', () => {
  it('follow one another from the start of the horizon', () => {
    expect(spans([step('a', { months: 6 }), step('b'), step('c', { months: 1 })])).toEqual([
      ['a', '2027-01-01', '2027-06-30'],
      ['b', '2027-07-01', '2027-09-30'],
      ['c', '2027-10-01', '2027-10-31'],
    ])
  })

  it('wait for everything a step needs, and not for the step before it', () => {
    const steps = [
      step('a', { months: 2 }),
      step('b', { months: 12 }),
      step('c', { months: 1, needs: ['a'] }),
      step('d', { needs: ['a', 'b', 'c'] }),
    ]
    expect(spans(steps).slice(2)).toEqual([
      ['c', '2027-03-01', '2027-03-31'],
      ['d', '2028-03-01', '2028-05-31'],
    ])
  })

  it('are the ones given, where they are', () => {
    expect(
      spans([
        step('a', { start: '2027-03-15', end: '2027-04-02' }),
        step('b', { end: '2027-06-30' }),
        step('c', { start: '2027-02-01', months: 2 }),
      ]),
    ).toEqual([
      ['a', '2027-03-15', '2027-04-02'],
      ['b', '2027-04-03', '2027-06-30'],
      ['c', '2027-02-01', '2027-03-31'],
    ])
  })

  it('stay unknown until something says when it all starts', () => {
    expect(spans([step('a'), step('b', { start: '2027-05-01' }), step('c', { needs: ['a'] })], none)).toEqual(
      [
        ['a', null, null],
        ['b', '2027-05-01', '2027-07-31'],
        ['c', '2027-08-01', '2027-10-31'],
      ],
    )
  })

  it('are counted back from an end when nothing else is known, or when the start would come after it', () => {
    expect(spans([step('a', { end: '2027-06-30' })], none)).toEqual([['a', '2027-04-01', '2027-06-30']])
    expect(spans([step('a', { months: 12 }), step('b', { end: '2027-06-30' })])[1]).toEqual([
      'b',
      '2027-04-01',
      '2027-06-30',
    ])
  })

  it('say which lengths remain to be estimated', () => {
    const steps = [step('a'), step('b', { months: 3 }), step('c', { end: '2028-01-31' })]
    expect(schedule(steps, horizon, 3).map((one) => one.toEstimate)).toEqual([true, false, true])
  })

  it('are found even where a step needs one that comes after it in the order', () => {
    const steps = [step('a', { months: 1 }), step('b', { needs: ['c'] }), step('c', { months: 2 })]
    expect(spans(steps)).toEqual([
      ['a', '2027-01-01', '2027-01-31'],
      ['b', '2027-04-01', '2027-06-30'],
      ['c', '2027-02-01', '2027-03-31'],
    ])
  })

  it('never hang on a circle, whatever a stored record holds', () => {
    expect(spans([step('a', { needs: ['b'] }), step('b', { needs: ['a', 'gone'] })])).toHaveLength(2)
    expect(spans([step('a', { needs: ['a'] })])).toEqual([['a', '2027-01-01', '2027-03-31']])
  })
})

describe('what is pointed out', () => {
  it('is a step that ends after the horizon', () => {
    const steps = [step('a', { start: '2028-11-01', months: 3 }), step('b', { end: '2028-12-31' })]
    expect(warnings(steps)).toEqual([{ why: 'past-horizon', ends: '2029-01-31', horizon: '2028-12-31' }])
    expect(warnings(steps, none)).toEqual([])
  })

  it('is a step that starts before what it needs has ended', () => {
    const steps = [step('a', { months: 6 }), step('b', { start: '2027-05-01', months: 1, needs: ['a'] })]
    expect(warnings(steps)).toEqual([
      { why: 'before-need', starts: '2027-05-01', need: 'a', ends: '2027-06-30' },
    ])
  })

  it('is not a step that starts the very day what it needs ends, nor the day after', () => {
    const steps = [step('a', { months: 6 })]
    for (const start of ['2027-06-30', '2027-07-01'])
      expect(warnings([...steps, step('b', { start, needs: ['a'] })])).toEqual([])
  })
})

describe('a circle of needs', () => {
  const steps = [step('a', { needs: ['b'] }), step('b', { needs: ['c'] }), step('c')]

  it('is found through the steps between, and named by the need that closes it', () => {
    expect(circleOf(steps, 'c', ['a'])).toBe('a')
    expect(circleOf(steps, 'a', ['a'])).toBe('a')
  })

  it('is not a step that two others need', () => {
    expect(circleOf(steps, 'a', ['b', 'c'])).toBeNull()
    expect(circleOf(steps, 'new', ['a', 'b'])).toBeNull()
  })
})

describe('days and months', () => {
  it('cross the ends of months and years, leap days included', () => {
    expect(dayAfter('2027-12-31')).toBe('2028-01-01')
    expect(dayAfter('2028-02-28')).toBe('2028-02-29')
    expect(plusMonths('2027-11-30', 3)).toBe('2028-02-29')
    expect(plusMonths('2027-01-31', 1)).toBe('2027-02-28')
    expect(plusMonths('2027-03-01', -3)).toBe('2026-12-01')
  })

  it('are not moved by a change of hour', () => {
    expect(dayAfter('2027-03-28')).toBe('2027-03-29')
    expect(dayAfter('2027-10-31')).toBe('2027-11-01')
  })

  it('are told as whole months where they are some, else as days', () => {
    expect(lengthOf({ start: '2027-03-01', end: '2027-08-31' })).toEqual({ months: 6 })
    expect(lengthOf({ start: '2027-03-15', end: '2027-05-14' })).toEqual({ months: 2 })
    expect(lengthOf({ start: '2027-03-15', end: '2027-03-15' })).toEqual({ days: 1 })
    expect(lengthOf({ start: '2027-03-01', end: '2027-04-29' })).toEqual({ days: 60 })
    expect(isWholeMonths({ start: '2027-03-01', end: '2027-08-31' })).toBe(true)
    expect(isWholeMonths({ start: '2027-03-02', end: '2027-08-31' })).toBe(false)
  })
})
