import { describe, expect, it } from 'vitest'
import { bounds } from '../../../src/core/bounds.ts'
import type { Item } from '../../../src/core/phases/contract.ts'
import { theRoom } from '../../../src/core/phases/contract.ts'
import { seatOf } from '../../../src/core/session/place.ts'
import type { Text } from '../../../src/core/text.ts'
import { speak } from '../../../src/locales/index.ts'
import { actionNumbered, actions, roadmapAt, roadmapOf, step, stepCalled } from '../../support/roadmap.ts'
import { joining, lobbyWith, person, type Stage } from '../../support/stage.ts'

const seat = (here: Stage) => {
  const found = seatOf(here.session(), 'feuille', here.now())
  if (!found) throw new Error('no roadmap')
  return found
}
const harvest = (here: Stage): Item[] => seat(here).phase.harvest(seat(here).place)
const titles = (here: Stage) => harvest(here).map((one) => [one.number, one.title])
const bars = (here: Stage) => {
  const picture = seat(here).phase.picture(seat(here).place)
  return picture?.shape === 'timeline' ? picture.bars : null
}
const dates = (here: Stage) => bars(here)?.map(({ start, end }) => [start, end])
const told = (text: unknown): string => speak(text as Text, { lang: 'fr', zone: 'Europe/Paris' })

interface StepView {
  title: Text
  when: Text
  warnings: { text: Text }[]
  estimates: { text: Text }[]
  up: string
  down: string
}
interface Body {
  steps: StepView[]
  left: { title: Text; estimates: { text: Text }[] }[]
  warnings: { text: Text }[]
  removed: unknown[]
  pictureText: Text | null
  [key: string]: unknown
}
const body = (here: Stage, who?: string): Body => here.sees(who ? person(who) : theRoom).body as Body
const form = (here: Stage, who: string) => here.sees(person(who), 'form/feuille/1')
const problemsOf = (here: Stage, who: string, input: Record<string, unknown>) =>
  here.triesTo(who, input)?.problems

/** Three steps, one after the other. */
const three = (options?: Record<string, unknown>): Stage => {
  const here = roadmapAt(options)
  step(here, 'Un', { takes: actionNumbered(here, 1), months: '6' })
  step(here, 'Deux', { takes: actionNumbered(here, 2), months: '2' })
  return step(here, 'Trois', {
    takes: actionNumbered(here, 3),
    deliverable: 'Un guide',
    lead: 'La préfecture',
  })
}
const id = (here: Stage, title: string) => stepCalled(here, title).id

describe('a roadmap', () => {
  it('begins with the sub-actions, and leads the facilitators to make steps of them', () => {
    const here = roadmapAt()
    expect(body(here).left.map(({ title }) => told(title))).toEqual(actions)
    expect(body(here, 'marie')).toMatchObject({ leads: true, writes: true, steps: [], pictureText: null })
    expect(told(here.sees(person('marie')).task)).toBe(
      'Choisissez les sous-actions à retenir et faites-en des étapes.',
    )
    expect(body(step(here, 'Un'), 'marie').leads).toBe(false)
  })

  it('numbers its steps in order, keeps their sources and leaves the other sub-actions aside', () => {
    const here = three()
    expect(titles(here)).toEqual([
      [1, 'Un'],
      [2, 'Deux'],
      [3, 'Trois'],
    ])
    expect(harvest(here)[2]).toMatchObject({
      sentence: 'Un guide',
      authors: ['lea'],
      sources: [`liste/${actionNumbered(here, 3)}`],
    })
    expect(body(here).left.map(({ title }) => told(title))).toEqual(['Faire le bilan'])
  })

  it('gathers several sub-actions in one step, with everyone’s credit', () => {
    const here = roadmapAt()
    step(here, 'Ouvrir et publier', {
      takes: `${actionNumbered(here, 1)},${actionNumbered(here, 3)},nonsense`,
    })
    expect(harvest(here)[0]).toMatchObject({
      authors: ['paul', 'lea'],
      sources: [`liste/${actionNumbered(here, 1)}`, `liste/${actionNumbered(here, 3)}`],
    })
  })

  it('places a sub-action once', () => {
    const here = three()
    const again = { do: 'step-add', title: 'Encore', takes: actionNumbered(here, 1) }
    expect(problemsOf(here, 'marie', again)).toMatchObject({ takes: { say: 'roadmap.taken' } })
  })

  it('is written by facilitators and the note-taker, and by nobody else', () => {
    const here = roadmapAt()
    for (const ask of [
      { do: 'step-add', title: 'Un' },
      { do: 'step-remove', step: 'x' },
      { do: 'step-move', step: 'x', after: 'first' },
    ])
      expect(here.triesTo('paul', ask)).toMatchObject({ refusal: 'organisers-only' })
    here.says('karim', { do: 'step-add', title: 'Un' })
    expect(titles(here)).toEqual([[1, 'Un']])
  })

  it('shows each person what she may do, and no more', () => {
    const here = three()
    here.says('marie', { do: 'step-remove', step: id(here, 'Un') })
    for (const who of [undefined, 'paul'])
      expect(body(here, who)).toMatchObject({ writes: false, removed: [], mayFillCanvas: false })
    expect(body(here, 'paul').steps.every((one) => one.up === '' && one.down === '')).toBe(true)
    expect(body(here, 'karim')).toMatchObject({ writes: true, mayFillCanvas: true, maySetHorizon: false })
    expect(body(here, 'karim').removed).toHaveLength(1)
  })

  it('holds so many steps and no more', () => {
    const here = roadmapAt()
    for (let index = 0; index < bounds.steps; index += 1) step(here, `Étape ${index}`)
    expect(here.triesTo('marie', { do: 'step-add', title: 'De trop' })).toMatchObject({ refusal: 'full' })
  })
})

