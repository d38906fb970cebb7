import { describe, expect, it } from 'vitest'
import { deskOf, finishing, misread, plainAnswer } from '../../src/core/plain-answers.ts'
import type { Text } from '../../src/core/text.ts'
import { speak } from '../../src/locales/index.ts'
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
    expect(input(here, 'paul', '3 repas bio : par semaine')).toMatchObject({ title2: '3 repas bio' })
    here.says('paul', { do: 'ideas-save', title1: 'A', sentence1: 'B.', title2: 'C', sentence2: 'D.' })
    expect(read(here, 'paul', 'Trop : loin')).toMatchObject({ wrong: { say: 'private.full' } })
  })

  it.each([
    ['2 - Cantines : bien manger', { title2: 'Cantines' }],
    ['2 – Cantines : bien manger', { title2: 'Cantines' }],
    ['2) Cantines : bien manger', { title2: 'Cantines' }],
    ['2 : Cantines : bien manger', { title2: 'Cantines' }],
    ['2 Cantines : bien manger', { title2: 'Cantines' }],
    ['3 - Cantines : bien manger', { title2: 'Cantines' }],
    ['1 - Budgets : au pluriel', { title1: 'Budgets' }],
    ['2-roues : électriques', { title2: '2-roues' }],
    ['1.5 million de logements : les rénover', { title2: '1.5 million de logements' }],
  ])('« %s » is a subject without the number it is given', (text, written) => {
    const here = workshopAt('identifier', 'paul').says('paul', ideas('Budget', 'Une phrase.'))
    expect(input(here, 'paul', text)).toMatchObject(written)
  })

  it.each(['terminé', 'suivant', 'note', ''])('« %s » is a command or nothing, and no subject', (text) => {
    expect(read(workshopAt('identifier', 'paul'), 'paul', text)).toBeNull()
  })

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
    for (const dash of ['-', '‑', '–', '—', '−'])
      expect(input(here, 'paul', `2 ${dash} 3`)).toMatchObject({ [`d-${two}`]: 'none', [`f-${two}`]: '3' })
    expect(read(here, 'paul', '1 5 4; 9 5 4')).toMatchObject({ wrong: { say: 'private.no-card' } })
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
    expect(read(here, 'paul', '99 oui')).toMatchObject({ wrong: { say: 'private.no-question' } })
  })

  it('shows her what she gave, and nothing of what others gave', () => {
    const here = workshopAt('identifier', 'paul', 'lea').says('lea', ideas('Le secret de Léa'))
    expect(deskOf(here.session(), 'paul', here.now()).mine).toEqual([])
    expect(JSON.stringify(deskOf(here.session(), 'lea', here.now()).mine)).toContain('Le secret de Léa')
  })
})

const french = (text: Text | null | undefined) =>
  text ? speak(text, { lang: 'fr', zone: 'Europe/Paris' }).replace(/\s/gu, ' ') : ''
const wrong = (here: Stage, who: string, text: string) => {
  const answer = read(here, who, text)
  return french(answer && 'wrong' in answer ? answer.wrong : null)
}
const rest = (here: Stage, who: string) => french(deskOf(here.session(), who, here.now()).rest)
const lacks = (here: Stage, text: string) => french(misread(text, here.session(), 'paul', here.now()))
const ends = (here: Stage, verb: string) => finishing(verb, here.session(), 'paul', here.now())

/** Two subjects are shown and rated, each by its number. */
const rating = () => {
  const here = workshopAt('identifier', 'paul', 'lea')
    .says('paul', ideas('Budget'))
    .says('lea', ideas('Cantines'))
  return here
    .does('marie', { do: 'next' })
    .says('marie', { do: 'cards-show-all' })
    .does('marie', { do: 'next' })
}
const sends = (here: Stage, text: string) => {
  const answer = read(here, 'paul', text)
  if (!answer || !('input' in answer)) throw new Error(text)
  return here.says('paul', answer.input)
}

