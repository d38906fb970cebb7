import { say } from '../../src/core/text.ts'
import { type Look, playing, type Words } from './scenes.ts'

const both = (fr: string, en: string) => ({ fr, en })

export const questions = {
  common: [
    both(
      'Comment mieux collaborer avec la société civile au quotidien ?',
      'How can we work better with civil society every day?',
    ),
    both('Comment améliorer l’action publique ?', 'How can public action be improved?'),
  ],
  agent: [both('Comment redonner du sens à mon travail ?', 'How can my work make sense again?')],
  'civil-society': [both('À quel moment être consulté ?', 'When should I be consulted?')],
  citizen: [both('De quelles données ai-je besoin ?', 'Which data do I need?')],
}
const hints = [
  both(
    'Et si chaque décision était expliquée en une page ?',
    'What if each decision were explained in one page?',
  ),
]

/** Ideas are written in silence, each on her own questions, then pooled turn by turn. */
export function ideationScenes(words: Words, look: Look) {
  const options = { silentMinutes: 5, questions, hints }
  const game = playing([{ id: 'ouvrir', phase: 'ideation-by-profile', options }], words)
  const [a = '', b = '', c = '', d = '', e = ''] = game.subjects.map(([, sentence]) => sentence)
  look('ideation-by-profile-room', game.view(game.live(), null))
  look('ideation-by-profile-before-facilitator', game.view(game.live(), 'u1'))
  game.phase('u1', { do: 'silence' })
  look('ideation-by-profile-form', game.view(game.form(), 'u3'))
  look('ideation-by-profile-form-newcomer', game.view(game.form(), 'newcomer', { joins: true }))
  look('ideation-by-profile-form-neutral', game.view(game.form(), 'u6'))
  look(
    'ideation-by-profile-form-problems',
    game.view(game.form(), 'u2', {
      typed: { idea2: 'x'.repeat(410) },
      problems: { idea2: say('problem.long', { length: 410, max: 400 }) },
      notice: say('refusal.invalid'),
    }),
  )
  game.phase('u2', { do: 'own-done', idea1: a, idea2: b })
  game.phase('u3', { do: 'own-save', idea1: c })
  game.phase('u4', { do: 'own-done', idea1: d })
  look('ideation-by-profile-silence', game.view(game.live(), 'u3'))
  look('ideation-by-profile-silence-facilitator', game.view(game.live(), 'u1'))
  look('ideation-by-profile-receipt-saved', game.view(game.form(), 'u3'))
  look('ideation-by-profile-receipt-done', game.view(game.form(), 'u2'))
  game.wait(5)
  look('ideation-by-profile-silence-over', game.view(game.live(), 'u5'))
  game.phase('u1', { do: 'floor-done' })
  look('ideation-by-profile-mine', game.view(game.live(), 'u2'))
  look('ideation-by-profile-locked', game.view(game.form().replace(/\d+$/, '1'), 'u2'))
  game.phase('u1', { do: 'floor-done' })
  game.phase('u1', { do: 'hint' })
  game.phase('u1', { do: 'hint-own', text: e })
  game.phase('u6', { do: 'heard-add', text: e, author: 'u5' })
  game.phase('u6', { do: 'heard-add', text: b, author: 'nobody' })
  look('ideation-by-profile-facilitator', game.view(game.live(), 'u1'))
  look('ideation-by-profile-note-taker', game.view(game.live(), 'u6'))
  look('ideation-by-profile-listening', game.view(game.live(), 'u4'))
  look('dialog-heard', game.dialog('heard', 'u6'))
  look('dialog-hint', game.dialog('hint', 'u1'))
  look(
    'dialog-hint-problem',
    game.dialog('hint', 'u1', { typed: { text: '' }, problems: { text: say('problem.empty') } }),
  )
  game.phase('u1', { do: 'own-show-all' })
  look('ideation-by-profile-all', game.view(game.live(), 'u4'))
}