describe('dates', () => {
  it('follow the order from the start of the horizon; a length nobody gave is marked', () => {
    const here = three()
    expect(dates(here)).toEqual([
      ['2027-01-01', '2027-06-30'],
      ['2027-07-01', '2027-08-31'],
      ['2027-09-01', '2027-11-30'],
    ])
    expect(body(here).steps.map(({ when }) => told(when))).toEqual([
      'janvier 2027 → juin 2027 · 6\u00A0mois',
      'juillet 2027 → août 2027 · 2\u00A0mois',
      'septembre 2027 → novembre 2027 · 3\u00A0mois, à estimer',
    ])
  })

  it('are told as days where they are not whole months', () => {
    const here = step(roadmapAt(), 'Un', { start: '2027-03-12', end: '2027-03-12' })
    step(here, 'Deux', { start: '2027-04-01', months: '1' })
    step(here, 'Trois', { start: '2027-05-03', end: '2027-09-14' })
    expect(body(here).steps.map(({ when }) => told(when))).toEqual([
      '12 mars 2027 · 1 jour',
      'avril 2027 · 1\u00A0mois',
      '3 mai 2027 → 14 septembre 2027 · environ 4\u00A0mois',
    ])
  })

  it('wait for a horizon, which the facilitator is offered to set', () => {
    const here = three().does('marie', { do: 'prepare', horizonStart: '', horizonEnd: '' })
    expect(bars(here)).toBeNull()
    expect(told(body(here).steps[0]?.when)).toBe('Dates à fixer · 6\u00A0mois')
    expect(body(here, 'marie')).toMatchObject({ maySetHorizon: true, picture: null })
    expect(body(here, 'paul')).toMatchObject({ maySetHorizon: false })
  })

  it('that do not hold are pointed out on the card, in the picture and in the summary, and never refused', () => {
    const here = three()
    here.says('marie', {
      do: 'step-set',
      step: id(here, 'Trois'),
      start: '2027-05-01',
      needs: id(here, 'Un'),
    })
    here.says('marie', { do: 'step-set', step: id(here, 'Deux'), end: '2029-03-31' })
    expect(body(here).warnings.map(({ text }) => told(text))).toEqual([
      'Étape 2, «\u00A0Deux\u00A0»\u00A0: se termine le 31 mars 2029, après l’horizon (31 décembre 2028).',
      'Étape 3, «\u00A0Trois\u00A0»\u00A0: commence le 1er mai 2027, avant la fin de l’étape 1 (30 juin 2027).',
    ])
    expect(bars(here)?.map(({ warned }) => warned)).toEqual([false, true, true])
    expect(told(body(here).pictureText)).toContain('à vérifier\u00A0: se termine le 31 mars 2029')
    const { blocks } = seat(here).phase.chapter(seat(here).place)
    expect(blocks[0]).toMatchObject({
      block: 'text',
      text: { say: expect.stringContaining('roadmap.horizon') },
    })
    expect(blocks[2]).toMatchObject({ block: 'list', title: { say: 'roadmap.to-check' } })
  })

  it('are checked in the fields where they are written', () => {
    const here = roadmapAt()
    const wrong = (more: Record<string, string>) =>
      problemsOf(here, 'marie', { do: 'step-add', title: 'Un', ...more })
    expect(wrong({ start: '2027-09-01', end: '2027-03-01' })).toMatchObject({
      end: { say: 'roadmap.ends-first' },
    })
    expect(wrong({ months: '6', end: '2027-03-01' })).toMatchObject({ end: { say: 'roadmap.length-or-end' } })
    expect(wrong({ start: 'bientôt' })).toHaveProperty('start')
    expect(wrong({ start: '2027-02-30' })).toHaveProperty('start')
    for (const months of ['0', '61', '1.5', 'six', '-3'])
      expect(wrong({ months })).toMatchObject({ months: { say: 'roadmap.no-months' } })
    expect(wrong({ title: ' ' })).toHaveProperty('title')
    expect(wrong({ deliverable: 'x'.repeat(201) })).toHaveProperty('deliverable')
    expect(titles(here)).toEqual([])
  })
})

