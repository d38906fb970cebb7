import { describe, expect, it } from 'vitest'
import { frenchCalendar } from '../../src/calendar.ts'
import { carryOutPlan, emptyMeeting, type Meeting } from '../../src/core/meeting.ts'
import { nextStepsOf } from '../../src/core/programme/decided.ts'
import type { Planned } from '../../src/core/programme/launch.ts'
import { latestOffer } from '../../src/core/session/asks.ts'
import { emptyContext } from '../../src/core/session/context.ts'
import type { Prepared } from '../../src/core/session/types.ts'
import { speak } from '../../src/locales/index.ts'
import { archive } from '../../src/runtime/archive.ts'
import { memoryStore } from '../../src/stores/memory.ts'
import { firstPlayed, idOf } from '../support/chained.ts'
import { formatOf, ideas, joining, type Stage, stage } from '../support/stage.ts'

const format = formatOf([
  { id: 'idees', phase: 'silent-ideation', options: { silentMinutes: 5 } },
  { id: 'cartes', phase: 'subject-cards', options: { from: 'idees' } },
])

/** A workshop led by this person, whose one subject was shown. */
function over(leader: string, title: string, shown = true): Stage {
  const here = stage(format).does(leader, { do: 'launch', format: 'test-format', name: leader })
  here.does('paul', joining('paul')).does(leader, { do: 'start' }).says('paul', ideas(title))
  here.does(leader, { do: 'next' })
  return shown ? here.says(leader, { do: 'cards-show-all' }) : here
}

const named = (here: Stage, id: string, launchedAt: number): Meeting => {
  const meeting = here.meeting()
  const sessions = meeting.sessions.map((one) => ({ ...one, meetingId: id, launchedAt }))
  return { ...meeting, id, sessions, version: 1 }
}

/** Of a programme of Marie's. */
const rehearsed = {
  prepared: {
    ...{ home: 'a:marie', programme: '1', owner: 'marie', step: 0, group: 1, groups: 1, plannedFor: 0 },
    ...{ team: [], expected: [], rehearsal: true, again: false },
  },
}

const withNextSteps = (meeting: Meeting): Meeting => ({
  ...meeting,
  sessions: meeting.sessions.map((one) => ({
    ...one,
    context: { ...one.context, nextSteps: 'Se revoir' },
  })),
})

async function kept(...meetings: Meeting[]) {
  const store = memoryStore()
  for (const meeting of meetings) await store.save(meeting)
  const told: string[] = []
  const log = { info() {}, warn() {}, error: (_facts: unknown, message: string) => void told.push(message) }
  const clock = { now: () => 0, at: () => () => {} }
  return { shelf: archive({ store, clock, log }), told }
}

