import { describe, expect, it } from 'vitest'
import { participationOf, participationPictureOf } from '../../../src/core/summary/participation.ts'
import { ideas, workshopAt } from '../../support/stage.ts'

describe('who took part', () => {
  it('counts those who spoke where people speak, and not the one who leads among those who were asked', () => {
    const here = workshopAt('tour-de-table', 'paul', 'lea')
    here.says('marie', { do: 'floor-done' })
    here.says('paul', { do: 'floor-done' })
    const line = participationOf(here.session(), here.now()).segments.find(
      ({ segment }) => segment === 'tour-de-table',
    )
    expect(line?.answered).toBe(2)
    here.does('marie', { do: 'next' }).does('marie', { do: 'next' }).says('paul', ideas('Les cantines'))
    expect(participationPictureOf(here.session(), here.now())?.bars.map((bar) => bar.of)).toEqual([
      2, 2, 2, 2,
    ])
    expect(participationOf(here.session(), here.now()).people).toBe(3)
  })
})
