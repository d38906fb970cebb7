import { describe, expect, it } from 'vitest'
import { carryOut } from '../../src/core/meeting.ts'
import { theRoom } from '../../src/core/phases/contract.ts'
import { nextAlarm } from '../../src/core/session/alarm.ts'
import { expectStamp } from '../../src/core/session/expect.ts'
import { drift, rebalancing } from '../../src/core/session/timing.ts'
import { dialogView } from '../../src/core/views/index.ts'
import { joining, lobbyWith, person, stage, workshopAt } from '../support/stage.ts'

const running = (here: ReturnType<typeof stage>) => {
  const { position } = here.session().steer
  if (position.status !== 'running') throw new Error(`not running but ${position.status}`)
  return position
}

describe('launching', () => {
  it('makes the launcher the facilitator, in a lobby', () => {
    const here = lobbyWith()
    expect(here.session().steer.position.status).toBe('lobby')
    expect(here.session().participants.marie).toMatchObject({
      firstName: 'Marie',
      lastName: 'Durand',
      role: 'facilitator',
      contributes: false,
    })
  })

  it('is refused while a workshop runs', () => {
    expect(lobbyWith().tries('paul', { do: 'launch', format: 'format-1', name: 'Paul' })).toMatchObject({
      refusal: 'running',
    })
  })

  it('is refused for a format that does not exist', () => {
    expect(stage().tries('marie', { do: 'launch', format: 'toString', name: '' })).toMatchObject({
      refusal: 'unknown',
    })
  })

  it('says there is no session to a command that comes before', () => {
    expect(stage().tries('marie', { do: 'next' })).toMatchObject({ refusal: 'no-session' })
  })
})

