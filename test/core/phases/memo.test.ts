import { describe, expect, it } from 'vitest'
import { theRoom } from '../../../src/core/phases/contract.ts'
import { person, workshopAt } from '../../support/stage.ts'

describe('memo sheets', () => {
  it('are turned by the facilitator for everyone, one page per press', () => {
    const here = workshopAt('bon-sujet', 'paul')
    expect(here.triesTo('paul', { do: 'page-next' })).toMatchObject({ refusal: 'facilitator-only' })
    here.says('marie', { do: 'page-next', page: '0' })
    expect(here.triesTo('marie', { do: 'page-next', page: '0' })).toMatchObject({ refusal: 'already' })
    expect(here.sees(theRoom).body).toMatchObject({ pageNumber: 1, mayGoBack: true })
    here.does('marie', { do: 'undo' })
    expect(here.sees(theRoom).body).toMatchObject({ pageNumber: 0, mayGoBack: false })
    expect(here.triesTo('marie', { do: 'page-back' })).toMatchObject({ refusal: 'not-now' })
  })

  it('ask whether each page is clear, and tell who has a question', () => {
    const here = workshopAt('bon-sujet', 'paul', 'lea')
      .says('paul', { do: 'clear' })
      .says('lea', { do: 'question' })
    expect(here.sees(person('marie')).body).toMatchObject({
      clarity: {
        count: { with: { clear: 1, total: 2 } },
        asking: { with: { names: { listing: [{ said: 'Lea Martin' }] } } },
      },
    })
    here.says('marie', { do: 'page-next' })
    expect(here.sees(person('lea')).body).toMatchObject({ clarity: { mine: '', asking: null } })
  })
})
