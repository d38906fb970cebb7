import { describe, expect, it } from 'vitest'
import { frenchCalendar } from '../../../src/calendar.ts'
import { dutiesOf } from '../../../src/core/duties.ts'
import { carryOutPlan, emptyMeeting, hear, type Meeting, meetingRecord } from '../../../src/core/meeting.ts'
import { groupsFor, pathFor, sharedOut } from '../../../src/core/programme/advice.ts'
import type { ProgrammeAsk } from '../../../src/core/programme/asks.ts'
import { awaitedAt } from '../../../src/core/programme/onward.ts'
import { loadFormats } from '../../../src/formats/index.ts'

const calendar = frenchCalendar('Europe/Paris')
const now = calendar.instantOf('2026-11-25', '10:00')
const loaded = await loadFormats(null)
const formats = 'formats' in loaded ? loaded.formats : {}

function asked(meeting: Meeting, ask: ProgrammeAsk, at = now) {
  return carryOutPlan(meeting, { ask, by: '29:claire', at, lang: 'fr', calendar, key: null }, formats)
}

function having(meeting: Meeting, ...asks: ProgrammeAsk[]): Meeting {
  return asks.reduce((before, ask) => {
    const verdict = asked(before, ask)
    if (verdict.done !== true) throw new Error(JSON.stringify(verdict))
    return verdict.meeting
  }, meeting)
}

const begun = (from: string, to: string, people = '10'): Meeting =>
  having(emptyMeeting('a:claire'), { do: 'programme-begin', from, to, people })

const dated = (meeting: Meeting, fields: Record<string, string>): Meeting =>
  having(meeting, { do: 'programme-dates', p: '1', ...fields })

const days = (meeting: Meeting): Record<string, string> =>
  Object.fromEntries(meeting.programmes[0]?.milestones.map(({ key, day }) => [key, day]) ?? [])

describe('the path of workshops (kit §4)', () => {
  it.each([
    ['novice', 'subject', ['format-1']],
    ['novice', 'canvas', ['format-1', 'format-2']],
    ['novice', 'roadmap', ['format-1', 'format-2', 'format-3']],
    ['subject', 'canvas', ['format-2']],
    ['subject', 'roadmap', ['format-2', 'format-3']],
    ['commitment', 'roadmap', ['format-3']],
  ] as const)('from %s to %s is %j', (from, to, path) => {
    expect(pathFor(from, to, formats).map(({ format }) => format)).toEqual(path)
  })

  it('that would go backwards is refused in a sentence, at the question that is to be answered otherwise', () => {
    const verdict = asked(emptyMeeting('a:claire'), {
      do: 'programme-begin',
      from: 'commitment',
      to: 'subject',
      people: '8',
    })
    expect(verdict).toMatchObject({ refusal: { problems: { to: { say: 'programme.backwards' } } } })
  })
})

describe('groups', () => {
  it('hold ten people at most, and as many as one another', () => {
    expect([6, 10, 11, 24, 30, 31].map(groupsFor)).toEqual([1, 1, 2, 3, 3, 4])
    expect(sharedOut(24, 3)).toEqual([8, 8, 8])
    expect(sharedOut(23, 3)).toEqual([8, 8, 7])
  })
})

describe('another number of people', () => {
  const resized = (people: string, groups: string) =>
    having(begun('novice', 'subject', '24'), { do: 'programme-size', p: '1', people, groups }).programmes[0]

  it('gives as many groups as are advised, unless a number is chosen', () => {
    expect(resized('31', 'advised')).toMatchObject({ people: 31, groups: 4 })
    expect(resized('31', '2')).toMatchObject({ people: 31, groups: 2 })
    expect(resized('', '2')).toMatchObject({ people: 24, groups: 2 })
  })

  it('loses nothing of groups that come back: their dates, their links, and who was in them', () => {
    const before = having(
      begun('novice', 'subject', '24'),
      { do: 'programme-invite', p: '1', guests: 'Paul Petit', group: '3' },
      {
        do: 'programme-dates',
        p: '1',
        'date-0-1': '2027-01-12',
        'time-0-1': '10:00',
        'date-0-3': '2027-01-14',
        'time-0-3': '15:00',
        'link-0-3': 'https://teams.example/trois',
      },
    )
    const one = having(before, { do: 'programme-size', p: '1', people: '', groups: '1' })
    expect(one.programmes[0]).toMatchObject({ groups: 1, guests: [{ group: 1 }] })
    expect(one.programmes[0]?.sittings).toHaveLength(1)
    const two = having(one, { do: 'programme-size', p: '1', people: '', groups: '2' })
    const back = having(two, { do: 'programme-size', p: '1', people: '', groups: '3' })
    const bySitting = (meeting: Meeting) =>
      meeting.programmes[0]?.sittings.toSorted((a, b) => a.group - b.group)
    expect(bySitting(back)).toEqual(bySitting(before))
    expect(back.programmes[0]?.guests).toEqual(before.programmes[0]?.guests)
    expect(days(back)).toEqual(days(before))
  })
})

