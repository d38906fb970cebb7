import { describe, expect, it } from 'vitest'
import { emptyMeeting } from '../../src/core/meeting.ts'
import { programmeAsk } from '../../src/core/programme/asks.ts'
import type { Programme } from '../../src/core/programme/types.ts'
import { say } from '../../src/core/text.ts'
import { speak } from '../../src/locales/index.ts'
import { helpGroups } from '../../src/teams/help.ts'
import { namedIn, planCommands, readPlan } from '../../src/teams/plan-commands.ts'
import { planned } from '../support/prepared.ts'

const at = Date.parse('2026-11-25T10:00:00Z')

const programme = (to = 'canvas', people = '24'): Programme => {
  const [one] = planned(
    emptyMeeting('a:marie'),
    'marie',
    at,
    { do: 'programme-begin', from: 'novice', to, people },
    { do: 'programme-dates', p: '1', 'date-0-1': '2027-01-12', 'time-0-1': '14:00' },
    { do: 'programme-invite', p: '1', guests: 'Paul Petit\nPaula Roux\nZoé Petit', group: '' },
    { do: 'programme-follow', p: '1', text: 'Réunir le groupe', date: '2027-06-01' },
    { do: 'programme-follow', p: '1', text: 'Relire', date: '2027-03-01' },
  ).programmes
  if (!one) throw new Error('nothing planned')
  return one
}

const asked = (line: string, about: Programme | null = programme()) => {
  const read = readPlan(line, about)
  return read?.kind === 'ask' ? [read.verb, read.fields] : read?.kind
}

