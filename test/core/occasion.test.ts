import { describe, expect, it } from 'vitest'
import { effectsOf } from '../../src/core/session/effects.ts'
import { viewOf } from '../../src/core/views/index.ts'
import { ideas, joining, lobbyWith, type Stage, stage, workshopAt } from '../support/stage.ts'

const hour = 3_600_000

const starts = (here: Stage, key: string, at = here.now()) =>
  here.told({ tell: 'meeting-started', at, key, lang: 'fr' })
const ends = (here: Stage, key: string, at = here.now()) => here.told({ tell: 'meeting-ended', at, key })

const waiting = (here: Stage) =>
  here.meeting().outbox.map(({ do: what, slot }) => `${what} ${slot.split('/')[0]}`)
const offers = (here: Stage) => waiting(here).filter((one) => one === 'post launch').length
const partings = (here: Stage) => waiting(here).filter((one) => one === 'post parting').length

describe('the start of a meeting', () => {
  it('offers the launch, once, however often it is told', () => {
    const here = stage()
    starts(here, 'a')
    starts(here, 'a')
    expect(offers(here)).toBe(1)
  })

  it('offers it again at the next gathering, and not for one that starts over at once', () => {
    const here = starts(stage(), 'a')
    starts(here, 'b', here.now() + hour / 2)
    expect(offers(here)).toBe(1)
    starts(here, 'c', here.now() + 7 * 24 * hour)
    expect(offers(here)).toBe(2)
  })

  it('adds nothing to a welcome card that was just posted', () => {
    const here = stage()
    here.told({ tell: 'offered', at: here.now() })
    starts(here, 'a', here.now() + 1000)
    expect(offers(here)).toBe(0)
  })

  it('says nothing while a workshop is prepared, runs or is paused', () => {
    for (const here of [lobbyWith('paul'), workshopAt('tour-de-table', 'paul')]) {
      const before = waiting(here)
      starts(here, 'a')
      expect(waiting(here)).toEqual(before)
    }
  })

  it('offers it again once the workshop of the meeting is over', () => {
    const here = lobbyWith('paul').does('marie', { do: 'cancel' })
    expect(offers(starts(here, 'a'))).toBe(1)
  })
})

describe('the end of a meeting', () => {
  it('asks the facilitator, once, what becomes of the workshop that runs, and closes nothing', () => {
    const here = workshopAt('tour-de-table', 'paul')
    ends(here, 'a')
    const asked = here.session()
    ends(here, 'a')
    ends(here, 'b', here.now() + 1000)
    expect(partings(here)).toBe(1)
    expect(here.session()).toBe(asked)
    expect(here.session().steer.position.status).toBe('running')
  })

  it('asks it of one that is paused, and of none that is prepared, over, or was never launched', () => {
    const paused = workshopAt('tour-de-table', 'paul').does('marie', { do: 'pause' })
    expect(partings(ends(paused, 'a'))).toBe(1)
    const over = workshopAt('tour-de-table', 'paul').does('marie', { do: 'end' })
    for (const here of [stage(), lobbyWith('paul'), over]) {
      const before = waiting(here)
      expect(waiting(ends(here, 'a'))).toEqual(before)
    }
  })

  it('told again once it was settled asks nothing again', () => {
    const here = ends(workshopAt('tour-de-table', 'paul'), 'a').does('marie', { do: 'adjourn' })
    expect(partings(ends(here, 'a'))).toBe(1)
  })

  it('that comes late, after the next start, is not this meeting’s', () => {
    const here = starts(workshopAt('tour-de-table', 'paul'), 's')
    expect(partings(ends(here, 'a', here.now() - 1000))).toBe(0)
  })

  const asked = () => {
    const here = ends(workshopAt('tour-de-table', 'paul'), 'a')
    const slot = here.session().steps.at(-1) ?? ''
    const sees = (who: string) => viewOf(here.session(), slot, { sees: 'person', id: who }, here.now())
    return { here, slot, sees }
  }

  it('names the facilitator, and gives the choice to her alone', () => {
    const { sees } = asked()
    expect(sees('marie')?.data).toMatchObject({ asks: true, facilitates: true })
    expect(sees('marie')?.mentions.map(({ id }) => id)).toEqual(['marie'])
    expect(sees('paul')?.data).toMatchObject({ asks: true, facilitates: false, controls: { expect: '' } })
  })

  it.each([
    ['taken up another day', { do: 'adjourn' }, 'parting.paused', 'paused'],
    ['ended', { do: 'end' }, 'parting.closed', 'closed'],
    ['led on', { do: 'next' }, 'parting.goes-on', 'running'],
  ] as const)('is settled once the workshop is %s, and its card says so', (_how, ask, told, status) => {
    const { here, slot, sees } = asked()
    const before = here.session()
    here.does('marie', ask)
    expect(here.session().steer.position.status).toBe(status)
    expect(sees('marie')?.data).toMatchObject({ asks: false, facilitates: false, task: { say: told } })
    const shown = effectsOf({ before, after: here.session(), events: [{ type: 'warned' }] })
    expect(shown).toContainEqual({ do: 'edit', session: '1', slot })
  })

  it('leaves a paused workshop where it is when it goes on another day, and asks nothing until it is taken up', () => {
    const here = workshopAt('tour-de-table', 'paul').does('marie', { do: 'pause' })
    const left = here.session().steer.position
    ends(here, 'a').does('marie', { do: 'adjourn' })
    expect(here.session().steer.position).toMatchObject(left)
    expect(here.tries('marie', { do: 'adjourn' })?.refusal).toBe('already')
    expect(partings(ends(here, 'b', here.now() + hour))).toBe(1)
    here.does('marie', { do: 'resume' })
    expect(partings(ends(here, 'c', here.now() + 2 * hour))).toBe(2)
  })

  it('is no longer asked about when the meeting starts again', () => {
    const { here, sees } = asked()
    starts(here, 'again', here.now() + 1000)
    expect(sees('marie')?.data).toMatchObject({ asks: false, task: { say: 'parting.goes-on' } })
  })

  it('is for the facilitator to decide', () => {
    expect(asked().here.tries('paul', { do: 'adjourn' })?.refusal).toBe('facilitator-only')
  })
})

