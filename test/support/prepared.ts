import { frenchCalendar } from '../../src/calendar.ts'
import { carryOutPlan, emptyMeeting, type Meeting } from '../../src/core/meeting.ts'
import type { ProgrammeAsk } from '../../src/core/programme/asks.ts'
import { kitFormat } from './workshops.ts'

export const calendar = frenchCalendar('Europe/Paris')

const formats = Object.fromEntries(
  ([1, 2, 3] as const).map((number) => [`format-${number}`, kitFormat(number)]),
)

/** Her own chat after this was asked in it. */
export function planned(meeting: Meeting, who: string, at: number, ...asks: ProgrammeAsk[]): Meeting {
  return asks.reduce((before, ask) => {
    const verdict = carryOutPlan(before, { ask, by: who, at, lang: 'fr', calendar, key: null }, formats)
    if (verdict.done !== true) throw new Error(JSON.stringify(verdict))
    return verdict.meeting
  }, meeting)
}

/** A workshop prepared in two sentences, for this day at 14:00, with two guests. */
export const preparedBy = (who: string, day: string, at: number): Meeting =>
  planned(
    emptyMeeting(`a:own-${who}`),
    who,
    at,
    { do: 'programme-begin', from: 'novice', to: 'subject', people: '10' },
    { do: 'programme-dates', p: '1', 'date-0-1': day, 'time-0-1': '14:00' },
    { do: 'programme-content', p: '1', objective: 'Choisir ensemble un premier sujet.' },
    { do: 'programme-invite', p: '1', guests: 'Paul Petit, Mairie\nInès Faure', group: '' },
    { do: 'programme-follow', p: '1', text: 'Réunir le groupe de travail', date: day },
  )
