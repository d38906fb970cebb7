import { describe, expect, it } from 'vitest'
import { theRoom } from '../../../src/core/phases/contract.ts'
import type { Card } from '../../../src/core/phases/subject-cards.ts'
import { ideas, person, type Stage, workshopAt } from '../../support/stage.ts'

const cardsOf = (here: Stage): Card[] =>
  Object.values((here.session().steer.shared.qualifier as { cards: Record<string, Card> }).cards)

/** Paul and Léa have written; both have had the floor. */
function shared(): Stage {
  const here = workshopAt('identifier', 'paul', 'lea')
  here.says('paul', {
    ...ideas('Budget participatif', 'Un budget décidé avec les habitants.'),
    title2: 'Données de santé',
    sentence2: 'Ouvrir les données.',
  })
  here.says('lea', ideas('Un budget participatif', 'Décider du budget avec les habitants.'))
  here.does('marie', { do: 'next' }).says('marie', { do: 'floor-done' }).says('marie', { do: 'floor-done' })
  return here
}

const numbered = (here: Stage, number: number): Card => {
  const found = cardsOf(here).find((one) => one.number === number)
  if (!found) throw new Error(`no card ${number}`)
  return found
}

describe('subject cards', () => {
  it('appear at their author’s turn, numbered', () => {
    const here = shared()
    expect(cardsOf(here).map((one) => [one.number, one.title, one.authors])).toEqual([
      [1, 'Budget participatif', ['paul']],
      [2, 'Données de santé', ['paul']],
      [3, 'Un budget participatif', ['lea']],
    ])
  })

  it('are edited by facilitator and note-taker, not by others', () => {
    const here = shared().does('marie', { do: 'name-role', person: 'lea', role: 'note-taker' })
    const edit = {
      do: 'card-edit',
      card: numbered(here, 1).id,
      title: 'Budget ouvert',
      sentence: 'Une phrase.',
    }
    expect(here.triesTo('paul', edit)).toMatchObject({ refusal: 'organisers-only' })
    here.says('lea', edit)
    expect(numbered(here, 1)).toMatchObject({ title: 'Budget ouvert', authors: ['paul'], editedBy: ['lea'] })
    here.does('marie', { do: 'undo' })
    expect(numbered(here, 1).title).toBe('Budget participatif')
  })

  it('that look alike are pointed out to the organising team, and to nobody else', () => {
    const here = shared()
    expect(here.sees(person('marie')).body).toMatchObject({ twins: [{ text: { with: { a: 1, b: 3 } } }] })
    expect(here.sees(theRoom).body).toMatchObject({ twins: [] })
    here.says('marie', { do: 'cards-apart', card: numbered(here, 1).id, with: numbered(here, 3).id })
    expect(here.sees(person('marie')).body).toMatchObject({ twins: [] })
  })

  it('merge with credit to every author, and come apart again', () => {
    const here = shared()
    here.says('marie', { do: 'card-merge', card: numbered(here, 1).id, with: numbered(here, 3).id })
    expect(numbered(here, 1).authors).toEqual(['paul', 'lea'])
    expect(numbered(here, 3).state).toBe('merged')
    here.does('marie', { do: 'undo' })
    expect(numbered(here, 3).state).toBe('on')
    expect(numbered(here, 1).authors).toEqual(['paul'])
  })

  it('keep what was typed in the dialog when two are merged from it', () => {
    const here = shared()
    const typed = { title: 'Un seul sujet', sentence: 'Les deux ensemble.', was: 0 }
    const into = numbered(here, 1).id
    expect(here.triesTo('marie', { do: 'card-merge', card: into, ...typed })?.problems).toHaveProperty('with')
    here.says('marie', { do: 'card-merge', card: into, with: numbered(here, 3).id, ...typed })
    expect(numbered(here, 1)).toMatchObject({ title: 'Un seul sujet', authors: ['paul', 'lea'] })
    const again = { do: 'card-merge', card: into, with: numbered(here, 2).id, ...typed }
    expect(here.triesTo('marie', again)?.problems).toHaveProperty('title')
  })

  it('are added when heard aloud, removed and put back', () => {
    const here = shared().says('marie', {
      do: 'card-add',
      title: 'Sport',
      sentence: 'Des terrains ouverts.',
      author: 'lea',
    })
    expect(numbered(here, 4)).toMatchObject({ authors: ['lea'], sources: [] })
    here.says('marie', { do: 'card-remove', card: numbered(here, 4).id })
    expect(numbered(here, 4).state).toBe('removed')
    here.says('marie', { do: 'card-restore', card: numbered(here, 4).id })
    expect(numbered(here, 4).state).toBe('on')
  })

  it('are put back by their number too, for who types; one that was merged lives in the other', () => {
    const here = shared().says('marie', { do: 'card-remove', card: '2' })
    expect(numbered(here, 2).state).toBe('removed')
    here.says('marie', { do: 'card-restore', card: '2' })
    expect(numbered(here, 2).state).toBe('on')
    here.says('marie', { do: 'card-merge', card: numbered(here, 1).id, with: numbered(here, 3).id })
    expect(here.triesTo('marie', { do: 'card-restore', card: '3' })).toEqual({ refusal: 'unknown' })
    expect(here.triesTo('marie', { do: 'card-restore', card: '9' })).toEqual({ refusal: 'unknown' })
  })

  it('are told apart, and added in someone’s name, among those that are there alone', () => {
    const here = shared()
    const apart = { do: 'cards-apart', card: numbered(here, 1).id }
    expect(here.triesTo('marie', { ...apart, with: '9' })).toEqual({ refusal: 'unknown' })
    expect(here.triesTo('paul', { ...apart, with: numbered(here, 3).id })).toEqual({
      refusal: 'organisers-only',
    })
    const heard = { do: 'card-add', title: 'Sport', sentence: 'Des terrains ouverts.' }
    expect(here.triesTo('marie', { ...heard, author: 'personne' })).toEqual({ refusal: 'unknown-person' })
    here.says('marie', { ...heard, author: 'nobody' })
    expect(numbered(here, 4).authors).toEqual([])
  })

  it('refuse an empty title with a sentence', () => {
    expect(shared().triesTo('marie', { do: 'card-add', title: ' ', sentence: 'x' })?.problems).toHaveProperty(
      'title',
    )
  })

  it('of someone who left stay sealed until the facilitator shows them all', () => {
    const here = workshopAt('identifier', 'paul', 'lea')
      .says('paul', ideas('Budget'))
      .does('paul', { do: 'leave' })
    here.does('marie', { do: 'next' })
    expect(here.sees(person('marie')).body).toMatchObject({
      sealed: { with: { count: 1 } },
      mayShowAll: true,
    })
    here.says('marie', { do: 'cards-show-all' })
    expect(cardsOf(here)).toHaveLength(1)
  })
})

describe('two people on one card', () => {
  it('never overwrite each other silently: the second is told what changed, and may then save', () => {
    const here = shared().does('marie', { do: 'name-role', person: 'lea', role: 'note-taker' })
    const edit = { do: 'card-edit', card: numbered(here, 1).id, was: '0', sentence: 'Une phrase.' }
    here.says('marie', { ...edit, title: 'Le vrai coût' })
    expect(here.triesTo('lea', { ...edit, title: 'Autre titre' })?.problems).toMatchObject({
      title: { say: 'subject-cards.changed', with: { title: { said: 'Le vrai coût' } } },
    })
    expect(numbered(here, 1).title).toBe('Le vrai coût')
    here.says('lea', { ...edit, was: '1', title: 'Autre titre' })
    expect(numbered(here, 1).title).toBe('Autre titre')
  })
})