describe('time', () => {
  it('gives a segment an absolute deadline', () => {
    const here = lobbyWith('paul').does('marie', { do: 'start' })
    expect(running(here).deadline).toBe(here.now() + 10 * 60_000)
  })

  it('warns, then rings once, and never moves on by itself', () => {
    const here = lobbyWith('paul').does('marie', { do: 'start' }).wait(9)
    expect(running(here)).toMatchObject({ warned: true, rang: false, index: 0 })
    here.wait(30)
    expect(running(here)).toMatchObject({ rang: true, index: 0 })
    const rings = here.meeting().outbox.filter((one) => one.slot.startsWith('ring/'))
    expect(rings).toHaveLength(1)
  })

  it('keeps what was left during a pause', () => {
    const here = lobbyWith('paul')
      .does('marie', { do: 'start' })
      .wait(4)
      .does('marie', { do: 'pause' })
      .wait(20)
    here.does('marie', { do: 'resume' })
    expect(running(here).deadline - here.now()).toBe(6 * 60_000)
  })

  it('adds minutes to the deadline, or to now when it has passed', () => {
    const early = lobbyWith('paul')
      .does('marie', { do: 'start' })
      .wait(5)
      .does('marie', { do: 'extend', minutes: 2 })
    expect(running(early).deadline - early.now()).toBe(7 * 60_000)
    const late = lobbyWith('paul')
      .does('marie', { do: 'start' })
      .wait(13)
      .does('marie', { do: 'extend', minutes: 2 })
    expect(running(late).deadline - late.now()).toBe(2 * 60_000)
  })

  it('tells the drift against an hour and a half', () => {
    const here = lobbyWith('paul').does('marie', { do: 'start' }).wait(16)
    expect(drift(here.session(), here.now())).toBe(6 * 60_000)
    here.does('marie', { do: 'next' })
    expect(drift(here.session(), here.now())).toBe(6 * 60_000)
  })

  it('proposes to absorb the drift, and changes nothing until it is accepted', () => {
    const here = lobbyWith('paul').does('marie', { do: 'start' }).wait(18)
    const lines = rebalancing(here.session(), here.now()) ?? []
    const given = lines.reduce((sum, one) => sum + one.from - one.to, 0)
    expect(given).toBe(8 * 60_000)
    expect(here.session().steer.runs.qualifier).toBeUndefined()
    here.does('marie', { do: 'rebalance' })
    expect(drift(here.session(), here.now())).toBe(0)
    here.does('marie', { do: 'undo' })
    expect(drift(here.session(), here.now())).toBe(8 * 60_000)
  })

  it('proposes to use time that is ahead once for each five minutes, and not again at every step', () => {
    const here = lobbyWith('paul').does('marie', { do: 'start' }).wait(7)
    const proposed = () => here.sees({ sees: 'person', id: 'marie' }).proposal != null
    const goesOn = (afterMinutes: number) => here.wait(afterMinutes).does('marie', { do: 'next' })
    goesOn(0)
    expect(drift(here.session(), here.now())).toBe(-3 * 60_000)
    expect(proposed()).toBe(false)
    goesOn(7)
    expect(drift(here.session(), here.now())).toBe(-6 * 60_000)
    expect(proposed()).toBe(true)
    goesOn(9)
    expect(drift(here.session(), here.now())).toBe(-7 * 60_000)
    expect(proposed()).toBe(false)
    goesOn(6)
    expect(proposed()).toBe(true)
    expect(goesOn(35) && proposed()).toBe(false)
    here.does('marie', { do: 'rebalance' })
    expect(proposed()).toBe(false)
  })

  it('proposes nothing where the steps left could not take half of what is ahead; asked for, it does what it can', () => {
    const here = workshopAt('classer', 'paul')
    const proposed = () => here.sees({ sees: 'person', id: 'marie' }).proposal != null
    expect(drift(here.session(), here.now())).toBeLessThan(-60 * 60_000)
    expect(proposed()).toBe(false)
    here.does('marie', { do: 'rebalance' })
    expect(here.session().steer.runs.conclusion?.allotted).toBe(7 * 60_000)
  })

  it('proposes to catch up at every step that is late', () => {
    const here = lobbyWith('paul').does('marie', { do: 'start' }).wait(13).does('marie', { do: 'next' })
    const proposed = () => here.sees({ sees: 'person', id: 'marie' }).proposal != null
    expect(proposed()).toBe(true)
    here.wait(10).does('marie', { do: 'next' })
    expect(proposed()).toBe(true)
  })

  it('never proposes less than half of what the script plans, nor more than one and a half', () => {
    const late = lobbyWith('paul').does('marie', { do: 'start' }).wait(80)
    const shrunk = rebalancing(late.session(), late.now()) ?? []
    expect(shrunk.every((one) => one.to >= one.segment.minutes * 30_000)).toBe(true)
    const early = workshopAt('classer', 'paul')
    const stretched = rebalancing(early.session(), early.now()) ?? []
    expect(stretched.map((one) => one.to)).toEqual([7 * 60_000])
  })

  it('keeps what each segment really took, pauses apart', () => {
    const here = lobbyWith('paul')
      .does('marie', { do: 'start' })
      .wait(3)
      .does('marie', { do: 'pause' })
      .wait(5)
    here.does('marie', { do: 'resume' }).wait(1).does('marie', { do: 'next' })
    expect(here.session().steer.runs.introduction?.spent).toBe(4 * 60_000)
  })

  it('has nothing to ring while paused', () => {
    const here = lobbyWith('paul').does('marie', { do: 'start' }).does('marie', { do: 'pause' })
    expect(nextAlarm(here.session())).toBeNull()
  })
})

