import { describe, expect, it } from 'vitest'
import { nextDisplay } from '../../../src/core/session/alarm.ts'
import { heldOn, lasted } from '../../../src/core/session/sittings.ts'
import { drift, rebalancing } from '../../../src/core/session/timing.ts'
import { viewOf } from '../../../src/core/views/index.ts'
import { speak } from '../../../src/locales/index.ts'
import { lobbyWith, person, type Stage, twoPm } from '../../support/stage.ts'

const minute = 60_000
const oneDay = 24 * 60
const paris = { lang: 'fr', zone: 'Europe/Paris' } as const

/** Four minutes of the first segment, then put off. */
const putOff = () => lobbyWith('paul').does('marie', { do: 'start' }).wait(4).does('marie', { do: 'adjourn' })
const nextDay = () => putOff().wait(oneDay)
const late = (here: Stage) => drift(here.session(), here.now())
const took = (here: Stage) => lasted(here.session(), here.now())
const days = (here: Stage) => speak(heldOn(here.session()), paris)

describe('a workshop taken up another day', () => {
  it('is not late of the days between, before and after it is taken up', () => {
    const here = nextDay()
    expect(late(here)).toBe(0)
    expect(rebalancing(here.session(), here.now())).toBeNull()
    here.does('marie', { do: 'resume' })
    expect(late(here)).toBe(0)
    expect(here.session().steer.position).toMatchObject({ deadline: here.now() + 6 * minute })
  })

  it('keeps the lateness it had, a pause before it was put off included', () => {
    const here = lobbyWith('paul')
      .does('marie', { do: 'start' })
      .does('marie', { do: 'pause' })
      .wait(7)
      .does('marie', { do: 'adjourn' })
      .wait(oneDay)
    expect(late(here)).toBe(7 * minute)
    expect(late(here.does('marie', { do: 'resume' }))).toBe(7 * minute)
  })

  it.each([
    ['led on', { do: 'next' }, -6],
    ['given more time', { do: 'extend', minutes: 2 }, 2],
    ['undone', { do: 'undo' }, 0],
  ] as const)('leaves those days out when it is %s instead', (_how, ask, expected) => {
    expect(late(nextDay().does('marie', ask))).toBe(expected * minute)
  })

  it('counts a pause of its second day as one', () => {
    const here = nextDay().does('marie', { do: 'resume' }).does('marie', { do: 'pause' }).wait(5)
    expect(late(here)).toBe(5 * minute)
  })

  it('can be put off twice', () => {
    const here = nextDay().does('marie', { do: 'resume' }).wait(3).does('marie', { do: 'adjourn' })
    here.wait(oneDay).does('marie', { do: 'resume' })
    expect(late(here)).toBe(0)
    expect(took(here)).toBe(7 * minute)
    expect(days(here)).toBe('lundi 23 novembre 2026, mardi 24 novembre 2026 et mercredi 25 novembre 2026')
  })

  it('lasted what its sittings lasted, and was held on their days', () => {
    const here = nextDay().does('marie', { do: 'resume' }).wait(5).does('marie', { do: 'end' })
    expect(took(here.wait(60))).toBe(9 * minute)
    expect(days(here)).toBe('lundi 23 novembre 2026 et mardi 24 novembre 2026')
  })

  it('was held on one day when nothing more happened on the other', () => {
    const here = nextDay().does('marie', { do: 'end' })
    expect(took(here)).toBe(4 * minute)
    expect(days(here)).toBe('lundi 23 novembre 2026')
  })

  it('names a day once when it is taken up in the evening', () => {
    expect(days(putOff().wait(120).does('marie', { do: 'resume' }))).toBe('lundi 23 novembre 2026')
  })

  it('has nothing new to show while it waits', () => {
    const here = putOff()
    expect(nextDisplay(here.session(), here.now())).toBeNull()
    const paused = lobbyWith('paul').does('marie', { do: 'start' }).does('marie', { do: 'pause' })
    expect(nextDisplay(paused.session(), paused.now())).not.toBeNull()
  })

  it('is put off once', () => {
    expect(putOff().tries('marie', { do: 'adjourn' })?.refusal).toBe('already')
  })

  it('says so on its card, and to the facilitator how to take it up', () => {
    const here = nextDay()
    const told = (who: string) => here.sees(person(who))
    expect(told('paul')).toMatchObject({
      task: { say: 'step.task-adjourned' },
      left: { say: 'step.adjourned' },
      drift: null,
    })
    expect(told('marie')).toMatchObject({
      task: { say: 'step.task-adjourned-facilitator' },
      drift: { say: 'desk.on-time' },
      proposal: null,
    })
  })

  it('shows its days and its length on the summary', () => {
    const here = nextDay().does('marie', { do: 'resume' }).wait(5).does('marie', { do: 'end' })
    const slot = here.session().steps.at(-1) ?? ''
    expect(viewOf(here.session(), slot, { sees: 'room' }, here.now())?.data).toMatchObject({
      date: { with: { day: { days: [twoPm, here.now() - 5 * minute] } } },
      lasted: { with: { lasted: { lasting: 9 * minute } } },
    })
  })
})