describe('what an organiser types in her own chat', () => {
  it.each([
    [
      'parcours zéro → feuille de route 24',
      ['programme-begin', { from: 'novice', to: 'roadmap', people: '24' }],
    ],
    [
      'Parcours d’un sujet, engagement, 8',
      ['programme-begin', { from: 'subject', to: 'canvas', people: '8' }],
    ],
    [
      'path scratch to a subject 12 people',
      ['programme-begin', { from: 'novice', to: 'subject', people: '12' }],
    ],
    [
      'changer de parcours sujet → feuille de route',
      ['programme-size', { from: 'subject', to: 'roadmap', people: '', groups: '' }],
    ],
    [
      'change path nothing → roadmap 12',
      ['programme-size', { from: 'novice', to: 'roadmap', people: '12', groups: '' }],
    ],
    ['date 12/01/2027 14h30', ['programme-dates', { 'date-0-1': '12/01/2027', 'time-0-1': '14:30' }]],
    ['date 2027-01-12 à 9 h', ['programme-dates', { 'date-0-1': '2027-01-12', 'time-0-1': '9:00' }]],
    ['date 2 19/01/2027', ['programme-dates', { 'date-1-1': '19/01/2027' }]],
    [
      'date groupe 3 : 13/01/2027 10:15',
      ['programme-dates', { 'date-0-3': '13/01/2027', 'time-0-3': '10:15' }],
    ],
    ['lien 2 https://teams.example/l', ['programme-dates', { 'link-1-1': 'https://teams.example/l' }]],
    ['thème les données', ['programme-content', { subject: 'les données' }]],
    ['prochaines étapes se revoir', ['programme-content', { nextSteps: 'se revoir' }]],
    [
      'équipe Claire Martin, Karim, ',
      ['programme-team', { referent: 'Claire Martin', challenger: 'Karim', 'note-taker': '' }],
    ],
    ['inviter Ada Nkomo, Mairie', ['programme-invite', { guests: 'Ada Nkomo, Mairie', group: '' }]],
    ['inviter groupe 2 : Ada\nLéo', ['programme-invite', { guests: 'Ada\nLéo', group: '2' }]],
    ['confirme Paula', ['programme-answers', { 'answer-2': 'yes' }]],
    ['viennent ensuite Paul, zoé petit', ['programme-onward', { onward: '1,3' }]],
    ['viennent ensuite tout le monde', ['programme-onward', { onward: '' }]],
    ['decline zoé petit', ['programme-answers', { 'answer-3': 'no' }]],
    ['ne plus inviter Roux', ['programme-uninvite', { guest: '2' }]],
    ['fait 1', ['programme-tick', { key: '0/slot', on: 'true' }]],
    [
      'suite 01/06/2027 réunir le groupe',
      ['programme-follow', { text: 'réunir le groupe', date: '01/06/2027' }],
    ],
    ['suite faite 1', ['programme-followed', { id: '2', on: 'true' }]],
    ['personnes 30', ['programme-size', { people: '30', groups: '' }]],
    ['mettre de côté', ['programme-drop', {}]],
    ['décaler les suivants', ['programme-shift', {}]],
    ['annuler le décalage', ['programme-unshift', {}]],
    ['même sujet 2 et 5', ['programme-same', { one: '2', other: '5' }]],
    ['sujets différents n° 2, n° 5', ['programme-distinct', { one: '2', other: '5' }]],
    ['rapprocher les sujets 2 5', ['programme-alike', { one: '2', other: '5' }]],
    ['séparer le sujet 2', ['programme-apart', { one: '2' }]],
  ])('"%s" is understood', (line, verb) => {
    expect(asked(line)).toEqual(verb)
  })

  it.each([
    ['date demain'],
    ['date 2 bientôt'],
    ['suite réunir le groupe'],
    ['fait tout'],
    ['lien'],
    ['parcours'],
    ['parcours zéro'],
    ['changer de parcours sujet'],
    ['parcours feuille de route 24'],
    ['objectif'],
    ['confirme'],
    ['sujets différents 2'],
    ['séparer le sujet'],
  ])('"%s" lacks something, and is answered with an example', (line) => {
    expect(asked(line)).toBe('incomplete')
  })

  it('may show a page instead, or name what is not there', () => {
    expect(readPlan('dates', programme())).toMatchObject({ kind: 'show', page: 'dates' })
    expect(readPlan('rétroplanning', programme())).toMatchObject({ kind: 'show', page: 'plan' })
    expect(readPlan('sujets réunis', programme())).toMatchObject({ kind: 'show', page: 'merged' })
    expect(readPlan('confirme Petit', programme())).toMatchObject({ text: { say: 'plan.several-guests' } })
    expect(readPlan('viennent ensuite', programme())).toMatchObject({ kind: 'show', page: 'onward' })
    expect(readPlan('viennent ensuite Paul, Inès', programme())).toMatchObject({
      text: { say: 'plan.no-guest' },
    })
    expect(readPlan('confirme Inès', programme())).toMatchObject({ text: { say: 'plan.no-guest' } })
    expect(readPlan('équipe A, B, C, D', programme())).toMatchObject({ text: { say: 'plan.team-three' } })
    expect(readPlan('fait 99', programme())).toMatchObject({ text: { say: 'plan.no-number' } })
    expect(readPlan('date 3 19/01/2027', programme())).toMatchObject({ text: { say: 'plan.no-number' } })
  })

  it('is nothing of these without a programme, but the path that begins one', () => {
    expect(readPlan('objectif mieux informer', null)).toBeNull()
    expect(readPlan('parcours zéro sujet 10', null)).toMatchObject({ verb: 'programme-begin' })
    expect(readPlan('Les parcs de la ville', programme())).toBeNull()
  })

  it('may name its programme by number', () => {
    expect(namedIn('programme 2 : date 12/01/2027 14h30')).toEqual({
      number: '2',
      rest: 'date 12/01/2027 14h30',
    })
    expect(namedIn('programme 2')).toEqual({ number: '2', rest: '' })
    expect(namedIn('programme de médiation')).toBeNull()
  })

  it('does all that the pages do', () => {
    const verbs = planCommands().flatMap((command) => {
      const text = speak(say(`command.${command}`), { lang: 'fr', zone: 'Europe/Paris' })
      const read = readPlan(text, programme())
      return read?.kind === 'ask' ? [read.verb] : []
    })
    const all = programmeAsk.options.map(({ shape }) => shape.do.value)
    expect(all.filter((verb) => !verbs.includes(verb))).toEqual([])
  })

  it.each(['fr', 'en'] as const)('is understood as the help in "%s" writes it', (lang) => {
    const [, group] = helpGroups(null, 'marie', at, 'planning')
    expect(group?.name).toBe('planning')
    for (const command of group?.commands ?? []) {
      const text = speak(say(`command.${command}`), { lang, zone: 'Europe/Paris' })
      const read = readPlan(namedIn(text)?.rest || text, programme())
      expect([text, read?.command, read?.kind]).toEqual([
        text,
        command,
        expect.stringMatching(/ask|show|wrong/u),
      ])
    }
  })
})