describe('the archive', () => {
  it('offers what a person led, the latest first, and nothing that others led', async () => {
    const { shelf } = await kept(
      named(over('marie', 'Les cantines'), 'a|b', 1),
      named(over('marie', 'Les budgets'), 'c', 2),
      named(over('luc', 'Les stades'), 'd', 3),
    )
    const offers = await shelf.offersFor('marie', 'subject')
    expect(offers.map((one) => one.title)).toEqual(['Les budgets', 'Les cantines'])
    expect(await shelf.offersFor('paul', 'subject')).toEqual([])
    expect(await shelf.offersFor('marie', 'canvas')).toEqual([])
  })

  it('keeps of a rehearsal nothing that anything could start from, or be reminded of', async () => {
    const real = named(over('marie', 'Les cantines').does('marie', { do: 'end' }), 'a', 1)
    const played = {
      ...real,
      id: 'b',
      sessions: real.sessions.map((one) => ({ ...one, ...rehearsed, meetingId: 'b' })),
    }
    const [shelf, other] = [(await kept(real)).shelf, (await kept(played)).shelf]
    const [offer] = await shelf.offersFor('marie', 'subject')
    const reference = offer?.reference ?? ''
    expect(await shelf.find('marie', reference, 'subject')).not.toBeNull()
    expect(await shelf.recalledFor('marie', withNextSteps(real), null)).not.toBeNull()
    expect(await other.offersFor('marie', 'subject')).toEqual([])
    expect(await other.find('marie', reference.replace('a', 'b'), 'subject')).toBeNull()
    expect(await other.organisedBy('marie')).toEqual([])
    expect(await other.recalledFor('marie', withNextSteps(played), null)).toBeNull()
  })

  it('hands out an offer to the one who led its session only, whatever the reference says', async () => {
    const { shelf } = await kept(named(over('marie', 'Les cantines'), 'a|b', 1))
    const [offer] = await shelf.offersFor('marie', 'subject')
    const found = await shelf.find('marie', offer?.reference ?? '', 'subject')
    expect(found).toMatchObject({ shape: 'subject', lineage: [{ meeting: 'a|b', session: '1' }] })
    for (const [who, reference] of [
      ['luc', offer?.reference ?? ''],
      ['paul', offer?.reference ?? ''],
      ['marie', 'a%7Cb|1|nothing'],
      ['marie', 'a%7Cb|9|c3-0'],
      ['marie', 'elsewhere|1|c3-0'],
      ['marie', '%E0%A4%A'],
      ['marie', ''],
    ] as const)
      expect(await shelf.find(who, reference, 'subject')).toBeNull()
  })

  it('keeps apart two sessions of one meeting that different people led', async () => {
    const hers = named(over('marie', 'Les cantines'), 'a', 1)
    const his = named(over('luc', 'Les stades'), 'a', 2).sessions.map((one) => ({ ...one, id: '2' }))
    const { shelf } = await kept({ ...hers, sessions: [...hers.sessions, ...his] })
    const titles = async (who: string) => (await shelf.offersFor(who, 'subject')).map((offer) => offer.title)
    expect(await titles('marie')).toEqual(['Les cantines'])
    expect(await titles('luc')).toEqual(['Les stades'])
    const [offer] = await shelf.offersFor('marie', 'subject')
    expect(await shelf.find('luc', offer?.reference ?? '', 'subject')).toBeNull()
  })

  it('finds the latest by itself, for a typed command', async () => {
    const { shelf } = await kept(
      named(over('marie', 'Les cantines'), 'a', 1),
      named(over('marie', 'Les budgets'), 'b', 2),
    )
    expect((await shelf.find('marie', latestOffer, 'subject'))?.fields[0]).toMatchObject({
      text: 'Les budgets',
    })
    expect(await shelf.find('luc', latestOffer, 'subject')).toBeNull()
  })

  it('never offers what was not shown', async () => {
    const { shelf } = await kept(named(over('marie', 'Sous scellé', false), 'a', 1))
    expect(await shelf.offersFor('marie', 'subject')).toEqual([])
  })

  it('shows a session to its organising team as it is now: the note-taker too, and no longer who left it', async () => {
    const here = over('marie', 'Les cantines').does('marie', {
      do: 'name-role',
      person: 'paul',
      role: 'note-taker',
    })
    const meeting = named(here, 'a', 1)
    const { shelf } = await kept(meeting)
    expect((await shelf.organisedBy('paul')).map(({ id }) => id)).toEqual(['1'])
    expect(await shelf.session('paul', 'a', '1')).toMatchObject({ id: '1' })
    expect(await shelf.session('luc', 'a', '1')).toBeNull()

    const after = here.does('marie', { do: 'name-role', person: 'paul', role: 'participant' })
    const store = memoryStore()
    await store.save(named(after, 'a', 1))
    const remembering = { ...store, ledBy: async () => ['a'] }
    const log = { info() {}, warn() {}, error() {} }
    const later = archive({ store: remembering, clock: { now: () => 0, at: () => () => {} }, log })
    expect(await later.organisedBy('paul')).toEqual([])
    expect(await later.session('paul', 'a', '1')).toBeNull()
  })

  it('goes on when one record cannot be read', async () => {
    const records = new Map<string, string>()
    const store = memoryStore(records)
    await store.save(named(over('marie', 'Les cantines'), 'a', 1))
    await store.save(named(over('marie', 'Les budgets'), 'b', 2))
    const damaged = {
      ...store,
      load: async (id: string) => (id === 'b' ? Promise.reject(new Error('x')) : store.load(id)),
    }
    const told: string[] = []
    const log = { info() {}, warn() {}, error: (_facts: unknown, message: string) => void told.push(message) }
    const shelf = archive({ store: damaged, clock: { now: () => 0, at: () => () => {} }, log })
    expect((await shelf.offersFor('marie', 'subject')).map((one) => one.title)).toEqual(['Les cantines'])
    expect(told).toHaveLength(1)
  })
})

