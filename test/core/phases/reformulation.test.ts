import { describe, expect, it } from 'vitest'
import { readFormat } from '../../../src/core/format.ts'
import { type Item, theRoom } from '../../../src/core/phases/contract.ts'
import { chainOf } from '../../../src/core/session/chain.ts'
import { seatOf } from '../../../src/core/session/place.ts'
import { chaptersOf } from '../../../src/core/summary/index.ts'
import { dialogView, viewOf } from '../../../src/core/views/index.ts'
import { readTyped } from '../../../src/teams/commands.ts'
import { formatOf, joining, person, type Stage, workshopOf } from '../../support/stage.ts'

const label = (fr: string) => ({ fr, en: fr })
const prompts = [
  { id: 'permet', label: label('Il permet de…') },
  { id: 'ambition', label: label('Il a l’ambition de…') },
]
const segments = [
  { id: 'sujet', phase: 'subject' },
  { id: 'reformuler', phase: 'reformulation', options: { prompts } },
  { id: 'conclusion', phase: 'conclusion' },
]

/** Marie leads, Rose takes notes, Paul and Léa take part; the subject is known. */
function atTheSheet(): Stage {
  return workshopOf(segments, 'paul', 'lea', 'rose')
    .does('marie', { do: 'name-role', person: 'rose', role: 'note-taker' })
    .does('marie', { do: 'amend', 'f-title': 'Le budget', 'f-sentence': 'Un budget lisible.' })
    .does('marie', { do: 'next' })
}

const given = (): Stage =>
  atTheSheet()
    .says('paul', { do: 'prompts-give', 'p-permet': 'mieux informer', 'p-ambition': 'tout ouvrir' })
    .says('lea', { do: 'prompts-give', 'p-permet': 'gagner la confiance' })

const seat = (here: Stage) => {
  const found = seatOf(here.session(), 'reformuler', here.now())
  if (!found) throw new Error('no sheet')
  return found
}
const harvest = (here: Stage): Item[] => seat(here).phase.harvest(seat(here).place)
const contributions = (here: Stage): Item[] => seat(here).phase.contributions(seat(here).place)
const composed = (here: Stage, prompt: string) => harvest(here).find((one) => one.id === prompt)
const form = (here: Stage, who: string, draft = {}) =>
  viewOf(here.session(), 'form/reformuler/1', person(who), here.now(), draft)?.data ?? {}
const dialog = (here: Stage, who: string, about: string, draft = {}) =>
  dialogView('reformulate', 'reformuler', {
    session: here.session(),
    slot: '',
    viewer: person(who),
    now: here.now(),
    draft: { ...draft, about },
    by: who,
  })?.data
const floor = (here: Stage, who: string) =>
  here.sees(person(who)).body as { leads: boolean; floor: Record<string, unknown> }

