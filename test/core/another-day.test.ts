import { describe, expect, it } from 'vitest'
import { nextDisplay } from '../../src/core/session/alarm.ts'
import { lasted } from '../../src/core/session/sittings.ts'
import { drift, rebalancing, spentOn, timeLeft } from '../../src/core/session/timing.ts'
import { dataOf } from '../../src/core/summary/data.ts'
import { ideas, lobbyWith, type Stage, workshopAt } from '../support/stage.ts'

const minute = 60_000
const toTheNextDay = 22 * 60 + 51

/** The silent ideation runs for five minutes when the meeting ends. */
const cutShort = () => {
  const here = workshopAt('identifier', 'paul').says('paul', ideas('Budget')).wait(5)
  return ends(here)
}
const ends = (here: Stage) => here.told({ tell: 'meeting-ended', at: here.now(), key: `end-${here.now()}` })
const late = (here: Stage) => drift(here.session(), here.now())
const left = (here: Stage) => timeLeft(here.session(), here.now())
const position = (here: Stage) => here.session().steer.position

describe('a workshop put off to another day', () => {
  it('is no later the next day, nor once taken up, and proposes nothing of it', () => {
    const here = cutShort()
    const [lateBefore, leftBefore] = [late(here), left(here)]
    const proposed = rebalancing(here.session(), here.now())
    here.does('marie', { do: 'adjourn' }).wait(toTheNextDay)
    expect(late(here)).toBe(lateBefore)
    expect(rebalancing(here.session(), here.now())).toEqual(proposed)
    here.does('marie', { do: 'resume' })
    expect([late(here), left(here)]).toEqual([lateBefore, leftBefore])
    expect(rebalancing(here.session(), here.now())).toEqual(proposed)
  })

  it('keeps what was written, and counts the minutes of each sitting', () => {
    const here = cutShort()
    const written = here.session().answers
    here.does('marie', { do: 'adjourn' }).wait(toTheNextDay).does('marie', { do: 'resume' }).wait(4)
    expect(here.session().answers).toEqual(written)
    expect(spentOn(here.session(), 'identifier', here.now())).toBe(9 * minute)
    expect(lasted(here.session(), here.now())).toBe(9 * minute)
    here.does('marie', { do: 'end' })
    const data = dataOf(here.session(), 'organisers', here.now())
    expect(data.lastedSeconds).toBe(9 * 60)
    expect(data.segments.find(({ id }) => id === 'identifier')?.spentSeconds).toBe(9 * 60)
  })

  it('may be put off as often as needed', () => {
    const here = cutShort()
    for (let day = 0; day < 3; day += 1)
      here.does('marie', { do: 'adjourn' }).wait(toTheNextDay).does('marie', { do: 'resume' }).wait(1)
    expect(lasted(here.session(), here.now())).toBe(8 * minute)
    expect(spentOn(here.session(), 'identifier', here.now())).toBe(8 * minute)
  })

  it.each([
    ['with the next step', { do: 'next' }, 'partager'],
    ['with the step before', { do: 'back' }, null],
    ['with more time', { do: 'extend', minutes: 5 }, 'identifier'],
  ] as const)('can be taken up %s as well', (_how, ask, segment) => {
    const here = cutShort()
    here.does('marie', { do: 'adjourn' }).wait(toTheNextDay).does('marie', ask)
    expect(position(here).status).toBe('running')
    expect(lasted(here.session(), here.now())).toBe(5 * minute)
    expect(spentOn(here.session(), 'identifier', here.now())).toBe(5 * minute)
    if (segment === 'identifier') expect(left(here)).toBe((left(cutShort()) ?? 0) + 5 * minute)
  })

  it('and ended there lasted as long as people were together', () => {
    const here = cutShort().does('marie', { do: 'adjourn' }).wait(toTheNextDay).does('marie', { do: 'end' })
    expect(lasted(here.session(), here.now() + toTheNextDay * minute)).toBe(5 * minute)
  })

  it('does not have its card written again every minute until then', () => {
    const here = cutShort().does('marie', { do: 'pause' })
    expect(nextDisplay(here.session(), here.now())).not.toBeNull()
    here.does('marie', { do: 'adjourn' })
    expect(nextDisplay(here.session(), here.now())).toBeNull()
  })
})

