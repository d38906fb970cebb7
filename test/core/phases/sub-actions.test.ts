import { describe, expect, it } from 'vitest'
import { readFormat } from '../../../src/core/format.ts'
import { theRoom } from '../../../src/core/phases/contract.ts'
import { seatOf } from '../../../src/core/session/place.ts'
import type { Text } from '../../../src/core/text.ts'
import { dialogView } from '../../../src/core/views/index.ts'
import { speak } from '../../../src/locales/index.ts'
import { readTyped } from '../../../src/teams/commands.ts'
import { formatOf, joining, person, type Stage, workshopOf } from '../../support/stage.ts'

const text = (fr: string, en = fr) => ({ fr, en })
const starters = [
  {
    id: 'transparence',
    text: text('Pour être plus transparents, nous pourrions…', 'To be clearer, we could…'),
  },
  { id: 'qu', text: text('Il suffirait qu’…', 'It would be enough to…') },
]
const headings = [
  { id: 'titre', label: text('Titre de l’engagement'), help: text('Quelques mots.') },
  { id: 'participation', label: text('Participation'), help: text('En quoi ?') },
]
const listing = { id: 'lister', phase: 'sub-actions', options: { starters } }

const workshop = (...people: string[]) => workshopOf([listing], ...people)

const give = (words: string, starter = 'transparence') => ({ do: 'starter-give', starter, text: words })
const add = (title: string, more: Record<string, unknown> = {}) => ({ do: 'sub-action-add', title, ...more })

const seat = (here: Stage) => {
  const found = seatOf(here.session(), 'lister', here.now())
  if (!found) throw new Error('no seat')
  return found
}
const harvest = (here: Stage) => seat(here).phase.harvest(seat(here).place)
const ideas = (here: Stage) => seat(here).phase.contributions(seat(here).place)
const numbered = (here: Stage, number: number) => harvest(here).find((one) => one.number === number)
const body = (here: Stage, who: string | null) =>
  here.sees(who === null ? theRoom : person(who)).body as Record<string, unknown>

const dialog = (here: Stage, by: string, name: string, draft: Record<string, unknown> = {}) =>
  dialogView(name, 'lister', {
    session: here.session(),
    slot: 'step/lister/1',
    viewer: person(by),
    now: here.now(),
    draft,
    by,
  })?.data as Record<string, unknown> | undefined

const typed = (here: Stage, line: string) =>
  readTyped(line, {
    meeting: here.meeting(),
    by: 'marie',
    name: 'Marie',
    defaultFormat: 'test-format',
    formats: ['test-format'],
    now: here.now(),
  })

/** Types it in the chat, and it must be carried out. */
const types = (here: Stage, who: string, line: string): Stage => {
  const read = typed(here, line)
  if (read.kind !== 'ask') throw new Error(`"${line}" was not understood`)
  return here.does(who, read.ask)
}

/** Two ideas from Paul, one from Léa; Karim takes the notes. */
function withIdeas(): Stage {
  return workshop('paul', 'lea', 'karim')
    .does('marie', { do: 'name-role', person: 'karim', role: 'note-taker' })
    .says('paul', give('publier les délais de réponse'))
    .says('lea', give('on relise chaque courrier avec des usagers', 'qu'))
    .says('paul', give('ouvrir le conseil au public'))
}

