import { describe, expect, it } from 'vitest'
import { theRoom } from '../../../src/core/phases/contract.ts'
import { seatOf } from '../../../src/core/session/place.ts'
import { dialogView } from '../../../src/core/views/index.ts'
import { person, type Stage, workshopAt, workshopOf } from '../../support/stage.ts'

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

describe('memo sheets the facilitator chooses from', () => {
  const text = (fr: string) => ({ fr, en: fr })
  const page = (title: string) => ({ title: text(title), points: [{ text: text('Un exemple.') }] })
  const sheets = [
    { title: text('Finlande'), pages: [page('Lobbying'), page('Données')] },
    { title: text('Espagne'), pages: [page('Participation'), page('Formation')] },
  ]
  const choosing = (choose = true) =>
    workshopOf([{ id: 'exemples', phase: 'memo', options: { sheets, choose } }], 'paul')
  const choose = (pages: string) => ({ do: 'pages-choose', pages })
  const seen = (here: Stage) => here.sees(theRoom).body
  const sheetsDialog = (here: Stage, by: string) =>
    dialogView('sheets', 'exemples', {
      session: here.session(),
      slot: 'step/exemples/1',
      viewer: person(by),
      now: here.now(),
      draft: {},
      by,
    })?.data

  it('are all shown at first, and offered to her alone', () => {
    const here = choosing()
    expect(seen(here)).toMatchObject({ number: { with: { page: 1, pages: 4 } }, chosen: null })
    expect(sheetsDialog(here, 'marie')).toMatchObject({
      pages: '1,2,3,4',
      choices: [
        { value: '1', title: { with: { sheet: { fr: 'Finlande' }, title: { fr: 'Lobbying' } } } },
        {},
        {},
        {},
      ],
    })
    expect(sheetsDialog(here, 'paul')).toBeUndefined()
    expect(here.sees(person('marie')).body).toMatchObject({ mayChoose: true })
    expect(here.sees(person('paul')).body).toMatchObject({ mayChoose: false })
    expect(here.triesTo('paul', choose('1'))).toMatchObject({ refusal: 'facilitator-only' })
  })

  it('are numbered and turned among those she keeps', () => {
    const here = choosing().says('marie', choose('2,4'))
    expect(seen(here)).toMatchObject({
      title: { fr: 'Données' },
      number: { with: { page: 1, pages: 2 } },
      chosen: { with: { shown: 2, total: 4 } },
      mayGoBack: false,
    })
    here.says('marie', { do: 'page-next' })
    expect(seen(here)).toMatchObject({
      title: { fr: 'Formation' },
      number: { with: { page: 2, pages: 2 } },
      mayGoOn: false,
    })
    expect(here.triesTo('marie', { do: 'page-next' })).toMatchObject({ refusal: 'not-now' })
    here.says('marie', choose('1,3'))
    expect(seen(here)).toMatchObject({ title: { fr: 'Participation' }, number: { with: { page: 2 } } })
    here.does('marie', { do: 'undo' })
    expect(seen(here)).toMatchObject({ title: { fr: 'Formation' } })
  })

  it('keep what people said of a page when it goes and comes back', () => {
    const here = choosing().says('paul', { do: 'question' }).says('marie', choose('2,3'))
    expect(here.sees(person('paul')).body).toMatchObject({ clarity: { mine: '' } })
    here.says('marie', choose('1,2,3')).says('marie', { do: 'page-back' })
    expect(here.sees(person('paul')).body).toMatchObject({ clarity: { mine: 'question' } })
  })

  it('leave one page at least, and say so', () => {
    const here = choosing()
    for (const none of [{ do: 'pages-choose' }, choose('9'), choose('x')])
      expect(here.triesTo('marie', none)?.problems).toMatchObject({ pages: { say: 'memo.choose-one' } })
    expect(seen(here)).toMatchObject({ number: { with: { pages: 4 } } })
  })

  it('are told in the summary as they were presented', () => {
    const here = choosing().says('marie', choose('1,4'))
    const seat = seatOf(here.session(), 'exemples', here.now())
    expect(seat?.phase.chapter(seat.place).blocks).toMatchObject([
      { items: [{ fr: 'Lobbying' }, { fr: 'Formation' }] },
    ])
  })

  it('are not hers to choose where the script does not say so', () => {
    const here = choosing(false)
    expect(here.triesTo('marie', choose('1'))).toMatchObject({ refusal: 'not-now' })
    expect(sheetsDialog(here, 'marie')).toBeUndefined()
    expect(here.sees(person('marie')).body).toMatchObject({ mayChoose: false })
  })
})