describe('moves', () => {
  it('are for facilitators only', () => {
    const here = lobbyWith('paul')
    for (const move of [
      'start',
      'next',
      'back',
      'skip',
      'pause',
      'end',
      'undo',
      'redo',
      'rebalance',
      'cancel',
    ] as const)
      expect(here.tries('paul', { do: move }), move).toMatchObject({ refusal: 'facilitator-only' })
  })

  it('are carried out once when a button is pressed twice', () => {
    const here = lobbyWith('paul').does('marie', { do: 'start' })
    const expected = expectStamp(here.session())
    here.does('marie', { do: 'next', expect: expected })
    expect(here.tries('marie', { do: 'next', expect: expected })).toMatchObject({ refusal: 'already' })
    expect(running(here).index).toBe(1)
  })

  it('can be undone and redone, the deadline unchanged', () => {
    const here = lobbyWith('paul').does('marie', { do: 'start' })
    const before = running(here)
    here.wait(1).does('marie', { do: 'next' }).wait(1).does('marie', { do: 'undo' })
    expect(running(here)).toMatchObject({ index: 0, deadline: before.deadline })
    here.does('marie', { do: 'redo' })
    expect(running(here).index).toBe(1)
  })

  it('undo the end as well', () => {
    const here = workshopAt('conclusion', 'paul').does('marie', { do: 'next' })
    expect(here.session().steer.position.status).toBe('closed')
    here.does('marie', { do: 'undo' })
    expect(running(here).index).toBe(6)
  })

  it('go back to an earlier segment with at least two minutes', () => {
    const here = lobbyWith('paul').does('marie', { do: 'start' }).wait(12).does('marie', { do: 'next' })
    here.does('marie', { do: 'back' })
    expect(running(here).deadline - here.now()).toBe(2 * 60_000)
  })

  it('say so when there is nothing to undo', () => {
    expect(lobbyWith().tries('marie', { do: 'undo' })).toMatchObject({ refusal: 'nothing-to-undo' })
  })

  it('undo a move and leave what people wrote since', () => {
    const here = workshopAt('identifier', 'paul')
    here.says('marie', { do: 'silence' })
    here.says('paul', { do: 'ideas-save', title1: 'Budget', sentence1: 'Un budget lisible.' })
    here.does('marie', { do: 'undo' })
    expect(here.session().answers.identifier?.paul).toMatchObject({ ideas: [{ title: 'Budget' }] })
    expect(here.session().steer.shared.identifier).toMatchObject({ silence: null })
  })
})

describe('people', () => {
  it('join at any segment and are asked to when they have not', () => {
    const here = lobbyWith('paul').does('marie', { do: 'start' })
    expect(here.triesTo('lea', { do: 'clear' })).toMatchObject({ refusal: 'join-first' })
    here.does('lea', joining('lea'))
    expect(here.session().participants.lea).toMatchObject({ joinedDuring: 0 })
  })

  it('are told field by field what is wrong on the join card', () => {
    const refusal = lobbyWith().tries('paul', {
      ...joining('paul'),
      firstName: '  ',
      profile: 'wizard',
    } as never)
    expect(refusal).toMatchObject({
      refusal: 'invalid',
      problems: { firstName: { say: 'problem.empty' }, profile: { say: 'problem.choice' } },
    })
  })

  it('may be named to a role before they join, from the roster', () => {
    const here = lobbyWith().told({ tell: 'roster', people: [{ id: 'luc', name: 'Luc Petit' }] })
    here.does('marie', { do: 'name-role', person: 'luc', role: 'note-taker' })
    expect(here.session().participants.luc).toMatchObject({ role: 'note-taker', firstName: 'Luc' })
  })

  it('cannot leave the workshop without a facilitator', () => {
    const here = lobbyWith('paul')
    expect(here.tries('marie', { do: 'leave' })).toMatchObject({ refusal: 'not-alone' })
    expect(here.tries('marie', { do: 'name-role', person: 'marie', role: 'participant' })).toMatchObject({
      refusal: 'not-alone',
    })
    here
      .does('marie', { do: 'name-role', person: 'paul', role: 'co-facilitator' })
      .does('marie', { do: 'leave' })
  })
})

describe('notes', () => {
  it('are kept with their segment, by the organising team only', () => {
    const here = workshopAt('tour-de-table', 'paul').does('marie', { do: 'note', text: 'Belle énergie.' })
    expect(here.session().notes).toMatchObject([
      { segment: 'tour-de-table', text: 'Belle énergie.', by: 'marie' },
    ])
    expect(here.tries('paul', { do: 'note', text: 'x' })).toMatchObject({ refusal: 'organisers-only' })
  })
})

