import { readFileSync } from 'node:fs'
import type { Format } from '../../src/core/format.ts'
import { readScript } from '../../src/formats/index.ts'
import { formatOne, joining, type Stage, stage } from './stage.ts'

/** The kit's three formats played to the end with real material: what documents are made from in tests. */

export function kitFormat(number: 1 | 2 | 3): Format {
  if (number === 1) return formatOne()
  const file = `format-${number}.yaml`
  const read = readScript(readFileSync(new URL(`../../src/formats/${file}`, import.meta.url), 'utf8'), file)
  if ('misread' in read) throw new Error(JSON.stringify(read.misread))
  return read.format
}

const names = ['paul', 'lea', 'karim', 'awa', 'tom', 'ines', 'hugo', 'nora', 'eva', 'leo']
const profiles = ['agent', 'civil-society', 'citizen'] as const

/** Titles and sentences of forty subjects; a caller may put its own words first. */
export const subjectsAbout = (words: [string, string][] = []): [string, string][] => {
  const themes = [
    'Les cantines',
    'Le budget',
    'Les transports',
    'Les jardins',
    'Les écoles',
    'L’eau',
    'Le numérique',
  ]
  const ways = [
    'choisies ensemble',
    'expliqué à tous',
    'suivis en direct',
    'partagés',
    'ouvertes le soir',
    'mieux connue',
  ]
  const all = Array.from({ length: 40 }, (_, index): [string, string] => [
    `${themes[index % themes.length]} ${ways[index % ways.length]} (${index + 1})`,
    `Publier chaque mois, avec les habitants, ce qui est décidé et pourquoi, dans le quartier ${index + 1}.`,
  ])
  return [...words, ...all.slice(words.length)]
}

function lobby(number: 1 | 2 | 3, people: number): Stage {
  const format = kitFormat(number)
  const here = stage(format)
    .does('marie', { do: 'launch', format: format.id, name: 'Marie Durand' })
    .does('marie', { ...joining('marie'), lastName: 'Durand' } as never)
  names.slice(0, people).forEach((name, index) => {
    here.does(name, { ...joining(name), profile: profiles[index % profiles.length] } as never)
  })
  return here.does('marie', {
    do: 'prepare',
    subject: 'Des données publiques que chacun comprend',
    objective: 'Entendre ce que les habitants attendent de nous.',
    nextSteps: 'Un deuxième atelier le 30 novembre, puis un groupe de travail.',
    contact: 'marie.durand@exemple.gouv.fr',
    questionnaire: 'https://exemple.gouv.fr/questionnaire',
    ...(number === 3 ? { horizonStart: '2027-01-01', horizonEnd: '2028-12-31' } : {}),
  })
}

const next = (here: Stage, minutes = 8): Stage => here.wait(minutes).does('marie', { do: 'next' })

function upTo(here: Stage, segment: string): Stage {
  const at = () => {
    const { position } = here.session().steer
    return position.status === 'running' ? here.session().format.segments[position.index]?.id : undefined
  }
  if (here.session().steer.position.status === 'lobby') here.does('marie', { do: 'start' })
  while (at() !== segment) next(here)
  return here
}

/** Two people leave their address, three answer the questionnaire; then it is over. */
export function concluded(here: Stage): Stage {
  upTo(here, 'conclusion').does('marie', { do: 'note', text: 'Envoyer la salle du prochain atelier.' })
  const questions = here.session().format.segments.at(-1)?.options as {
    questions: { id: string; kind: string }[]
  }
  for (const [index, who] of ['paul', 'lea', 'karim'].entries())
    here.says(who, {
      do: 'feedback-save',
      ...(index < 2 ? { email: `${who}@asso.example`, consent: 'true' } : {}),
      ...Object.fromEntries(
        questions.questions.map(({ id, kind }) => [
          `q-${id}`,
          kind === 'scale' ? String(3 - (index % 2)) : `Un mot de ${who}, sans détour.`,
        ]),
      ),
    })
  return here.wait(4).does('marie', { do: 'end' })
}

