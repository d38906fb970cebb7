import { describe, expect, it } from 'vitest'
import { isPending } from '../../src/core/duties.ts'
import { carryOut, type Meeting, meetingRecord } from '../../src/core/meeting.ts'
import {
  forgotten,
  heldBy,
  lastTouched,
  ownDataIn,
  peopleIn,
  programmesOf,
  withoutExpired,
  withoutSession,
} from '../../src/core/personal-data.ts'
import { offersOf } from '../../src/core/session/carry.ts'
import { fingerprintOf, ownFields } from '../../src/core/session/review.ts'
import { leadersOf } from '../../src/stores/record.ts'
import { firstPlayed, idOf, lobbyOf, paulsAddress, secondPlayed, thirdPlayed } from '../support/chained.ts'
import { calendar, planned, preparedBy } from '../support/prepared.ts'
import { formatOne, stage } from '../support/stage.ts'

const first = firstPlayed()
const second = secondPlayed(first)
const third = thirdPlayed(second)

/** As it stands on disk, cards in the chat included. */
const told = (meeting: Meeting) => JSON.stringify(meeting)

/** A meeting where Paul said why he came, corrected his own name, and wrote. */
function withPaul(): Meeting {
  const here = lobbyOf(1).does(idOf('marie'), { do: 'start' }).does(idOf('marie'), { do: 'next' })
  here.says(idOf('paul'), { do: 'reason', reason: 'Une raison toute personnelle.' })
  here.does(idOf('marie'), { do: 'note', text: 'Note de Marie.' }).does(idOf('marie'), { do: 'end' })
  return here.meeting()
}