describe('a sentence to complete', () => {
  it('is completed live by anyone who takes part, and shown to everyone under its beginning', () => {
    const here = withIdeas()
    expect(ideas(here).map((one) => [one.id, one.number, one.sentence, one.authors])).toEqual([
      ['paul#1', 1, 'Pour être plus transparents, nous pourrions publier les délais de réponse', ['paul']],
      ['lea#1', 2, 'Il suffirait qu’on relise chaque courrier avec des usagers', ['lea']],
      ['paul#2', 3, 'Pour être plus transparents, nous pourrions ouvrir le conseil au public', ['paul']],
    ])
    expect(body(here, null).starters).toMatchObject([
      { number: '1', ideas: [{ number: '3', name: { said: 'Paul Martin' } }, { number: '1' }] },
      { number: '2', ideas: [{ number: '2' }] },
    ])
  })

  it('is not completed by the organising team, nor by someone who has not joined', () => {
    const here = workshop('paul')
    expect(here.triesTo('marie', give('x'))).toMatchObject({ refusal: 'participants-only' })
    expect(here.triesTo('zoe', give('x'))).toMatchObject({ refusal: 'join-first' })
  })

  it('keeps what was typed when its end or its beginning is missing', () => {
    const here = workshop('paul')
    const refusal = here.triesTo('paul', { do: 'starter-give', text: ' ' })
    expect(refusal?.problems).toMatchObject({
      starter: { say: 'sub-actions.choose-starter' },
      text: { say: 'problem.empty' },
    })
    expect(here.triesTo('paul', give('x'.repeat(401)))?.problems).toHaveProperty('text')
    expect(here.triesTo('paul', give('x', 'unknown'))?.problems).toHaveProperty('starter')
    expect(ideas(here)).toEqual([])
  })

  it('is not begun twice by someone who writes the whole of it', () => {
    const here = workshop('paul')
      .says('paul', give('Pour être plus transparents, nous pourrions publier le budget'))
      .says('paul', give('… afficher les délais'))
    expect(ideas(here).map((one) => one.sentence)).toEqual([
      'Pour être plus transparents, nous pourrions publier le budget',
      'Pour être plus transparents, nous pourrions afficher les délais',
    ])
  })

  it('is read by each in her own language', () => {
    const choices = (dialog(withIdeas(), 'karim', 'formulate')?.choices ?? []) as { title: Text }[]
    const read = (lang: 'fr' | 'en') => choices.map(({ title }) => speak(title, { lang, zone: 'UTC' }))[0]
    expect(read('en')).toBe('3 – To be clearer, we could ouvrir le conseil au public (Paul Martin)')
    expect(read('fr')).toBe(
      '3 – Pour être plus transparents, nous pourrions ouvrir le conseil au public (Paul Martin)',
    )
  })

  it('gives no wall of text: eight at most on the card, those still to formulate first', () => {
    const here = workshop('paul', 'lea').says('paul', give('la toute première'))
    for (let count = 2; count <= 10; count += 1) here.says('lea', give(`idée ${count}`))
    here.says('marie', add('Une action', { sources: 'lea#9' }))
    const [group] = body(here, 'paul').starters as { ideas: { number: string }[] }[]
    expect(group?.ideas.map((one) => one.number)).toEqual(['9', '8', '7', '6', '5', '4', '3', '2'])
    expect(body(here, 'paul').more).toMatchObject({ with: { count: 2 } })
    expect(dialog(here, 'marie', 'formulate')?.choices).toHaveLength(10)
  })

  it('reaches someone who joins late', () => {
    const here = withIdeas().does('zoe', joining('zoe'))
    expect(body(here, 'zoe').ideas).toMatchObject({ with: { count: 3 } })
    here.says('zoe', give('tout traduire'))
    expect(ideas(here).at(-1)).toMatchObject({ id: 'zoe#1', number: 4 })
  })
})

