import { describe, expect, it } from 'vitest'
import { type Item, theRoom } from '../../../src/core/phases/contract.ts'
import { liveSlot } from '../../../src/core/session/effects.ts'
import { seatOf } from '../../../src/core/session/place.ts'
import { chaptersOf } from '../../../src/core/summary/index.ts'
import { dialogView, viewOf } from '../../../src/core/views/index.ts'
import { readTyped } from '../../../src/teams/commands.ts'
import { joining, person, type Stage, workshopOf } from '../../support/stage.ts'

const text = (fr: string) => ({ fr, en: fr })
const options = {
  silentMinutes: 5,
  questions: {
    common: [text('Pour tous ?')],
    agent: [text('Pour les agents ?')],
    'civil-society': [text('Pour les associations ?')],
    citizen: [text('Pour les citoyens ?')],
  },
  hints: [text('Première piste'), text('Seconde piste')],
}
const segments = [
  { id: 'ouvrir', phase: 'ideation-by-profile', options },
  { id: 'conclusion', phase: 'conclusion' },
]

/** Marie leads; Paul is a public agent, Léa a citizen. */
function writing(...more: string[]): Stage {
  const here = workshopOf(segments, 'paul', 'lea', ...more)
  const citizen = { position: '', organisation: '', profile: 'citizen', lang: 'fr', contributes: '' }
  return here.does('lea', { do: 'join', firstName: 'Lea', lastName: 'Martin', ...citizen })
}

const seat = (here: Stage) => {
  const found = seatOf(here.session(), 'ouvrir', here.now())
  if (!found) throw new Error('no segment')
  return found
}
const harvest = (here: Stage): Item[] => seat(here).phase.harvest(seat(here).place)
const body = (here: Stage, who?: string) => here.sees(who ? person(who) : theRoom).body
const form = (here: Stage, who: string, draft = {}) =>
  viewOf(here.session(), 'form/ouvrir/1', person(who), here.now(), draft)?.data ?? {}
const own = (here: Stage, who: string) => here.session().answers.ouvrir?.[who]

describe('the questions', () => {
  it('are everyone’s for the room, and those of her own profile besides for each person', () => {
    const here = writing()
    expect(body(here)).toMatchObject({ questions: [{ fr: 'Pour tous ?' }], ownQuestions: [], profile: null })
    expect(body(here, 'paul')).toMatchObject({ ownQuestions: [{ fr: 'Pour les agents ?' }] })
    expect(form(here, 'lea')).toMatchObject({
      questions: [{ fr: 'Pour tous ?' }],
      ownQuestions: [{ fr: 'Pour les citoyens ?' }],
    })
    for (const who of [undefined, 'marie', 'paul', 'lea'])
      expect(JSON.stringify([body(here, who), form(here, who ?? 'x')])).not.toContain('Pour les associations')
    expect(JSON.stringify([body(here, 'paul'), form(here, 'paul')])).not.toContain('Pour les citoyens')
  })
})