describe('someone who asks to be forgotten', () => {
  it('is named nowhere in what is kept, in any format, in the chain neither', () => {
    for (const here of [first, second, third]) {
      const after = forgotten(here.meeting(), idOf('paul'))
      expect(told(here.meeting())).toContain(idOf('paul'))
      for (const trace of [idOf('paul'), '1paul', paulsAddress, '"Paul', 'Paul Martin'])
        expect([trace, told(after).includes(trace)]).toEqual([trace, false])
      expect(peopleIn(after)).not.toContain(idOf('paul'))
      expect(meetingRecord.parse(JSON.parse(told(after)))).toEqual(after)
    }
  })

  it('leaves what she contributed to the group, under a name that says nothing', () => {
    const after = forgotten(first.meeting(), idOf('paul')).sessions[0]
    if (!after) throw new Error('no session')
    const [before, now] = [first.session(), after].map((session) => offersOf(session, first.now()))
    expect(now?.map((offer) => offer.fields)).toEqual(before?.map((offer) => offer.fields))
    expect(after.participants['forgotten-1']).toMatchObject({ firstName: 'Participant', lastName: 'A' })
    expect(Object.keys(after.participants)).toHaveLength(Object.keys(first.session().participants).length)
    expect(Object.values(after.answers.identifier ?? {})).toHaveLength(2)
    expect(told({ ...first.meeting(), sessions: [after] })).toContain('Les cantines')
  })

  it('takes away her reason for coming, and what she corrected of herself', () => {
    const after = forgotten(withPaul(), idOf('paul'))
    expect(told(after)).not.toContain('toute personnelle')
    expect(told(after)).toContain('Note de Marie.')
  })

  it('takes her corrections of her own name with the name, and nothing can bring them back', () => {
    const here = lobbyOf(1).does(idOf('marie'), { do: 'start' }).does(idOf('marie'), { do: 'end' })
    const shown = ownFields(here.session(), idOf('paul'), here.now())
    here.does(idOf('paul'), {
      do: 'correct',
      was: fingerprintOf(shown.slice(0, 1)),
      shown: '0',
      'f-0': 'Paulin',
    })
    expect(told(here.meeting())).toContain('Paulin')
    const after = forgotten(here.meeting(), idOf('paul'))
    expect(told(after)).not.toContain('Paulin')
    expect(here.session().moves.length).toBeGreaterThan(0)
    expect(after.sessions[0]).toMatchObject({ moves: [], redo: [], review: { amendments: [] } })
  })

  it('leaves the lists of who was expected, and of who is known from one session to the next', () => {
    const here = lobbyOf(1)
    const people = [{ id: idOf('paul'), name: 'Paul Martin' }]
    here
      .told({ tell: 'roster', people })
      .does(idOf('marie'), { do: 'start' })
      .does(idOf('marie'), { do: 'end' })
    here.does(idOf('marie'), { do: 'launch', format: 'format-1', name: 'Marie Durand' })
    here.does(idOf('marie'), { do: 'start' }).does(idOf('marie'), { do: 'end' })
    expect(here.session().acquaintances).toHaveProperty([idOf('paul')])
    expect(here.meeting().roster).toHaveProperty([idOf('paul')])
    const after = told(forgotten(here.meeting(), idOf('paul')))
    for (const trace of [idOf('paul'), 'Paul']) expect([trace, after.includes(trace)]).toEqual([trace, false])
  })

  it('is no longer named for what she amended of what was brought', () => {
    const here = lobbyOf(2)
    here.does(idOf('marie'), { do: 'bring', offer: '', 'f-title': 'Les budgets', 'f-sentence': 'Les lire.' })
    here.does(idOf('marie'), { do: 'amend', was: 0, 'f-title': 'Les comptes', 'f-sentence': 'Les lire.' })
    here.does(idOf('marie'), { do: 'start' }).does(idOf('marie'), { do: 'end' })
    expect(here.session().steer.brought?.changes).toMatchObject([{ name: 'Marie Durand' }])
    expect(told(forgotten(here.meeting(), idOf('marie')))).not.toContain('Durand')
  })

  it('is named apart from others who asked before', () => {
    const both = forgotten(forgotten(first.meeting(), idOf('paul')), idOf('lea'))
    const names = Object.values(both.sessions[0]?.participants ?? {}).map((one) => one.lastName)
    expect(names).toEqual(expect.arrayContaining(['A', 'B']))
    expect(told(both)).not.toContain('29:1lea')
  })

  it('never takes the name of someone forgotten in another meeting', () => {
    const carried = JSON.parse(told(second.meeting()).replaceAll(idOf('paul'), 'forgotten-2'))
    const after = forgotten(meetingRecord.parse(carried), idOf('lea'))
    expect(peopleIn(after)).not.toContain(idOf('lea'))
    expect(after.sessions[0]?.participants['forgotten-3']).toMatchObject({ lastName: 'C' })
  })

  it('is found again where a workshop that runs knows her from an earlier one', () => {
    const here = lobbyOf(1).does(idOf('marie'), { do: 'start' }).does(idOf('marie'), { do: 'end' })
    here.does(idOf('marie'), { do: 'launch', format: 'format-1', name: 'Marie Durand' })
    const after = forgotten(here.meeting(), idOf('paul'))
    expect(peopleIn(after)).toContain(idOf('paul'))
    expect(heldBy(after, idOf('paul'))).toHaveLength(1)
  })

  it('may have led: nobody leads under the name she left', () => {
    const after = forgotten(first.meeting(), idOf('marie'))
    expect(told(after)).not.toContain('29:1marie')
    expect(leadersOf(after)).toEqual([])
  })

  it('is still there while a workshop of hers runs, and told which', () => {
    const running = lobbyOf(1).does(idOf('marie'), { do: 'start' }).meeting()
    expect(forgotten(running, idOf('paul'))).toBe(running)
    expect(heldBy(running, idOf('paul'))).toHaveLength(1)
    expect(heldBy(first.meeting(), idOf('paul'))).toEqual([])
  })

  it('changes nothing where she is not', () => {
    expect(forgotten(first.meeting(), 'someone else')).toBe(first.meeting())
  })

  it('does not take for her an id that only begins or ends like hers', () => {
    const here = firstPlayed(['29:1paul-account and more', 'x29:1paul-account'])
    const after = told(forgotten(here.meeting(), idOf('paul')))
    expect(after).toContain('29:1paul-account and more')
    expect(after).toContain('x29:1paul-account')
  })
})