describe('one’s own ideas', () => {
  const form = (here: Stage, who: string) => here.sees(person(who), 'form/lister/1')

  it('stand in the form as a receipt, with room for another at once', () => {
    const here = withIdeas()
    expect(form(here, 'paul')).toMatchObject({
      mine: [{ text: { said: 'ouvrir le conseil au public' } }, { mayWithdraw: true }],
      starter: 'transparence',
      mayEdit: true,
    })
    expect(form(here, 'lea')).toMatchObject({
      mine: [{ text: { said: expect.stringContaining('courrier') } }],
    })
    expect(form(here, 'marie')).toMatchObject({ neutral: true, mine: [] })
  })

  it('are changed together, and an emptied one is pointed out', () => {
    const here = withIdeas()
    const change = { do: 'starters-edit', ideas: '1,3', 'i-1': 'publier tous les délais' }
    expect(here.triesTo('paul', change)?.problems).toMatchObject({ 'i-3': { say: 'problem.empty' } })
    here.says('paul', { ...change, 'i-3': 'ouvrir le conseil au public' })
    expect(ideas(here).map((one) => one.number)).toEqual([1, 2, 3])
    expect(ideas(here)[0]?.sentence).toContain('publier tous les délais')
    expect(here.triesTo('lea', change)).toMatchObject({ refusal: 'unknown' })
  })

  it('are withdrawn, and their number is not given again', () => {
    const here = withIdeas().says('paul', { do: 'starter-withdraw', idea: 'paul#2' })
    expect(ideas(here)).toHaveLength(2)
    here.says('paul', give('autre chose'))
    expect(ideas(here).at(-1)).toMatchObject({ id: 'paul#3', number: 4 })
    expect(here.triesTo('lea', { do: 'starter-withdraw', idea: 'paul#1' })?.problems).toMatchObject({
      text: { say: 'sub-actions.not-yours' },
    })
    expect(here.triesTo('lea', { do: 'starter-withdraw', idea: '99' })).toMatchObject({ refusal: 'unknown' })
  })

  it('stay once a sub-action is made of them, and come free again when it is undone', () => {
    const here = withIdeas().says('marie', add('Publier les délais', { sources: 'paul#1' }))
    expect(here.triesTo('paul', { do: 'starter-withdraw', idea: 'paul#1' })).toMatchObject({
      refusal: 'taken',
    })
    expect(here.triesTo('paul', { do: 'starter-edit', idea: '1', text: 'autre' })?.problems).toMatchObject({
      text: { say: 'sub-actions.used-already' },
    })
    expect(form(here, 'paul')).toMatchObject({
      mine: [{ mayWithdraw: true }, { mayWithdraw: false, used: { with: { number: 1 } } }],
    })
    here.does('marie', { do: 'undo' }).says('paul', { do: 'starter-withdraw', idea: 'paul#1' })
    here.does('marie', { do: 'redo' })
    expect(numbered(here, 1)).toMatchObject({ title: 'Publier les délais', sources: [], authors: [] })
  })

  it('are no longer taken when the step is over', () => {
    const here = workshopOf([listing, { ...listing, id: 'encore' }], 'paul').says('paul', give('une idée'))
    here.does('marie', { do: 'next' })
    expect(here.triesTo('paul', give('une autre'), 'lister')).toMatchObject({ refusal: 'not-now' })
    expect(form(here, 'paul')).toMatchObject({ over: true, mayEdit: false, mine: [{ mayWithdraw: false }] })
  })
})

