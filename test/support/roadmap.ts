import type { Shared, Step } from '../../src/core/roadmap.ts'
import { type Stage, workshopOf } from './stage.ts'

const both = (fr: string) => ({ fr, en: fr })
const headings = ['titre', 'utile', 'va'].map((id) => ({ id, label: both(id), help: both('En une phrase.') }))

/** Where the roadmap of these tests takes its sub-actions from: four cards of a list, two by Paul and two by Léa. */
export const actions = ['Publier le budget', 'Former les agents', 'Ouvrir les données', 'Faire le bilan']

/** Marie facilitates, Karim takes notes, Paul and Léa take part; the roadmap runs, from 2027 to 2028. */
export function roadmapAt(options: Record<string, unknown> = {}): Stage {
  const here = workshopOf(
    [
      { id: 'idees', phase: 'silent-ideation', options: { silentMinutes: 5 } },
      { id: 'liste', phase: 'subject-cards', options: { from: 'idees' } },
      { id: 'canevas', phase: 'canvas', options: { headings } },
      { id: 'feuille', phase: 'roadmap', options: { from: 'liste', canvas: 'canevas', ...options } },
    ],
    'paul',
    'lea',
    'karim',
  )
  here.does('marie', { do: 'name-role', person: 'karim', role: 'note-taker' }).does('marie', { do: 'next' })
  actions.forEach((title, index) => {
    here.says('marie', { do: 'card-add', title, sentence: `${title}.`, author: index < 2 ? 'paul' : 'lea' })
  })
  here.does('marie', { do: 'next' }).does('marie', { do: 'next' })
  return here.does('marie', { do: 'prepare', horizonStart: '2027-01-01', horizonEnd: '2028-12-31' })
}

export const roadmapOf = (here: Stage): Shared => here.session().steer.shared.feuille as Shared

export function actionNumbered(here: Stage, number: number): string {
  const { cards } = here.session().steer.shared.liste as { cards: Record<string, { number: number }> }
  return Object.keys(cards).find((id) => cards[id]?.number === number) ?? ''
}

/** The step with this title. */
export function stepCalled(here: Stage, title: string): Step {
  const found = Object.values(roadmapOf(here).steps).find((one) => one.title === title)
  if (!found) throw new Error(`no step ${title}`)
  return found
}

/** A step made by Marie. */
export const step = (here: Stage, title: string, more: Record<string, unknown> = {}): Stage =>
  here.says('marie', { do: 'step-add', title, ...more })
