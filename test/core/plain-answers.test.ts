import { describe, expect, it } from 'vitest'
import { deskOf, plainAnswer } from '../../src/core/plain-answers.ts'
import { ideas, type Stage, workshopAt, workshopOf } from '../support/stage.ts'

const read = (here: Stage, who: string, text: string) => plainAnswer(text, here.session(), who, here.now())
const input = (here: Stage, who: string, text: string) => {
  const answer = read(here, who, text)
  return answer && 'input' in answer ? answer.input : answer
}

describe('what someone writes alone', () => {
  it('is a subject while subjects are written, whatever word it begins with', () => {
    const here = workshopAt('identifier', 'paul', 'lea')
    expect(input(here, 'paul', 'Suite du budget : le dire en images : simplement')).toEqual({
      do: 'ideas-save',
      title1: 'Suite du budget',
      sentence1: 'le dire en images : simplement',
    })
    here.says('paul', ideas('Budget', 'Une phrase.'))
    expect(input(here, 'paul', 'Cantines: bien manger')).toMatchObject({
      title1: 'Budget',
      title2: 'Cantines',
      sentence2: 'bien manger',
    })
    expect(input(here, 'paul', '1. Budgets : au pluriel')).toEqual({
      do: 'ideas-save',
      title1: 'Budgets',
      sentence1: 'au pluriel',
    })
    expect(read(here, 'paul', '3 Trop : loin')).toMatchObject({ wrong: { say: 'private.full' } })
  })

  it.each(['terminé', 'suivant', 'note', 'titre :', ': phrase', ''])(
    '« %s » is a command or nothing, and no subject',
    (text) => {
      expect(read(workshopAt('identifier', 'paul'), 'paul', text)).toBeNull()
    },
  )

  it('answers nothing for who does not contribute, is not there, or while nothing secret is asked', () => {
    const here = workshopAt('identifier', 'paul')
    for (const who of ['marie', 'stranger']) expect(read(here, who, 'Titre : phrase')).toBeNull()
    expect(read(workshopAt('tour-de-table', 'paul'), 'paul', 'Titre : phrase')).toBeNull()
  })

  it('is an idea in an exercise by profile, once it is a sentence', () => {
    const here = workshopOf(
      [{ id: 'idees', phase: 'ideation-by-profile', options: { silentMinutes: 5, perPerson: 2 } }],
      'paul',
    )
    expect(input(here, 'paul', 'Fin des dossiers en papier')).toEqual({
      do: 'own-save',
      idea1: 'Fin des dossiers en papier',
    })
    expect(read(here, 'paul', 'plus tard')).toBeNull()
    here.says('paul', { do: 'own-save', idea1: 'Une première idée' })
    expect(input(here, 'paul', 'Une tout autre idée')).toMatchObject({
      idea1: 'Une première idée',
      idea2: 'Une tout autre idée',
    })
    expect(input(here, 'paul', '1 Une idée dite autrement')).toEqual({
      do: 'own-save',
      idea1: 'Une idée dite autrement',
    })
  })

  it('is a rating by the number of a card, several at once, with no opinion where one has none', () => {
    const here = workshopAt('identifier', 'paul', 'lea')
      .says('paul', ideas('Budget'))
      .says('lea', ideas('Cantines'))
    here.does('marie', { do: 'next' }).says('marie', { do: 'cards-show-all' }).does('marie', { do: 'next' })
    const [one, two] = Object.keys((here.session().steer.shared.qualifier as { cards: object }).cards)
    expect(input(here, 'paul', '1 5 4; 2 - 3')).toEqual({
      do: 'rate-save',
      [`d-${one}`]: '5',
      [`f-${one}`]: '4',
      [`d-${two}`]: 'none',
      [`f-${two}`]: '3',
    })
    expect(read(here, 'paul', '1 5 4; 9 5 4')).toMatchObject({ wrong: { say: 'refusal.unknown' } })
    for (const text of ['1 5', '1 5 4 3', 'un 5 4', '1 5 4; merci'])
      expect(read(here, 'paul', text)).toBeNull()
  })

  it('keeps the address and the other answers when one question is answered', () => {
    const here = workshopAt('conclusion', 'paul')
    here.says('paul', { do: 'feedback-save', email: 'p@example.org', consent: 'true', 'q-satisfaction': '3' })
    const answer = input(here, 'paul', '2 4')
    expect(answer).toMatchObject({
      do: 'feedback-save',
      email: 'p@example.org',
      consent: 'true',
      'q-satisfaction': '3',
      'q-expression': '4',
    })
    expect(here.triesTo('paul', answer as Record<string, unknown>)).toBeNull()
    expect(read(here, 'paul', '99 oui')).toMatchObject({ wrong: { say: 'refusal.unknown' } })
  })

  it('shows her what she gave, and nothing of what others gave', () => {
    const here = workshopAt('identifier', 'paul', 'lea').says('lea', ideas('Le secret de Léa'))
    expect(deskOf(here.session(), 'paul', here.now()).mine).toEqual([])
    expect(JSON.stringify(deskOf(here.session(), 'lea', here.now()).mine)).toContain('Le secret de Léa')
  })
})
