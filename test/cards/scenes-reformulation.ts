import { say } from '../../src/core/text.ts'
import { type Look, playing, type Words } from './scenes.ts'

const both = (fr: string, en: string) => ({ fr, en })

export const prompts = [
  { id: 'permet', label: both('Il permet de…', 'It makes it possible to…') },
  { id: 'ambition', label: both('Il a l’ambition de…', 'Its ambition is to…') },
  { id: 'autour', label: both('Il met autour de la table…', 'It brings to the table…') },
  { id: 'horizon', label: both('Il est réalisable à l’horizon…', 'It can be done by…') },
  { id: 'partage', label: both('Il peut être partagé avec…', 'It can be shared with…') },
]
const starters = [
  both('Ce sujet m’évoque…', 'This subject makes me think of…'),
  both('Pour moi, il signifie…', 'To me, it means…'),
  both('Il implique que…', 'It implies that…'),
]

/** Volunteers speak, the sheet is completed, and the subject is reworded from it. */
export function reformulationScenes(words: Words, look: Look) {
  const game = playing(
    [
      { id: 'sujet', phase: 'subject' },
      { id: 'reformuler', phase: 'reformulation', minutes: 10, options: { starters, prompts } },
    ],
    words,
  )
  const [first, second, third, fourth, fifth] = game.subjects.map(([title = '', sentence = '']) => ({
    title,
    sentence,
  }))
  game.act('u1', { do: 'amend', 'f-title': first?.title ?? '', 'f-sentence': first?.sentence ?? '' })
  game.act('u1', { do: 'next' })
  look('reformulation-room', game.view(game.live(), null))
  look('reformulation-before', game.view(game.live(), 'u2'))
  look('reformulation-before-facilitator', game.view(game.live(), 'u1'))
  look('reformulation-form', game.view(game.form(), 'u2'))
  look('reformulation-form-newcomer', game.view(game.form(), 'newcomer', { joins: true }))
  look('reformulation-form-neutral', game.view(game.form(), 'u6'))
  look(
    'reformulation-form-problems',
    game.view(game.form(), 'u2', {
      typed: { 'p-permet': 'x'.repeat(410), 'p-horizon': 'Dix-huit mois' },
      problems: { 'p-permet': say('problem.long', { length: 410, max: 400 }) },
      notice: say('refusal.invalid'),
    }),
  )
  game.phase('u2', { do: 'prompts-give', 'p-permet': first?.sentence, 'p-horizon': second?.sentence })
  game.phase('u3', { do: 'prompts-give', 'p-permet': third?.sentence, 'p-autour': fourth?.title })
  game.phase('u4', { do: 'prompts-give', 'p-permet': fifth?.sentence, 'p-partage': second?.title })
  game.phase('u2', { do: 'floor-jump' })
  game.phase('u3', { do: 'floor-jump' })
  look('reformulation-volunteers-facilitator', game.view(game.live(), 'u1'))
  game.phase('u1', { do: 'floor-done' })
  game.phase('u1', { do: 'compose-from', source: 'u2#1' })
  game.phase('u1', { do: 'compose', prompt: 'horizon', text: second?.title, sources: 'u2#2' })
  game.phase('u1', { do: 'compose', prompt: 'title', text: third?.title, sources: 'u3#1', was: '0' })
  look('reformulation-mine', game.view(game.live(), 'u2'))
  look('reformulation', game.view(game.live(), 'u4'))
  look('reformulation-note-taker', game.view(game.live(), 'u6'))
  look('reformulation-facilitator', game.view(game.live(), 'u1'))
  look('reformulation-receipt', game.view(game.form(), 'u2'))
  look('reformulation-form-more', game.view(game.form(), 'u2', { edit: true }))
  look('reformulation-form-edit', game.view(game.form(), 'u2', { edit: true, about: 'u2#2' }))
  look(
    'reformulation-form-edit-problem',
    game.view(game.form(), 'u2', {
      typed: { text: 'u2#2', own: '' },
      problems: { own: say('problem.empty') },
    }),
  )
  look('dialog-reformulate', game.dialog('reformulate', 'u6', { about: 'permet' }))
  look('dialog-reformulate-title', game.dialog('reformulate', 'u1', { about: 'title' }))
  look('dialog-reformulate-empty', game.dialog('reformulate', 'u1', { about: 'ambition' }))
  look(
    'dialog-reformulate-problem',
    game.dialog('reformulate', 'u1', {
      about: 'permet',
      typed: { text: 'Ma version', sources: 'u3#1' },
      problems: { text: say('reformulation.emptied') },
    }),
  )
}
