import { describe, expect, it } from 'vitest'
import { theRoom } from '../../../src/core/phases/contract.ts'
import { seatOf } from '../../../src/core/session/place.ts'
import { chaptersOf } from '../../../src/core/summary/index.ts'
import { person, type Stage, workshopOf } from '../../support/stage.ts'

const presenting = () => workshopOf([{ id: 'sujet', phase: 'subject' }], 'paul')
const typed = {
  do: 'amend' as const,
  'f-title': 'Les cantines',
  'f-sentence': 'Choisir les menus ensemble.',
  'f-why': 'Tout le monde y mange.',
}
const harvest = (here: Stage) => {
  const seat = seatOf(here.session(), 'sujet', here.now())
  return seat ? seat.phase.harvest(seat.place) : []
}

describe('the subject', () => {
  it('is shown to everyone with why it was chosen, and what was left empty is not drawn', () => {
    const here = presenting().does('marie', typed)
    for (const viewer of [theRoom, person('paul')])
      expect(here.sees(viewer).body).toMatchObject({
        chosen: true,
        title: { said: 'Les cantines' },
        sentence: { said: 'Choisir les menus ensemble.' },
        why: { said: 'Tout le monde y mange.' },
        reformulation: null,
      })
  })

  it('can still be chosen or typed in once the segment runs, by the facilitator', () => {
    const here = presenting()
    expect(here.sees(person('marie')).body).toMatchObject({ chosen: false, facilitates: true, leads: true })
    expect(here.sees(person('paul')).body).toMatchObject({ facilitates: false })
    expect(here.sees(person('paul')).task).toMatchObject({ say: 'subject.task-none' })
    expect(here.tries('paul', typed)).toMatchObject({ refusal: 'facilitator-only' })
    here.does('marie', typed)
    expect(here.sees(person('paul')).task).toMatchObject({ say: 'subject.task' })
  })

  it('asks whether it is clear', () => {
    const here = presenting().does('marie', typed).says('paul', { do: 'question' })
    expect(here.sees(person('marie')).body).toMatchObject({
      clarity: { asking: { with: { names: { listing: [{ said: 'Paul Martin' }] } } } },
    })
  })

  it('is handed on, and told in the summary', () => {
    const here = presenting()
    expect(harvest(here)).toEqual([])
    here.does('marie', typed)
    expect(harvest(here)).toMatchObject([{ id: 'subject', title: 'Les cantines', sources: [] }])
    const chapter = chaptersOf(here.session(), 'participants', here.now()).find((one) => one.id === 'sujet')
    expect(JSON.stringify(chapter)).toContain('Tout le monde y mange.')
  })

  it('gives back the words it had when a change is undone', () => {
    const here = presenting()
      .does('marie', typed)
      .does('marie', { ...typed, 'f-title': 'Les stades' })
    here.does('marie', { do: 'undo' })
    expect(harvest(here)[0]?.title).toBe('Les cantines')
  })
})