describe('the order', () => {
  it('changes a step at a time, and back', () => {
    const here = three()
    here.says('marie', { do: 'step-move', step: id(here, 'Trois'), after: 'first' })
    expect(titles(here).map(([, title]) => title)).toEqual(['Trois', 'Un', 'Deux'])
    here.says('karim', { do: 'step-move', step: id(here, 'Trois'), after: id(here, 'Un') })
    expect(titles(here).map(([, title]) => title)).toEqual(['Un', 'Trois', 'Deux'])
    here.does('marie', { do: 'undo' }).does('marie', { do: 'undo' })
    expect(titles(here).map(([, title]) => title)).toEqual(['Un', 'Deux', 'Trois'])
  })

  it('is one press away on the card: up, down', () => {
    const here = three()
    const arrows = body(here, 'marie').steps.map(({ up, down }) => [up, down])
    expect(arrows).toEqual([
      ['', id(here, 'Deux')],
      ['first', id(here, 'Trois')],
      [id(here, 'Un'), ''],
    ])
    here.says('marie', { do: 'step-move', step: id(here, 'Trois'), after: arrows[2]?.[0] })
    expect(titles(here).map(([, title]) => title)).toEqual(['Un', 'Trois', 'Deux'])
  })

  it('is not changed twice by the same press, nor after a step that is gone', () => {
    const here = three()
    const move = { do: 'step-move', step: id(here, 'Trois'), after: 'first' }
    here.says('marie', move)
    expect(here.triesTo('karim', move)).toMatchObject({ refusal: 'already' })
    expect(here.triesTo('marie', { ...move, step: 'gone' })).toMatchObject({ refusal: 'unknown' })
    expect(here.triesTo('marie', { ...move, after: 'gone' })).toMatchObject({ refusal: 'unknown' })
  })

  it('may be chosen in the dialog, for a new step too', () => {
    const here = three()
    step(here, 'Tout de suite', { after: 'first' })
    expect(titles(here)[0]).toEqual([1, 'Tout de suite'])
    here.says('marie', {
      do: 'step-edit',
      step: id(here, 'Tout de suite'),
      title: 'Après tout',
      after: id(here, 'Trois'),
      stood: 'first',
    })
    expect(titles(here).at(-1)).toEqual([4, 'Après tout'])
  })

  it('that somebody else has just changed is not put back by a dialog opened before', () => {
    const here = three()
    const edit = { do: 'step-edit', step: id(here, 'Trois'), title: 'Trois', stood: id(here, 'Deux') }
    here.says('karim', { do: 'step-move', step: id(here, 'Trois'), after: 'first' })
    here.says('marie', { ...edit, after: id(here, 'Deux') })
    expect(titles(here)[0]).toEqual([1, 'Trois'])
    expect(problemsOf(here, 'marie', { ...edit, after: id(here, 'Un') })).toMatchObject({
      after: { say: 'roadmap.place-changed' },
    })
  })
})

describe('needs', () => {
  it('that would have steps wait for each other are refused with a sentence', () => {
    const here = three()
    const set = (title: string, needs: string) => ({ do: 'step-set', step: id(here, title), needs })
    here.says('marie', set('Deux', id(here, 'Un'))).says('marie', set('Trois', id(here, 'Deux')))
    expect(problemsOf(here, 'marie', set('Un', id(here, 'Trois')))).toMatchObject({
      needs: { say: 'roadmap.circle', with: { title: { said: 'Trois' } } },
    })
  })

  it('of a step that was removed come back with it', () => {
    const here = three()
    here.says('marie', { do: 'step-set', step: id(here, 'Trois'), needs: id(here, 'Un') })
    here.says('marie', { do: 'step-remove', step: id(here, 'Un') })
    here.says('marie', { do: 'step-edit', step: id(here, 'Trois'), title: 'Trois' })
    expect(stepCalled(here, 'Trois').needs).toEqual([id(here, 'Un')])
  })
})