describe('the back-planning (kit §4)', () => {
  it('counts back from the first workshop, and leaves a week between two', () => {
    const meeting = dated(begun('novice', 'canvas'), { 'date-0-1': '2027-02-09', 'time-0-1': '14:00' })
    expect(days(meeting)).toEqual({
      '0/slot': '2027-01-08',
      '0/invite': '2027-01-19',
      '0/framing': '2027-01-26',
      '0/chase': '2027-01-29',
      '0/brief': '2027-02-02',
      '0/rehearse': '2027-02-05',
      '0/eve': '2027-02-08',
      '0/sitting/1': '2027-02-09',
      '0/thanks': '2027-02-10',
      '1/between': '2027-02-11',
      '0/report': '2027-02-15',
      '1/eve': '2027-02-15',
      '1/sitting/1': '2027-02-16',
      '1/thanks': '2027-02-17',
      '1/report': '2027-02-22',
      '1/hand-on': '2027-02-23',
    })
  })

  it('never falls on a week-end or a public holiday: what comes before is done before', () => {
    // 18 May 2027 is a Tuesday after Whit Monday; three weeks before it, 27 April is a working day.
    const meeting = dated(begun('novice', 'subject'), { 'date-0-1': '2027-05-18', 'time-0-1': '10:00' })
    const off = Object.entries(days(meeting)).filter(
      ([key, day]) => !key.includes('sitting') && !calendar.isWorkingDay(day),
    )
    expect(off).toEqual([])
    expect(days(meeting)['0/eve']).toBe('2027-05-14')
  })

  it('keeps the hour when the clocks change between two workshops', () => {
    const meeting = dated(begun('novice', 'canvas'), { 'date-0-1': '2027-03-23', 'time-0-1': '14:00' })
    const times = meeting.programmes[0]?.sittings.map(({ at }) => calendar.timeAt(at))
    expect(times).toEqual(['14:00', '14:00'])
  })

  it('sets the next workshop a week after the last group, at the hour of the first', () => {
    const meeting = dated(begun('novice', 'canvas', '20'), {
      'date-0-1': '2027-02-09',
      'time-0-1': '14:00',
      'date-0-2': '2027-02-11',
      'time-0-2': '17:00',
    })
    const last = meeting.programmes[0]?.sittings.at(-1)
    expect([last?.step, calendar.dayAt(last?.at ?? 0), calendar.timeAt(last?.at ?? 0)]).toEqual([
      1,
      '2027-02-18',
      '14:00',
    ])
  })

  it('refuses a moment that is past and a workshop before the one it follows, and keeps what was planned', () => {
    const meeting = dated(begun('novice', 'canvas'), { 'date-0-1': '2027-02-09', 'time-0-1': '14:00' })
    const past = asked(meeting, {
      do: 'programme-dates',
      p: '1',
      'date-0-1': '2026-01-05',
      'time-0-1': '9:00',
    })
    expect(past).toMatchObject({ refusal: { problems: { 'date-0-1': { say: 'programme.past' } } } })
    const early = asked(meeting, {
      do: 'programme-dates',
      p: '1',
      'date-1-1': '2027-02-01',
      'time-1-1': '9:00',
    })
    expect(early).toMatchObject({ refusal: { problems: { 'date-1-1': { say: 'programme.too-early' } } } })
  })
})

describe('the workshops after the first one, held by several groups', () => {
  const guests = ['Paul Petit', 'Léa Roux', 'Tom Blanc', 'Zoé Noir']
  const meeting = having(
    begun('novice', 'canvas', '24'),
    { do: 'programme-invite', p: '1', guests: guests.join('\n'), group: '' },
    { do: 'programme-answers', p: '1', 'answer-3': 'no' },
  )
  const awaited = (of: Meeting, step: number, group = 1) =>
    of.programmes[0] && awaitedAt(of.programmes[0], step, group).map(({ name }) => name)
  const chosen = (onward: string) => having(meeting, { do: 'programme-onward', p: '1', onward })

  it('await those who were chosen; everyone who did not decline as long as nobody was', () => {
    expect(awaited(meeting, 1)).toEqual(['Paul Petit', 'Léa Roux', 'Zoé Noir'])
    expect(awaited(chosen('2,3,99'), 1)).toEqual(['Léa Roux'])
    expect(awaited(chosen('2'), 0)).toEqual(['Paul Petit', 'Zoé Noir'])
    expect(awaited(having(chosen('2'), { do: 'programme-uninvite', p: '1', guest: '2' }), 1)).toHaveLength(2)
    expect(awaited(having(chosen('2'), { do: 'programme-onward', p: '1', onward: '' }), 1)).toHaveLength(3)
  })

  it('are for everyone again, and ask for no choice, where one group holds the first', () => {
    const one = having(chosen('2'), { do: 'programme-size', p: '1', people: '8', groups: 'advised' })
    expect(awaited(one, 1)).toHaveLength(3)
    expect(asked(one, { do: 'programme-onward', p: '1', onward: '1' })).toMatchObject({ done: false })
  })
})