describe('the voluntary round', () => {
  it('expects nobody: people come forward, in the order they do, and the facilitator gives the floor', () => {
    const here = atTheSheet()
    expect(floor(here, 'marie')).toMatchObject({ leads: false, floor: { over: false, handLabel: null } })
    expect(here.triesTo('marie', { do: 'floor-done' })).toMatchObject({ refusal: 'not-now' })
    here.says('lea', { do: 'floor-jump' }).says('paul', { do: 'floor-jump' })
    expect(floor(here, 'marie').floor).toMatchObject({
      next: { with: { name: { said: 'Lea Martin' } } },
      waiting: [{ said: 'Paul Martin' }],
    })
    expect(floor(here, 'paul').floor.mayJump).toBe(false)
    here.says('marie', { do: 'floor-done' })
    expect(here.sees(person('lea')).task).toEqual({ say: 'reformulation.task-mine' })
    here.says('lea', { do: 'floor-done' }).says('paul', { do: 'floor-done' })
    expect(floor(here, 'marie')).toMatchObject({
      leads: false,
      floor: { speaker: null, over: false, progress: { with: { done: 2 } } },
    })
  })

  it('counts each volunteer once, takes no organiser, and lets someone who passed come back', () => {
    const here = atTheSheet().says('paul', { do: 'floor-jump' })
    expect(here.triesTo('paul', { do: 'floor-jump' })).toMatchObject({ refusal: 'already' })
    expect(here.triesTo('rose', { do: 'floor-jump' })).toMatchObject({ refusal: 'participants-only' })
    here
      .says('marie', { do: 'floor-done' })
      .says('paul', { do: 'floor-pass' })
      .says('paul', { do: 'floor-jump' })
    here.says('marie', { do: 'floor-done' }).says('paul', { do: 'floor-done' })
    expect(here.triesTo('paul', { do: 'floor-jump' })).toMatchObject({ refusal: 'already' })
    expect(floor(here, 'paul').floor.mayJump).toBe(false)
  })

  it('gives one minute each, and rings at its end without taking the floor away', () => {
    const here = atTheSheet().says('marie', { do: 'floor-give', who: 'paul' })
    here.wait(1)
    expect(floor(here, 'marie').floor).toMatchObject({ turnOver: true, speaker: { said: 'Paul Martin' } })
  })
})

describe('the sheet', () => {
  it('takes texts for several prompts at once, and shows them to everyone with their names', () => {
    expect(contributions(given())).toMatchObject([
      { id: 'paul#1', label: prompts[0]?.label, sentence: 'mieux informer', authors: ['paul'], number: 1 },
      { id: 'paul#2', sentence: 'tout ouvrir', authors: ['paul'], number: 2 },
      { id: 'lea#1', sentence: 'gagner la confiance', authors: ['lea'], number: 3 },
    ])
    expect(given().sees(theRoom).body).toMatchObject({
      subject: { title: { said: 'Le budget' }, sentence: { said: 'Un budget lisible.' } },
      prompts: [
        { texts: [{ text: { said: 'mieux informer' } }, { author: { said: 'Lea Martin' } }] },
        { texts: [{ text: { said: 'tout ouvrir' } }] },
      ],
    })
  })

  it('says what is wrong, field by field, and keeps nothing of it', () => {
    const here = atTheSheet()
    const long = { do: 'prompts-give', 'p-permet': 'x'.repeat(401), 'p-ambition': 'tout ouvrir' }
    expect(here.triesTo('paul', long)?.problems).toEqual({
      'p-permet': { say: 'problem.long', with: { length: 401, max: 400 } },
    })
    expect(here.triesTo('paul', { do: 'prompts-give', 'p-permet': ' ' })?.problems).toHaveProperty('p-permet')
    expect(here.triesTo('marie', { do: 'prompts-give', 'p-permet': 'x' })).toMatchObject({
      refusal: 'participants-only',
    })
    expect(contributions(here)).toEqual([])
    const drawn = form(here, 'paul', { typed: long, problems: here.triesTo('paul', long)?.problems })
    expect(drawn).toMatchObject({ receipt: false, prompts: [{}, { value: { said: 'tout ouvrir' } }] })
  })

  it('stops at a number of texts that still fits on a card', () => {
    const here = atTheSheet()
    for (let count = 0; count < 24; count += 1)
      here.says('paul', { do: 'prompts-give', 'p-permet': `idée ${count}` })
    expect(here.triesTo('paul', { do: 'prompts-give', 'p-permet': 'encore' })?.problems).toMatchObject({
      'p-permet': { say: 'reformulation.too-many' },
    })
    expect(here.sees(theRoom).body).toMatchObject({
      prompts: [{ earlier: { with: { count: 15 } }, texts: { length: 9 } }, { texts: [] }],
    })
  })

  it('gives each author a receipt of her own texts, which she may change or take back', () => {
    const here = given()
    expect(form(here, 'paul')).toMatchObject({ receipt: true, texts: [{ key: 'paul#1' }, { key: 'paul#2' }] })
    expect(form(here, 'paul', { edit: true, about: 'paul#2' })).toMatchObject({
      receipt: false,
      mends: true,
      own: { key: 'paul#2', value: { said: 'tout ouvrir' } },
    })
    expect(form(here, 'paul', { edit: true })).toMatchObject({ receipt: false, mends: false })
    here.says('paul', { do: 'text-edit', text: 'paul#2', own: 'ouvrir toutes les données' })
    here.says('paul', { do: 'text-remove', text: 'paul#1' })
    expect(contributions(here).map((one) => [one.id, one.sentence])).toEqual([
      ['paul#2', 'ouvrir toutes les données'],
      ['lea#1', 'gagner la confiance'],
    ])
    here.says('paul', { do: 'prompts-give', 'p-permet': 'décider' })
    expect(contributions(here).at(-1)).toMatchObject({ id: 'paul#3', number: 4 })
  })

  it('lets nobody touch what someone else wrote', () => {
    const here = given()
    expect(here.triesTo('lea', { do: 'text-edit', text: 'paul#1', own: 'x' })).toMatchObject({
      refusal: 'unknown',
    })
    expect(here.triesTo('marie', { do: 'text-remove', text: 'paul#1' })).toMatchObject({ refusal: 'unknown' })
    expect(form(here, 'lea', { edit: true, about: 'paul#1' })).toMatchObject({ mends: false, own: null })
  })

  it('is open to someone who joins late, and until the end of the workshop', () => {
    const here = given().does('zoe', joining('zoe'))
    here.says('zoe', { do: 'prompts-give', 'p-permet': 'comparer' }).says('zoe', { do: 'floor-jump' })
    expect(contributions(here).at(-1)).toMatchObject({ authors: ['zoe'] })
    here
      .does('marie', { do: 'next' })
      .says('zoe', { do: 'prompts-give', 'p-ambition': 'durer' }, 'reformuler')
    expect(contributions(here).at(-1)).toMatchObject({ sentence: 'durer' })
    expect(here.triesTo('zoe', { do: 'floor-jump' }, 'reformuler')).toMatchObject({ refusal: 'not-now' })
    expect(here.triesTo('marie', { do: 'compose', prompt: 'permet', text: 'x' }, 'reformuler')).toMatchObject(
      {
        refusal: 'not-now',
      },
    )
  })
})