describe('a step that is removed', () => {
  it('gives its sub-action back, is undone, and comes back to its place', () => {
    const here = three()
    here.says('marie', { do: 'step-remove', step: id(here, 'Deux') })
    expect(titles(here)).toEqual([
      [1, 'Un'],
      [2, 'Trois'],
    ])
    expect(body(here).left.map(({ title }) => told(title))).toEqual(['Former les agents', 'Faire le bilan'])
    expect(here.triesTo('marie', { do: 'step-remove', step: id(here, 'Deux') })).toMatchObject({
      refusal: 'already',
    })
    here.says('karim', { do: 'step-restore', step: 'deu' })
    expect(titles(here)[1]).toEqual([2, 'Deux'])
    here.does('marie', { do: 'undo' }).does('marie', { do: 'undo' })
    expect(titles(here)[1]).toEqual([2, 'Deux'])
  })

  it('leaves a sub-action to the step that has taken it meanwhile', () => {
    const here = three()
    here.says('marie', { do: 'step-remove', step: id(here, 'Deux') })
    step(here, 'À la place', { takes: actionNumbered(here, 2) })
    here.says('marie', { do: 'step-restore', step: id(here, 'Deux') })
    expect(stepCalled(here, 'Deux').takes).toEqual([])
  })
})

describe('two people on one step', () => {
  it('never overwrite each other silently: the second is told what changed, and may then save', () => {
    const here = three()
    const version = stepCalled(here, 'Trois').version
    const edit = { do: 'step-edit', step: id(here, 'Trois'), was: String(version) }
    here.says('marie', { ...edit, title: 'Trois', deliverable: 'Un film' })
    const refused = problemsOf(here, 'karim', { ...edit, title: 'Trois bis' })
    expect(told(refused?.title)).toContain('livrable\u00A0: Un film')
    expect(stepCalled(here, 'Trois').deliverable).toBe('Un film')
    here.says('karim', { ...edit, was: String(stepCalled(here, 'Trois').version), title: 'Trois bis' })
    expect(titles(here)[2]).toEqual([3, 'Trois bis'])
  })

  it('are told apart even when the first has undone and written again', () => {
    const here = three()
    const first = stepCalled(here, 'Trois')
    const edit = (was: number, title: string) => ({ do: 'step-edit', step: first.id, was, title })
    here.says('marie', edit(first.version, 'Quatre'))
    const seen = stepCalled(here, 'Quatre').version
    here.does('marie', { do: 'undo' }).says('marie', edit(first.version, 'Cinq'))
    expect(problemsOf(here, 'karim', edit(seen, 'Six'))).toHaveProperty('title')
  })
})

describe('what is typed about one field', () => {
  it('leaves the others as they are', () => {
    const here = three()
    const set = (given: Record<string, string>) =>
      here.says('marie', { do: 'step-set', step: id(here, 'Trois'), ...given })
    set({ months: '4' })
    expect(stepCalled(here, 'Trois')).toMatchObject({
      months: 4,
      deliverable: 'Un guide',
      takes: [expect.any(String)],
    })
    set({ end: '12/2028' })
    expect(stepCalled(here, 'Trois')).toMatchObject({ months: null, end: '2028-12-31' })
    set({ months: '5' })
    expect(stepCalled(here, 'Trois')).toMatchObject({ months: 5, end: '' })
  })
})