describe('the start of a meeting while a workshop is put off', () => {
  const takingUps = (here: Stage) => waiting(here).filter((one) => one === 'post taking-up').length
  const putOff = () => workshopAt('tour-de-table', 'paul').does('marie', { do: 'adjourn' })
  const nextDay = () => putOff().wait(24 * 60)

  it('offers to take it up, once, and no new one', () => {
    const here = nextDay()
    starts(here, 'a')
    starts(here, 'a')
    starts(here, 'b', here.now() + 60_000)
    expect(takingUps(here)).toBe(1)
    expect(offers(here)).toBe(0)
  })

  it('offers it soon after the meeting broke off too, whatever was offered before', () => {
    const here = stage()
    starts(here, 's')
    here.does('marie', { do: 'launch', format: 'format-1', name: 'Marie Durand' })
    here.does('marie', { do: 'start' }).does('marie', { do: 'adjourn' })
    expect(takingUps(starts(here.wait(2), 'a'))).toBe(1)
    here.does('marie', { do: 'resume' }).wait(2).does('marie', { do: 'adjourn' }).wait(2)
    expect(takingUps(starts(here, 'b'))).toBe(2)
  })

  it('offers it again at the next gathering', () => {
    const here = starts(nextDay(), 'a')
    expect(takingUps(starts(here.wait(24 * 60), 'b'))).toBe(2)
  })

  it('offers it to nobody while it is only paused', () => {
    const here = workshopAt('tour-de-table', 'paul').does('marie', { do: 'pause' })
    expect(takingUps(starts(here, 'a'))).toBe(0)
  })

  it('offers it too when nobody decided anything, or when its pause was left overnight', () => {
    const undecided = ends(workshopAt('tour-de-table', 'paul'), 'z')
    const paused = workshopAt('tour-de-table', 'paul').does('marie', { do: 'pause' })
    for (const here of [undecided, paused]) {
      expect(takingUps(starts(here.wait(24 * 60), 'a'))).toBe(1)
      const slot = here.session().steps.at(-1) ?? ''
      const sees = () => viewOf(here.session(), slot, { sees: 'person', id: 'marie' }, here.now())
      expect(sees()?.data).toMatchObject({ waits: true, facilitates: true })
      expect(here.sees({ sees: 'person', id: 'paul' })).toMatchObject({
        task: { say: 'step.task-adjourned' },
        left: { say: 'step.adjourned' },
      })
      expect(here.tries('paul', { do: 'launch', format: 'format-1', name: 'Paul' })?.refusal).toBe('put-off')
      const before = here.session()
      here.does('marie', { do: 'resume' })
      expect(sees()?.data).toMatchObject({ waits: false })
      const shown = effectsOf({
        before,
        after: here.session(),
        events: [{ type: 'resumed', at: here.now() }],
      })
      expect(shown).toContainEqual({ do: 'edit', session: '1', slot })
    }
  })

  it('names the facilitator, gives the choice to her alone, and is settled once it is taken up', () => {
    const here = starts(nextDay(), 'a')
    const slot = here.session().steps.at(-1) ?? ''
    const sees = (who: string) => viewOf(here.session(), slot, { sees: 'person', id: who }, here.now())
    expect(sees('marie')?.data).toMatchObject({ waits: true, facilitates: true })
    expect(sees('marie')?.mentions.map(({ id }) => id)).toEqual(['marie'])
    expect(sees('paul')?.data).toMatchObject({ waits: true, facilitates: false, controls: { expect: '' } })
    const before = here.session()
    here.does('marie', { do: 'resume' })
    expect(sees('marie')?.data).toMatchObject({ waits: false, task: { say: 'taking-up.past' } })
    const shown = effectsOf({ before, after: here.session(), events: [{ type: 'resumed', at: here.now() }] })
    expect(shown).toContainEqual({ do: 'edit', session: '1', slot })
  })

  it('then posts the step again, where people are', () => {
    const here = nextDay()
    const steps = () => here.session().steps.filter((one) => one.startsWith('step/tour-de-table')).length
    expect(steps()).toBe(1)
    here.does('marie', { do: 'resume' })
    expect(steps()).toBe(2)
    here.does('marie', { do: 'pause' }).does('marie', { do: 'resume' })
    expect(steps()).toBe(2)
  })

  it('tells who would launch another one what waits', () => {
    const launch = { do: 'launch', format: 'format-1', name: 'Paul' } as const
    expect(putOff().tries('paul', launch)?.refusal).toBe('put-off')
  })
})

