import { describe, expect, it } from 'vitest'
import { readTyped } from '../../src/teams/commands.ts'
import { actionNumbered, roadmapAt, step, stepCalled } from '../support/roadmap.ts'

const here = step(step(step(roadmapAt(), 'Un'), 'Deux'), 'Trois')
const read = (text: string) =>
  readTyped(text, {
    meeting: here.meeting(),
    by: 'marie',
    name: 'Marie',
    defaultFormat: 'format-1',
    formats: ['format-1'],
    now: here.now(),
  })
const [one, two, three] = ['Un', 'Deux', 'Trois'].map((title) => stepCalled(here, title).id)
const set = (given: Record<string, string>) => ({ do: 'step-set', step: three, ...given })

describe('what is typed about the roadmap', () => {
  it.each([
    [
      'étape 3 Le bilan : un rapport : public',
      set({ title: 'Le bilan', deliverable: 'un rapport : public' }),
    ],
    ['step 3 The review: a report', set({ title: 'The review', deliverable: 'a report' })],
    ['étape 3 : un rapport', set({ deliverable: 'un rapport' })],
    ['modifier l’étape n°3', null],
    ['durée 3 6', set({ months: '6' })],
    ['durée 3 6 mois', set({ months: '6' })],
    ['duration 3 1 month', set({ months: '1' })],
    ['durée 3 -', set({ months: '' })],
    ['dates 3 01/2027 06/2027', set({ start: '01/2027', end: '06/2027' })],
    ['dates 3 2027-01-15 au 2027-02-03', set({ start: '2027-01-15', end: '2027-02-03' })],
    ['dates 3 01/2027', set({ start: '01/2027' })],
    ['dates 3 - 06/2027', set({ end: '06/2027' })],
    ['dates 3 -', set({ start: '', end: '' })],
    ['pilote 3 la préfecture', set({ lead: 'la préfecture' })],
    ['leader 3 the prefecture', set({ lead: 'the prefecture' })],
    ['besoin 3 1 et 2', set({ needs: `${one},${two}` })],
    ['needs 3 -', set({ needs: '' })],
    ['ordre 3 1', { do: 'step-move', step: three, after: one }],
    ['order 3 0', { do: 'step-move', step: three, after: 'first' }],
    ['ordre 3 début', { do: 'step-move', step: three, after: 'first' }],
    ['retirer l’étape 3', { do: 'step-remove', step: three }],
    ['remove step 3', { do: 'step-remove', step: three }],
    ['remettre l’étape Le bilan', { do: 'step-restore', step: 'Le bilan' }],
    ['nouvelle étape Réunir : une liste', { do: 'step-add', title: 'Réunir', deliverable: 'une liste' }],
    [
      'retenir 2 4',
      {
        do: 'step-add',
        title: 'Former les agents',
        takes: `${actionNumbered(here, 2)},${actionNumbered(here, 4)}`,
      },
    ],
    ['keep 99', { do: 'step-add', title: '', takes: '99' }],
    ['proposition 3 six mois suffisent', { do: 'estimate-give', step: three, text: 'six mois suffisent' }],
    ['proposer 3 six mois', { do: 'estimate-give', step: three, text: 'six mois' }],
    ['suggest 4 later', { do: 'estimate-give', step: actionNumbered(here, 4), text: 'later' }],
    ['proposition moins d’étapes', { do: 'estimate-give', step: 'all', text: 'moins d’étapes' }],
    ['durée 9 6', { do: 'step-set', step: '9', months: '6' }],
  ])('"%s" is understood', (text, input) => {
    expect(read(text)).toEqual(
      input ? { kind: 'ask', ask: { do: 'phase', input } } : { kind: 'incomplete', command: 'step-edit' },
    )
  })

  it.each([
    ['durée 3', 'step-months'],
    ['durée six', 'step-months'],
    ['ordre 3', 'step-move'],
    ['étape 3', 'step-edit'],
    ['retenir', 'step-keep'],
    ['retirer l’étape', 'step-remove'],
    ['proposition 3', 'estimate'],
  ])('"%s" asks for the rest', (text, command) => {
    expect(read(text)).toEqual({ kind: 'incomplete', command })
  })

  it('is refused when a number stands for nothing, and leaves the desk its word', () => {
    expect(here.triesTo('marie', { do: 'step-add', title: '', takes: '99' })).toMatchObject({
      refusal: 'unknown',
    })
    expect(read('étape')).toEqual({ kind: 'show', what: 'desk' })
  })
})
