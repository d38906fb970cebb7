import { say } from '../../src/core/text.ts'
import type { Game, Look, Words } from './scenes.ts'
import { playing } from './scenes.ts'

const text = (fr: string) => ({ fr, en: fr })
const starters = [
  ['transparence', 'Pour rendre notre action plus lisible, nous pourrions…'],
  ['participation', 'Pour associer les habitants plus tôt, il faudrait…'],
  ['premier-pas', 'Dès le mois prochain, nous pouvons…'],
  ['obstacle', 'Ce qui nous bloque aujourd’hui, c’est… ; pour le lever, on pourrait…'],
].map(([id, fr = '']) => ({ id, text: text(fr) }))

const headings = [
  { id: 'c-est', label: text('Mon engagement c’est…'), help: text('Deux phrases au plus.') },
  { id: 'transparence', label: text('Transparence'), help: text('En quoi il y répond.') },
]

/** Sub-actions: completed live, formulated, gone through; and the examples the facilitator chooses from. */
export function subActionScenes(words: Words, look: Look): void {
  const game = playing(
    [
      { id: 'canevas', phase: 'canvas', options: { headings } },
      { id: 'lister', phase: 'sub-actions', options: { starters, canvas: 'canevas' } },
      { id: 'suite', phase: 'sub-actions', options: { starters } },
    ],
    words,
  )
  for (const { id } of headings)
    game.phase('u1', { do: 'heading-write', heading: id, text: game.subjects[0]?.[1] ?? '' })
  game.act('u1', { do: 'next' })
  look('sub-actions-empty', game.view(game.live(), 'u2'))
  look('sub-actions-form', game.view(game.form(), 'u2'))
  look('sub-actions-form-newcomer', game.view(game.form(), 'newcomer', { joins: true }))
  look('sub-actions-form-room', game.view(game.form(), null))
  completing(game, look)
  formulating(game, look)
  sweeping(game, look)
  const form = game.form()
  game.act('u1', { do: 'next' })
  look('sub-actions-form-over', game.view(form, 'u2'))
  choosing(words, look)
}

function completing(game: Game, look: Look): void {
  look(
    'sub-actions-form-problems',
    game.view(game.form(), 'u2', {
      typed: { text: '' },
      problems: { starter: say('sub-actions.choose-starter'), text: say('problem.empty') },
      notice: say('refusal.invalid'),
    }),
  )
  const sentences = game.subjects.map(([, sentence = '']) => sentence)
  const given = ['u2', 'u3', 'u4', 'u5', 'u2', 'u3', 'u4', 'u5', 'u2', 'u2'].entries()
  for (const [index, who] of given)
    game.phase(who, {
      do: 'starter-give',
      starter: starters[index % 3]?.id,
      text: sentences[index % sentences.length],
    })
  look('sub-actions', game.view(game.live(), 'u2'))
  look('sub-actions-facilitator-first', game.view(game.live(), 'u1'))
}

function formulating(game: Game, look: Look): void {
  const [a, b, c] = game.subjects
  look('dialog-formulate-idea', game.dialog('formulate', 'u1', { about: 'u3#1' }))
  look('dialog-formulate-heard', game.dialog('formulate', 'u6'))
  look(
    'dialog-formulate-problems',
    game.dialog('formulate', 'u6', {
      about: 'u2#1',
      typed: { sentence: 'x', sources: 'u2#1' },
      problems: { title: say('problem.empty'), sources: say('sub-actions.idea-gone') },
      notice: say('refusal.invalid'),
    }),
  )
  const add = (title = '', sentence = '', more = {}) =>
    game.phase('u6', { do: 'sub-action-add', title, sentence, ...more })
  add(a?.[0], a?.[1], { sources: 'u2#1,u4#1', heading: 'transparence' })
  add(b?.[0], b?.[1], { sources: 'u3#1', heading: 'c-est' })
  add(c?.[0], '', { author: 'u5' })
  add('Tenir un registre des demandes', '')
  game.phase('u1', { do: 'sub-action-remove', action: '4' })
  look('sub-actions-formulated', game.view(game.live(), 'u2'))
  look('sub-actions-room', game.view(game.live(), null))
  look('sub-actions-facilitator', game.view(game.live(), 'u1'))
  look('sub-actions-note-taker', game.view(game.live(), 'u6'))
  look('sub-actions-form-mine', game.view(game.form(), 'u2'))
  look('sub-actions-form-edit', game.view(game.form(), 'u2', { edit: true }))
  look('sub-actions-form-neutral', game.view(game.form(), 'u6'))
  look('dialog-sub-action', game.dialog('sub-action', 'u1', { about: '1' }))
  look('dialog-sub-action-removed', game.dialog('sub-action', 'u1', { about: '4' }))
  const changed = say('sub-actions.changed', { text: { said: a?.[0] ?? '' } })
  look(
    'dialog-sub-action-changed',
    game.dialog('sub-action', 'u1', {
      about: '1',
      typed: { title: b?.[0] ?? '', was: '0', sources: 'u2#1', heading: 'none' },
      problems: { title: changed },
      notice: changed,
    }),
  )
}

function sweeping(game: Game, look: Look): void {
  game.phase('u1', { do: 'sweep', to: 'list' })
  look('sub-actions-sweep-room', game.view(game.live(), null))
  game.phase('u2', { do: 'nothing-missing' })
  game.phase('u3', { do: 'see-one' })
  game.phase('u4', { do: 'see-one' })
  look('sub-actions-sweep', game.view(game.live(), 'u5'))
  look('sub-actions-sweep-answered', game.view(game.live(), 'u3'))
  look('sub-actions-sweep-facilitator', game.view(game.live(), 'u1'))
  look('sub-actions-sweep-note-taker', game.view(game.live(), 'u6'))
}

function choosing(words: Words, look: Look): void {
  const page = (title: string) => ({ title: text(title), points: [{ text: text('Un exemple à lire.') }] })
  const sheets = [
    {
      title: text('Exemples de sous-actions'),
      pages: ['Finlande : les registres de lobbying', 'Finlande : les données', 'Espagne : la formation'].map(
        page,
      ),
    },
  ]
  const game = playing([{ id: 'exemples', phase: 'memo', options: { sheets, choose: true } }], words)
  look('memo-choose-facilitator', game.view(game.live(), 'u1'))
  look('dialog-sheets', game.dialog('sheets', 'u1'))
  look(
    'dialog-sheets-problem',
    game.dialog('sheets', 'u1', {
      typed: {},
      problems: { pages: say('memo.choose-one') },
      notice: say('memo.choose-one'),
    }),
  )
  game.phase('u1', { do: 'pages-choose', pages: '2,3' })
  look('memo-chosen-facilitator', game.view(game.live(), 'u1'))
  look('memo-chosen', game.view(game.live(), 'u2'))
}