describe('the reformulation', () => {
  it('is composed by facilitator or note-taker, with what it was made from', () => {
    const here = given()
    const ask = {
      do: 'compose',
      prompt: 'permet',
      text: 'Informer et convaincre',
      sources: 'paul#1,lea#1',
      was: '0',
    }
    expect(here.triesTo('paul', ask)).toMatchObject({ refusal: 'organisers-only' })
    here.says('rose', ask)
    expect(composed(here, 'permet')).toMatchObject({
      label: prompts[0]?.label,
      sentence: 'Informer et convaincre',
      authors: ['paul', 'lea'],
      sources: ['reformuler/paul#1', 'reformuler/lea#1'],
    })
    const chain = chainOf(here.session(), ['reformuler/permet'], here.now())
    expect(chain.map(({ origin }) => origin.sentence)).toEqual([
      'Informer et convaincre',
      'mieux informer',
      'gagner la confiance',
    ])
  })

  it('takes up a sentence in one gesture, after what is there, once', () => {
    const here = given().says('marie', { do: 'compose-from', source: 'paul#1' })
    expect(here.triesTo('rose', { do: 'compose-from', source: 'paul#1' })).toMatchObject({
      refusal: 'already',
    })
    here.says('rose', { do: 'compose-from', source: 'lea#1' })
    expect(composed(here, 'permet')).toMatchObject({
      sentence: 'mieux informer, gagner la confiance',
      sources: ['reformuler/paul#1', 'reformuler/lea#1'],
    })
    expect(here.triesTo('paul', { do: 'text-remove', text: 'paul#1' })).toMatchObject({ refusal: 'taken' })
    here.does('marie', { do: 'undo' }).does('marie', { do: 'undo' })
    expect(composed(here, 'permet')).toBeUndefined()
    here.says('paul', { do: 'text-remove', text: 'paul#1' }).does('marie', { do: 'redo' })
    expect(composed(here, 'permet')).toMatchObject({ sentence: 'mieux informer', authors: [], sources: [] })
  })

  it('is undone without touching what people wrote', () => {
    const here = given().says('marie', { do: 'compose', prompt: 'permet', text: 'Une phrase' })
    here.does('marie', { do: 'undo' })
    expect(composed(here, 'permet')).toBeUndefined()
    expect(contributions(here)).toHaveLength(3)
  })

  it('is never overwritten silently: the second to save is told what the other wrote', () => {
    const here = given()
    const ask = { do: 'compose', prompt: 'permet', was: '0' }
    here.says('marie', { ...ask, text: 'Celle de Marie' })
    const refused = here.triesTo('rose', { ...ask, text: 'Celle de Rose' })
    expect(refused?.problems).toMatchObject({
      text: { say: 'reformulation.changed', with: { text: { said: 'Celle de Marie' } } },
    })
    const again = dialog(here, 'rose', 'permet', {
      typed: { text: 'Celle de Rose' },
      problems: refused?.problems,
    })
    expect(again).toMatchObject({ text: { said: 'Celle de Rose' } })
    here.says('rose', { ...ask, text: 'Celle de Rose', was: String(again?.was) })
    expect(composed(here, 'permet')).toMatchObject({ sentence: 'Celle de Rose' })
  })

  it('does not take a version for another after an undo', () => {
    const here = given().says('marie', { do: 'compose', prompt: 'permet', text: 'Première' })
    const seen = String(dialog(here, 'rose', 'permet')?.was)
    here.does('marie', { do: 'undo' }).says('marie', { do: 'compose', prompt: 'permet', text: 'Deuxième' })
    expect(
      here.triesTo('rose', { do: 'compose', prompt: 'permet', text: 'x', was: seen })?.problems,
    ).toHaveProperty('text')
  })

  it('forgets the sources when every box is unticked, and keeps them when the words are typed in the chat', () => {
    const here = given().says('marie', { do: 'compose-from', source: 'paul#1' })
    here.says('marie', { do: 'compose', prompt: 'permet', text: 'En bref' })
    expect(composed(here, 'permet')?.sources).toEqual(['reformuler/paul#1'])
    const was = String(dialog(here, 'marie', 'permet')?.was)
    here.says('marie', { do: 'compose', prompt: 'permet', text: 'En bref', was })
    expect(composed(here, 'permet')?.sources).toEqual([])
  })

  it('starts its title from the subject, and keeps where it comes from', () => {
    const here = given()
    expect(composed(here, 'title')).toMatchObject({ title: 'Le budget', sources: [] })
    expect(dialog(here, 'marie', 'title')).toMatchObject({
      text: { said: 'Le budget' },
      sources: { length: 3 },
    })
    here.says('marie', {
      do: 'compose',
      prompt: 'title',
      text: 'Un budget ouvert',
      sources: 'paul#2',
      was: '0',
    })
    expect(composed(here, 'title')).toMatchObject({ title: 'Un budget ouvert', authors: ['paul'] })
    expect(
      here.triesTo('marie', { do: 'compose', prompt: 'title', text: 'x'.repeat(121) })?.problems,
    ).toHaveProperty('text')
  })

  it('refuses an empty text, an unknown prompt and an unknown source', () => {
    const here = given()
    expect(here.triesTo('marie', { do: 'compose', prompt: 'permet', text: '  ' })?.problems).toHaveProperty(
      'text',
    )
    expect(here.triesTo('marie', { do: 'compose', prompt: 'autre', text: 'x' })).toMatchObject({
      refusal: 'unknown',
    })
    expect(here.triesTo('marie', { do: 'compose-from', source: 'zoe#1' })).toMatchObject({
      refusal: 'unknown',
    })
    here.says('marie', { do: 'compose', prompt: 'permet', text: 'x', sources: 'zoe#1,paul#1', was: '0' })
    expect(composed(here, 'permet')?.sources).toEqual(['reformuler/paul#1'])
  })

  it('is opened by the organising team alone', () => {
    expect(dialog(given(), 'rose', 'permet')).toMatchObject({ sources: { length: 2 }, was: 0 })
    expect(dialog(given(), 'paul', 'permet')).toBeUndefined()
    expect(dialog(given(), 'marie', 'autre')).toBeUndefined()
  })

  it('is told in the summary, then who said what', () => {
    const here = given().says('marie', { do: 'compose-from', source: 'paul#1' }).does('marie', { do: 'end' })
    const chapter = chaptersOf(here.session(), 'participants', here.now()).find(
      (one) => one.id === 'reformuler',
    )
    expect(chapter?.blocks.slice(1)).toMatchObject([
      { block: 'facts', facts: [{ value: { said: 'Le budget' } }, { value: { said: 'mieux informer' } }] },
      { block: 'list', title: prompts[0]?.label, items: [{}, {}] },
      { block: 'list', title: prompts[1]?.label, items: [{ with: { name: { said: 'Paul Martin' } } }] },
    ])
  })
})