describe('the same command twice', () => {
  it('is carried out once, whatever it is', () => {
    const here = workshopAt('tour-de-table', 'paul')
    const command = {
      by: 'marie',
      at: here.now(),
      ask: { do: 'note' as const, text: 'Une fois.' },
      key: 'same',
    }
    const first = carryOut(here.meeting(), command, {})
    if (first.done !== true) throw new Error('refused')
    expect(carryOut(first.meeting, command, {})).toEqual({ done: 'before' })
  })
})

describe('the desk', () => {
  it('is in the payload of facilitators and of nobody else', () => {
    const here = workshopAt('introduction', 'paul')
    expect(here.sees(person('marie'))).toMatchObject({
      facilitates: true,
      drift: { say: 'desk.on-time' },
      controls: { next: { say: 'control.next' } },
    })
    for (const viewer of [theRoom, person('paul'), person('stranger')]) {
      expect(here.sees(viewer)).toMatchObject({
        facilitates: false,
        drift: null,
        controls: { expect: '' },
      })
    }
  })

  it('opens the speaker’s notes for facilitators and for nobody else', () => {
    const here = workshopAt('introduction', 'paul')
    const opened = (by: string) =>
      dialogView('guide', 'introduction', {
        session: here.session(),
        slot: 'step/introduction/1',
        viewer: person(by),
        now: here.now(),
        draft: {},
        by,
      })
    expect(opened('marie')?.data.guide).toEqual(here.session().format.segments[0]?.guide)
    expect(opened('paul')).toBeNull()
    expect(opened('stranger')).toBeNull()
  })

  it('has one accent: the exercise’s own next gesture, then the next segment', () => {
    const here = workshopAt('bon-sujet', 'paul')
    const leads = () => (here.sees(person('marie')).controls as { phaseLeads: boolean }).phaseLeads
    expect(leads()).toBe(true)
    for (const _page of [1, 2, 3, 4]) here.says('marie', { do: 'page-next' })
    expect(leads()).toBe(false)
  })
})

describe('the outbox', () => {
  it('posts a step card on arrival, and retires the one before', () => {
    const before = lobbyWith('paul')
    const waiting = (here: typeof before) =>
      here.meeting().outbox.map((one) => `${one.do} ${one.slot.split('/')[0]}`)
    expect(waiting(before)).toEqual(['post lobby', 'post join'])
    expect(waiting(before.delivers().does('marie', { do: 'start' }))).toEqual(['edit lobby', 'post step'])
  })

  it('edits no card that itself waits to be posted: it will say what is true then', () => {
    const here = workshopAt('introduction', 'paul').says('paul', { do: 'clear' })
    expect(here.meeting().outbox.filter((one) => one.do === 'edit')).toEqual([])
  })

  it('keeps one waiting edit per card', () => {
    const here = workshopAt('introduction', 'paul', 'lea').delivers()
    for (const who of ['paul', 'lea', 'paul']) here.says(who, { do: 'clear' })
    const edits = here
      .meeting()
      .outbox.filter((one) => one.do === 'edit' && one.slot.startsWith('step/introduction'))
    expect(edits).toHaveLength(1)
  })

  it('folds the ring once the facilitator has decided', () => {
    const here = lobbyWith('paul').does('marie', { do: 'start' }).wait(10).delivers()
    const ring = here.session().steps.at(-1) ?? ''
    expect(ring).toMatch(/^ring\//u)
    expect(here.sees(theRoom, ring)).toMatchObject({ still: true })
    here.does('marie', { do: 'extend', minutes: 2 })
    expect(
      here
        .meeting()
        .outbox.filter((one) => one.slot === ring)
        .map((one) => one.do),
    ).toEqual(['edit'])
    expect(here.sees(theRoom, ring)).toMatchObject({ still: false })
    expect(here.sees(theRoom)).toMatchObject({ past: false, mood: 'warn' })
  })
})