describe('a sub-action', () => {
  it('is formulated from ideas, and credits their authors', () => {
    const here = withIdeas()
    expect(dialog(here, 'karim', 'formulate', { about: 'paul#1' })).toMatchObject({
      title: { said: 'Publier les délais de réponse' },
      sources: 'paul#1',
      quotedName: { said: 'Paul Martin' },
    })
    here.says('karim', add('Publier les délais', { sources: 'paul#1,lea#1', sentence: 'Chaque mois.' }))
    expect(numbered(here, 1)).toMatchObject({
      title: 'Publier les délais',
      sentence: 'Chaque mois.',
      authors: ['paul', 'lea'],
      sources: ['lister/paul#1', 'lister/lea#1'],
    })
    here.does('marie', { do: 'undo' })
    expect(harvest(here)).toEqual([])
    expect(ideas(here)).toHaveLength(3)
  })

  it('may be heard aloud, from someone or from nobody in particular', () => {
    const here = withIdeas()
      .says('karim', add('Ouvrir le conseil', { author: 'lea' }))
      .says('marie', add('Traduire', { author: 'nobody' }))
    expect(harvest(here).map((one) => one.authors)).toEqual([['lea'], []])
  })

  it('is written by the organising team alone', () => {
    const here = withIdeas().says('marie', add('Publier'))
    expect(here.triesTo('paul', add('Autre'))).toMatchObject({ refusal: 'organisers-only' })
    expect(dialog(here, 'paul', 'formulate')).toBeUndefined()
    expect(body(here, 'paul')).toMatchObject({ writes: false, twins: [], removed: [] })
  })

  it('needs one line, not more; an idea withdrawn meanwhile is pointed out', () => {
    const here = withIdeas()
    expect(here.triesTo('marie', { do: 'sub-action-add', sentence: 'x' })?.problems).toHaveProperty('title')
    expect(here.triesTo('marie', add('x'.repeat(121)))?.problems).toHaveProperty('title')
    here.says('paul', { do: 'starter-withdraw', idea: 'paul#1' })
    expect(here.triesTo('marie', add('Publier', { sources: 'paul#1,paul#2' }))?.problems).toMatchObject({
      sources: { say: 'sub-actions.idea-gone' },
    })
    expect(harvest(here)).toEqual([])
  })

  it('is never overwritten silently by a second editor, whose ticks join those of the first', () => {
    const here = withIdeas().says('marie', add('Publier', { sources: 'paul#1' }))
    const id = numbered(here, 1)?.id ?? ''
    const { was } = dialog(here, 'karim', 'sub-action', { about: id }) ?? {}
    const change = { do: 'sub-action-edit', action: id, was: String(was) }
    here.says('marie', { ...change, title: 'Publier les délais', sources: 'paul#1,paul#2' })
    const late = { ...change, title: 'Tout publier', sources: 'paul#1,lea#1' }
    const refusal = here.triesTo('karim', late)
    expect(refusal?.problems).toMatchObject({
      title: { say: 'sub-actions.changed', with: { text: { said: 'Publier les délais' } } },
    })
    const again = dialog(here, 'karim', 'sub-action', {
      about: id,
      typed: late,
      problems: refusal?.problems,
    })
    expect(again).toMatchObject({ title: { said: 'Tout publier' }, sources: 'paul#1,lea#1,paul#1,paul#2' })
    here.says('karim', { ...late, was: String(again?.was), sources: String(again?.sources) })
    expect(numbered(here, 1)).toMatchObject({ title: 'Tout publier', authors: ['paul', 'lea'] })
    expect(numbered(here, 1)?.sources).toHaveLength(3)
  })

  it('loses the ideas that are no longer ticked', () => {
    const here = withIdeas().says('marie', add('Publier', { sources: 'paul#1,lea#1', sentence: 'Vite.' }))
    const id = numbered(here, 1)?.id ?? ''
    const { was } = dialog(here, 'marie', 'sub-action', { about: id }) ?? {}
    here.says('marie', { do: 'sub-action-edit', action: id, was: String(was), title: 'Publier' })
    expect(numbered(here, 1)).toMatchObject({ sentence: '', sources: [], authors: [] })
  })

  it('merges with another: every idea and every author is kept, with the text typed', () => {
    const here = withIdeas()
      .says('marie', add('Publier les délais', { sources: 'paul#1' }))
      .says('marie', add('Relire les courriers', { sources: 'lea#1', author: 'karim' }))
    const [a, b] = harvest(here).map((one) => one.id)
    const { was } = dialog(here, 'marie', 'sub-action', { about: a }) ?? {}
    const merge = { do: 'sub-action-merge', action: a, was: String(was), title: 'Publier et relire' }
    expect(here.triesTo('marie', merge)?.problems).toHaveProperty('with')
    here.says('marie', { ...merge, with: b, sources: 'paul#1' })
    expect(harvest(here)).toHaveLength(1)
    expect(numbered(here, 1)).toMatchObject({
      title: 'Publier et relire',
      authors: ['paul', 'lea', 'karim'],
      sources: ['lister/paul#1', 'lister/lea#1'],
    })
    expect(here.triesTo('marie', { ...merge, with: b })).toMatchObject({ refusal: 'unknown' })
    here.does('marie', { do: 'undo' })
    expect(harvest(here).map((one) => one.title)).toEqual(['Publier les délais', 'Relire les courriers'])
  })

  it('that looks like another is pointed out to the organising team, until told apart', () => {
    const here = withIdeas()
      .says('marie', add('Publier les délais de réponse'))
      .says('marie', add('Publier le délai des réponses'))
    const [a, b] = harvest(here).map((one) => one.id)
    expect(body(here, 'karim')).toMatchObject({ twins: [{ keep: a, with: b }] })
    here.says('karim', { do: 'sub-actions-apart', action: a, with: b })
    expect(body(here, 'karim')).toMatchObject({ twins: [] })
    here.does('marie', { do: 'undo' }).says('marie', { do: 'sub-action-merge', action: a, with: b })
    expect(harvest(here)).toHaveLength(1)
  })

  it('is removed and put back under its number, which nobody else gets', () => {
    const here = withIdeas().says('marie', add('Une')).says('marie', { do: 'sub-action-remove', action: '1' })
    expect(harvest(here)).toEqual([])
    expect(body(here, 'marie').removed).toHaveLength(1)
    here.says('marie', add('Deux')).says('marie', { do: 'sub-action-restore', action: '1' })
    expect(harvest(here).map((one) => [one.number, one.title])).toEqual([
      [1, 'Une'],
      [2, 'Deux'],
    ])
    expect(here.triesTo('marie', { do: 'sub-action-restore', action: '1' })).toMatchObject({
      refusal: 'already',
    })
  })
})