describe('the silent part', () => {
  it('keeps up to three ideas each, and tells the room who has finished', () => {
    const here = writing()
    here.says('paul', { do: 'own-done', idea1: ' Publier ', idea3: 'Relire\nensemble' })
    here.says('lea', { do: 'own-save', idea1: 'Écouter' })
    expect(own(here, 'paul')).toEqual({ ideas: ['Publier', 'Relire ensemble'], done: true, edits: 1 })
    expect(body(here)).toMatchObject({
      people: [{ state: 'done' }, { state: 'writing' }],
      progress: { with: { done: 1, total: 2 } },
    })
    here.says('paul', { do: 'own-reopen' }).says('paul', { do: 'own-done' })
    expect(own(here, 'paul')).toMatchObject({ ideas: ['Publier', 'Relire ensemble'], done: true })
  })

  it('says which field is wrong, and keeps nothing of it', () => {
    const here = writing()
    const ask = { do: 'own-save', idea1: 'Publier', idea2: 'x'.repeat(401) }
    const problems = here.triesTo('paul', ask)?.problems ?? {}
    expect(problems).toEqual({ idea2: { say: 'problem.long', with: { length: 401, max: 400 } } })
    expect(own(here, 'paul')).toBeUndefined()
    expect(form(here, 'paul', { typed: { idea1: 'Publier' }, problems })).toMatchObject({
      receipt: false,
      inputs: [{ value: { said: 'Publier' } }, { problem: { say: 'problem.long' } }, {}],
    })
    expect(here.triesTo('paul', { do: 'own-done' })?.problems).toEqual({ idea1: { say: 'problem.empty' } })
    expect(here.triesTo('marie', { do: 'own-save', idea1: 'x' })).toMatchObject({
      refusal: 'participants-only',
    })
  })

  it('does not take more ideas than the script says', () => {
    const here = writing().says('paul', { do: 'own-save', idea1: 'a', idea2: 'b', idea3: 'c', idea4: 'd' })
    expect(own(here, 'paul')).toMatchObject({ ideas: ['a', 'b', 'c'] })
  })

  it('lasts five minutes from the facilitator’s gesture, rings, and moves nothing', () => {
    const here = writing()
    expect(here.triesTo('paul', { do: 'silence' })).toMatchObject({ refusal: 'facilitator-only' })
    here.says('marie', { do: 'silence' })
    expect(body(here)).toMatchObject({ silence: { say: 'silence.until' }, silenceOver: false })
    here.wait(5)
    expect(body(here)).toMatchObject({ silence: { say: 'silence.over' }, silenceOver: true, pooling: false })
  })

  it('stops with the clock while the workshop is paused', () => {
    const here = writing().says('marie', { do: 'silence' }).wait(2).does('marie', { do: 'pause' })
    here.wait(10).does('marie', { do: 'resume' }).wait(2)
    expect(body(here)).toMatchObject({ silenceOver: false })
    here.wait(1)
    expect(body(here)).toMatchObject({ silenceOver: true })
  })

  it('leaves one next gesture to the facilitator: the silence first, the floor after', () => {
    const here = writing()
    expect(body(here, 'marie')).toMatchObject({ leads: true, maySilence: true, showsFloor: false })
    expect(body(here, 'paul')).toMatchObject({ maySilence: false, showsFloor: false })
    here.says('marie', { do: 'silence' })
    expect(body(here, 'marie')).toMatchObject({ leads: true, maySilence: false, showsFloor: true })
    expect(body(here, 'paul')).toMatchObject({ showsFloor: false })
  })
})

