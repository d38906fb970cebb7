import { say } from '../../src/core/text.ts'
import type { Look, Words } from './scenes.ts'
import { playing } from './scenes.ts'

const headings = [
  ['titre', 'Titre de l’engagement', 'Quelques mots que chacun retient.', 'main'],
  [
    'porte-sur',
    'Mon engagement porte sur…',
    'Le sujet, le défi d’amélioration de l’action publique, l’enjeu.',
    'main',
  ],
  [
    'c-est',
    'Mon engagement c’est…',
    'Deux phrases au plus : quelles sous-actions, par qui, pour qui.',
    'main',
  ],
  ['va', 'Mon engagement va…', 'Objectifs, acteurs, démarche, résultats attendus.', 'main'],
  ['transparence', 'Transparence', 'En quoi l’engagement y répond.', 'principle'],
  ['participation', 'Participation', 'En quoi l’engagement y répond.', 'principle'],
].map(([id, fr, help, group]) => ({ id, label: { fr, en: fr }, help: { fr: help, en: help }, group }))

/** The canvas, as it is filled in and as it is walked through. */
export function canvasScenes(words: Words, look: Look): void {
  const game = playing([{ id: 'canevas', phase: 'canvas', options: { headings } }], words)
  const texts = game.subjects.map(([, sentence = '']) => sentence)
  look('canvas-empty', game.view(game.live(), 'u2'))
  look('canvas-form', game.view(game.form(), 'u2'))
  look('canvas-form-newcomer', game.view(game.form(), 'newcomer', { joins: true }))
  look(
    'canvas-form-problems',
    game.view(game.form(), 'u2', {
      typed: { heading: '', text: '' },
      problems: { heading: say('canvas.choose-heading'), text: say('problem.empty') },
      notice: say('refusal.invalid'),
    }),
  )
  const proposals = [
    ['u2', 'porte-sur', texts[0]],
    ['u3', 'porte-sur', texts[1]],
    ['u4', 'porte-sur', texts[2]],
    ['u5', 'porte-sur', texts[3]],
    ['u2', 'transparence', texts[4]],
    ['u2', 'titre', game.subjects[0]?.[0]],
  ]
  for (const [who = '', heading, text] of proposals) game.phase(who, { do: 'propose', heading, text })
  game.phase('u1', { do: 'proposal-take', proposal: 'u3#1' })
  game.phase('u1', { do: 'heading-write', heading: 'titre', text: game.subjects[0]?.[0] ?? '' })
  game.phase('u1', { do: 'heading-later', heading: 'va' })
  look('canvas', game.view(game.live(), 'u2'))
  look('canvas-facilitator', game.view(game.live(), 'u1'))
  look('canvas-note-taker', game.view(game.live(), 'u6'))
  look('canvas-form-mine', game.view(game.form(), 'u2'))
  look('canvas-form-neutral', game.view(game.form(), 'u6'))
  look('dialog-heading', game.dialog('heading', 'u1', { about: 'porte-sur' }))
  look(
    'dialog-heading-problem',
    game.dialog('heading', 'u1', {
      about: 'titre',
      typed: { text: 'x'.repeat(700) },
      problems: { text: say('problem.long', { length: 700, max: 600 }) },
      notice: say('problem.long', { length: 700, max: 600 }),
    }),
  )
  look('dialog-canvas', game.dialog('canvas', 'u1'))
  walk(words, look)
}

function walk(words: Words, look: Look): void {
  const game = playing([{ id: 'canevas', phase: 'canvas', options: { headings, walk: true } }], words)
  look('canvas-walk-empty-facilitator', game.view(game.live(), 'u1'))
  look('dialog-amend-canvas', game.dialog('amend', 'u1'))
  game.act('u1', {
    do: 'amend',
    'f-titre': game.subjects[0]?.[0] ?? '',
    'f-porte-sur': game.subjects[0]?.[1] ?? '',
  })
  game.phase('u2', { do: 'propose', heading: 'titre', text: game.subjects[1]?.[0] ?? '' })
  look('canvas-walk', game.view(game.live(), 'u3'))
  look('canvas-walk-facilitator', game.view(game.live(), 'u1'))
  look('canvas-walk-form', game.view(game.form(), 'u3'))
}
