import { bounds } from '../../src/core/bounds.ts'
import { say } from '../../src/core/text.ts'
import type { Game, Look, Words } from './scenes.ts'
import { playing } from './scenes.ts'

const text = (fr: string) => ({ fr, en: fr })
const headings = [
  { id: 'titre', label: text('Titre de l’engagement'), help: text('En quelques mots.') },
  { id: 'utile', label: text('Mon engagement est utile car…'), help: text('Ce qu’il change.') },
]

const segments = [
  { id: 'idees', phase: 'silent-ideation', options: { silentMinutes: 5 } },
  { id: 'liste', phase: 'subject-cards', options: { from: 'idees' } },
  { id: 'canevas', phase: 'canvas', options: { headings } },
  { id: 'feuille', phase: 'roadmap', options: { from: 'liste', canvas: 'canevas' } },
]

/** A roadmap made from a list, with what people propose and what does not hold. */
export function roadmapScenes(words: Words, look: Look): void {
  const game = playing(segments, words)
  toTheRoadmap(game)
  look('roadmap-empty', game.view(game.live(), 'u2'))
  look('roadmap-empty-facilitator', game.view(game.live(), 'u1'))
  look('roadmap-form', game.view(game.form(), 'u2'))
  look('roadmap-form-newcomer', game.view(game.form(), 'newcomer', { joins: true }))
  look('roadmap-form-neutral', game.view(game.form(), 'u6'))
  look(
    'roadmap-form-problems',
    game.view(game.form(), 'u2', {
      typed: { text: '' },
      problems: { step: say('problem.choice'), text: say('problem.empty') },
      notice: say('refusal.invalid'),
    }),
  )
  const actions = listed(game)
  look('dialog-horizon', game.dialog('horizon', 'u1'))
  look('dialog-step-add', game.dialog('step', 'u1', { about: actions[0] ?? '' }))
  fill(game, actions)
  look('roadmap', game.view(game.live(), 'u2'))
  look('roadmap-room', game.view(game.live(), null))
  look('roadmap-facilitator', game.view(game.live(), 'u1'))
  look('roadmap-note-taker', game.view(game.live(), 'u6'))
  look('roadmap-form-receipt', game.view(game.form(), 'u2'))
  look('roadmap-form-more', game.view(game.form(), 'u3', { edit: true }))
  const [first, second] = stepsOf(game)
  look('dialog-step-edit', game.dialog('step', 'u1', { about: second?.id ?? '' }))
  look(
    'dialog-step-problems',
    game.dialog('step', 'u1', mistaken(first?.id ?? '', game.subjects[1]?.[0] ?? '')),
  )
  game.phase('u1', { do: 'step-remove', step: second?.id })
  game.act('u1', { do: 'prepare', horizonStart: '', horizonEnd: '' })
  look('roadmap-removed-facilitator', game.view(game.live(), 'u1'))
  look('dialog-step-removed', game.dialog('step', 'u6', { about: second?.id ?? '' }))
  crowded(words, look)
}

/** As many steps as there may be, each with all it can hold. */
function crowded(words: Words, look: Look): void {
  const game = playing(segments, words)
  toTheRoadmap(game)
  game.act('u1', { do: 'prepare', horizonStart: '2027-01-01', horizonEnd: '2028-12-31' })
  const [title = '', sentence = ''] = game.subjects[1] ?? []
  for (let index = 0; index < bounds.steps; index += 1) {
    game.phase('u1', { do: 'step-add', title, deliverable: sentence, lead: title, months: '4' })
    if (index === 7) look('roadmap-eight-facilitator', game.view(game.live(), 'u1'))
    if (index === 13) look('roadmap-fourteen-facilitator', game.view(game.live(), 'u1'))
  }
  look('roadmap-full-facilitator', game.view(game.live(), 'u1'))
  look('dialog-step-full', game.dialog('step', 'u1', { about: stepsOf(game)[12]?.id ?? '' }))
}

function toTheRoadmap(game: Game): void {
  game.act('u1', { do: 'next' })
  for (const [title = '', sentence = ''] of game.subjects)
    game.phase('u1', { do: 'card-add', title, sentence, author: 'u2' })
  game.act('u1', { do: 'next' })
  game.phase('u1', { do: 'heading-write', heading: 'titre', text: game.subjects[0]?.[0] ?? '' })
  game.act('u1', { do: 'next' })
}

function fill(game: Game, actions: string[]): void {
  const [one = '', two = '', three = '', four = ''] = actions
  const [a, b, c, d] = game.subjects
  game.act('u1', { do: 'prepare', horizonStart: '2027-01-01', horizonEnd: '2028-12-31' })
  game.phase('u2', { do: 'estimate-give', step: two, text: b?.[0] })
  game.phase('u1', {
    do: 'step-add',
    title: a?.[0],
    takes: `${one},${three}`,
    deliverable: a?.[1],
    lead: c?.[0],
    months: '6',
  })
  game.phase('u1', { do: 'step-add', title: b?.[0], takes: two, start: '2027-05-10' })
  game.phase('u6', { do: 'step-add', title: d?.[0], takes: four, months: '24', deliverable: d?.[0] })
  const [first, second, third] = stepsOf(game)
  game.phase('u1', { do: 'step-set', step: second?.id, needs: first?.id, lead: 'Préfecture du Rhône' })
  game.phase('u3', { do: 'estimate-give', step: third?.id, text: 'Deux ans me semblent longs.' })
  game.phase('u4', { do: 'estimate-give', step: 'all', text: 'Commencer par ce qui se voit.' })
  game.phase('u2', { do: 'estimate-give', step: first?.id, text: c?.[0] })
  game.phase('u1', {
    do: 'step-edit',
    step: first?.id,
    title: a?.[0],
    takes: `${one},${three}`,
    deliverable: a?.[1],
    lead: c?.[0],
    months: '6',
    estimates: 'u2#2',
  })
}

const mistaken = (about: string, title: string) => ({
  about,
  typed: { title, start: '2027-09-01', end: '2027-03-01', months: 'none' },
  problems: {
    title: say('problem.empty'),
    takes: say('problem.choice'),
    end: say('roadmap.ends-first'),
    needs: say('roadmap.needs-itself'),
    after: say('roadmap.place-changed'),
  },
  notice: say('refusal.invalid'),
})

const listed = (game: Game): string[] => {
  const shared = game.session().steer.shared.liste as { cards: Record<string, { id: string }> }
  return Object.values(shared.cards).map(({ id }) => id)
}

const stepsOf = (game: Game): { id: string }[] => {
  const { order } = game.session().steer.shared.feuille as { order: string[] }
  return order.map((id) => ({ id }))
}