describe('pooling', () => {
  const written = () =>
    writing('zoe')
      .says('paul', { do: 'own-done', idea1: 'Publier', idea2: 'Relire' })
      .says('lea', { do: 'own-done', idea1: 'Écouter' })

  it('shows the ideas of whoever is given the floor, and only those', () => {
    const here = written().says('marie', { do: 'floor-done' })
    expect(body(here)).toMatchObject({
      pooling: true,
      silence: null,
      speaking: [
        {
          author: { said: 'Paul Martin' },
          ideas: [
            { number: '1', text: { said: 'Publier' } },
            { number: '2', text: { said: 'Relire' } },
          ],
        },
      ],
      others: [],
      sealed: { with: { count: 1 } },
    })
    expect(here.sees(person('paul')).task).toEqual({ say: 'ideation-by-profile.task-mine' })
    expect(harvest(here).map((one) => [one.id, one.sentence, one.title, one.number])).toEqual([
      ['paul#1', 'Publier', '', 1],
      ['paul#2', 'Relire', '', 2],
    ])
  })

  it('posts a fresh card when it begins, and not at each turn', () => {
    const here = written()
    const before = liveSlot(here.session())
    here.says('marie', { do: 'floor-done' })
    const opened = liveSlot(here.session())
    expect(opened).not.toBe(before)
    here.says('marie', { do: 'floor-done' })
    expect(liveSlot(here.session())).toBe(opened)
  })

  it('freezes what was shown, and lets the others write on', () => {
    const here = written().says('marie', { do: 'floor-done' })
    expect(here.triesTo('paul', { do: 'own-save', idea1: 'Autre' })).toMatchObject({
      refusal: 'shown-already',
    })
    expect(form(here, 'paul')).toMatchObject({ locked: true, receipt: true })
    here.says('lea', { do: 'own-done', idea1: 'Écouter mieux' }).says('marie', { do: 'floor-done' })
    expect(harvest(here).at(-1)).toMatchObject({ sentence: 'Écouter mieux', authors: ['lea'] })
  })

  it('lets someone who had nothing when her turn came still write, sealed until shown', () => {
    const here = written().says('marie', { do: 'floor-give', who: 'zoe' })
    expect(here.sees(person('zoe')).task).toEqual({ say: 'ideation-by-profile.task-aloud' })
    here.says('zoe', { do: 'own-done', idea1: 'Comparer' })
    expect(harvest(here)).toEqual([])
    here.says('marie', { do: 'own-show-all' })
    expect(harvest(here).map((one) => one.sentence)).toEqual(['Publier', 'Relire', 'Écouter', 'Comparer'])
    expect(here.triesTo('marie', { do: 'own-show-all' })).toMatchObject({ refusal: 'already' })
  })

  it('is for the facilitator to open, and can be undone', () => {
    const here = written()
    expect(here.triesTo('paul', { do: 'own-show-all' })).toMatchObject({ refusal: 'facilitator-only' })
    expect(here.triesTo('paul', { do: 'floor-give', who: 'paul' })).toMatchObject({
      refusal: 'facilitator-only',
    })
    here.says('marie', { do: 'own-show-all' }).does('marie', { do: 'undo' })
    expect(harvest(here)).toEqual([])
    here.says('paul', { do: 'own-done', idea1: 'Corrigé' }).does('marie', { do: 'redo' })
    expect(harvest(here)[0]).toMatchObject({ sentence: 'Corrigé' })
  })

  it('takes in someone who joins late, at the end of the round', () => {
    const here = written().says('marie', { do: 'floor-done' }).does('nour', joining('nour'))
    here.says('nour', { do: 'own-done', idea1: 'Mesurer' })
    here
      .says('marie', { do: 'floor-done' })
      .says('marie', { do: 'floor-done' })
      .says('marie', { do: 'floor-done' })
    expect(harvest(here).at(-1)).toMatchObject({ sentence: 'Mesurer', authors: ['nour'] })
  })

  it('keeps the ideas of someone who left, for the facilitator to show', () => {
    const here = written().does('paul', { do: 'leave' }).says('marie', { do: 'floor-done' })
    expect(body(here, 'marie')).toMatchObject({ mayShowAll: true, sealed: { with: { count: 1 } } })
    here.says('marie', { do: 'own-show-all' })
    expect(harvest(here)).toHaveLength(3)
  })

  it('takes an idea heard aloud, with or without its author, from the organising team', () => {
    const here = written().does('marie', { do: 'name-role', person: 'zoe', role: 'note-taker' })
    here.says('marie', { do: 'floor-done' })
    expect(here.triesTo('lea', { do: 'heard-add', text: 'Sport' })).toMatchObject({
      refusal: 'organisers-only',
    })
    expect(here.triesTo('zoe', { do: 'heard-add', text: ' ' })?.problems).toHaveProperty('text')
    here.says('zoe', { do: 'heard-add', text: 'Comparer', author: 'lea' })
    here.says('marie', { do: 'heard-add', text: 'Simplifier', author: 'nobody' })
    expect(harvest(here).slice(2)).toMatchObject([
      { sentence: 'Comparer', authors: ['lea'], number: 3 },
      { sentence: 'Simplifier', authors: [], number: 4 },
    ])
    expect(body(here)).toMatchObject({
      others: [{ ideas: [{}] }, { author: { say: 'ideation-by-profile.heard' } }],
    })
    here.does('marie', { do: 'undo' })
    expect(harvest(here)).toHaveLength(3)
  })

  it('is over with its segment: what would never be shown is not taken', () => {
    const here = written().does('marie', { do: 'next', anyway: 'true' })
    expect(here.triesTo('zoe', { do: 'own-done', idea1: 'Tard' }, 'ouvrir')).toMatchObject({
      refusal: 'too-late',
    })
    expect(here.triesTo('marie', { do: 'own-show-all' }, 'ouvrir')).toMatchObject({ refusal: 'not-now' })
    expect(form(here, 'zoe')).toMatchObject({ locked: true, receipt: false })
  })
})