describe('one wrong moment', () => {
  const wrong = (fields: Record<string, string>, meeting = begun('novice', 'roadmap', '24')) => {
    const verdict = asked(meeting, { do: 'programme-dates', p: '1', ...fields })
    return verdict.done === false ? Object.keys(verdict.refusal.problems ?? {}) : []
  }

  it('is pointed out where it is, not where the others follow from it', () => {
    expect(wrong({ 'date-0-1': '', 'time-0-1': '' })).toEqual(['date-0-1'])
    expect(wrong({ 'date-0-1': '2026-01-05', 'time-0-1': '9:00' })).toEqual(['date-0-1'])
    expect(wrong({ 'date-0-1': '2027-02-09', 'time-0-1': 'midi' })).toEqual(['time-0-1'])
    expect(wrong({ 'date-0-1': '', 'date-0-2': '2026-01-05', 'time-0-2': '9:00' })).toEqual([
      'date-0-1',
      'date-0-2',
    ])
  })
})

describe('groups that meet at the same moment', () => {
  it('go along with the first one when it moves; one that meets at its own hour stays', () => {
    const meeting = dated(begun('novice', 'subject', '24'), {
      'date-0-1': '2027-02-09',
      'time-0-1': '14:00',
      'time-0-3': '17:00',
    })
    const moved = dated(meeting, { 'date-0-1': '2027-02-10' })
    const moments = moved.programmes[0]?.sittings.map(
      ({ at }) => `${calendar.dayAt(at)} ${calendar.timeAt(at)}`,
    )
    expect(moments).toEqual(['2027-02-10 14:00', '2027-02-10 14:00', '2027-02-09 17:00'])
  })
})

describe('what is called to mind', () => {
  const meeting = dated(begun('novice', 'subject'), { 'date-0-1': '2027-02-09', 'time-0-1': '14:00' })
  const first = calendar.instantOf('2027-01-08', '09:00')

  it('wakes the record on its day at nine, and is posted once', () => {
    expect(dutiesOf(null, meeting, now).wakeAt).toBe(first)
    const woken = hear(meeting, { tell: 'wake' }, first)
    expect(woken.outbox.map(({ slot }) => slot)).toEqual(['reminder/1/2027-01-08'])
    expect(hear(woken, { tell: 'wake' }, first + 1).outbox).toHaveLength(1)
    expect(dutiesOf(null, woken, first).wakeAt).toBe(calendar.instantOf('2027-01-19', '09:00'))
  })

  it('says nothing of what is ticked off already, nor of a programme set aside', () => {
    const ticked = having(meeting, { do: 'programme-tick', p: '1', key: '0/slot', on: 'true' })
    expect(dutiesOf(null, ticked, now).wakeAt).toBe(calendar.instantOf('2027-01-19', '09:00'))
    const dropped = having(meeting, { do: 'programme-drop', p: '1' })
    expect(dutiesOf(null, dropped, now).wakeAt).toBeNull()
    const back = having(dropped, { do: 'programme-restore', p: '1' })
    expect(dutiesOf(null, back, now).wakeAt).toBe(first)
  })

  it('is told in one message of several days that went by unnoticed', () => {
    const late = hear(meeting, { tell: 'wake' }, calendar.instantOf('2027-01-27', '12:00'))
    expect(late.outbox.map(({ slot }) => slot)).toEqual(['reminder/1/2027-01-26'])
  })

  it('is told again when its day was moved', () => {
    const woken = hear(meeting, { tell: 'wake' }, first)
    const moved = asked(
      woken,
      { do: 'programme-dates', p: '1', 'date-0-1': '2027-03-09', 'time-0-1': '14:00' },
      first + 1000,
    )
    const next = moved.done === true ? dutiesOf(null, moved.meeting, first + 1000).wakeAt : null
    expect(next).toBe(calendar.instantOf('2027-02-09', '09:00'))
  })

  it('is asked for by a record that has nothing else to do, so that a restart takes it up', () => {
    expect(dutiesOf(null, meeting, now).show).toBe('no')
    expect(dutiesOf(null, meeting, now).wakeAt).not.toBeNull()
  })
})

