import { describe, expect, it } from 'vitest'
import { carryOutPlan, emptyMeeting, type Meeting } from '../../../src/core/meeting.ts'
import type { ProgrammeAsk } from '../../../src/core/programme/asks.ts'
import { nextReminder } from '../../../src/core/programme/remind.ts'
import type { Programme } from '../../../src/core/programme/types.ts'
import { type ProgrammePage, programmeView } from '../../../src/core/views/index.ts'
import { calendar, formats, today } from '../../support/programme.ts'

const asked = (meeting: Meeting, ask: ProgrammeAsk, at = today) =>
  carryOutPlan(meeting, { ask, by: '29:claire', at, lang: 'fr', calendar, key: null }, formats)

function having(meeting: Meeting, ...asks: ProgrammeAsk[]): Meeting {
  return asks.reduce((before, ask, index) => {
    const verdict = asked(before, ask, today + index * 60_000)
    if (verdict.done !== true) throw new Error(JSON.stringify(verdict))
    return verdict.meeting
  }, meeting)
}

const dates = (fields: Record<string, string>): ProgrammeAsk => ({ do: 'programme-dates', p: '1', ...fields })
const shift: ProgrammeAsk = { do: 'programme-shift', p: '1' }
const unshift: ProgrammeAsk = { do: 'programme-unshift', p: '1' }

/** Three workshops on three Tuesdays: 9, 16 and 23 February at two. */
const three = having(
  emptyMeeting('a:claire'),
  { do: 'programme-begin', from: 'novice', to: 'roadmap', people: '10' },
  dates({ 'date-0-1': '2027-02-09', 'time-0-1': '14:00' }),
)

const only = (meeting: Meeting): Programme => {
  const [programme] = meeting.programmes
  if (!programme) throw new Error('no programme')
  return programme
}

const daysOf = (meeting: Meeting): string[] =>
  only(meeting).sittings.map(({ at }) => `${calendar.dayAt(at).slice(5)} ${calendar.timeAt(at)}`)

const shown = (meeting: Meeting, name: ProgrammePage, now = today) =>
  programmeView(name, {
    programme: only(meeting),
    lang: 'fr',
    now,
    calendar,
    formats,
    draft: {},
  }).data

const moved = (meeting: Meeting, name: ProgrammePage, now = today) => {
  const { moved: text, shifts, shiftsBack, notes } = shown(meeting, name, now)
  return { text, shifts, shiftsBack, ...(notes === undefined ? {} : { notes }) }
}

