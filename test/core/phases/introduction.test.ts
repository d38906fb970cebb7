import { describe, expect, it } from 'vitest'
import { theRoom } from '../../../src/core/phases/contract.ts'
import { workshopAt } from '../../support/stage.ts'

describe('the introduction', () => {
  it('shows what the administration wrote, the running order and the rules', () => {
    const here = workshopAt('introduction', 'paul').does('marie', {
      do: 'prepare',
      objective: 'Ouvrir nos données.',
    })
    expect(here.sees(theRoom).body).toMatchObject({
      context: [{ label: { say: 'context.objective' }, value: { said: 'Ouvrir nos données.' } }],
      agenda: expect.arrayContaining([expect.objectContaining({ number: '7' })]),
    })
  })

  it('refuses a questionnaire link that is not one, and keeps the other fields untouched', () => {
    const here = workshopAt('introduction', 'paul').does('marie', { do: 'prepare', objective: 'A' })
    expect(
      here.tries('marie', { do: 'prepare', questionnaire: 'javascript:alert(1)', objective: 'B' }),
    ).toMatchObject({
      problems: { questionnaire: { say: 'problem.link' } },
    })
    expect(here.session().context.objective).toBe('A')
  })
})