describe('who comes and goes', () => {
  const moves = (here: Stage, came: string[], left: string[] = []) =>
    here.told({
      tell: 'presence',
      came: came.map((id) => ({ id, name: `${id} Petit` })),
      left,
      event: true,
    })
  const roster = (here: Stage) => here.meeting().roster

  it('is known although no list names her, until she leaves', () => {
    const here = moves(stage(), ['zoe'])
    here.told({ tell: 'roster', people: [{ id: 'paul', name: 'Paul' }] })
    expect(Object.keys(roster(here))).toEqual(['zoe', 'paul'])
    moves(here, [], ['zoe']).told({ tell: 'roster', people: [{ id: 'paul', name: 'Paul' }] })
    expect(Object.keys(roster(here))).toEqual(['paul'])
  })

  it('changes who is waited for, and nothing of what was written', () => {
    const here = workshopAt('identifier', 'paul', 'lea', 'tom').says('paul', ideas('Budget'))
    here.told({ tell: 'roster', people: ['marie', 'paul', 'lea', 'tom'].map((id) => ({ id, name: id })) })
    const progress = () => (here.sees({ sees: 'room' }).body as { progress: unknown }).progress
    const of = (done: number, total: number) => ({ say: 'silent-ideation.progress', with: { done, total } })
    expect(progress()).toEqual(of(1, 3))
    const written = here.session().answers
    moves(here, [], ['paul', 'lea'])
    expect(progress()).toEqual(of(1, 2))
    expect(here.session().answers).toEqual(written)
    moves(here, ['lea', 'paul'])
    expect(progress()).toEqual(of(1, 3))
  })

  it('tells the facilitator of someone who came back under another identity', () => {
    const here = moves(lobbyWith('paul', 'lea'), ['lea', 'paul'])
    const sees = (id: string) => here.sees({ sees: 'person', id }, 'lobby').twice
    expect(sees('marie')).toBeNull()
    moves(here, ['lea-again'], ['lea']).does('lea-again', joining('lea'))
    expect(sees('marie')).toMatchObject({ say: 'lobby.twice' })
    expect(sees('paul')).toBeNull()
    expect(Object.keys(here.session().participants)).toEqual(['marie', 'paul', 'lea', 'lea-again'])
  })
})

describe('what the platform does not give', () => {
  const lobbySeen = (here: Stage, id: string) => here.sees({ sees: 'person', id }, 'lobby').lacks

  it('is told on the facilitator’s card and on nobody else’s', () => {
    const here = lobbyWith('paul').told({ tell: 'lacks', lacks: ['roster'] })
    expect(lobbySeen(here, 'marie')).toMatchObject({ say: 'lobby.lacks' })
    expect(lobbySeen(here, 'paul')).toBeNull()
  })

  it('is no longer told once it comes after all', () => {
    const here = lobbyWith('paul').told({ tell: 'lacks', lacks: ['events'] })
    expect(lobbySeen(here, 'marie')).toMatchObject({ say: 'lobby.lacks' })
    here.told({ tell: 'presence', came: [{ id: 'lea', name: 'Léa' }], left: [], event: true })
    expect(lobbySeen(here, 'marie')).toBeNull()
    here.told({ tell: 'lacks', lacks: ['events'] })
    expect(lobbySeen(here, 'marie')).toBeNull()
  })
})
