import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { frenchCalendar } from '../../src/calendar.ts'
import { readFormat } from '../../src/core/format.ts'
import { carryOutPlan, emptyMeeting, type Meeting } from '../../src/core/meeting.ts'
import type { ProgrammeAsk } from '../../src/core/programme/asks.ts'
import type { Decided } from '../../src/core/programme/decided.ts'
import type { Programme } from '../../src/core/programme/types.ts'
import type { Lang } from '../../src/core/text.ts'
import { said, say } from '../../src/core/text.ts'
import {
  chooseView,
  type ProgrammeDraft,
  type ProgrammePage,
  programmesView,
  programmeView,
  type RehearsalAt,
  reminderView,
} from '../../src/core/views/index.ts'
import type { Look } from './scenes.ts'

const formats = Object.fromEntries(
  ['format-1', 'format-2', 'format-3'].map((name) => {
    const file = new URL(`../../src/formats/${name}.yaml`, import.meta.url)
    const read = readFormat(parse(readFileSync(file, 'utf8')))
    if ('mistakes' in read) throw new Error(JSON.stringify(read.mistakes))
    return [name, read.format]
  }),
)

const calendar = frenchCalendar('Europe/Paris')
const today = calendar.instantOf('2026-11-25', '10:00')

/** What an organiser prepares in her own chat. */
export function programmeScenes(look: Look, text = 'Ouvrir les données de la ville') {
  let meeting = emptyMeeting('a:claire')
  const ask = (wanted: ProgrammeAsk) => {
    meeting = planned(meeting, wanted)
  }
  const page = (
    name: ProgrammePage,
    draft: ProgrammeDraft = {},
    lang: Lang = 'fr',
    now = today,
    rehearsalAt?: RehearsalAt,
  ) => {
    const programme = meeting.programmes[0]
    if (!programme) throw new Error('no programme')
    return programmeView(name, {
      programme,
      lang,
      now,
      calendar,
      formats,
      draft,
      ...(rehearsalAt ? { rehearsalAt } : {}),
    })
  }

  look('programme-choose', chooseView('fr'))
  look(
    'programme-choose-problems',
    chooseView('en', {
      typed: { from: 'commitment', to: 'subject', people: '0' },
      problems: { to: say('programme.backwards'), people: say('programme.count', { min: 1, max: 80 }) },
      notice: say('refusal.invalid'),
      isRefusal: true,
    }),
  )
  look(
    'programme-choose-empty',
    chooseView('fr', {
      typed: { from: 'novice', to: 'roadmap' },
      problems: { people: say('programme.count', { min: 1, max: 80 }) },
      notice: say('programme.to-mend', { count: 1 }),
      isRefusal: true,
    }),
  )
  ask({ do: 'programme-begin', from: 'novice', to: 'roadmap', people: '24' })
  look('programme-hub-new', page('hub', { notice: say('programme.begun') }))
  look('programme-dates-empty', page('dates'))
  look('programme-plan-empty', page('plan'))
  look('programme-guests-empty', page('guests'))
  look('programme-onward-empty', page('onward'))
  look('programme-letters-empty', page('letters'))
  ask({
    do: 'programme-dates',
    p: '1',
    'date-0-1': '2027-03-22',
    'time-0-1': '14:00',
    'link-0-1': 'https://teams.example/l/meetup',
    'time-0-3': '17:00',
  })
  look('programme-dates', page('dates'))
  look(
    'programme-dates-problems',
    page('dates', {
      typed: { 'date-0-1': '22/03', 'time-0-1': '', 'link-0-1': 'teams' },
      problems: {
        'date-0-1': say('problem.day'),
        'time-0-1': say('problem.empty'),
        'link-0-1': say('problem.link'),
      },
      notice: say('refusal.invalid'),
      isRefusal: true,
    }),
  )
  ask({
    do: 'programme-content',
    p: '1',
    subject: text,
    objective: text,
    examples: `${text} : un portail et des réutilisations`,
    contact: 'ouverture@ville.example',
  })
  look('programme-content', page('content'))
  look(
    'programme-content-unsaved',
    page('content', { typed: { objective: 'Choisir ensemble.' }, isWarned: true }),
  )
  look(
    'programme-content-changed',
    page('content', {
      typed: { objective: 'Choisir ensemble.' },
      problems: {
        objective: say('programme.changed-since', { now: 'written', text: said(text) }),
        contact: say('programme.changed-since', { now: 'empty', text: said('') }),
      },
      notice: say('programme.to-mend', { count: 2 }),
      isRefusal: true,
    }),
  )
  ask({ do: 'programme-team', p: '1', referent: text.slice(0, 40), challenger: 'Karim Benali' })
  look('programme-team', page('team'))
  ask({
    do: 'programme-invite',
    p: '1',
    guests: `Paul Petit, Ville de Lyon\nLéa Roux\nZoé Noir, Association Savoirs`,
    group: '',
  })
  ask({ do: 'programme-answers', p: '1', 'answer-1': 'yes', 'answer-2': 'no', 'group-3': '2' })
  look('programme-guests', page('guests'))
  look('programme-onward', page('onward'))
  look('programme-letters', page('letters', { group: '2' }))
  look('programme-letters-en', page('letters', {}, 'en'))
  const crowd = Array.from({ length: 60 }, (_, index) => `Personne ${index + 1}, Association Savoirs`).join(
    '\n',
  )
  const few = meeting
  ask({ do: 'programme-invite', p: '1', guests: crowd, group: '' })
  look('programme-guests-many', page('guests', { at: 1 }))
  look('programme-hub-crowd', page('hub'))
  ask({ do: 'programme-onward', p: '1', onward: '1,4,7,10,13,16' })
  look('programme-onward-many', page('onward', {}, 'en'))
  look('programme-hub-chosen', page('hub', {}, 'en'))
  meeting = few
  look(
    'programme-guests-off',
    page('guests', {
      notice: say('programme.taken-off', { count: 1, names: { listing: [said(text)] } }),
      typed: { guests: text, group: '2' },
    }),
  )
  look('programme-size', page('size'))
  look(
    'programme-size-problems',
    page('size', {
      typed: { from: 'subject', to: 'canvas', people: '0', groups: '2' },
      problems: {
        from: say('programme.path-begun'),
        to: say('programme.path-held', { number: 3 }),
        people: say('programme.count', { min: 1, max: 80 }),
      },
      notice: say('programme.to-mend', { count: 3 }),
      isRefusal: true,
    }),
  )
  movedScenes(look, meeting)
  look('programme-hub', page('hub'))
  look('programme-hub-en', page('hub', {}, 'en'))
  look('programme-hub-over', page('hub', {}, 'fr', calendar.instantOf('2027-03-23', '10:00')))
  ask({ do: 'programme-tick', p: '1', key: '0/slot', on: 'true' })
  look('programme-plan', page('plan', {}, 'fr', calendar.instantOf('2027-03-10', '10:00')))
  ask({ do: 'programme-follow', p: '1', text, date: '2027-06-01' })
  ask({ do: 'programme-follow', p: '1', text: 'Réunir le groupe de travail', date: '2027-05-03' })
  ask({ do: 'programme-followed', p: '1', id: '2', on: 'true' })
  look('programme-follow', page('follow', {}, 'fr', calendar.instantOf('2027-06-04', '10:00')))
  look('programme-rehearse', page('rehearse'))
  look(
    'programme-rehearse-room',
    page('rehearse', {}, 'fr', today, ({ workshop }) => `http://room/${workshop}`),
  )
  look('programme-list', programmesView(meeting.programmes, 'fr'))
  followScenes(look, meeting, text)
  const [programme] = meeting.programmes
  for (const day of ['2027-03-01', '2027-03-22', '2027-06-01']) {
    const view = programme && reminderView(programme, day, 'fr')
    if (!view) throw new Error(`nothing to call to mind on ${day}`)
    look(`programme-reminder-${day}`, view)
  }
  ask({ do: 'programme-drop', p: '1' })
  look('programme-dropped', page('hub', { notice: say('programme.dropped') }))
  look('programme-list-dropped', programmesView(meeting.programmes, 'fr'))
  look('programme-list-none', programmesView([], 'en'))
}

