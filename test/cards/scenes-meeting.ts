import { said, say } from '../../src/core/text.ts'
import { offerView, privateView, whichView } from '../../src/core/views/index.ts'
import { type Game, joinAsk, type Look, play, type Words } from './scenes.ts'

/** What the meeting itself brings about, and what someone reads in her own chat. */
export function meetingScenes(words: Words, look: Look) {
  const game = play(words)
  const [host, ...others] = game.names
  if (!host) return
  look('offer', offerView(game.formats, 'fr'))
  game.act(host.id, { do: 'launch', format: 'format-1', name: `${host.first} ${host.last}`, lang: 'fr' })
  for (const one of others.slice(0, 4)) game.act(one.id, joinAsk(one))
  game.told({ tell: 'lacks', lacks: ['roster', 'events'] })
  look('lobby-lacking', game.view('lobby', host.id))
  game.told({ tell: 'lacks', lacks: [] })
  twice(game, look)
  game.act(host.id, { do: 'start' })
  parting(game, look)
  for (let step = 0; step < 3; step += 1) game.act(host.id, { do: 'next' })
  inPrivate(game, look)
}

function twice(game: Game, look: Look) {
  const [, , who] = game.names
  if (!who) return
  const again = { ...who, id: 'u3-again' }
  game.told({ tell: 'presence', came: [], left: [who.id], event: true })
  game.told({
    tell: 'presence',
    came: [{ id: again.id, name: `${who.first} ${who.last}` }],
    left: [],
    event: true,
  })
  game.act(again.id, joinAsk(again))
  look('lobby-twice', game.view('lobby', 'u1'))
  game.act(again.id, { do: 'leave' })
  game.told({ tell: 'presence', came: [{ id: who.id, name: '' }], left: [again.id], event: true })
}

function parting(game: Game, look: Look) {
  game.told({ tell: 'meeting-ended', at: game.now(), key: 'end' })
  const slot = game.session().steps.at(-1) ?? ''
  look('parting', game.view(slot, null))
  look('parting-facilitator', game.view(slot, 'u1'))
  game.act('u1', { do: 'adjourn' })
  look('parting-paused', game.view(slot, 'u2'))
  const step = game.session().steps.findLast((one) => one.startsWith('step/')) ?? ''
  look('adjourned', game.view(step, 'u2'))
  look('adjourned-facilitator', game.view(step, 'u1'))
  game.told({ tell: 'meeting-started', at: game.now(), key: 'again', lang: 'fr' })
  const again = game.session().steps.at(-1) ?? ''
  look('taking-up', game.view(again, 'u2'))
  look('taking-up-facilitator', game.view(again, 'u1'))
  game.act('u1', { do: 'resume' })
  look('parting-goes-on', game.view(slot, 'u2'))
  look('taking-up-past', game.view(again, 'u2'))
}

function inPrivate(game: Game, look: Look) {
  const [a, b, c] = game.subjects
  const seen = (
    name: string,
    who: string,
    notice?: ReturnType<typeof say>,
    tone: 'good' | 'attention' = 'good',
    about?: number[],
  ) =>
    look(
      name,
      privateView(game.session(), {
        who,
        lang: 'fr',
        now: game.now(),
        ...(notice ? { notice: { text: notice, tone }, reply: about ? { about } : {} } : {}),
      }),
    )
  seen('private', 'u2')
  seen('private-nothing', 'u2', say('private.nothing-subject'), 'attention')
  game.phase('u2', { do: 'ideas-save', title1: a?.[0], sentence1: a?.[1], title2: b?.[0], sentence2: b?.[1] })
  game.phase('u3', { do: 'ideas-save', title1: c?.[0], sentence1: c?.[1] })
  seen('private-receipt', 'u2', say('typed.done-phase'))
  game.phase('u2', { do: 'ideas-done' })
  seen('private-done', 'u2', say('typed.done-phase'))
  seen('private-full', 'u2', say('private.full', { max: 2 }), 'attention')
  look('which', whichView([game.session(), { ...game.session(), id: '2' }], 'fr', true))
  game.act('u1', { do: 'next' })
  game.phase('u1', { do: 'cards-show-all' })
  seen('private-sharing', 'u2')
  game.act('u1', { do: 'next' })
  const [first] = Object.keys((game.session().steer.shared.qualifier as { cards: object }).cards)
  game.phase('u2', { do: 'rate-save', [`d-${first}`]: '4', [`f-${first}`]: 'none' })
  seen('private-matrix', 'u2')
  seen('private-matrix-receipt', 'u2', say('typed.done-phase'), 'good', [1])
  const list = { listing: [said('1'), said('2'), said('3')] }
  seen('private-matrix-lost', 'u2', say('private.no-card', { number: 9, count: 3, list }), 'attention')
  game.act('u1', { do: 'next', anyway: 'true' })
  game.phase('u2', { do: 'feedback-save', 'q-satisfaction': '4' })
  seen('private-conclusion', 'u2')
  seen('private-conclusion-receipt', 'u2', say('typed.done-phase'), 'good', [1])
}
