import { describe, expect, it } from 'vitest'
import { addresses } from '../../../src/core/phases/conclusion.ts'
import { person, workshopAt } from '../../support/stage.ts'

const save = { do: 'feedback-save' }

describe('the conclusion', () => {
  it('keeps an address only with consent, and says what is missing', () => {
    const here = workshopAt('conclusion', 'paul')
    expect(
      here.triesTo('paul', { ...save, email: 'paul@example.org', consent: 'false' })?.problems,
    ).toHaveProperty('consent')
    expect(here.triesTo('paul', { ...save, email: '', consent: 'true' })?.problems).toHaveProperty('email')
    expect(here.triesTo('paul', { ...save, email: 'not an address', consent: 'true' })?.problems).toEqual({
      email: { say: 'problem.email' },
    })
    here.says('paul', { ...save, email: 'paul@example.org', consent: 'true' })
    expect(here.session().answers.conclusion?.paul).toMatchObject({
      email: 'paul@example.org',
      consent: true,
    })
  })

  it('takes feedback without an address, question by question', () => {
    const here = workshopAt('conclusion', 'paul').says('paul', save)
    expect(here.sees(person('paul'), 'form/conclusion/1')).toMatchObject({ receipt: true, hasGiven: false })
  })

  it('counts the answer of an organiser who takes part, and expects none of the others', () => {
    const here = workshopAt('conclusion', 'paul')
    expect(here.sees(person('paul')).body).toMatchObject({ progress: { with: { done: 0, total: 1 } } })
    here.does('marie', { do: 'contribute', on: true }).says('marie', save)
    expect(here.sees(person('paul')).body).toMatchObject({ progress: { with: { done: 1, total: 2 } } })
  })

  it('reminds the organising team whose address is missing, and nobody else', () => {
    const here = workshopAt('conclusion', 'paul', 'lea').says('paul', {
      do: 'email-give',
      email: 'paul@example.org',
    })
    expect(here.sees(person('marie')).body).toMatchObject({
      withoutAddress: { with: { names: { listing: [{ said: 'Lea Martin' }] } } },
    })
    expect(here.sees(person('lea')).body).toMatchObject({ withoutAddress: null })
  })

  it('gives an address back at any time, once the workshop is closed too, and keeps the rest', () => {
    const here = workshopAt('conclusion', 'paul').says('paul', {
      ...save,
      email: 'paul@example.org',
      consent: 'true',
    })
    here.does('marie', { do: 'next' })
    const kept = () => addresses(here.session().answers.conclusion ?? {})
    expect(kept()).toHaveLength(1)
    here.says('paul', { ...save, email: '', consent: 'false' }, 'conclusion')
    expect(kept()).toEqual([])
  })

  it('still takes addresses and feedback once the workshop is closed, and nothing else', () => {
    const here = workshopAt('conclusion', 'paul').does('marie', { do: 'next' })
    here.says('paul', { do: 'email-give', email: 'paul@example.org' }, 'conclusion')
    expect(here.triesTo('paul', { do: 'clear' }, 'introduction')).toMatchObject({ refusal: 'closed' })
    expect(here.tries('marie', { do: 'next' })).toMatchObject({ refusal: 'closed' })
  })
})
