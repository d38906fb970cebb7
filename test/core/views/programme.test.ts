import { describe, expect, it } from 'vitest'
import { frenchCalendar } from '../../../src/calendar.ts'
import { carryOutPlan, emptyMeeting, type Meeting } from '../../../src/core/meeting.ts'
import type { ProgrammeAsk } from '../../../src/core/programme/asks.ts'
import type { Session } from '../../../src/core/session/types.ts'
import { type ProgrammePage, programmeView, reminderView } from '../../../src/core/views/index.ts'
import type { ProgrammeLook } from '../../../src/core/views/programme.ts'
import { loadFormats } from '../../../src/formats/index.ts'
import { draw, nodesOf, readOn } from '../../cards/drawn.ts'
import { actionIn } from '../../support/connector.ts'

const calendar = frenchCalendar('Europe/Paris')
const today = calendar.instantOf('2027-01-11', '10:00')
const loaded = await loadFormats(null)
const formats = 'formats' in loaded ? loaded.formats : {}

const having = (...asks: ProgrammeAsk[]): Meeting =>
  asks.reduce((meeting, ask) => {
    const command = { ask, by: 'claire', at: today, lang: 'fr' as const, calendar, key: null }
    const verdict = carryOutPlan(meeting, command, formats)
    if (verdict.done !== true) throw new Error(JSON.stringify(verdict))
    return verdict.meeting
  }, emptyMeeting('a:claire'))

const begun: ProgrammeAsk = { do: 'programme-begin', from: 'novice', to: 'roadmap', people: '24' }
const dated: ProgrammeAsk = { do: 'programme-dates', p: '1', 'date-0-1': '2027-03-22', 'time-0-1': '14:00' }
const filled: ProgrammeAsk[] = [
  dated,
  { do: 'programme-content', p: '1', objective: 'Choisir.' },
  { do: 'programme-team', p: '1', referent: 'Claire' },
  { do: 'programme-invite', p: '1', guests: 'Paul Petit', group: '' },
]

function page(meeting: Meeting, name: ProgrammePage, more: Partial<ProgrammeLook> = {}) {
  const programme = meeting.programmes[0]
  if (!programme) throw new Error('no programme')
  const look = { programme, lang: 'fr', now: today, calendar, formats, draft: {}, ...more } as const
  return draw(programmeView(name, look))
}

const accents = (meeting: Meeting): string[] =>
  nodesOf(page(meeting, 'hub'))
    .filter(({ type, style }) => String(type).startsWith('Action.') && style === 'positive')
    .map(({ title }) => String(title))

describe('the card of a programme', () => {
  it('has one accent: what is to be prepared first, then what is to be done next', () => {
    expect(accents(having(begun))).toEqual(['Dates'])
    expect(accents(having(begun, dated))).toEqual(['Contenu'])
    expect(accents(having(begun, ...filled))).toEqual(['Répéter'])
    const slot: ProgrammeAsk = { do: 'programme-tick', p: '1', key: '0/slot', on: 'true' }
    expect(accents(having(begun, dated, slot))).toEqual(['Contenu'])
    const rehearsed: ProgrammeAsk = { do: 'programme-tick', p: '1', key: '0/rehearse', on: 'true' }
    expect(accents(having(begun, ...filled, rehearsed, slot))).toEqual(['Invitations'])
  })
})

describe('a workshop that is over', () => {
  const meeting = having(begun, ...filled)
  const after = calendar.instantOf('2027-03-23', '10:00')
  const words = (now: number, more: Partial<ProgrammeLook> = {}) =>
    readOn(page(meeting, 'hub', { now, ...more })).join('\n')

  it('asks for nothing more that was to be done ahead of it', () => {
    expect(words(calendar.instantOf('2027-03-22', '10:00'))).toContain('Fixer le créneau')
    expect(words(after)).not.toContain('Fixer le créneau')
    expect(words(after)).toContain('Remercier les participants de l’atelier 1')
    expect(words(after)).toContain('Terminé')
    const programme = meeting.programmes[0]
    const told = programme && reminderView(programme, '2027-03-23', 'fr')
    expect(told && readOn(draw(told)).join('\n')).not.toContain('plus anciennes')
  })

  it('is known by its sessions too: some groups, then all of them', () => {
    const held = (groups: number[]) =>
      groups.map((group) => ({
        prepared: { home: 'a:claire', programme: '1', step: 0, group, rehearsal: false },
        steer: { position: { status: 'closed' }, shared: { accueil: {} } },
      })) as unknown as Session[]
    const told = (groups: number[]) => words(today, { home: 'a:claire', held: held(groups) })
    expect(told([1, 3])).toContain('2 groupes sur 3 ont terminé')
    expect(told([1, 3])).toContain('Fixer le créneau')
    expect(told([1, 2, 3])).toContain('Terminé')
    expect(told([1, 2, 3])).not.toContain('Fixer le créneau')
  })
})

describe('the back-planning', () => {
  it('offers to tick off what is due and what comes soon, and what was ticked off stays so', () => {
    const ticks = (meeting: Meeting) =>
      nodesOf(page(meeting, 'plan')).flatMap(({ verb, data }) =>
        verb === 'programme-tick' ? [Object(data).key] : [],
      )
    expect(ticks(having(begun, dated))).toEqual(['0/slot', '0/invite', '0/framing'])
    const slot: ProgrammeAsk = { do: 'programme-tick', p: '1', key: '0/slot', on: 'true' }
    expect(ticks(having(begun, dated, slot))).toEqual(['0/slot', '0/invite', '0/framing', '0/chase'])
  })
})

describe('the reminder of a day on which several groups meet', () => {
  it('names each of them, and tells once what to do', () => {
    const programme = having(begun, dated).programmes[0]
    const view = programme && reminderView(programme, '2027-03-22', 'fr')
    const words = view ? readOn(draw(view)) : []
    const told = words.filter((one) => one.includes('Ouvrez la réunion cinq minutes avant'))
    expect(words.filter((one) => one.includes('groupe') && !told.includes(one))).toHaveLength(3)
    expect(told).toHaveLength(1)
    expect(told[0]).toContain('@Ouverture lancer groupe 1')
  })
})

describe('the dates', () => {
  it('ask for the first one, the others folded; what is wrong with one of them is not', () => {
    const folded = (problems: object) => {
      const programme = having(begun).programmes[0]
      if (!programme) throw new Error('no programme')
      const draft = { typed: { 'date-1-1': '' }, problems: { ...problems } }
      const drawn = draw(
        programmeView('dates', { programme, lang: 'fr', now: today, calendar, formats, draft }),
      )
      return nodesOf(drawn).find(({ id }) => id === 'other-dates')?.isVisible === false
    }
    expect(folded({})).toBe(true)
    expect(folded({ 'date-1-1': { say: 'programme.too-early' } })).toBe(false)
    expect(actionIn(page(having(begun), 'dates'), 'programme-dates')).toBeDefined()
  })
})