describe('participants’ proposals', () => {
  const propose = (here: Stage, who: string, about: string, text: string) =>
    here.says(who, { do: 'estimate-give', step: about, text })

  it('show live under their step, and are kept as its sources once taken up', () => {
    const here = three()
    propose(here, 'paul', id(here, 'Trois'), 'Six mois suffisent.')
    expect(body(here).steps[2]?.estimates.map(({ text }) => told(text))).toEqual(['Six mois suffisent.'])
    here.says('marie', {
      do: 'step-edit',
      step: id(here, 'Trois'),
      title: 'Trois',
      takes: actionNumbered(here, 3),
      months: '6',
      estimates: 'paul#1',
    })
    expect(body(here).steps[2]?.estimates).toEqual([])
    expect(harvest(here)[2]).toMatchObject({
      authors: ['lea', 'paul'],
      sources: [`liste/${actionNumbered(here, 3)}`, 'feuille/paul#1'],
    })
    expect(seat(here).phase.contributions(seat(here).place)).toEqual([
      { id: 'paul#1', title: '', sentence: 'Six mois suffisent.', authors: ['paul'], sources: [] },
    ])
  })

  it('about a sub-action follow it into the step that takes it, and back out', () => {
    const here = roadmapAt()
    propose(here, 'paul', actionNumbered(here, 1), 'Avec les communes.')
    expect(body(here).left[0]?.estimates).toHaveLength(1)
    step(here, 'Un', { takes: actionNumbered(here, 1) })
    expect(body(here).steps[0]?.estimates).toHaveLength(1)
    propose(here, 'lea', id(here, 'Un'), 'Dès le printemps.')
    here.says('marie', { do: 'step-remove', step: id(here, 'Un') })
    expect(body(here).left[0]?.estimates).toHaveLength(2)
  })

  it('are withdrawn by their author while nothing has taken them up', () => {
    const here = three()
    propose(here, 'paul', 'all', 'Moins d’étapes.')
    propose(here, 'paul', id(here, 'Un'), 'Un an.')
    here.says('marie', { do: 'step-edit', step: id(here, 'Un'), title: 'Un', estimates: 'paul#2' })
    expect(here.triesTo('paul', { do: 'estimate-withdraw', estimate: '2' })).toMatchObject({
      refusal: 'not-now',
    })
    expect(here.triesTo('lea', { do: 'estimate-withdraw', estimate: '1' })).toMatchObject({
      refusal: 'unknown',
    })
    here.says('paul', { do: 'estimate-withdraw', estimate: '1' })
    propose(here, 'paul', 'all', 'Plus d’étapes.')
    expect(form(here, 'paul')).toMatchObject({ receipt: true, mine: [{ n: 3 }, { n: 2, taken: true }] })
  })

  it('need something to say, about something', () => {
    const here = three()
    expect(problemsOf(here, 'paul', { do: 'estimate-give' })).toMatchObject({
      step: { say: 'problem.choice' },
      text: { say: 'problem.empty' },
    })
    expect(problemsOf(here, 'paul', { do: 'estimate-give', step: 'gone', text: 'x' })).toHaveProperty('step')
    expect(here.triesTo('marie', { do: 'estimate-give', step: 'all', text: 'x' })).toMatchObject({
      refusal: 'participants-only',
    })
  })

  it('come from people who join late too', () => {
    const here = three().does('zoe', joining('zoe'))
    expect(form(here, 'zoe')).toMatchObject({ receipt: false, neutral: false })
    propose(here, 'zoe', id(here, 'Deux'), 'Avec les usagers.')
    expect(body(here).steps[1]?.estimates).toHaveLength(1)
  })

  it('are no part of a move: undoing leaves what people wrote', () => {
    const here = three()
    propose(here, 'paul', 'all', 'Moins d’étapes.')
    here.does('marie', { do: 'undo' })
    expect(form(here, 'paul')).toMatchObject({ mine: [{ n: 1 }] })
  })

  it('that no step has taken up stand in the summary', () => {
    const here = three()
    propose(here, 'paul', 'all', 'Moins d’étapes.')
    const { blocks } = seat(here).phase.chapter(seat(here).place)
    expect(blocks.at(-1)).toMatchObject({ title: { say: 'roadmap.open-estimates' } })
  })
})

describe('the canvas', () => {
  it('is shown as far as it is filled, to be completed from here', () => {
    const here = roadmapAt()
    expect(told(body(here).canvas)).toBe('Canevas\u00A0: 0 rubrique sur 3 remplie')
    here.does('marie', { do: 'back' })
    for (const heading of ['titre', 'utile'])
      here.says('marie', { do: 'heading-write', heading, text: 'Oui.' })
    here.does('marie', { do: 'next' })
    expect(told(body(here).canvas)).toBe('Canevas\u00A0: 2 rubriques sur 3 remplies')
    expect(body(here, 'marie')).toMatchObject({ mayFillCanvas: true, canvasSegment: 'canevas' })
  })

  it('is not spoken of where the script names none', () => {
    expect(body(roadmapAt({ canvas: undefined }), 'marie')).toMatchObject({
      canvas: null,
      mayFillCanvas: false,
    })
  })
})