describe('a long list', () => {
  it('has a limit, and its card keeps to titles', () => {
    const here = withIdeas()
    for (let count = 1; count <= 30; count += 1) here.says('marie', add(`Action ${count}`, { author: 'lea' }))
    expect(here.triesTo('marie', add('Une de trop'))).toMatchObject({ refusal: 'full' })
    expect(body(here, null).list).toHaveLength(30)
    expect(body(here, null).list).toContainEqual(expect.objectContaining({ number: '30', authors: null }))
    here.says('marie', { do: 'sub-action-remove', action: '4' }).says('marie', add('Encore une'))
    expect(here.triesTo('marie', { do: 'sub-action-restore', action: '4' })).toMatchObject({
      refusal: 'full',
    })
  })
})

describe('the canvas', () => {
  const canvas = { id: 'canevas', phase: 'canvas', options: { headings } }
  const cited = { ...listing, options: { starters, canvas: 'canevas' } }

  function withCanvas(): Stage {
    const here = workshopOf([canvas, cited], 'paul')
    for (const { id } of headings)
      here.says('marie', { do: 'heading-write', heading: id, text: `Texte de ${id}` })
    return here.does('marie', { do: 'next' }).says('paul', give('publier'))
  }

  it('is cited by the sub-actions that serve one of its headings', () => {
    const here = withCanvas()
    expect(dialog(here, 'marie', 'formulate')).toMatchObject({
      headings: [{ value: 'titre', title: headings[0]?.label }, { value: 'participation' }],
      heading: 'none',
    })
    here.says('marie', add('Publier', { sources: 'paul#1', heading: 'participation' }))
    expect(numbered(here, 1)?.sources).toEqual(['lister/paul#1', 'canevas/participation'])
    expect(here.triesTo('marie', add('Autre', { heading: 'ailleurs' }))?.problems).toHaveProperty('heading')
    expect(body(here, null).list).toMatchObject([
      { heading: { with: { names: { listing: [headings[1]?.label] } } } },
    ])
  })

  it('keeps the headings of both when two are merged, and lets one go', () => {
    const here = withCanvas()
      .says('marie', add('Publier', { heading: 'titre' }))
      .says('marie', add('Ouvrir', { heading: 'participation' }))
      .says('marie', { do: 'sub-action-merge', action: '1', with: '2' })
    expect(numbered(here, 1)?.sources).toEqual(['canevas/titre', 'canevas/participation'])
    here.says('marie', { do: 'sub-action-edit', action: '1', heading: 'none' })
    expect(numbered(here, 1)).toMatchObject({ title: 'Publier', sources: ['canevas/participation'] })
  })

  it('must be an earlier canvas of the script, and the beginnings must be beginnings', () => {
    const mistakes = (options: unknown) => {
      const script = { ...formatOf([listing]), segments: [{ ...formatOf([listing]).segments[0], options }] }
      const read = readFormat(script)
      return 'mistakes' in read
        ? read.mistakes.map(({ what }) => speak(what, { lang: 'en', zone: 'UTC' }))
        : []
    }
    expect(mistakes({ starters, canvas: 'nulle-part' })).toEqual([
      '“nulle-part” is no canvas that comes before this one; put a segment whose phase is canvas before it.',
    ])
    expect(mistakes({ starters: [{ id: 'a', text: text('Sans points') }] })[0]).toContain('ends with “…”')
    expect(mistakes({ starters: [starters[0], starters[0]] })[0]).toContain('already used')
  })
})

