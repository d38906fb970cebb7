import { describe, expect, it } from 'vitest'
import { day } from '../../src/core/fields.ts'
import { lobbyWith, person } from '../support/stage.ts'

describe('a day', () => {
  it.each([
    ['2027-03-09', '2027-03-09', '2027-03-09'],
    ['31/12/2027', '2027-12-31', '2027-12-31'],
    ['1.2.2027', '2027-02-01', '2027-02-01'],
    ['02/2028', '2028-02-01', '2028-02-29'],
    ['2027-04', '2027-04-01', '2027-04-30'],
    ['2027', '2027-01-01', '2027-12-31'],
    ['', '', ''],
  ])('is read as people write it: %s', (typed, start, end) => {
    expect(day(typed, 'start')).toEqual({ value: start })
    expect(day(typed, 'end')).toEqual({ value: end })
  })

  it.each(['bientôt', '31/02/2027', '2027-13-01', '99/99/9999', '0000-01-01', '1', '-', '2027-00'])(
    'that does not exist is pointed out: %s',
    (typed) => {
      expect(day(typed, 'start')).toMatchObject({ problem: { say: 'problem.day' } })
    },
  )
})

describe('the horizon', () => {
  it('is kept as days, and refused when it ends before it starts', () => {
    const here = lobbyWith()
    const set = (horizonStart: string, horizonEnd: string) =>
      here.tries('marie', { do: 'prepare', horizonStart, horizonEnd })
    expect(set('2029', '2027')?.problems).toEqual({ horizonEnd: { say: 'problem.order' } })
    expect(set('demain', '2027')?.problems).toHaveProperty('horizonStart')
    expect(set('2027', '2028')).toBeNull()
    expect(here.session().context).toMatchObject({ horizonStart: '2027-01-01', horizonEnd: '2028-12-31' })
    expect(JSON.stringify(here.sees(person('marie')).context)).toContain('horizonEnd')
  })
})