describe('what was decided last time', () => {
  const closed = (id: string, launchedAt: number, prepared: Partial<Prepared> | null = null): Meeting => {
    const before = firstPlayed().meeting()
    const as = prepared && { ...preparing, ...prepared }
    const sessions = before.sessions.map((one) => ({
      ...one,
      meetingId: id,
      launchedAt,
      prepared: as,
      context: { ...one.context, nextSteps: `Suite de ${id}` },
    }))
    return { ...before, id, sessions, outbox: [], version: 1 }
  }
  const preparing: Prepared = {
    home: 'a:marie',
    programme: '1',
    owner: idOf('marie'),
    step: 0,
    group: 1,
    groups: 1,
    plannedFor: 0,
    team: [],
    expected: [],
    rehearsal: false,
    again: false,
  }
  const asked = (step: number, rehearsal = false): Planned => ({
    as: { ...preparing, step, rehearsal },
    context: emptyContext,
  })
  const marie = idOf('marie')

  it('is told of the workshop before it in the same chat, whoever led it, when nothing was prepared', async () => {
    const here = closed('here', 1)
    const { shelf } = await kept(here, closed('elsewhere', 2))
    expect(await shelf.recalledFor(marie, here, null)).toMatchObject({ nextSteps: 'Suite de here' })
    expect(await shelf.recalledFor('luc', here, null)).toMatchObject({ nextSteps: 'Suite de here' })
    expect(await shelf.recalledFor(marie, emptyMeeting('new'), null)).toBeNull()
  })

  it('is told of the workshop before it in the same programme, in another meeting, to its owner alone', async () => {
    const { shelf } = await kept(closed('first', 1, {}), closed('other', 2, { programme: '2' }))
    const there = emptyMeeting('second')
    expect(await shelf.recalledFor(marie, there, asked(1))).toMatchObject({ nextSteps: 'Suite de first' })
    expect(await shelf.recalledFor('luc', there, asked(1))).toBeNull()
    expect(await shelf.recalledFor(marie, there, asked(0))).toBeNull()
  })

  it('is told of every group of that workshop, the last session of each', async () => {
    const { shelf } = await kept(
      closed('one', 3, { groups: 2, group: 1 }),
      closed('again', 1, { groups: 2, group: 1 }),
      closed('two', 2, { groups: 2, group: 2 }),
      closed('before', 4, { programme: '2' }),
    )
    const recalled = await shelf.recalledFor(marie, emptyMeeting('second'), asked(1))
    const lines = recalled?.decided.map(({ label, value }) =>
      [label, value].map((one) => speak(one, { lang: 'fr', zone: 'Europe/Paris' })).join(' = '),
    )
    expect(lines?.map((one) => one.replaceAll('\u00A0', ' '))).toEqual([
      expect.stringMatching(/^Groupe 1 · .* = « Les budgets »$/u),
      expect.stringMatching(/^Groupe 2 · .* = « Les budgets »$/u),
    ])
    expect(recalled).toMatchObject({ nextSteps: 'Suite de one' })
  })

  it('is not told by one group to the next, in the same chat neither', async () => {
    const here = closed('here', 1, { groups: 2 })
    const { shelf } = await kept(here)
    expect(await shelf.recalledFor(marie, here, asked(0))).toBeNull()
  })

  it('is nothing of a rehearsal, nor in one', async () => {
    const rehearsed = closed('here', 1, { rehearsal: true })
    const { shelf } = await kept(rehearsed, closed('first', 1, {}))
    expect(await shelf.recalledFor(marie, rehearsed, null)).toBeNull()
    expect(await shelf.recalledFor(marie, rehearsed, asked(1, true))).toBeNull()
    expect(await shelf.recalledFor(marie, rehearsed, asked(1))).toMatchObject({ nextSteps: 'Suite de first' })
  })

  it('leaves out the next steps that she ticked off in her own chat', async () => {
    const here = closed('here', 1)
    const [session] = here.sessions
    const source = session ? nextStepsOf(session) : ''
    const ticked = carryOutPlan(
      emptyMeeting('a:marie'),
      {
        ask: { do: 'programme-decided', p: '' },
        by: marie,
        at: 0,
        lang: 'fr',
        calendar: frenchCalendar('Europe/Paris'),
        key: null,
        decided: { steps: [{ text: 'x', lead: '', deliverable: '', day: '2027-01-01', source }], next: null },
      },
      {},
    )
    if (ticked.done !== true) throw new Error('not followed')
    const programmes = ticked.meeting.programmes.map((one) => ({
      ...one,
      followUps: one.followUps.map((two) => ({ ...two, done: true })),
    }))
    const { shelf } = await kept(here, { ...ticked.meeting, programmes, version: 1 })
    expect(await shelf.recalledFor(marie, here, null)).toMatchObject({ nextSteps: '' })
    expect(await shelf.recalledFor('luc', here, null)).toMatchObject({ nextSteps: 'Suite de here' })
  })
})
