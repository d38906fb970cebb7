import { describe, expect, it } from 'vitest'
import { theRoom } from '../../../src/core/phases/contract.ts'
import { viewOf } from '../../../src/core/views/index.ts'
import { ideas, person, workshopAt } from '../../support/stage.ts'

describe('silent ideation', () => {
  it('keeps one or two subjects and tells the room who has finished', () => {
    const here = workshopAt('identifier', 'paul', 'lea')
    here.says('paul', {
      do: 'ideas-save',
      title1: ' Budget ',
      sentence1: 'Un budget\nlisible.',
      title2: '',
      sentence2: '',
    })
    here.says('lea', ideas('Santé'))
    expect(here.session().answers.identifier).toEqual({
      paul: { ideas: [{ title: 'Budget', sentence: 'Un budget lisible.' }], done: false, edits: 1 },
      lea: { ideas: [{ title: 'Santé', sentence: 'Pour santé.' }], done: true, edits: 1 },
    })
    expect(here.sees(theRoom).body).toMatchObject({
      people: [{ state: 'writing' }, { state: 'done' }],
      progress: { with: { done: 1, total: 2 } },
    })
  })

  it('says which field is empty or too long, and keeps nothing wrong', () => {
    const here = workshopAt('identifier', 'paul')
    const refusal = here.triesTo('paul', {
      do: 'ideas-save',
      title1: '   ',
      sentence1: 'x'.repeat(10_000),
      title2: 'Deux',
      sentence2: '',
    })
    expect(refusal?.problems).toEqual({
      title1: { say: 'problem.empty' },
      sentence1: { say: 'problem.long', with: { length: 10_000, max: 400 } },
      sentence2: { say: 'problem.empty' },
    })
    expect(here.session().answers.identifier).toBeUndefined()
  })

  it('counts characters as people do, not bytes', () => {
    const here = workshopAt('identifier', 'paul')
    here.says('paul', ideas('👩🏽‍🚀'.repeat(20)))
    expect(here.triesTo('paul', ideas('é'.repeat(121)))?.problems).toHaveProperty('title1')
  })

  it('lets a person change her text until it is shown, and says so after', () => {
    const here = workshopAt('identifier', 'paul').says('paul', ideas('Budget')).does('marie', { do: 'next' })
    here.says('paul', ideas('Budget ouvert'), 'identifier')
    here.says('marie', { do: 'floor-give', who: 'paul' })
    expect(here.triesTo('paul', ideas('Trop tard'), 'identifier')).toMatchObject({ refusal: 'shown-already' })
  })

  it('is done with what was saved when "I have finished" carries nothing', () => {
    const here = workshopAt('identifier', 'paul')
    here
      .says('paul', { do: 'ideas-save', title1: 'Budget', sentence1: 'Lisible.' })
      .says('paul', { do: 'ideas-done' })
    expect(here.session().answers.identifier?.paul).toMatchObject({
      done: true,
      ideas: [{ title: 'Budget' }],
    })
    here.says('paul', { do: 'ideas-reopen' })
    expect(here.session().answers.identifier?.paul).toMatchObject({ done: false })
  })

  it('opens five minutes of silence when the facilitator says so, and rings at their end without moving on', () => {
    const here = workshopAt('identifier', 'paul')
    expect(here.triesTo('paul', { do: 'silence' })).toMatchObject({ refusal: 'facilitator-only' })
    here.says('marie', { do: 'silence' })
    expect(here.session().steer.shared.identifier).toEqual({
      silence: { deadline: here.now() + 300_000, rang: false },
    })
    here.wait(5)
    expect(here.session().steer.shared.identifier).toMatchObject({ silence: { rang: true } })
    expect(here.session().steer.position).toMatchObject({ index: 3 })
  })

  it('shows a receipt with what was received, to its author alone', () => {
    const here = workshopAt('identifier', 'paul').says('paul', ideas('Budget'))
    expect(here.sees(person('paul'), 'form/identifier/1')).toMatchObject({
      receipt: true,
      done: true,
      ideas: [{ title: { said: 'Budget' } }],
    })
    expect(here.sees(person('lea'), 'form/identifier/1')).toMatchObject({ receipt: false, ideas: [] })
  })
})

describe('a subject that comes late', () => {
  it('is taken while it can still be shown, and refused after: nothing acknowledged is lost', () => {
    const here = workshopAt('identifier', 'paul', 'lea').does('marie', { do: 'next' })
    here.says('paul', ideas('Encore temps'), 'identifier').does('marie', { do: 'next', anyway: 'true' })
    expect(here.triesTo('lea', ideas('Trop tard'), 'identifier')).toMatchObject({ refusal: 'too-late' })
    expect(here.session().answers.identifier?.lea).toBeUndefined()
  })

  it('shows an emptied field empty, not what was kept before', () => {
    const here = workshopAt('identifier', 'paul').says('paul', ideas('Budget'))
    const problems = here.triesTo('paul', { do: 'ideas-save', sentence1: 'Seule.' })?.problems ?? {}
    const drawn = viewOf(here.session(), 'form/identifier/1', person('paul'), here.now(), {
      typed: { sentence1: 'Seule.' },
      problems,
    })
    expect(drawn?.data.blocks).toMatchObject([{ title: { said: '' }, sentence: { said: 'Seule.' } }, {}])
  })
})