describe('someone who prepared workshops and asks to be forgotten', () => {
  const at = calendar.instantOf('2026-11-25', '10:00')
  const own = preparedBy(idOf('marie'), '2027-02-09', at)

  it('takes with her all that she prepared, and her chat is found under nobody’s name', () => {
    expect(peopleIn(own)).toEqual([idOf('marie')])
    expect(leadersOf(own)).toEqual([idOf('marie')])
    expect(programmesOf(own, idOf('marie'))).toHaveLength(1)
    expect(programmesOf(own, idOf('paul'))).toEqual([])
    expect(forgotten(own, idOf('paul'))).toBe(own)
    const after = forgotten(own, idOf('marie'))
    for (const trace of ['Inès Faure', 'Choisir ensemble', 'Réunir', idOf('marie')])
      expect([trace, told(after).includes(`"${trace}`)]).toEqual([trace, false])
    expect([peopleIn(after), leadersOf(after), isPending(after)]).toEqual([[], [], false])
    // A card that stands in her chat names its programme by number.
    expect(after.nextProgramme).toBe(own.nextProgramme)
  })

  it('is named no more in the workshops she prepared, nor are those who were invited and ask for it', () => {
    const prepared = {
      home: own.id,
      programme: '1',
      owner: idOf('marie'),
      step: 0,
      group: 1,
      groups: 1,
      plannedFor: at,
      team: [{ role: 'referent' as const, name: 'marie martin' }],
      expected: [
        { name: 'PAUL  Martin', confirmed: true },
        { name: 'Inès Faure', confirmed: false },
      ],
      rehearsal: false,
      again: false,
    }
    const here = {
      ...first.meeting(),
      sessions: [{ ...first.session(), prepared }],
    }
    const withoutPaul = forgotten(here, idOf('paul')).sessions[0]?.prepared
    expect(withoutPaul?.expected).toEqual([{ name: 'Inès Faure', confirmed: false }])
    expect(withoutPaul?.home).toBe(own.id)
    const marie = here.sessions[0]?.participants[idOf('marie')]
    const signed = {
      ...prepared,
      team: [{ role: 'referent' as const, name: `${marie?.firstName} ${marie?.lastName}` }],
    }
    const withoutMarie = forgotten(
      { ...here, sessions: [{ ...first.session(), prepared: signed }] },
      idOf('marie'),
    )
    expect(told(withoutMarie)).not.toContain(idOf('marie'))
    expect(withoutMarie.sessions[0]?.prepared).toMatchObject({ home: '', owner: 'forgotten-1', team: [] })
  })

  it('is found in a workshop she prepared and did not come to', () => {
    const others = { ...first.session(), participants: {}, roster: {}, acquaintances: {} }
    const prepared = {
      home: own.id,
      programme: '1',
      owner: 'rosa',
      step: 0,
      group: 1,
      groups: 1,
      plannedFor: at,
    }
    const here = {
      ...first.meeting(),
      sessions: [
        { ...others, prepared: { ...prepared, team: [], expected: [], rehearsal: false, again: false } },
      ],
    }
    expect(peopleIn(here)).toContain('rosa')
    expect(told(forgotten(here, 'rosa'))).not.toContain('rosa')
  })
})

describe('what is given to someone of what is kept of her', () => {
  it('is hers, all of it, and nobody else’s', () => {
    const [own] = ownDataIn(first.meeting(), idOf('paul'), first.now())
    const text = JSON.stringify(own)
    expect(own?.identity).toMatchObject({ firstName: 'Paul', lastName: 'Martin' })
    for (const mine of ['Les cantines', paulsAddress]) expect(text).toContain(mine)
    for (const others of ['Les budgets', 'silence attentif', '29:1lea', 'Lea'])
      expect([others, text.includes(others)]).toEqual([others, false])
    expect(ownDataIn(first.meeting(), idOf('marie'), first.now())[0]?.notes).toMatchObject([
      { text: 'Un silence attentif.' },
    ])
    expect(ownDataIn(first.meeting(), 'someone else', first.now())).toEqual([])
  })
})