describe('a prompt', () => {
  it('is thrown in by the facilitator, the next one each time, and shown to everyone', () => {
    const here = writing()
    expect(here.triesTo('paul', { do: 'hint' })).toMatchObject({ refusal: 'facilitator-only' })
    here.says('marie', { do: 'hint' }).says('marie', { do: 'hint' })
    expect(body(here)).toMatchObject({
      hints: [{ text: { fr: 'Seconde piste' }, latest: true }, { text: { fr: 'Première piste' } }],
    })
    expect(body(here, 'marie')).toMatchObject({ mayHint: true, hasHint: false })
    expect(here.triesTo('marie', { do: 'hint' })?.problems).toHaveProperty('text')
    here.does('marie', { do: 'undo' })
    expect(body(here)).toMatchObject({ hints: [{ text: { fr: 'Première piste' } }] })
  })

  it('may be the facilitator’s own', () => {
    const here = writing()
    const dialog = (by: string, name: string) =>
      dialogView(name, 'ouvrir', {
        session: here.session(),
        slot: '',
        viewer: person(by),
        now: here.now(),
        draft: {},
        by,
      })
    expect(dialog('marie', 'hint')).not.toBeNull()
    for (const name of ['hint', 'heard', 'floor']) expect(dialog('paul', name)).toBeNull()
    expect(here.triesTo('marie', { do: 'hint-own', text: '' })?.problems).toHaveProperty('text')
    here.says('marie', { do: 'hint-own', text: 'Et si on publiait tout ?' })
    expect(body(here)).toMatchObject({ hints: [{ text: { said: 'Et si on publiait tout ?' } }] })
    here.does('marie', { do: 'undo' })
    expect(body(here)).toMatchObject({ hints: [] })
  })
})

it('tells the ideas of the room with their authors, and only counts what was never shown', () => {
  const here = writing()
    .says('paul', { do: 'own-done', idea1: 'Publier' })
    .says('lea', { do: 'own-done', idea1: 'Écouter', idea2: 'Taire' })
    .says('marie', { do: 'floor-give', who: 'paul' })
    .does('marie', { do: 'end' })
  const chapter = chaptersOf(here.session(), 'organisers', here.now()).find((one) => one.id === 'ouvrir')
  expect(chapter?.blocks.slice(1)).toMatchObject([
    { block: 'facts', facts: [{ value: { said: '2' } }, { value: { said: '1' } }] },
    { block: 'table', rows: [[{ said: '1' }, { said: 'Publier' }, { said: 'Paul Martin' }]] },
    { block: 'text', text: { say: 'ideation-by-profile.never-shown', with: { count: 2 } } },
  ])
})

describe('typed in the chat', () => {
  const read = (here: Stage, by: string, typed: string) =>
    readTyped(typed, {
      meeting: here.meeting(),
      by,
      name: '',
      defaultFormat: '',
      formats: [],
      now: here.now(),
    })

  it.each([
    ['marie', 'relancer', { do: 'hint' }],
    ['marie', 'piste Et si on publiait tout ?', { do: 'hint-own', text: 'Et si on publiait tout ?' }],
    ['marie', 'entendu Paul : Publier', { do: 'heard-add', author: 'paul', text: 'Publier' }],
    ['marie', 'heard Publier : vite', { do: 'heard-add', author: '', text: 'Publier : vite' }],
    ['marie', 'tout dévoiler', { do: 'own-show-all' }],
    ['marie', 'silence', { do: 'silence' }],
    ['paul', 'pas terminé', { do: 'own-reopen' }],
    ['paul', 'terminé', { do: 'own-done' }],
    ['marie', 'merci', { do: 'floor-done' }],
  ])('%s: "%s" is understood, and carried out', (by, typed, input) => {
    const here = writing().says('paul', { do: 'own-save', idea1: 'Publier' })
    const asked = read(here, by, typed)
    expect(asked).toMatchObject({ kind: 'ask', ask: { do: 'phase', input } })
    if (asked.kind === 'ask') here.does(by, asked.ask)
  })

  it('means the floor once people speak', () => {
    const here = writing().says('marie', { do: 'floor-done' })
    expect(read(here, 'paul', 'j’ai terminé')).toMatchObject({ ask: { input: { do: 'floor-done' } } })
  })
})

it('can be pooled as soon as everyone has finished, though no silence was begun', () => {
  const here = writing()
  expect(body(here, 'marie')).toMatchObject({ maySilence: true, mayShowAll: false, showsFloor: false })
  for (const who of ['paul', 'lea']) here.says(who, { do: 'own-done', idea1: `Idée de ${who}` })
  expect(body(here, 'marie')).toMatchObject({ maySilence: false, mayShowAll: true, showsFloor: true })
  expect(body(here, 'paul')).toMatchObject({ showsFloor: false })
  here.says('marie', { do: 'own-show-all' })
  expect(harvest(here)).toHaveLength(2)
})