describe('the list of those invited', () => {
  it('refuses ten thousand lines in a sentence, and keeps what it held; nobody else changes it', () => {
    const meeting = having(begun('novice', 'subject'), {
      do: 'programme-invite',
      p: '1',
      guests: 'Paul Petit',
      group: '',
    })
    const many = { do: 'programme-invite' as const, p: '1', guests: 'a\n'.repeat(10_000), group: '' }
    expect(asked(meeting, many)).toMatchObject({ refusal: { refusal: 'invalid' } })
    const several = { ...many, guests: 'a\n'.repeat(1000) }
    expect(asked(meeting, several)).toMatchObject({ refusal: { refusal: 'full' } })
    const stranger = { by: '29:paul', at: now, lang: 'fr' as const, calendar, key: null }
    const theirs = carryOutPlan(meeting, { ...stranger, ask: { ...many, guests: 'Tom' } }, formats)
    expect(theirs).toMatchObject({ done: false, refusal: { refusal: 'unknown' } })
  })

  it('takes a person a line, once each, evenly over the groups', () => {
    const meeting = having(
      begun('novice', 'subject', '24'),
      {
        do: 'programme-invite',
        p: '1',
        guests: '- Paul Petit, Mairie\nLéa Roux\nTom Blanc; Zoé Noir',
        group: '',
      },
      { do: 'programme-invite', p: '1', guests: 'PAUL  petit\nInès Faure', group: '3' },
    )
    expect(
      meeting.programmes[0]?.guests.map(({ name, organisation, group }) => [name, organisation, group]),
    ).toEqual([
      ['Paul Petit', 'Mairie', 1],
      ['Léa Roux', '', 2],
      ['Tom Blanc', '', 3],
      ['Zoé Noir', '', 1],
      ['Inès Faure', '', 3],
    ])
  })

  it.each(['1.5', '0', '4', '1e3', 'NaN', '-1'])(
    'stays in its groups, and its record readable, whatever a card says: %s',
    (group) => {
      const meeting = having(
        begun('novice', 'subject', '24'),
        { do: 'programme-invite', p: '1', guests: 'Paul Petit', group: '2' },
        { do: 'programme-answers', p: '1', 'group-1': group },
      )
      expect(meeting.programmes[0]?.guests[0]?.group).toBe(2)
      expect(meetingRecord.safeParse(meeting).success).toBe(true)
    },
  )

  it('is pasted from a mailbox or a table: an address is not kept', () => {
    const meeting = having(begun('novice', 'subject'), {
      do: 'programme-invite',
      p: '1',
      guests: '"Petit, Paul" <paul@ville.example>; Léa Roux <lea@asso.example>\nTom Blanc\tMairie',
      group: '',
    })
    expect(meeting.programmes[0]?.guests.map(({ name, organisation }) => [name, organisation])).toEqual([
      ['Paul Petit', ''],
      ['Léa Roux', ''],
      ['Tom Blanc', 'Mairie'],
    ])
  })

  it.each([
    ['1er adjoint', '1er adjoint'],
    ['2F Conseil', '2F Conseil'],
    ['1. Paul Petit', 'Paul Petit'],
    ['• Paul Petit', 'Paul Petit'],
  ])('keeps a name as it is, without the dash or the number of its line: %s', (line, name) => {
    const meeting = having(begun('novice', 'subject'), {
      do: 'programme-invite',
      p: '1',
      guests: line,
      group: '',
    })
    expect(meeting.programmes[0]?.guests.map((one) => one.name)).toEqual([name])
  })

  it('loses those who are taken off it, and nobody else', () => {
    const meeting = having(
      begun('novice', 'subject'),
      { do: 'programme-invite', p: '1', guests: 'Paul Petit\nLéa Roux', group: '' },
      { do: 'programme-answers', p: '1', 'answer-1': 'off', 'answer-2': 'yes' },
    )
    expect(meeting.programmes[0]?.guests.map(({ name, answer }) => [name, answer])).toEqual([
      ['Léa Roux', 'yes'],
    ])
  })

  it('keeps an answer that was given when others change', () => {
    const meeting = having(
      begun('novice', 'subject'),
      { do: 'programme-invite', p: '1', guests: 'Paul Petit\nLéa Roux', group: '' },
      { do: 'programme-answers', p: '1', 'answer-1': 'yes' },
      { do: 'programme-answers', p: '1', 'answer-2': 'no', 'answer-1': 'perhaps' },
    )
    expect(meeting.programmes[0]?.guests.map(({ answer }) => answer)).toEqual(['yes', 'no'])
  })
})
