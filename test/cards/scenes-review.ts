import { bounds } from '../../src/core/bounds.ts'
import { fieldsFor, fingerprintOf, ownFields } from '../../src/core/session/review.ts'
import { say } from '../../src/core/text.ts'
import type { Game, Look } from './scenes.ts'

/** What is mended once the workshop is over: by who said it, and by the organising team. */
export function reviewScenes(game: Game, look: Look): void {
  look('dialog-corrections-none', game.dialog('corrections', 'u1'))
  look('dialog-correct', game.dialog('correct', 'u2'))
  correct(game, 'u2', { sentence: game.subjects[4]?.[1] ?? '', position: 'Directrice de projet' })
  correct(game, 'u3', { title: 'Un budget que tout le monde comprend' })
  look('dialog-corrections-waiting', game.dialog('corrections', 'u1'))
  settle(game, 'false')
  settle(game, 'true')
  correct(game, 'u3', { sentence: 'Publier en images le budget voté et les raisons de chaque choix.' })
  look('dialog-correct-earlier', game.dialog('correct', 'u3'))
  look('dialog-correct-problems', game.dialog('correct', 'u3', mistaken(game)))
  look('dialog-corrections', game.dialog('corrections', 'u1'))
  look('summary-corrections', game.view(game.live(), 'u1'))
  completing(game, look)
  writing(game, look)
}

function correct(game: Game, who: string, change: Record<string, string>): void {
  const shown = ownFields(game.session(), who, game.now())
  const changed = Object.entries(change).map(([key, text]) => [
    shown.findLast(({ one }) => one.key === key)?.id ?? '',
    text,
  ])
  game.act(who, {
    do: 'correct',
    was: fingerprintOf(shown),
    shown: shown.map((_, index) => index).join(),
    ...Object.fromEntries(shown.map(({ id, text }) => [id, text])),
    ...Object.fromEntries(changed),
  })
}

function settle(game: Game, accept: 'true' | 'false'): void {
  const one = game.session().review.amendments.find(({ state }) => state === 'waiting')
  game.act('u1', { do: 'settle', correction: one?.id ?? '', accept })
}

/** A first name left out, and words put in place of others that were mended meanwhile. */
function mistaken(game: Game) {
  const shown = ownFields(game.session(), 'u3', game.now())
  const typed = Object.fromEntries(shown.map(({ id, text }) => [id, text]))
  return {
    typed: { ...typed, 'f-0': '', [shown.at(-1)?.id ?? '']: 'Publier le budget.' },
    problems: { 'f-0': say('problem.empty'), form: say('review.changed') },
    notice: say('refusal.invalid'),
  }
}

function completing(game: Game, look: Look): void {
  const texts = ownFields(game.session(), 'u2', game.now())
  const card = texts.at(-1)?.one
  const target = `${card?.segment}/${card?.item}`
  look('dialog-complete', game.dialog('complete', 'u1'))
  look('dialog-complete-item', game.dialog('complete', 'u1', { about: target }))
  look('dialog-complete-context', game.dialog('complete', 'u1', { about: 'context/nextSteps' }))
  look(
    'dialog-complete-problem',
    game.dialog('complete', 'u1', {
      about: 'context/questionnaire',
      typed: { 'f-text': 'questionnaire.gouv.fr' },
      problems: { 'f-text': say('problem.link') },
      notice: say('problem.link'),
    }),
  )
  const shown = fieldsFor(game.session(), 'context/objective', game.now())
  game.act('u1', {
    do: 'complete',
    target: 'context/objective',
    was: fingerprintOf(shown),
    'f-text': 'Choisir un sujet à porter.',
  })
  for (let index = 0; index < 90; index += 1)
    game.act('u1', { do: 'note', text: `${index} ${game.subjects[1]?.[1]}` })
  look('dialog-complete-many', game.dialog('complete', 'u1'))
  look('dialog-complete-notes', game.dialog('complete', 'u1', { about: 'notes:1' }))
}

function writing(game: Game, look: Look): void {
  look('dialog-letter', game.dialog('letter', 'u1', { about: 'post' }))
  look('dialog-letter-steering', game.dialog('letter', 'u1', { about: 'steering' }))
  game.act('u1', {
    do: 'letter',
    letter: 'thanks',
    text: 'Bonjour à toutes et à tous,\n\nMerci de votre présence.',
  })
  look('dialog-letter-own', game.dialog('letter', 'u1', { about: 'thanks' }))
  look(
    'dialog-letter-problem',
    game.dialog('letter', 'u1', {
      about: 'thanks',
      typed: { letter: 'thanks', text: 'Merci.' },
      problems: { text: say('problem.long', { length: bounds.letter + 12, max: bounds.letter }) },
      notice: say('problem.long', { length: bounds.letter + 12, max: bounds.letter }),
    }),
  )
}