describe('a pause', () => {
  it('makes the workshop late, for people wait', () => {
    const here = workshopAt('identifier', 'paul')
    const before = late(here) ?? 0
    here.does('marie', { do: 'pause' }).wait(90)
    expect(late(here)).toBe(before + 90 * minute)
    here.does('marie', { do: 'resume' })
    expect(late(here)).toBe(before + 90 * minute)
  })

  it('counts until the meeting ends, where the workshop is then put off', () => {
    const here = workshopAt('identifier', 'paul').does('marie', { do: 'pause' }).wait(10)
    ends(here).wait(toTheNextDay).does('marie', { do: 'adjourn' }).wait(60).does('marie', { do: 'resume' })
    expect(lasted(here.session(), here.now())).toBe(10 * minute)
    expect(spentOn(here.session(), 'identifier', here.now())).toBe(0)
  })

  it('that lasted through the night was no pause', () => {
    const here = workshopAt('identifier', 'paul').wait(5)
    const before = late(here)
    here.does('marie', { do: 'pause' }).wait(toTheNextDay)
    expect(late(here)).toBe(before)
    here.does('marie', { do: 'resume' })
    expect(late(here)).toBe(before)
  })
})

describe('a workshop nobody decided about when the meeting ended', () => {
  it('stopped with the meeting, when it is put off the next day', () => {
    const here = cutShort()
    const [lateBefore, leftBefore] = [late(here), left(here)]
    here.wait(toTheNextDay).does('marie', { do: 'adjourn' }).wait(60).does('marie', { do: 'resume' })
    expect([late(here), left(here)]).toEqual([lateBefore, leftBefore])
  })

  it.each([{ do: 'resume' }, { do: 'next' }] as const)('is taken up as it is the next day by $do', (ask) => {
    const here = cutShort().wait(toTheNextDay)
    expect(left(here)).toBe(left(cutShort()))
    here.does('marie', ask)
    expect(here.session().partedAt).toBeNull()
    expect(lasted(here.session(), here.now())).toBe(5 * minute)
    expect(spentOn(here.session(), 'identifier', here.now())).toBe(5 * minute)
  })

  it('still waits for the decision when people meet again another day, and one gesture undone takes it up', () => {
    const here = workshopAt('identifier', 'paul').wait(5).does('marie', { do: 'extend', minutes: 5 })
    const before = left(here) ?? 0
    ends(here).wait(toTheNextDay)
    here.told({ tell: 'meeting-started', at: here.now(), key: 'again', lang: 'fr' })
    expect(late(here)).toBe(late(here.wait(60)))
    expect(lasted(here.session(), here.now())).toBe(5 * minute)
    here.does('marie', { do: 'undo' }).wait(3)
    expect(left(here)).toBe(before - 8 * minute)
    expect(lasted(here.session(), here.now())).toBe(8 * minute)
  })

  it('is rebalanced without the days between, and is not paused, but taken up', () => {
    const here = cutShort().wait(toTheNextDay)
    const [lateBefore, leftBefore] = [late(here), left(here)]
    expect(here.tries('marie', { do: 'pause' })?.refusal).toBe('already')
    expect(here.sees({ sees: 'person', id: 'marie' })).toMatchObject({ controls: { paused: true } })
    here.does('marie', { do: 'end' }).does('marie', { do: 'undo' })
    expect([late(here), left(here)]).toEqual([lateBefore, leftBefore])
    const proposed = rebalancing(here.session(), here.now())
    if (proposed === null) throw new Error('nothing is proposed')
    here.does('marie', { do: 'rebalance' }).wait(60)
    expect(left(here)).toBe(leftBefore)
    expect(lasted(here.session(), here.now())).toBe(5 * minute)
  })

  it('goes on as if nothing were, where people meet again at once', () => {
    const here = cutShort().wait(10)
    here.told({ tell: 'meeting-started', at: here.now(), key: 'again', lang: 'fr' })
    expect(here.session().partedAt).toBeNull()
    expect(lasted(here.session(), here.now())).toBe(15 * minute)
    expect(here.tries('marie', { do: 'resume' })?.refusal).toBe('already')
  })
})

