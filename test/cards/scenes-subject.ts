import { carried, offersOf } from '../../src/core/session/carry.ts'
import { say } from '../../src/core/text.ts'
import { formatOf } from '../support/stage.ts'
import { type Game, type Look, play, playing, start, type Words } from './scenes.ts'

const pooling = [
  { id: 'idees', phase: 'silent-ideation', options: { silentMinutes: 5 } },
  { id: 'cartes', phase: 'subject-cards', options: { from: 'idees' } },
]

/** A subject, from the workshop that made it to the one that starts from it. */
export function subjectScenes(words: Words, look: Look): void {
  const before = playing(pooling, words)
  for (const [index, who] of ['u2', 'u3', 'u4'].entries()) {
    const [title = '', sentence = ''] = before.subjects[index] ?? []
    before.phase(who, { do: 'ideas-done', title1: title, sentence1: sentence })
  }
  before.act('u1', { do: 'next' })
  before.phase('u1', { do: 'cards-show-all' })
  before.act('u1', { do: 'next' })
  look('summary-continue', before.view(before.live(), 'u1'))
  const followers = [{ id: 'format-2', title: { fr: 'Je formule mon engagement', en: 'My commitment' } }]
  look('dialog-continue', before.dialog('continue', 'u1', { followers }))
  look('dialog-origin-all', before.dialog('origin', 'u2'))
  choosing(before, words, look)
}

function choosing(before: Game, words: Words, look: Look): void {
  const offers = offersOf(before.session(), start).map((offer, index) => ({
    reference: `ref-${index}`,
    title: offer.title,
    number: offer.number ?? null,
    priority: index === 0,
    from: { title: before.session().format.title, at: start },
  }))
  const game = play(words, formatOf([{ id: 'sujet', phase: 'subject' }]))
  const [host] = game.names
  game.act('u1', { do: 'launch', format: 'test-format', name: host?.first ?? '', lang: 'fr' })
  look('lobby-to-choose', game.view('lobby', 'u1'))
  look('lobby-to-choose-participant', game.view('lobby', 'u2'))
  look('dialog-bring', game.dialog('bring', 'u1', { offers }))
  look('dialog-bring-nothing', game.dialog('bring', 'u1', { offers: [] }))
  look(
    'dialog-amend-problems',
    game.dialog('amend', 'u1', {
      typed: { 'f-title': '' },
      problems: { 'f-title': say('problem.empty') },
      notice: say('problem.empty'),
    }),
  )
  const material = carried(before.session(), offersOf(before.session(), start)[0]?.id ?? '', start)
  game.brings('u1', material)
  look('lobby-chosen', game.view('lobby', 'u1'))
  game.act('u1', {
    do: 'amend',
    'f-title': game.subjects[0]?.[0] ?? '',
    'f-sentence': game.subjects[0]?.[1] ?? '',
    'f-reformulation': game.subjects[1]?.[1] ?? '',
    'f-why': game.subjects[2]?.[1] ?? '',
  })
  look('dialog-amend', game.dialog('amend', 'u1'))
  game.act('u1', { do: 'start' })
  look('subject', game.view(game.live(), 'u2'))
  look('subject-facilitator', game.view(game.live(), 'u1'))
  game.act('u1', { do: 'join', ...someone })
  look('dialog-origin', game.dialog('origin', 'u1', { about: 'sujet/subject' }))
  const empty = playing([{ id: 'sujet', phase: 'subject' }], words)
  look('subject-none', empty.view(empty.live(), 'u2'))
  look('subject-none-facilitator', empty.view(empty.live(), 'u1'))
}

const someone = {
  firstName: 'Nadia',
  lastName: 'Benali',
  position: '',
  organisation: '',
  profile: 'agent',
  lang: 'fr',
  contributes: '',
}