describe('a subject that is not one yet', () => {
  const here = () => workshopAt('identifier', 'paul')

  it.each([
    [': ', 'Il manque le titre et la phrase'],
    ['Budget lisible :', '« Budget lisible » n’est pas encore noté : il manque une phrase'],
    [': le publier en images', '« le publier en images » n’est pas encore noté : il manque un titre'],
    [`${'x'.repeat(121)} : une phrase`, 'le titre « '],
    [`Budget : ${'x '.repeat(201)}x`, 'la phrase « '],
  ])('« %s » says what is missing, and quotes what there is', (text, told) => {
    expect(wrong(here(), 'paul', text)).toContain(told)
  })

  it('tells the limit, and how far beyond it she wrote', () => {
    expect(wrong(here(), 'paul', `${'x'.repeat(121)} : une phrase`)).toContain(
      'Ce texte compte 121 caractères ; la limite est de 120.',
    )
    expect(wrong(here(), 'paul', `Budget : ${'x'.repeat(401)}`)).toContain('401 caractères')
  })

  it('without a colon is quoted, with how to write it', () => {
    const told = lacks(here(), 'Publier le budget de la commune en images, chaque année, avant le vote')
    expect(told).toContain('« Publier le budget de la commune en images, chaque année, ava… »')
    expect(told).toContain('« titre : une phrase »')
  })

  it('is not finished with: nothing was written, and an example says how', () => {
    expect(ends(here(), 'ideas-done')).toMatchObject({ tone: 'attention' })
    expect(french(ends(here(), 'ideas-done')?.text)).toContain('Vous n’avez encore rien écrit. Exemple : « ')
    const wrote = here().says('paul', { do: 'ideas-save', title1: 'A', sentence1: 'B.' })
    expect(ends(wrote, 'ideas-done')).toBeNull()
  })

  it('once noted, says what is left until she has finished, and then asks for nothing', () => {
    const wrote = here()
    expect(rest(wrote, 'paul')).toBe('')
    sends(wrote, 'A : B.')
    expect(rest(wrote, 'paul')).toBe('Vous pouvez encore écrire un sujet. Pour finir, écrivez « terminé ».')
    sends(wrote, 'C : D.')
    expect(rest(wrote, 'paul')).toBe('Pour finir, écrivez « terminé ».')
    wrote.says('paul', { do: 'ideas-done' })
    expect(rest(wrote, 'paul')).toMatch(/^Vous avez terminé\./u)
    expect(rest(wrote, 'paul')).not.toContain('« terminé »')
  })
})

describe('an idea that is not one yet', () => {
  const here = () =>
    workshopOf([{ id: 'idees', phase: 'ideation-by-profile', options: { silentMinutes: 5 } }], 'paul')

  it('says that it is too short, or too long, and quotes it', () => {
    expect(lacks(here(), 'Ouvrir plus')).toContain('« Ouvrir plus » n’est pas noté')
    expect(wrong(here(), 'paul', 'mot '.repeat(120))).toContain('la limite est de 400')
    expect(french(ends(here(), 'own-done')?.text)).toContain('Vous n’avez encore rien écrit')
  })

  it('leaves the floor to whoever has it: « terminé » is then about her turn', () => {
    expect(ends(here(), 'floor-done')).toBeNull()
  })
})

describe('a rating that is not one yet', () => {
  it('of a subject that is not there says which there are', () => {
    expect(wrong(rating(), 'paul', '3 4 5')).toContain(
      'Il n’y a pas de sujet 3. Les sujets portent les numéros 1 et 2.',
    )
    expect(wrong(workshopAt('classer', 'paul'), 'paul', '3 4 5')).toContain('pas encore de sujet')
  })

  it('off the scale tells the scale; anything else tells the three numbers', () => {
    expect(wrong(rating(), 'paul', '1 7 4')).toContain('Sujet 1 : donnez deux avis de 1 à 5')
    expect(wrong(rating(), 'paul', '1 4 0')).toContain('Sujet 1 : donnez deux avis de 1 à 5')
    expect(lacks(rating(), '1 5')).toContain('« 1 5 » n’est pas noté : écrivez trois nombres')
  })

  it('leaves told which subjects are left, then that all are rated', () => {
    const here = rating()
    expect(french(ends(here, 'floor-done')?.text)).toContain('aucun avis')
    sends(here, '1 4 -')
    expect(rest(here, 'paul')).toBe('Il reste le sujet 2. Par exemple : « 2 4 5 ».')
    expect(ends(here, 'floor-done')).toMatchObject({ tone: 'attention' })
    sends(here, '2 4 5')
    expect(rest(here, 'paul')).toContain('Vous avez donné tous vos avis')
    expect(ends(here, 'floor-done')).toMatchObject({ tone: 'good' })
    here.says('marie', { do: 'reveal' })
    expect(deskOf(here.session(), 'paul', here.now())).toMatchObject({ how: null, rest: null })
  })
})

describe('an answer to the questionnaire that is not one yet', () => {
  const here = () => workshopAt('conclusion', 'paul')

  it('says which questions and which choices there are', () => {
    expect(wrong(here(), 'paul', '99 oui')).toContain('Il n’y a pas de question 99. Elles vont de 1 à 5.')
    expect(wrong(here(), 'paul', '1 9')).toContain('4 Tout à fait')
    expect(wrong(here(), 'paul', '1 beaucoup')).toContain('répondez par un chiffre')
    expect(wrong(here(), 'paul', `4 ${'x'.repeat(1001)}`)).toContain('la limite est de 1 000')
    expect(lacks(here(), 'très utile')).toContain('commencez par le numéro')
  })

  it('leaves told what is left, the address included, and that nothing is compulsory', () => {
    const answers = sends(here(), '1 4')
    expect(rest(answers, 'paul')).toContain('Il reste les questions 2, 3, 4 et 5')
    expect(rest(answers, 'paul')).toContain('courriel prenom.nom@exemple.fr')
    answers.says('paul', { do: 'email-give', email: 'p@example.org' })
    expect(rest(answers, 'paul')).not.toContain('courriel')
    expect(ends(answers, 'floor-done')).toMatchObject({ tone: 'good' })
  })
})
