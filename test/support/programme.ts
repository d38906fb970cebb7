import { frenchCalendar } from '../../src/calendar.ts'
import { carryOutPlan, emptyMeeting } from '../../src/core/meeting.ts'
import type { ProgrammeAsk } from '../../src/core/programme/asks.ts'
import type { Programme } from '../../src/core/programme/types.ts'
import type { Lang } from '../../src/core/text.ts'
import type { PaperLook } from '../../src/documents/papers/look.ts'
import { kitFormat } from './workshops.ts'

export const calendar = frenchCalendar('Europe/Paris')
/** A Wednesday, four months before the first workshop. */
export const today = calendar.instantOf('2026-11-25', '10:00')
export const formats = Object.fromEntries(
  ([1, 2, 3] as const).map((number) => [`format-${number}`, kitFormat(number)]),
)

/** The programme that these asks make, one a minute, in someone's own chat. */
export function prepared(asks: ProgrammeAsk[], lang: Lang = 'fr'): Programme {
  const meeting = asks.reduce((before, ask, index) => {
    const at = today + index * 60_000
    const command = { ask, by: '29:claire-account', at, lang, calendar, key: null }
    const verdict = carryOutPlan(before, command, formats)
    if (verdict.done !== true) throw new Error(`${ask.do}: ${JSON.stringify(verdict)}`)
    return verdict.meeting
  }, emptyMeeting('a:claire'))
  const [programme] = meeting.programmes
  if (!programme) throw new Error('no programme was begun')
  return programme
}

/** One workshop, nothing said of it. */
export const begun: ProgrammeAsk[] = [{ do: 'programme-begin', from: 'novice', to: 'subject', people: '8' }]

const link = 'https://teams.example/l/meetup'

/** Three workshops, the first one in three groups at two hours, everything written. */
export const whole: ProgrammeAsk[] = [
  { do: 'programme-begin', from: 'novice', to: 'roadmap', people: '24' },
  {
    do: 'programme-dates',
    p: '1',
    'date-0-1': '2027-03-22',
    'time-0-1': '14:00',
    'link-0-1': `${link}/un`,
    'link-0-2': `${link}/deux`,
    'time-0-3': '17:00',
    'link-0-3': `${link}/trois`,
    'date-1-1': '2027-03-30',
    'time-1-1': '10:00',
    'link-1-1': `${link}/quatre`,
    'link-2-1': `${link}/cinq`,
  },
  {
    do: 'programme-content',
    p: '1',
    subject: 'Ouvrir les données de la ville',
    objective: 'Choisir les données à ouvrir en premier.',
    background: 'La ville a adhéré au partenariat.',
    contact: 'ouverture@ville.example',
  },
  {
    do: 'programme-team',
    p: '1',
    referent: 'Camille Durand',
    challenger: 'Karim Benali',
    'note-taker': 'Inès Faure',
  },
  {
    do: 'programme-invite',
    p: '1',
    guests: 'Paul Petit, Ville de Lyon\nLéa Roux\nTom Blanc, Association',
    group: '',
  },
  { do: 'programme-answers', p: '1', 'answer-1': 'yes', 'answer-2': 'no' },
  { do: 'programme-tick', p: '1', key: '0/slot', on: 'true' },
]

export const lookAt = (programme: Programme, more: Partial<PaperLook> = {}): PaperLook => ({
  programme,
  home: 'a:claire',
  group: 1,
  formats,
  lang: programme.lang,
  zone: 'Europe/Paris',
  now: today,
  ...more,
})