describe('the sweep', () => {
  function swept(): Stage {
    return withIdeas()
      .says('marie', add('Publier les délais', { sources: 'paul#1', sentence: 'Chaque mois.' }))
      .says('marie', { do: 'sweep', to: 'list' })
  }

  it('turns the card to the whole list, asks what is missing, and goes back', () => {
    const here = withIdeas()
    expect(here.triesTo('marie', { do: 'sweep' })?.problems).toHaveProperty('sweep')
    here.says('marie', add('Publier', { sentence: 'Chaque mois.' }))
    expect(here.triesTo('karim', { do: 'sweep' })).toMatchObject({ refusal: 'facilitator-only' })
    expect(here.triesTo('paul', { do: 'see-one' })).toMatchObject({ refusal: 'not-now' })
    const steps = here.session().steps.length
    here.says('marie', { do: 'sweep', to: 'list' })
    expect(here.triesTo('marie', { do: 'sweep', to: 'list' })).toMatchObject({ refusal: 'already' })
    expect(here.session().steps.length).toBe(steps + 1)
    expect(body(here, null)).toMatchObject({
      sweeping: true,
      starters: [],
      list: [{ sentence: { said: 'Chaque mois.' } }],
      mayAnswer: true,
    })
    expect(body(here, 'karim').waiting).toMatchObject({ with: { count: 3 } })
    here.says('marie', { do: 'sweep', to: 'ideas' })
    expect(body(here, null)).toMatchObject({ sweeping: false, list: [{ sentence: null }] })
    here.does('marie', { do: 'undo' })
    expect(body(here, null).sweeping).toBe(true)
  })

  it('is answered with one tap, and who sees one is told to the facilitators alone', () => {
    const here = swept().says('paul', { do: 'nothing-missing' }).says('lea', { do: 'see-one' })
    expect(body(here, 'marie')).toMatchObject({
      answered: { with: { nothing: 1, total: 2 } },
      seeing: { with: { count: 1, names: { listing: [{ said: 'Lea Martin' }] } } },
      mayAnswer: false,
    })
    expect(body(here, 'lea')).toMatchObject({ mine: 'one', answered: null, seeing: null })
    for (const who of [null, 'paul', 'karim'])
      expect(JSON.stringify([body(here, who).answered, body(here, who).seeing])).toBe('[null,null]')
    here.says('lea', { do: 'nothing-missing' })
    expect(body(here, 'marie')).toMatchObject({ answered: { with: { nothing: 2 } }, seeing: null })
  })

  it('asks afresh each time round', () => {
    const here = swept().says('lea', { do: 'see-one' })
    here.says('marie', { do: 'sweep' }).says('marie', { do: 'sweep' })
    expect(body(here, 'lea').mine).toBe('')
    expect(body(here, 'marie').seeing).toBeNull()
  })
})