describe('putting off, undone', () => {
  it('at once or the next day, gives back the time that was left', () => {
    for (const wait of [1, toTheNextDay]) {
      const here = cutShort()
      const [lateBefore, leftBefore] = [late(here), left(here)]
      here.does('marie', { do: 'adjourn' }).wait(wait).does('marie', { do: 'undo' })
      expect(position(here).status).toBe('running')
      expect([late(here), left(here)]).toEqual([lateBefore, leftBefore])
      expect(spentOn(here.session(), 'identifier', here.now())).toBe(5 * minute)
    }
  })

  it('and redone, waits again since the first time', () => {
    const here = cutShort().does('marie', { do: 'adjourn' })
    const put = here.session().steer
    here.wait(toTheNextDay).does('marie', { do: 'undo' }).does('marie', { do: 'redo' })
    expect(here.session().steer).toEqual(put)
  })

  it('of a pause, is a pause again that has lasted no longer', () => {
    const here = workshopAt('identifier', 'paul').does('marie', { do: 'pause' }).wait(10)
    const before = late(here)
    here.does('marie', { do: 'adjourn' }).wait(toTheNextDay).does('marie', { do: 'undo' })
    expect(position(here).status).toBe('paused')
    expect(late(here)).toBe(before)
  })

  it('with the move before it, gives that step the time it had', () => {
    const here = workshopAt('identifier', 'paul').wait(5)
    const before = left(here)
    here.does('marie', { do: 'next' }).wait(2).does('marie', { do: 'adjourn' }).wait(toTheNextDay)
    here.does('marie', { do: 'undo' }).does('marie', { do: 'undo' })
    expect(left(here)).toBe((before ?? 0) - 2 * minute)
    expect(spentOn(here.session(), 'identifier', here.now())).toBe(7 * minute)
    expect(lasted(here.session(), here.now())).toBe(7 * minute)
  })

  it('taking up, undone, waits since it was put off', () => {
    const here = cutShort().does('marie', { do: 'adjourn' })
    const put = here.session().steer
    here.wait(toTheNextDay).does('marie', { do: 'resume' }).does('marie', { do: 'undo' })
    expect(here.session().steer).toEqual(put)
  })

  it.each([{ do: 'resume' }, { do: 'next' }] as const)(
    'taken up by $do, undone and redone, counts the wait once',
    (ask) => {
      const here = cutShort().does('marie', { do: 'adjourn' }).wait(toTheNextDay).does('marie', ask)
      const [lateBefore, leftBefore] = [late(here), left(here)]
      here.wait(2).does('marie', { do: 'undo' }).wait(10).does('marie', { do: 'redo' })
      expect([late(here), left(here)]).toEqual([lateBefore, leftBefore])
      expect(lasted(here.session(), here.now())).toBe(5 * minute)
      expect(here.session().steer.breaks).toHaveLength(1)
    },
  )

  it('with the start itself, leaves nothing of that wait to the workshop that starts anew', () => {
    const here = lobbyWith('paul').does('marie', { do: 'start' }).wait(5).does('marie', { do: 'adjourn' })
    here.wait(toTheNextDay).does('marie', { do: 'undo' }).does('marie', { do: 'undo' })
    expect(position(here).status).toBe('lobby')
    here.does('marie', { do: 'start' }).wait(3)
    expect(lasted(here.session(), here.now())).toBe(3 * minute)
  })

  it('and ended there, undone and redone, was held no later than it was', () => {
    const here = cutShort().does('marie', { do: 'adjourn' }).wait(toTheNextDay).does('marie', { do: 'end' })
    const ended = here.session().steer
    here.wait(toTheNextDay).does('marie', { do: 'undo' }).does('marie', { do: 'redo' })
    expect(here.session().steer).toEqual(ended)
  })
})