describe('a script', () => {
  it('names each prompt once, and not after the title', () => {
    const wrong = (id: string) =>
      readFormat({
        ...formatOf(segments),
        segments: formatOf([{ id: 'a', phase: 'subject' }]).segments.map((one) => ({
          ...one,
          phase: 'reformulation',
          options: {
            prompts: [
              { id, label: label('x') },
              { id: 'permet', label: label('y') },
            ],
          },
        })),
      })
    expect(wrong('title')).toHaveProperty('mistakes')
    expect(wrong('permet')).toHaveProperty('mistakes')
    expect(wrong('autre')).toHaveProperty('format')
  })
})

describe('typed in the chat', () => {
  it.each([
    ['je me lance', { do: 'floor-jump' }],
    ['compléter 1 mieux informer', { do: 'prompt-give', prompt: '1', text: 'mieux informer' }],
    ['ma phrase 2 : ouvrir', { do: 'text-edit', text: '2', own: 'ouvrir' }],
    ['retirer ma phrase 2', { do: 'text-remove', text: '2' }],
    ['reformuler 1 : Informer', { do: 'compose', prompt: '1', text: 'Informer' }],
    ['reformuler titre Un budget', { do: 'compose', prompt: 'title', text: 'Un budget' }],
    ['reprendre la phrase 3', { do: 'compose-from', source: '3' }],
    ['use sentence 3', { do: 'compose-from', source: '3' }],
  ])('"%s" is understood, and carried out', (text, input) => {
    const here = given()
    const around = { meeting: here.meeting(), name: 'x', defaultFormat: '', formats: [], now: here.now() }
    const by = String(input.do).startsWith('compose') ? 'marie' : 'paul'
    const read = readTyped(text, { ...around, by })
    expect(read).toMatchObject({ kind: 'ask', ask: { do: 'phase', input } })
    if (read.kind === 'ask') here.does(by, read.ask)
  })

  it('says what is missing', () => {
    const here = given()
    const around = { meeting: here.meeting(), by: 'paul', name: 'x', defaultFormat: '', formats: [], now: 0 }
    for (const [text, command] of [
      ['compléter 1', 'prompt-give'],
      ['reformuler', 'compose'],
      ['reprendre la phrase', 'compose-from'],
    ])
      expect(readTyped(text ?? '', around)).toEqual({ kind: 'incomplete', command })
  })
})
