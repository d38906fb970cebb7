import { describe, expect, it } from 'vitest'
import type { Floor } from '../../../src/core/floor.ts'
import { seatOf } from '../../../src/core/session/place.ts'
import { joining, person, type Stage, workshopAt } from '../../support/stage.ts'

const floorOf = (here: Stage): Floor =>
  (here.session().steer.shared['tour-de-table'] as { floor: Floor }).floor

describe('tour de table', () => {
  it('begins with the facilitator, then goes round in the order people joined', () => {
    const here = workshopAt('tour-de-table', 'paul', 'lea', 'tom')
    const heard: (string | null)[] = []
    for (let turn = 0; turn < 5; turn++) {
      heard.push(floorOf(here).speaker)
      if (floorOf(here).speaker) here.says('marie', { do: 'floor-done' })
    }
    expect(heard).toEqual(['marie', 'paul', 'lea', 'tom', null])
  })

  it('thanks by name and tells each person when her turn comes', () => {
    const here = workshopAt('tour-de-table', 'paul', 'lea', 'tom').says('marie', { do: 'floor-done' })
    expect(here.sees(person('paul'))).toMatchObject({ task: { say: 'tour-de-table.task-mine' } })
    expect(here.sees(person('lea'))).toMatchObject({ task: { say: 'floor.task-next' } })
    expect(here.sees(person('tom'))).toMatchObject({ task: { say: 'floor.task-soon', with: { before: 1 } } })
    expect(here.sees(person('tom')).body).toMatchObject({
      floor: { thanks: { with: { name: { said: 'Marie Durand' } } } },
    })
  })

  it('lets only the speaker and the facilitator end a turn', () => {
    const here = workshopAt('tour-de-table', 'paul', 'lea').says('marie', { do: 'floor-done' })
    expect(here.triesTo('lea', { do: 'floor-done' })).toMatchObject({ refusal: 'not-your-turn' })
    here.says('paul', { do: 'floor-done' })
    expect(floorOf(here).speaker).toBe('lea')
  })

  it('ends the turn the button was drawn for, and no other', () => {
    const here = workshopAt('tour-de-table', 'paul', 'lea')
    here.says('marie', { do: 'floor-done', speaker: 'marie' })
    expect(here.triesTo('marie', { do: 'floor-done', speaker: 'marie' })).toMatchObject({
      refusal: 'already',
    })
    expect(floorOf(here).speaker).toBe('paul')
  })

  it('lets a person pass, come back later, or take the next turn', () => {
    const here = workshopAt('tour-de-table', 'paul', 'lea', 'tom').says('marie', { do: 'floor-done' })
    here.says('tom', { do: 'floor-jump' })
    here.says('paul', { do: 'floor-later' })
    expect(floorOf(here).speaker).toBe('tom')
    here.says('tom', { do: 'floor-done' })
    expect(floorOf(here).speaker).toBe('lea')
    here.says('lea', { do: 'floor-pass' })
    expect(floorOf(here).speaker).toBe('paul')
    here.says('paul', { do: 'floor-done' })
    expect(floorOf(here)).toMatchObject({ speaker: null, passed: ['lea'] })
  })

  it('puts late joiners at the end of the round', () => {
    const here = workshopAt('tour-de-table', 'paul').does('lea', joining('lea'))
    here.says('marie', { do: 'floor-done' }).says('marie', { do: 'floor-done' })
    expect(floorOf(here).speaker).toBe('lea')
  })

  it('goes past someone who has left', () => {
    const here = workshopAt('tour-de-table', 'paul', 'lea').does('paul', { do: 'leave' })
    here.says('marie', { do: 'floor-done' })
    expect(floorOf(here).speaker).toBe('lea')
  })

  it('can be reordered by the facilitator, by hand or by name', () => {
    const here = workshopAt('tour-de-table', 'paul', 'lea', 'tom').says('marie', {
      do: 'floor-first',
      who: 'tom',
    })
    here.says('marie', { do: 'floor-done' })
    expect(floorOf(here).speaker).toBe('tom')
    here.says('marie', { do: 'floor-give', who: 'lea' })
    expect(floorOf(here).speaker).toBe('lea')
    expect(here.triesTo('marie', { do: 'floor-give', who: 'nobody' })).toMatchObject({
      refusal: 'unknown-person',
    })
    expect(here.triesTo('paul', { do: 'floor-give', who: 'paul' })).toMatchObject({
      refusal: 'facilitator-only',
    })
  })

  it('rings at the end of a turn and moves its deadline with a pause', () => {
    const here = workshopAt('tour-de-table', 'paul')
    const before = floorOf(here).turn?.deadline ?? 0
    here.does('marie', { do: 'pause' }).wait(3).does('marie', { do: 'resume' })
    expect(floorOf(here).turn?.deadline).toBe(before + 180_000)
    here.wait(2)
    expect(floorOf(here).turn?.rang).toBe(true)
    here.says('marie', { do: 'floor-more' })
    expect(floorOf(here).turn).toMatchObject({ rang: false, deadline: here.now() + 30_000 })
  })

  it('keeps the reason a person gives for being here', () => {
    const here = workshopAt('tour-de-table', 'paul').says('paul', {
      do: 'reason',
      reason: 'Je veux apprendre.',
    })
    expect(here.sees(person('paul')).body).toMatchObject({ reason: { said: 'Je veux apprendre.' } })
  })

  it('reports who was there, and why once someone has said it', () => {
    const here = workshopAt('tour-de-table', 'paul')
    const table = () => {
      const seat = seatOf(here.session(), 'tour-de-table', here.now())
      const [block] = seat?.phase.chapter(seat.place).blocks ?? []
      return block?.block === 'table' ? [block.head.length, block.rows.at(-1)?.at(-1)] : []
    }
    expect(table()).toEqual([2, expect.anything()])
    here.says('paul', { do: 'reason', reason: 'Je veux apprendre.' })
    expect(table()).toEqual([3, { said: 'Je veux apprendre.' }])
  })

  it('can be undone, hand-over by hand-over', () => {
    const here = workshopAt('tour-de-table', 'paul', 'lea')
      .says('marie', { do: 'floor-done' })
      .says('paul', { do: 'floor-done' })
    here.does('marie', { do: 'undo' })
    expect(floorOf(here).speaker).toBe('paul')
    here.does('marie', { do: 'undo' })
    expect(floorOf(here)).toMatchObject({ speaker: 'marie', spoke: {} })
  })
})
