import { describe, expect, it } from 'vitest'
import { hasKey } from '../../src/locales/index.ts'
import { commandNames, readTyped } from '../../src/teams/commands.ts'
import { commandGroups, helpGroups } from '../../src/teams/help.ts'
import { planCommands } from '../../src/teams/plan-commands.ts'
import { formatNamed, ideas, lobbyWith, type Stage, stage, workshopAt, workshopOf } from '../support/stage.ts'

const at = (here: Stage) => (text: string) =>
  readTyped(text, {
    meeting: here.meeting(),
    by: 'marie',
    name: 'Marie',
    defaultFormat: 'format-1',
    formats: ['format-1', 'format-2'],
    now: here.now(),
  })

describe('what is typed', () => {
  const read = at(workshopAt('tour-de-table', 'paul', 'lea'))

  it.each([
    ['suivant', { do: 'next' }],
    ['  SUIVANT ! ', { do: 'next' }],
    ['next', { do: 'next' }],
    ['Étape suivante', { do: 'next' }],
    ['retour', { do: 'back' }],
    ['+5', { do: 'extend', minutes: 5 }],
    ['+ 2 min', { do: 'extend', minutes: 2 }],
    ['reprendre', { do: 'resume' }],
    ['annuler', { do: 'undo' }],
    ['annuler l’atelier', { do: 'cancel' }],
    ['passer l’étape', { do: 'skip' }],
    ['note  Deux  mots', { do: 'note', text: 'Deux  mots' }],
    ['lancer', { do: 'launch', format: 'format-1' }],
    ['lancer', { do: 'launch', lang: 'fr' }],
    ['launch', { do: 'launch', lang: 'en' }],
    ['raison Je reçois le public', { do: 'phase', input: { do: 'reason', reason: 'Je reçois le public' } }],
    ['lancer 2', { do: 'launch', format: 'format-2' }],
    ['je passe', { do: 'phase', input: { do: 'floor-pass' } }],
    ['merci', { do: 'phase', input: { do: 'floor-done' } }],
    ['parole à léa', { do: 'phase', input: { do: 'floor-give', who: 'lea' } }],
    ['ensuite Léa', { do: 'phase', input: { do: 'floor-first', who: 'lea' } }],
    ['thème les données ouvertes', { do: 'prepare', subject: 'les données ouvertes' }],
    ['prochaines étapes un groupe de travail', { do: 'prepare', nextSteps: 'un groupe de travail' }],
    ['complice Léa', { do: 'name-role', role: 'note-taker', person: 'lea' }],
    ['co-animation paul martin', { do: 'name-role', role: 'co-facilitator', person: 'paul' }],
    ['encore 30 secondes', { do: 'phase', input: { do: 'floor-more' } }],
    ['page suivante', { do: 'phase', input: { do: 'page-next' } }],
    [
      'ajouter Sport : des terrains ouverts : à tous',
      { do: 'phase', input: { do: 'card-add', title: 'Sport', sentence: 'des terrains ouverts : à tous' } },
    ],
    [
      'sujet dit par Paul : Sport : des terrains : ouverts',
      {
        do: 'phase',
        input: { do: 'card-add', author: 'paul', title: 'Sport', sentence: 'des terrains : ouverts' },
      },
    ],
    [
      'email paul@example.org',
      { do: 'phase', segment: 'conclusion', input: { do: 'email-give', email: 'paul@example.org' } },
    ],
    [
      'rejoindre Zoé, Blanc, chargée d’étude, Mairie, association',
      { do: 'join', firstName: 'Zoé', lastName: 'Blanc', profile: 'civil-society' },
    ],
    ['rejoindre Zoé Le Blanc', { do: 'join', firstName: 'Zoé', lastName: 'Le Blanc', lang: 'fr' }],
    ['join Zoé, Blanc', { do: 'join', firstName: 'Zoé', lastName: 'Blanc', position: '', lang: 'en' }],
  ])('"%s" is understood', (text, ask) => {
    expect(read(text)).toMatchObject({ kind: 'ask', ask })
  })

  it.each([
    ['', { kind: 'show', what: 'help' }],
    ['aide', { kind: 'show', what: 'help' }],
    ['régie', { kind: 'show', what: 'desk' }],
    ['rejoindre', { kind: 'show', what: 'join' }],
    ['suivantes', { kind: 'unknown' }],
    ['bla bla', { kind: 'unknown' }],
    ['répéter', { kind: 'rehearse', workshop: null, programme: null }],
    ['répéter 2', { kind: 'rehearse', workshop: 2, programme: null }],
    ['Répéter programme 3', { kind: 'rehearse', workshop: null, programme: '3' }],
    ['répéter 2 du programme 3', { kind: 'rehearse', workshop: 2, programme: '3' }],
    ['rehearse 1 programme 12', { kind: 'rehearse', workshop: 1, programme: '12' }],
    ['répéter le programme', { kind: 'unknown' }],
    ['Répéter les consignes avant de commencer', { kind: 'unknown' }],
    ['note', { kind: 'incomplete', command: 'note' }],
    ['placer 3', { kind: 'incomplete', command: 'place' }],
    ['fusionner', { kind: 'incomplete', command: 'card-merge' }],
    ['distinguer 3', { kind: 'incomplete', command: 'cards-apart' }],
    ['remettre', { kind: 'incomplete', command: 'card-restore' }],
    ['ensuite', { kind: 'incomplete', command: 'give-next' }],
    ['sujet dit par Paul : Sport', { kind: 'incomplete', command: 'card-heard' }],
  ])('"%s" leads somewhere', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  it('calls cards by the number people see', () => {
    const here = workshopAt('identifier', 'paul').says('paul', ideas('Budget')).does('marie', { do: 'next' })
    here.says('marie', { do: 'cards-show-all' })
    const { cards } = here.session().steer.shared.qualifier as { cards: Record<string, unknown> }
    const [card] = Object.keys(cards)
    expect(at(here)('carte 1 Budget ouvert : une phrase')).toMatchObject({
      ask: { input: { do: 'card-edit', card, title: 'Budget ouvert', sentence: 'une phrase' } },
    })
    here.does('marie', { do: 'next' })
    expect(at(here)('placer 1 4,5 3')).toMatchObject({
      ask: { input: { do: 'place', card, y: '4.5', x: '3' } },
    })
    for (const [text, verb] of [
      ['priorité 1', 'prioritise'],
      ['retirer la priorité 1', 'deprioritise'],
      ['revenir à la moyenne 1', 'unplace'],
    ] as const)
      expect(at(here)(text)).toMatchObject({ ask: { input: { do: verb, card } } })
  })
})

it('says that one has not finished in the words of the exercise that runs', () => {
  const read = (segment: string) => at(workshopAt(segment, 'paul'))('pas terminé')
  expect(read('identifier')).toMatchObject({ ask: { input: { do: 'ideas-reopen' } } })
})

describe('the help', () => {
  it('shows what serves the person at this moment, and no more', () => {
    const here = workshopAt('bon-sujet', 'paul')
    const shown = (who: string) =>
      helpGroups(here.session(), who, here.now()).flatMap((group) => group.commands)
    expect(shown('marie')).toEqual(expect.arrayContaining(['next', 'page-next', 'note', 'clear']))
    expect(shown('marie')).not.toContain('reveal')
    expect(shown('paul')).toEqual(['clear', 'question', 'help', 'desk', 'join', 'leave', 'own-data'])
  })

  it('begins with what the moment waits for: to begin, to join, the exercise that runs', () => {
    const here = lobbyWith('paul')
    const first = (at: Stage, who: string) => helpGroups(at.session(), who, at.now())[0]
    expect(first(here, 'marie')).toEqual({ name: 'now', commands: ['start'] })
    expect(first(here, 'nadia')).toEqual({ name: 'now', commands: ['join'] })
    expect(first(here, 'paul')?.name).toBe('everyone')
    const memo = workshopAt('bon-sujet', 'paul')
    expect(first(memo, 'marie')?.commands.slice(0, 2)).toEqual(['next', 'page-next'])
    expect(first(memo, 'paul')).toEqual({ name: 'now', commands: ['clear', 'question'] })
  })

  it('invites nobody to write an address where everyone reads it', () => {
    const here = workshopAt('conclusion', 'paul')
    const shown = (ground: 'meeting' | 'aside') =>
      helpGroups(here.session(), 'paul', here.now(), ground).flatMap((group) => group.commands)
    expect(shown('meeting')).not.toContain('email')
    expect(shown('aside')).toContain('email')
  })

  it.each([
    ['#1', 'format-1', []],
    ['#2', 'format-2', ['bring', 'start-from']],
    ['#3', 'format-3', ['bring', 'horizon']],
  ])('leaves out of the lobby of %s what its exercises do not use', (_, id, used) => {
    const here = stage(formatNamed(id)).does('marie', { do: 'launch', format: id, name: 'Marie Durand' })
    const shown = helpGroups(here.session(), 'marie', here.now()).flatMap((group) => group.commands)
    expect(['bring', 'start-from', 'horizon'].filter((command) => shown.includes(command))).toEqual(used)
  })

  it('has every command in one group, named and explained in both languages', () => {
    const grouped = Object.values(commandGroups).flatMap((group) => Object.keys(group))
    expect([...grouped].sort()).toEqual([...new Set([...commandNames(), ...planCommands(), 'extend'])].sort())
    const missing = grouped.flatMap((command) =>
      (['fr', 'en'] as const).flatMap((lang) =>
        [`command.${command}`, `help.does-${command}`].filter((key) => !hasKey(lang, key)),
      ),
    )
    expect(missing).toEqual([])
  })
})

it('never launches another workshop than the one that was named', () => {
  const read = at(workshopAt('tour-de-table'))
  expect(read('lancer 9')).toEqual({ kind: 'show', what: 'formats' })
  expect(read('launch anything')).toEqual({ kind: 'show', what: 'formats' })
})

describe('what is typed about the canvas and where a session starts', () => {
  const text = (fr: string) => ({ fr, en: fr })
  const heading = (id: string) => ({ id, label: text(id), help: text(id) })
  const headings = [heading('titre'), heading('porte-sur')]
  const here = workshopOf([{ id: 'canevas', phase: 'canvas', options: { headings } }], 'paul').says('paul', {
    do: 'propose',
    heading: 'titre',
    text: 'Un titre',
  })
  const read = at(here)

  it.each([
    ['proposer 2 Les cantines', { do: 'propose', heading: 'porte-sur', text: 'Les cantines' }],
    ['rubrique 1 Un budget lisible', { do: 'heading-write', heading: 'titre', text: 'Un budget lisible' }],
    ['heading 1 A clear budget', { do: 'heading-write', heading: 'titre', text: 'A clear budget' }],
    ['plus tard rubrique 2', { do: 'heading-later', heading: 'porte-sur' }],
    ['reprendre proposition 1', { do: 'proposal-take', proposal: 'paul#1' }],
    ['écarter proposition 1', { do: 'proposal-aside', proposal: 'paul#1' }],
  ])('« %s » works on what people see by its number', (typed, input) => {
    expect(read(typed)).toEqual({ kind: 'ask', ask: { do: 'phase', input } })
  })

  it.each([
    ['repartir du dernier atelier', { do: 'bring', offer: 'latest' }],
    ['start from the last workshop', { do: 'bring', offer: 'latest' }],
    [
      'sujet de départ Les cantines : bien manger',
      { do: 'amend', 'f-title': 'Les cantines', 'f-sentence': 'bien manger' },
    ],
    ['horizon 2027 2029', { do: 'prepare', horizonStart: '2027', horizonEnd: '2029' }],
    ['horizon 01/2027 au 12/2028', { do: 'prepare', horizonStart: '01/2027', horizonEnd: '12/2028' }],
  ])('« %s » says where a session starts', (typed, wanted) => {
    expect(read(typed)).toEqual({ kind: 'ask', ask: wanted })
  })

  it.each(['proposer', 'proposer 2', 'rubrique', 'reprendre proposition', 'horizon 2027', 'sujet de départ'])(
    '« %s » is asked to say more',
    (typed) => {
      expect(read(typed)).toMatchObject({ kind: 'incomplete' })
    },
  )
})