describe('a session that is erased', () => {
  it('leaves nothing of itself, and never gives its number away', () => {
    const here = stage().does('marie', { do: 'launch', format: 'format-1', name: 'Marie' })
    here
      .does('marie', { do: 'start' })
      .does('marie', { do: 'end' })
      .does('marie', { do: 'launch', format: 'format-1', name: 'Marie' })
    const meeting = { ...here.meeting(), messages: { '1/lobby': 'a', '2/lobby': 'b', '12/lobby': 'c' } }
    const after = withoutSession(meeting, '1')
    expect(after.sessions.map(({ id }) => id)).toEqual(['2'])
    expect(after.messages).toEqual({ '2/lobby': 'b', '12/lobby': 'c' })
    expect(after.outbox.filter((one) => one.session === '1')).toEqual([])
    const emptied = withoutSession(after, '2')
    expect(emptied).toMatchObject({ sessions: [], roster: {}, nextSession: 3 })
    const ask = { do: 'launch', format: 'format-1', name: 'Marie' } as const
    const again = carryOut(emptied, { by: 'marie', at: 1, ask, key: null }, { 'format-1': formatOne() })
    expect(again).toMatchObject({ done: true, meeting: { sessions: [{ id: '3' }] } })
  })
})

describe('what is kept too long', () => {
  const meeting = first.meeting()
  const touched = lastTouched(first.session())

  it('goes once nobody has touched it since, whole when nothing is left', () => {
    expect(withoutExpired(meeting, touched)).toBe(meeting)
    expect(withoutExpired(meeting, touched + 1)).toBeNull()
    const older = { ...first.session(), id: '0', launchedAt: 0, notes: [], moves: [] }
    const closed = { status: 'closed' as const, startedAt: 0, index: 0, closedAt: 5 }
    const two = {
      ...meeting,
      sessions: [{ ...older, steer: { ...older.steer, position: closed } }, first.session()],
    }
    expect(withoutExpired(two, 6)?.sessions.map(({ id }) => id)).toEqual(['1'])
  })

  it('goes with a programme a year after its last day or its last change, whichever comes later', () => {
    const at = calendar.instantOf('2026-11-25', '10:00')
    const own = preparedBy('marie', '2027-02-09', at)
    const last = calendar.instantOf('2027-02-09', '14:00')
    expect(withoutExpired(own, last)).toBe(own)
    expect(withoutExpired(own, last + 1)).toBeNull()
    const changed = planned(own, 'marie', last + 5000, {
      do: 'programme-size',
      p: '1',
      people: '8',
      groups: '',
    })
    expect(withoutExpired(changed, last + 1)).toBe(changed)
  })

  it('goes by itself, beside what is not kept too long', () => {
    const [programme] = preparedBy(
      'marie',
      '2027-02-09',
      calendar.instantOf('2026-11-25', '10:00'),
    ).programmes
    if (!programme) throw new Error('nothing prepared')
    const old = { ...programme, touchedAt: 0, sittings: [], followUps: [] }
    const both = { ...meeting, programmes: [old] }
    expect(withoutExpired(both, touched)).toMatchObject({ programmes: [], sessions: [{ id: '1' }] })
    const fresh = { ...meeting, programmes: [{ ...programme, touchedAt: touched + 10 }] }
    expect(withoutExpired(fresh, touched + 5)).toMatchObject({ programmes: [{ id: '1' }], sessions: [] })
  })

  it('is counted from the last correction, completion or decision, not from the launch', () => {
    const at = touched + 1000
    const amendment = { settledAt: at, at: 1 } as (typeof meeting.sessions)[0]['review']['amendments'][0]
    const reviewed = { ...first.session(), review: { amendments: [amendment], letters: {} } }
    expect(lastTouched(reviewed)).toBe(at)
  })
})