/** Format #1: two subjects each in silence, the others added aloud, all rated, the first two marked as priorities. */
export function playedSubjects({ people = 10, subjects = subjectsAbout() } = {}): Stage {
  const here = upTo(lobby(1, people), 'identifier')
  const given = names.slice(0, people)
  given.forEach((who, index) => {
    const [one, two] = [subjects[2 * index], subjects[2 * index + 1]]
    if (one)
      here.says(who, {
        do: 'ideas-done',
        title1: one[0],
        sentence1: one[1],
        ...(two ? { title2: two[0], sentence2: two[1] } : {}),
      })
  })
  upTo(here, 'qualifier').says('marie', { do: 'cards-show-all' })
  for (const [index, [title, sentence]] of subjects.slice(2 * people).entries())
    here.says('marie', { do: 'card-add', title, sentence, author: given[index % given.length] ?? '' })
  here.does('marie', { do: 'note', text: 'Deux sujets se ressemblent : en parler avant la suite.' })
  upTo(here, 'classer')
  const cards = Object.keys((here.session().steer.shared.qualifier as { cards: object }).cards)
  given.forEach((who, person) => {
    for (let page = 0; page * 4 < cards.length; page += 1)
      here.says(who, {
        do: 'rate-save',
        page: String(page),
        ...Object.fromEntries(
          cards.slice(page * 4, page * 4 + 4).flatMap((card, index) => {
            const seed = page * 4 + index
            const opinion = 1 + ((seed * 7) % 5)
            return [
              [`d-${card}`, String(Math.min(5, Math.max(1, opinion + (person % 3) - 1)))],
              [
                `f-${card}`,
                String(seed % 11 === 0 ? 1 + 4 * (person % 2) : 1 + ((seed * 3 + (person % 2)) % 5)),
              ],
            ]
          }),
        ),
      })
  })
  here.says('marie', { do: 'reveal' })
  here.says('marie', { do: 'place', card: cards[1] ?? '', x: '4.5', y: '4' })
  for (const card of cards.slice(0, 2)) here.says('marie', { do: 'prioritise', card })
  return concluded(here)
}

export const headingTexts: Record<string, string> = {
  titre: 'Un budget que chacun comprend',
  sujet: 'Le budget de la commune, illisible pour la plupart des habitants.',
  action:
    'Publier le budget en images. Les services financiers et deux associations l’écrivent, avec leurs moyens actuels.',
  contenu:
    'Dix graphiques la première année, une réunion par quartier, un retour public sur chaque question posée.',
  reponse: 'La défiance née de chiffres que personne n’explique.',
  utilite: 'Chacun peut discuter des choix avant qu’ils soient votés.',
  transparence: 'Les montants et leurs raisons sont publiés.',
  participation: 'Les habitants choisissent les dix graphiques.',
  collaboration: 'Deux associations relisent avec les agents.',
}

/** Format #2 from a subject typed in: reworded, thought about, and a canvas with these headings filled in. */
export function playedCanvas({ people = 8, headings = headingTexts } = {}): Stage {
  const here = lobby(2, people).does('marie', {
    do: 'amend',
    'f-title': 'Le budget expliqué',
    'f-sentence': 'Publier le budget de la commune en images.',
  })
  const canvas = here.session().format.segments.find((one) => one.phase === 'canvas')?.id ?? ''
  upTo(here, canvas)
  for (const [heading, text] of Object.entries(headings))
    here.says('marie', { do: 'heading-write', heading, text })
  here.says('paul', { do: 'propose', heading: 'utilite', text: 'On comprend où va l’impôt.' })
  return concluded(here)
}

export const actionTexts: [string, string][] = [
  ['Publier dix graphiques', 'Choisir dix dépenses et les dessiner avec une association.'],
  ['Former les agents', 'Une journée aux mots simples pour chaque service.'],
  ['Ouvrir les données', 'Mettre en ligne les montants, ligne par ligne.'],
  ['Tenir une réunion par quartier', 'Présenter le budget et répondre aux questions.'],
  ['Faire le bilan', 'Dire publiquement ce qui a marché et ce qui reste à faire.'],
]

/** Format #3 from a canvas typed in: its sub-actions, and a roadmap whose last step goes past the horizon. */
export function playedRoadmap({ people = 8, actions = actionTexts } = {}): Stage {
  const here = lobby(3, people).does('marie', {
    do: 'amend',
    ...Object.fromEntries(Object.entries(headingTexts).map(([id, text]) => [`f-${id}`, text])),
  })
  const segments = here.session().format.segments
  upTo(here, segments.find((one) => one.phase === 'sub-actions')?.id ?? '')
  for (const [index, [title, sentence]] of actions.entries())
    here.says('marie', { do: 'sub-action-add', title, sentence, author: names[index % people] ?? '' })
  upTo(here, segments.find((one) => one.phase === 'roadmap')?.id ?? '')
  const list = segments.find((one) => one.phase === 'sub-actions')?.id ?? ''
  const listed = Object.keys((here.session().steer.shared[list] as { list: object }).list)
  const added = actions.slice(0, -1)
  for (const [index, [title]] of added.entries())
    here.says('marie', {
      do: 'step-add',
      title,
      takes: listed[index] ?? '',
      deliverable: `Livrable public numéro ${index + 1}`,
      lead: index % 2 ? 'Service des finances' : 'Association Quartiers vivants',
      months: String(index === added.length - 1 ? 18 : 4),
    })
  return concluded(here)
}

/** Started and ended at once: nobody but the facilitator came, nobody said anything. */
export const playedNothing = (): Stage =>
  stage(formatOne())
    .does('marie', { do: 'launch', format: 'format-1', name: 'Marie Durand' })
    .does('marie', { do: 'start' })
    .does('marie', { do: 'end' })