describe('the summary', () => {
  it('tells the sub-actions with who gave the ideas, then the ideas not used', () => {
    const here = withIdeas().says('marie', add('Publier', { sources: 'paul#1,lea#1' }))
    const { blocks } = seat(here).phase.chapter(seat(here).place)
    expect(blocks).toMatchObject([
      {
        block: 'table',
        rows: [
          [
            { said: '1' },
            { said: 'Publier' },
            { said: '' },
            { listing: [{ said: 'Paul Martin' }, { said: 'Lea Martin' }] },
          ],
        ],
      },
      { block: 'list', items: [{ with: { name: { said: 'Paul Martin' } } }] },
    ])
  })

  it('says so when nothing was formulated', () => {
    const here = workshop('paul')
    expect(seat(here).phase.chapter(seat(here).place).blocks).toEqual([
      { block: 'text', text: { say: 'sub-actions.none' } },
    ])
  })
})

describe('typed in the chat', () => {
  it('everything can be done', () => {
    const here = withIdeas()
    types(here, 'lea', 'idée 1 afficher les délais')
    types(here, 'lea', 'compléter 2 on publie tout')
    types(here, 'lea', 'modifier idée 4 afficher tous les délais')
    types(here, 'lea', 'retirer idée 5')
    expect(ideas(here).at(-1)).toMatchObject({
      number: 4,
      sentence: expect.stringContaining('tous les délais'),
    })
    types(here, 'karim', 'formuler idées 1 4 : Publier les délais : Chaque mois.')
    types(here, 'karim', 'formuler Ouvrir le conseil')
    types(here, 'karim', 'entendu Léa : Traduire : Tout.')
    expect(harvest(here)).toMatchObject([
      { title: 'Publier les délais', sentence: 'Chaque mois.', authors: ['paul', 'lea'] },
      { title: 'Ouvrir le conseil', authors: [] },
      { title: 'Traduire', sentence: 'Tout.', authors: ['lea'] },
    ])
    types(here, 'karim', 'sous-action 1 Publier vite')
    types(here, 'karim', 'sous-action 2 idées 3')
    expect(harvest(here)).toMatchObject([
      { title: 'Publier vite', sentence: 'Chaque mois.', authors: ['paul', 'lea'] },
      { sources: ['lister/paul#2'] },
      {},
    ])
    types(here, 'karim', 'fusionner sous-actions 1 2')
    types(here, 'marie', 'annuler')
    types(here, 'karim', 'fusionner 1 2')
    types(here, 'karim', 'retirer sous-action 3')
    types(here, 'karim', 'remettre sous-action 3')
    types(here, 'karim', 'distinguer sous-actions 1 3')
    types(here, 'marie', 'balayage')
    types(here, 'lea', 'rien ne manque')
    types(here, 'lea', 'J’en vois une')
    expect(body(here, 'lea').mine).toBe('one')
  })

  it('a canvas heading is named by its beginning, in English too', () => {
    const canvas = { id: 'canevas', phase: 'canvas', options: { headings } }
    const here = workshopOf([canvas, { ...listing, options: { starters, canvas: 'canevas' } }], 'paul')
    here.says('marie', { do: 'heading-write', heading: 'participation', text: 'Un texte' })
    here.does('marie', { do: 'next' }).says('paul', give('publier'))
    types(here, 'marie', 'formulate ideas 1: Publish')
    types(here, 'marie', 'sub-action 1 heading particip')
    expect(numbered(here, 1)).toMatchObject({
      title: 'Publish',
      sources: ['lister/paul#1', 'canevas/participation'],
    })
  })

  it.each(['idée', 'idée 3', 'formuler', 'sous-action 3', 'fusionner sous-actions 3', 'retirer idée'])(
    '"%s" asks for the words that are missing',
    (line) => {
      expect(typed(workshop('paul'), line)).toMatchObject({ kind: 'incomplete' })
    },
  )
})
