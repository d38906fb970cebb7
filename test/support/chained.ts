import { readFileSync } from 'node:fs'
import type { Format } from '../../src/core/format.ts'
import { carried, offersOf } from '../../src/core/session/carry.ts'
import { profiles } from '../../src/core/session/types.ts'
import type { Issue } from '../../src/documents/issue.ts'
import { readScript } from '../../src/formats/index.ts'
import { joining, type Stage, stage } from './stage.ts'

/** The kit's formats, each from what the one before came to, by people whose ids look as the platform's do. */
type Name = 'marie' | 'paul' | 'lea' | 'tom'
export const idOf = (name: Name): string => `29:1${name}-account`

/** The only address given, with consent. */
export const paulsAddress = 'paul.martin@ville.example'

/** The same, with other words wherever someone wrote these. */
export const reworded = (issue: Issue, before: string, after: string): Issue => ({
  ...issue,
  session: JSON.parse(
    JSON.stringify(issue.session).replaceAll(JSON.stringify(before), () => JSON.stringify(after)),
  ) as Issue['session'],
})

/** What people may write, and what a tool that reads a document may stumble on. */
export const hostileTexts: [what: string, text: string][] = [
  ['a formula', '=HYPERLINK("https://pirate.example";"cliquez")'],
  ['markup', '</text><script>alert(1)</script> & ]]> "\''],
  ['control characters', 'nulle \u0000, sonnerie \u0007, échappement \u001b[31m, retour\rchariot'],
  ['signs of the format', 'deux\nlignes; une, virgule\r\nune barre \\ et "des guillemets"'],
  ['five thousand letters', 'x'.repeat(5000)],
  ['signs of several units', 'é👩🏽‍💻'.repeat(400)],
  ['right to left', 'مرحبا \u202Eenvers\u202C 🇫🇷 e\u0301'],
  ['half a sign', 'moitié \uD83D de signe'],
  ['rare line breaks', 'séparateur\u2028de ligne\u2029et\u0085autre'],
  ['signs of a template', '{people} $& $1 %s ${x}'],
]

function kitFormat(number: 1 | 2 | 3): Format {
  const name = `format-${number}.yaml`
  const read = readScript(readFileSync(new URL(`../../src/formats/${name}`, import.meta.url), 'utf8'), name)
  if ('misread' in read) throw new Error(JSON.stringify(read.misread))
  return read.format
}

/** In the lobby with Marie, who leads, a public agent, someone of a civil organisation and a citizen. */
export function lobbyOf(number: 1 | 2 | 3): Stage {
  const format = kitFormat(number)
  const here = stage(format).does(idOf('marie'), { do: 'launch', format: format.id, name: 'Marie Durand' })
  for (const [index, name] of (['paul', 'lea', 'tom'] as const).entries())
    here.does(idOf(name), Object.assign(joining(name), { profile: profiles[index] }))
  return here
}

const by = (here: Stage, name: Name, ...inputs: Record<string, unknown>[]): Stage =>
  inputs.reduce((on: Stage, input) => on.says(idOf(name), input), here)

const next = (here: Stage): Stage => here.wait(3).does(idOf('marie'), { do: 'next' })

function until(here: Stage, segment: string): Stage {
  const { segments } = here.session().format
  const at = () => {
    const { position } = here.session().steer
    return position.status === 'running' ? segments[position.index]?.id : undefined
  }
  while (at() !== segment) next(here)
  return here
}

/** An address and what two people thought, then the end. */
function concluded(here: Stage): Stage {
  until(here, 'conclusion')
  const given = { do: 'feedback-save', 'q-satisfaction': '4', 'q-expression': '3' }
  by(here, 'paul', { ...given, email: paulsAddress, consent: 'true' })
  by(here, 'lea', { do: 'feedback-save', 'q-satisfaction': '3' })
  return next(here)
}

/** What the administration wrote before #1. */
export const prepared = {
  subject: 'Ouvrir les budgets',
  objective: 'Choisir un premier sujet.',
  nextSteps: 'Le deuxième atelier se tient dans une semaine.',
  contact: 'ouverture@ville.example',
  questionnaire: 'https://questionnaire.example/1',
}

/** #1: two subjects rated, the second a priority; one note. */
export function firstPlayed(titles: [string, string] = ['Les cantines', 'Les budgets']): Stage {
  const here = lobbyOf(1).does(idOf('marie'), { do: 'prepare', ...prepared })
  until(here.does(idOf('marie'), { do: 'start' }), 'identifier')
  by(here, 'paul', { do: 'ideas-done', title1: titles[0], sentence1: 'Savoir d’où viennent les repas.' })
  by(here, 'lea', { do: 'ideas-done', title1: titles[1], sentence1: 'Lire le budget d’un coup d’œil.' })
  here.does(idOf('marie'), { do: 'note', text: 'Un silence attentif.' })
  next(by(next(here), 'marie', { do: 'cards-show-all' }))
  const { cards } = here.session().steer.shared.qualifier as { cards: object }
  const [first = '', second = ''] = Object.keys(cards)
  const votes = { [`d-${first}`]: '2', [`f-${first}`]: '4', [`d-${second}`]: '5', [`f-${second}`]: '3' }
  by(here, 'paul', { do: 'rate-save', ...votes })
  by(here, 'lea', { do: 'rate-save', ...votes, [`d-${second}`]: '4' })
  by(here, 'marie', { do: 'reveal' }, { do: 'prioritise', card: second })
  return concluded(here)
}

function startedFrom(earlier: Stage, number: 2 | 3): Stage {
  const [offer] = offersOf(earlier.session(), earlier.now())
  const here = lobbyOf(number)
  const refusal = here.brings(idOf('marie'), carried(earlier.session(), offer?.id ?? '', earlier.now()))
  if (refusal) throw new Error(JSON.stringify(refusal))
  return here.does(idOf('marie'), { do: 'start' })
}

/** #2, from the priority of #1: a canvas with two headings filled. */
export function secondPlayed(earlier: Stage = firstPlayed()): Stage {
  const here = until(startedFrom(earlier, 2), 'canevas')
  by(here, 'lea', { do: 'propose', heading: 'titre', text: 'Un budget en images' })
  by(here, 'tom', { do: 'propose', heading: 'transparence', text: 'Chacun voit où va l’argent.' })
  for (const name of ['lea', 'tom'] as const)
    by(here, 'marie', { do: 'proposal-take', proposal: `${idOf(name)}#1` })
  return concluded(here)
}

/** #3, from the canvas of #2: two sub-actions, two steps with their days, the first with marks of the calendar's own. */
export function thirdPlayed(earlier: Stage = secondPlayed()): Stage {
  const here = until(startedFrom(earlier, 3), 'sous-actions')
  const training = { title: 'Former les agents', sentence: 'Deux journées.', author: idOf('paul') }
  const publishing = { title: 'Publier le budget', sentence: 'En données.', author: idOf('lea') }
  by(here, 'marie', { do: 'sub-action-add', ...training }, { do: 'sub-action-add', ...publishing })
  until(here, 'feuille-de-route')
  const { list } = here.session().steer.shared['sous-actions'] as { list: object }
  by(here, 'marie', {
    do: 'step-add',
    title: 'Préparer, publier; puis\\ fêter',
    deliverable: 'Un jeu de données, ouvert',
    lead: 'La direction des finances',
    start: '2027-01-01',
    end: '2027-06-30',
    takes: Object.keys(list)[1],
  })
  by(here, 'marie', { do: 'step-add', title: 'Former', start: '2027-07-01', end: '2027-12-31' })
  return concluded(here)
}