/** The first of three workshops moves, and the others after it. */
function movedScenes(look: Look, before: Meeting): void {
  const page = (name: ProgrammePage, { programmes: [programme] }: Meeting, draft: ProgrammeDraft = {}) => {
    if (!programme) throw new Error('no programme')
    const lang = name === 'plan' ? ('en' as const) : ('fr' as const)
    return programmeView(name, { programme, lang, now: today, calendar, formats, draft })
  }
  const to = (day: string): ProgrammeAsk => ({
    do: 'programme-dates',
    p: '1',
    'date-0-1': day,
    'date-0-2': day,
    'date-0-3': day,
  })
  look(
    'programme-hub-sunday',
    page('hub', planned(before, to('2027-03-21')), { notice: say('programme.saved'), isDated: true }),
  )
  const close = planned(before, to('2027-03-24'))
  look('programme-hub-moved', page('hub', close, { notice: say('programme.saved') }))
  look('programme-dates-moved', page('dates', planned(before, to('2027-03-15'))))
  look('programme-plan-moved', page('plan', planned(before, to('2027-04-12'))))
  const followed = planned(close, { do: 'programme-shift', p: '1' })
  look('programme-dates-shifted', page('dates', followed, { notice: say('programme.saved') }))
}

/** What a roadmap decided, for someone who prepared nothing here. */
function followScenes(look: Look, before: Meeting, text: string): void {
  const step = (day: string, lead: string) => ({
    text,
    lead,
    deliverable: text.slice(0, 60),
    day,
    source: `m|1|feuille/${day}`,
  })
  const steps = [step('2027-02-28', 'Karim Benali'), step('2027-06-30', text.slice(0, 40))]
  const next = {
    text: 'Le groupe de travail se réunit en mars.',
    source: 'm|1|next',
    meeting: 'm',
    session: '1',
  }
  const later = calendar.instantOf('2027-03-02', '10:00')
  const page = (programme: Programme | undefined, draft: ProgrammeDraft = {}, lang: Lang = 'fr') => {
    if (!programme) throw new Error('no programme')
    const decided = { steps: [...steps, step('2027-09-30', '')], next }
    return programmeView('follow', { programme, lang, now: later, calendar, formats, draft, decided })
  }
  const meeting = planned(before, { do: 'programme-decided', p: '' }, { steps, next })
  const apart = meeting.programmes.at(-1)
  look(
    'programme-follow-found',
    page(meeting.programmes[0], { notice: say('programme.taken', { count: 2 }) }),
  )
  look('programme-follow-apart', page(apart, {}, 'en'))
  look(
    'programme-follow-undated',
    page(apart, {
      notice: say('problem.empty'),
      isRefusal: true,
      typed: {},
      problems: { nextDate: say('problem.empty') },
    }),
  )
  look('programme-list-apart', programmesView(meeting.programmes, 'en'))
  const reminder = apart && reminderView(apart, '2027-06-30', 'fr')
  if (reminder) look('programme-reminder-steps', reminder)
}

function planned(meeting: Meeting, ask: ProgrammeAsk, decided?: Decided): Meeting {
  const more = decided ? { decided } : {}
  const command = { ask, by: 'u1', at: today, lang: 'fr' as const, calendar, key: null, ...more }
  const verdict = carryOutPlan(meeting, command, formats)
  if (verdict.done !== true) throw new Error(`${ask.do}: ${JSON.stringify(verdict)}`)
  return verdict.meeting
}