describe('a workshop that moves', () => {
  it('leaves those after it where they are, and says how far they now are', () => {
    const later = having(three, dates({ 'date-0-1': '2027-02-11' }))
    expect(daysOf(later)).toEqual(['02-11 14:00', '02-16 14:00', '02-23 14:00'])
    for (const page of ['hub', 'dates', 'plan'] as const)
      expect(moved(later, page)).toMatchObject({
        text: { say: 'programme.moved-close', with: { moved: 1, next: 2, days: 5 } },
        shifts: true,
      })
    const earlier = having(three, dates({ 'date-0-1': '2027-02-02' }))
    expect(moved(earlier, 'dates')).toMatchObject({
      text: { say: 'programme.moved-away', with: { days: 14 } },
    })
    expect(moved(earlier, 'hub')).toMatchObject({ text: null, shifts: false })
  })

  it('may go past the next one, which the form sends again as it was: that is said once, and nothing is refused', () => {
    const fields = {
      'date-0-1': '2027-03-02',
      'time-0-1': '14:00',
      'date-1-1': '2027-02-16',
      'time-1-1': '14:00',
    }
    const past = having(three, dates(fields))
    expect(daysOf(past)).toEqual(['03-02 14:00', '02-16 14:00', '02-23 14:00'])
    expect(moved(past, 'plan')).toEqual({
      text: { say: 'programme.moved-past', with: { moved: 1, next: 2, days: -14 } },
      shifts: true,
      shiftsBack: false,
      notes: [],
    })
    const third = having(past, dates({ 'date-2-1': '2027-03-09' }))
    expect(moved(third, 'plan')).toMatchObject({
      shifts: false,
      notes: [{ say: 'programme.wrong-way', with: { number: 2, before: 1 } }],
    })
    expect(asked(past, dates({ 'date-1-1': '2027-02-17' }))).toMatchObject({
      refusal: { problems: { 'date-1-1': { say: 'programme.too-early' } } },
    })
  })

  it('takes the others along in one press, as many days, at their hour, on working days', () => {
    const meeting = having(
      three,
      dates({ 'date-2-1': '2027-03-05', 'time-2-1': '9:30' }),
      dates({ 'date-0-1': '2027-03-05' }),
    )
    const after = having(meeting, shift)
    // Twenty-four days later: a Friday, and Easter Monday, which is put off to the day after.
    expect(daysOf(after)).toEqual(['03-05 14:00', '03-12 14:00', '03-30 09:30'])
    expect(moved(after, 'dates')).toMatchObject({ shifts: false, shiftsBack: true })
    expect(moved(after, 'hub')).toMatchObject({ text: null })
  })

  it('takes the back-planning and the reminders along', () => {
    const after = having(three, dates({ 'date-0-1': '2027-02-11' }), shift)
    const milestones = Object.fromEntries(only(after).milestones.map(({ key, day }) => [key, day]))
    expect(milestones).toMatchObject({
      '1/sitting/1': '2027-02-18',
      '1/eve': '2027-02-17',
      '2/sitting/1': '2027-02-25',
    })
    const done = { ...only(after), done: [...only(after).milestones.map(({ key }) => key)] }
    const eve = { ...done, done: done.done.filter((key) => key !== '1/eve'), told: [] }
    expect(nextReminder([eve])).toBe(calendar.instantOf('2027-02-17', '09:00'))
  })

  it('gives the others their dates back, and may take them along again', () => {
    const meeting = having(three, dates({ 'date-0-1': '2027-02-11' }), shift)
    const back = having(meeting, unshift)
    expect(daysOf(back)).toEqual(['02-11 14:00', '02-16 14:00', '02-23 14:00'])
    expect(daysOf(having(back, shift))).toEqual(daysOf(meeting))
    expect(asked(back, unshift)).toMatchObject({ refusal: { refusal: 'nothing-moved' } })
    expect(asked(meeting, shift)).toMatchObject({ refusal: { refusal: 'nothing-moved' } })
  })

  it('puts what stood before it back after it, a week apart', () => {
    const past = having(three, dates({ 'date-0-1': '2027-03-02' }), dates({ 'date-2-1': '2027-03-09' }))
    const after = having(past, dates({ 'date-0-1': '2027-03-04' }), shift)
    expect(daysOf(after)).toEqual(['03-04 14:00', '03-11 14:00', '03-18 14:00'])
  })

  it('takes them along by the sum where it moved twice, and by nothing where it came back', () => {
    const twice = having(three, dates({ 'date-0-1': '2027-02-10' }), dates({ 'date-0-1': '2027-02-11' }))
    expect(daysOf(having(twice, shift))).toEqual(['02-11 14:00', '02-18 14:00', '02-25 14:00'])
    expect(moved(having(twice, dates({ 'date-0-1': '2027-02-09' })), 'dates')).toMatchObject({ text: null })
  })

  it('takes along only what follows the last that moved, and nothing that was held', () => {
    const both = having(three, dates({ 'date-0-1': '2027-02-11', 'date-1-1': '2027-02-19' }))
    expect(moved(both, 'plan')).toMatchObject({ text: { with: { moved: 2, next: 3, days: 4 } } })
    expect(daysOf(having(both, shift))).toEqual(['02-11 14:00', '02-19 14:00', '02-26 14:00'])
    const later = calendar.instantOf('2027-02-24', '10:00')
    expect(moved(both, 'plan', later)).toMatchObject({ text: null, shifts: false })
    expect(asked(both, shift, later)).toMatchObject({ refusal: { refusal: 'nothing-moved' } })
  })

  it('takes them along as far as it moved, whatever groups came back since', () => {
    const size = (groups: string): ProgrammeAsk => ({ do: 'programme-size', p: '1', people: '24', groups })
    const two = having(three, size('2'), dates({ 'date-0-2': '2027-02-12' }), size('1'))
    const back = having(two, dates({ 'date-0-1': '2027-02-10' }), size('2'))
    expect(daysOf(having(back, shift)).slice(-2)).toEqual(['02-17 14:00', '02-24 14:00'])
  })

  it('takes nothing along where only its hour or its link changed, or where it is the last', () => {
    const hour = having(
      three,
      dates({ 'time-0-1': '10:00' }),
      dates({ 'link-0-1': 'https://teams.example/l/1' }),
    )
    expect(moved(hour, 'dates')).toMatchObject({ text: null, shifts: false })
    expect(moved(having(three, dates({ 'date-2-1': '2027-03-02' })), 'dates')).toMatchObject({ text: null })
    const still = having(
      three,
      dates({ 'date-0-1': '2027-02-11' }),
      dates({ 'link-0-1': 'https://teams.example/l' }),
    )
    expect(moved(still, 'dates')).toMatchObject({ shifts: true })
    const linked = having(still, shift, dates({ 'link-1-1': 'https://teams.example/l/2' }))
    expect(moved(linked, 'dates')).toMatchObject({ shiftsBack: true })
    const back = having(linked, unshift)
    expect(daysOf(back)).toEqual(['02-11 14:00', '02-16 14:00', '02-23 14:00'])
    expect(only(back).sittings[1]?.link).toBe('https://teams.example/l/2')
  })
})

describe('a calendar that was downloaded before', () => {
  it('is to be downloaded again once dates changed, not before', () => {
    expect(shown(three, 'plan')).toMatchObject({ papersHelp: { say: 'papers.plan-help' } })
    expect(shown(three, 'hub')).toMatchObject({ replanned: null })
    const later = having(three, dates({ 'date-0-1': '2027-02-11' }))
    expect(shown(later, 'plan')).toMatchObject({ papersHelp: { say: 'papers.replanned-on' } })
    expect(shown(later, 'hub')).toMatchObject({ replanned: { say: 'papers.replanned' } })
    const team: ProgrammeAsk = { do: 'programme-team', p: '1', referent: 'Camille' }
    const other = asked(later, team, today + 3_600_000)
    if (other.done !== true) throw new Error('not saved')
    expect(shown(other.meeting, 'hub')).toMatchObject({ replanned: null })
    expect(shown(other.meeting, 'plan')).toMatchObject({ papersHelp: { say: 'papers.replanned-on' } })
  })
})
