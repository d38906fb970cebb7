import { describe, expect, it } from 'vitest'
import type { Letter, Session } from '../../../src/core/session/types.ts'
import { letterOf } from '../../../src/core/summary/letters.ts'
import type { Lang } from '../../../src/core/text.ts'
import { speak } from '../../../src/locales/index.ts'
import { firstPlayed, lobbyOf, prepared, secondPlayed, thirdPlayed } from '../../support/chained.ts'
import type { Stage } from '../../support/stage.ts'

const first = firstPlayed()
const second = secondPlayed(first)
const third = thirdPlayed(second)

/** With plain spaces, to be read here. */
function told(letter: Letter, session: Session, lang: Lang = 'fr'): string | null {
  const text = letterOf(letter, session, first.now())
  return text && speak(text, { lang, zone: 'Europe/Paris' }).replaceAll('\u00A0', ' ')
}

const empty = Object.fromEntries(Object.keys(prepared).map((key) => [key, '']))
const silent = (here: Stage): Session => ({
  ...here.session(),
  context: { ...here.session().context, ...empty },
})

describe('the message of thanks', () => {
  it('tells participants what came out, where the report is and what comes next', () => {
    expect(
      told('thanks', first.session()),
    ).toBe(`Objet : merci d’avoir pris part à l’atelier « J’identifie des sujets Gouvernement Ouvert »

Bonjour à toutes et à tous,

Merci d’avoir pris part à l’atelier « J’identifie des sujets Gouvernement Ouvert » du lundi 23 novembre 2026.
Nous étions 4 à y travailler ensemble.
Sujet : Ouvrir les budgets

Voici ce qui en ressort :
– Sujets recueillis : 2 sujets
– À porter en priorité : « Les budgets »

Le compte rendu est joint à ce message. Si vos propos n’y sont pas fidèlement repris, dites-le en réponse à ce message ou depuis la carte qui clôt l’atelier, dans la conversation de la réunion.

Si vous ne l’avez pas encore fait, prenez deux minutes pour remplir le questionnaire ; vos réponses aideront à préparer les prochains ateliers :
https://questionnaire.example/1

La suite : Le deuxième atelier se tient dans une semaine.
Contact : ouverture@ville.example

Encore merci, et à bientôt.

Marie Durand`)
  })

  it('leaves out each line whose value nobody gave', () => {
    const text = told('thanks', silent(first)) ?? ''
    for (const absent of ['Sujet :', 'questionnaire', 'La suite', 'Contact'])
      expect(text).not.toContain(absent)
    expect(text).not.toMatch(/\n\n\n| :\n\n/u)
    expect(told('thanks', lobbyOf(1).session())).not.toContain('ressort')
  })

  it('asks for the questionnaire only where there is one', () => {
    const { session } = first
    const context = { ...session().context, questionnaire: '' }
    expect(told('thanks', { ...session(), context })).not.toContain('questionnaire')
  })

  it('thanks for what was agreed on, and leaves what divides to the note', () => {
    const votes = structuredClone(first.session())
    for (const [index, answer] of Object.values(votes.answers.classer ?? {}).entries())
      rate(answer, index === 0 ? 1 : 5)
    expect(told('steering', votes)).toContain('divergent')
    expect(told('thanks', votes)).not.toContain('divergent')
  })

  it('is in the session’s language, whoever reads it', () => {
    expect(told('thanks', third.session(), 'en')).toBe(told('thanks', third.session(), 'fr'))
    const text = told('thanks', { ...third.session(), lang: 'en' }, 'fr')
    expect(text).toMatch(/^Subject: thank you for taking part in the workshop “I describe my roadmap”\n\n/u)
    expect(text).toContain('– Roadmap: 2 steps, from January 2027 to December 2027')
    expect(text).not.toMatch(/Merci|Objet|«/u)
  })
})

describe('the note to the steering body', () => {
  it('tells who, how long, what came out and what is attached', () => {
    expect(
      told('steering', third.session()),
    ).toBe(`Objet : atelier « Je décris ma feuille de route » du lundi 23 novembre 2026

À l’attention de l’instance de pilotage

L’atelier « Je décris ma feuille de route » s’est tenu le lundi 23 novembre 2026.
4 personnes ont rejoint l’atelier : 2 agents publics, 1 de la société civile et 1 citoyen.
Durée : 21 min (prévu : 1 h 30)

Résultats
– Titre de l’engagement : Un budget en images
– Canevas d’engagement : 2 rubriques remplies sur 9
– Sous-actions : 2 sous-actions formulées
– Feuille de route : 2 étapes, de janvier 2027 à décembre 2027

Pièces jointes
– Compte rendu
– Canevas, sous-actions et feuille de route
– Fiche d’engagement pour le plan d’action

Marie Durand`)
  })

  it('names the subject a session started from, where the administration wrote none', () => {
    expect(told('steering', second.session())).toContain('\nSujet : Les budgets\n')
  })

  it('says when the workshop is not over', () => {
    const text = told('steering', lobbyOf(1).session())
    expect(text).toContain('n’est pas terminé')
    expect(text).not.toMatch(/s’est tenu|Résultats|Durée/u)
  })

  it('names nobody but the team', () => {
    for (const here of [first, second, third])
      expect(told('steering', here.session())).not.toMatch(/Paul|Lea|Tom|29:/u)
  })
})

describe('a letter', () => {
  it('is the organisers’ own wording where they gave one, even an empty one', () => {
    const review = { amendments: [], letters: { thanks: 'Merci !', post: '' } }
    expect(told('thanks', { ...first.session(), review })).toBe('Merci !')
    expect(told('post', { ...first.session(), review })).toBe('')
    expect(told('steering', { ...first.session(), review })).toContain('instance de pilotage')
  })

  it('is signed by all who facilitated, the first to join first', () => {
    const session = structuredClone(first.session())
    const [, paul] = Object.values(session.participants)
    if (paul) Object.assign(paul, { role: 'co-facilitator', leftAt: first.now() })
    expect(told('thanks', session)?.endsWith('\n\nMarie Durand\nPaul Martin')).toBe(true)
  })
})

/** Replaces every vote of one person. */
function rate(answer: unknown, points: number): void {
  const given = (answer as { votes: Record<string, object> }).votes
  for (const one of Object.values(given)) Object.assign(one, { x: points, y: points })
}