describe('the picture', () => {
  it('spans the horizon and whatever goes past it', () => {
    const here = step(roadmapAt(), 'Un', { start: '2026-11-15', end: '2029-02-10' })
    expect(seat(here).phase.picture(seat(here).place)).toMatchObject({
      from: '2026-11-15',
      until: '2029-02-10',
      horizon: '2028-12-31',
    })
  })

  it('has a text that says all of it', () => {
    const here = three()
    here.says('marie', { do: 'step-set', step: id(here, 'Trois'), needs: id(here, 'Un') })
    expect(told(body(here).pictureText)).toBe(
      [
        'Feuille de route.',
        'Étape 1, «\u00A0Un\u00A0»\u00A0: début janvier 2027, fin juin 2027 (6\u00A0mois).',
        'Étape 2, «\u00A0Deux\u00A0»\u00A0: début juillet 2027, fin août 2027 (2\u00A0mois).',
        'Étape 3, «\u00A0Trois\u00A0»\u00A0: début juillet 2027, fin septembre 2027 (3\u00A0mois, à estimer), livrable\u00A0: Un guide, pilote\u00A0: La préfecture et après l’étape 1.',
      ].join(' '),
    )
  })

  it('has another address when anything in it changes, and only then', () => {
    const here = three()
    const stamp = () => (body(here).picture as { stamp: string }).stamp
    const before = stamp()
    here.says('marie', { do: 'step-set', step: id(here, 'Trois'), deliverable: 'Autre chose' })
    expect(stamp()).toBe(before)
    here.says('marie', { do: 'step-set', step: id(here, 'Trois'), title: 'Troisième' })
    expect(stamp()).not.toBe(before)
    expect(stamp()).toMatch(/^[a-z0-9]+$/u)
  })
})

describe('the dialog', () => {
  const open = (here: Stage, who: string, about?: string, typed?: Record<string, string>) =>
    seat(here).phase.dialog('step', seat(here).place, who, {
      ...(about ? { about } : {}),
      ...(typed ? { typed, problems: {} } : {}),
    })

  it('starts from a sub-action, from a step, or from nothing', () => {
    const here = three()
    expect(open(here, 'marie', actionNumbered(here, 4))).toMatchObject({
      title: { said: 'Faire le bilan' },
      takes: actionNumbered(here, 4),
      step: '',
      after: id(here, 'Trois'),
    })
    expect(open(here, 'karim', id(here, 'Deux'))).toMatchObject({
      title: { said: 'Deux' },
      months: '2',
      stood: id(here, 'Un'),
      after: id(here, 'Un'),
      was: stepCalled(here, 'Deux').version,
    })
    expect(open(here, 'marie')).toMatchObject({ title: { said: '' }, takes: '' })
    expect(open(here, 'paul')).toBeNull()
  })

  it('keeps what was typed, what was emptied included', () => {
    const here = three()
    expect(open(here, 'marie', id(here, 'Trois'), { title: 'Nouveau' })).toMatchObject({
      title: { said: 'Nouveau' },
      deliverable: { said: '' },
      takes: '',
      months: 'none',
    })
  })

  it('offers free sub-actions only, and every other step as a need', () => {
    const here = three()
    expect(open(here, 'marie', id(here, 'Deux'))).toMatchObject({
      actions: [{ value: actionNumbered(here, 2) }, { value: actionNumbered(here, 4) }],
      others: [{ value: id(here, 'Un') }, { value: id(here, 'Trois') }],
    })
  })
})

describe('a roadmap that nobody made', () => {
  it('says so in the summary, with the sub-actions that were left', () => {
    const here = roadmapAt()
    expect(seat(here).phase.chapter(seat(here).place).blocks).toMatchObject([
      { block: 'text', text: { say: 'roadmap.no-step' } },
      { block: 'list', title: { say: 'roadmap.left-out' } },
    ])
    expect(roadmapOf(here)).toEqual({ steps: {}, order: [] })
  })
})

it('has its horizon changed alone, by facilitators, at any moment', () => {
  const here = lobbyWith()
  here.does('marie', { do: 'prepare', subject: 'Les cantines', horizonStart: '2027', horizonEnd: '2028' })
  here.does('marie', { do: 'prepare', horizonStart: '2027', horizonEnd: '2029' })
  expect(here.session().context).toMatchObject({ subject: 'Les cantines', horizonEnd: '2029-12-31' })
})
