import { describe, expect, it } from 'vitest'
import { theRoom } from '../../../src/core/phases/contract.ts'
import { seatOf } from '../../../src/core/session/place.ts'
import { chaptersOf } from '../../../src/core/summary/index.ts'
import { dialogView } from '../../../src/core/views/index.ts'
import { joining, person, type Stage, workshopOf } from '../../support/stage.ts'

const text = (fr: string) => ({ fr, en: fr })
const headings = [
  { id: 'titre', label: text('Titre'), help: text('Quelques mots.'), max: 60 },
  { id: 'porte-sur', label: text('Mon engagement porte sur…'), help: text('Le défi.') },
  { id: 'transparence', label: text('Transparence'), help: text('En quoi ?'), group: 'principle' },
]

const writing = (...people: string[]) =>
  workshopOf([{ id: 'canevas', phase: 'canvas', options: { headings } }], ...people)
const walking = (...people: string[]) =>
  workshopOf([{ id: 'canevas', phase: 'canvas', options: { headings, walk: true } }], ...people)

const propose = (heading: string, words: string) => ({ do: 'propose', heading, text: words })

function harvest(here: Stage, segment = 'canevas') {
  const seat = seatOf(here.session(), segment, here.now())
  return seat ? seat.phase.harvest(seat.place) : []
}

const written = (here: Stage, id: string) => harvest(here).find((one) => one.id === id)

const dialogFor = (here: Stage, by: string, name: string, about = '') =>
  dialogView(name, 'canevas', {
    session: here.session(),
    slot: 'step/canevas/1',
    viewer: person(by),
    now: here.now(),
    draft: { about },
    by,
  })?.data

describe('the canvas', () => {
  it('takes a proposal from anyone who takes part, shown to everyone with a number', () => {
    const here = writing('paul', 'lea').says('paul', propose('porte-sur', 'Des données lisibles.'))
    for (const viewer of [theRoom, person('lea'), person('marie')])
      expect(JSON.stringify(here.sees(viewer))).toContain('Des données lisibles.')
    expect(here.triesTo('marie', propose('titre', 'x'))).toMatchObject({ refusal: 'participants-only' })
    expect(here.triesTo('stranger', propose('titre', 'x'))).toMatchObject({ refusal: 'join-first' })
  })

  it('says what is wrong with a proposal, field by field', () => {
    const here = writing('paul')
    expect(here.triesTo('paul', propose('', ' '))?.problems).toMatchObject({
      heading: { say: 'canvas.choose-heading' },
      text: { say: 'problem.empty' },
    })
    expect(here.triesTo('paul', propose('titre', 'x'.repeat(61)))?.problems).toHaveProperty('text')
    expect(here.triesTo('paul', propose('nowhere', 'x'))?.problems).toHaveProperty('heading')
  })

  it('is written by the organising team alone, from proposals that stay credited', () => {
    const here = writing('paul', 'lea')
      .says('paul', propose('porte-sur', 'Des données lisibles.'))
      .says('lea', propose('porte-sur', 'Des décisions expliquées.'))
    expect(here.triesTo('paul', { do: 'proposal-take', proposal: 'paul#1' })).toMatchObject({
      refusal: 'organisers-only',
    })
    here.says('marie', { do: 'proposal-take', proposal: 'paul#1' })
    here.says('marie', { do: 'proposal-take', proposal: 'lea#1' })
    expect(written(here, 'porte-sur')).toMatchObject({
      sentence: 'Des données lisibles.\nDes décisions expliquées.',
      authors: ['paul', 'lea'],
      sources: ['canevas/paul#1', 'canevas/lea#1'],
    })
    expect(here.triesTo('marie', { do: 'proposal-take', proposal: 'lea#1' })).toMatchObject({
      refusal: 'already',
    })
  })

  it('combines what is ticked with what is typed, and credits what is ticked', () => {
    const here = writing('paul', 'lea')
      .says('paul', propose('porte-sur', 'A.'))
      .says('lea', propose('porte-sur', 'B.'))
    here.says('marie', {
      do: 'heading-write',
      heading: 'porte-sur',
      text: 'Pour commencer.',
      sources: 'canevas/lea#1,canevas/paul#1,canevas/forged#9',
      was: '0',
      add: true,
    })
    expect(written(here, 'porte-sur')).toMatchObject({
      sentence: 'Pour commencer.\nA.\nB.',
      sources: ['canevas/paul#1', 'canevas/lea#1'],
    })
  })

  it('never lets two people overwrite each other silently', () => {
    const here = writing('paul').does('marie', { do: 'name-role', person: 'paul', role: 'note-taker' })
    const write = (words: string, was: number) => ({
      do: 'heading-write',
      heading: 'titre',
      text: words,
      was: String(was),
    })
    here.says('marie', write('Le mien', 0))
    expect(here.triesTo('paul', write('Le sien', 0))?.problems?.text).toMatchObject({
      say: 'canvas.changed',
      with: { text: { said: 'Le mien' } },
    })
    here.says('paul', write('Le nôtre', 1))
    expect(written(here, 'titre')?.sentence).toBe('Le nôtre')
    const whole = { do: 'canvas-write', 'f-titre': 'Encore autre chose', versions: 'titre:1' }
    expect(here.triesTo('marie', whole)?.problems).toHaveProperty('f-titre')
  })

  it('is finished in one go, heading by heading changed', () => {
    const here = writing('paul')
    here.says('marie', { do: 'canvas-write', 'f-titre': 'Un titre', 'f-porte-sur': '', versions: 'titre:0' })
    expect(harvest(here).map((one) => one.id)).toEqual(['titre'])
    const moves = here.session().moves.length
    here.says('marie', { do: 'canvas-write', 'f-titre': 'Un titre' })
    expect(here.session().moves).toHaveLength(moves)
  })

  it('undoes what was written, and never what people proposed', () => {
    const here = writing('paul').says('paul', propose('titre', 'Un titre'))
    here.says('marie', { do: 'proposal-take', proposal: 'paul#1' }).does('marie', { do: 'undo' })
    expect(harvest(here)).toEqual([])
    expect(JSON.stringify(here.sees(theRoom))).toContain('Un titre')
  })

  it('lets people withdraw what is not in the canvas yet', () => {
    const here = writing('paul', 'lea')
      .says('paul', propose('titre', 'Un'))
      .says('paul', propose('titre', 'Deux'))
    expect(here.triesTo('lea', { do: 'proposal-withdraw', proposal: 'paul#1' })).toMatchObject({
      refusal: 'unknown',
    })
    here.says('marie', { do: 'proposal-take', proposal: 'paul#1' })
    expect(here.triesTo('paul', { do: 'proposal-withdraw', proposal: 'paul#1' })).toMatchObject({
      refusal: 'taken',
    })
    here.says('paul', { do: 'proposal-withdraw', proposal: 'paul#2' })
    here.says('paul', propose('titre', 'Trois'))
    const seat = seatOf(here.session(), 'canevas', here.now())
    const given = seat?.phase.contributions(seat.place) ?? []
    expect(given.map((one) => [one.id, one.number])).toEqual([
      ['paul#1', 1],
      ['paul#3', 3],
    ])
  })

  it('leaves a heading for later, until something is written there', () => {
    const here = writing('paul').says('marie', { do: 'heading-later', heading: 'titre' })
    const state = () =>
      (here.sees(theRoom).body as { main: { id: string; state: unknown }[] }).main.find(
        (one) => one.id === 'titre',
      )?.state
    expect(state()).toMatchObject({ say: 'canvas.later' })
    here.says('marie', { do: 'heading-write', heading: 'titre', text: 'Un titre' })
    expect(state()).toMatchObject({ say: 'canvas.filled' })
  })

  it('keeps what was ticked or typed, whichever button of the dialog is pressed', () => {
    const here = writing('paul').says('paul', propose('titre', 'Des budgets lisibles'))
    here.says('marie', { do: 'heading-write', heading: 'titre', text: '', sources: 'canevas/paul#1' })
    expect(written(here, 'titre')).toMatchObject({ sentence: 'Des budgets lisibles', authors: ['paul'] })
    here.says('marie', { do: 'heading-later', heading: 'porte-sur', text: 'À creuser', was: '0' })
    expect(written(here, 'porte-sur')?.sentence).toBe('À creuser')
    expect(here.session().steer.shared.canevas).toMatchObject({ later: ['porte-sur'] })
  })

  it('tells in the summary what is empty, and of what was not taken up only what stands nowhere', () => {
    const here = writing('paul', 'lea')
      .says('paul', propose('titre', 'Des budgets lisibles'))
      .says('lea', propose('titre', 'des budgets LISIBLES'))
      .says('lea', propose('porte-sur', 'Autre chose'))
    here.says('marie', { do: 'proposal-take', proposal: 'paul#1' })
    const told = JSON.stringify(chaptersOf(here.session(), 'participants', here.now()))
    expect(told).toContain('canvas.left-empty')
    expect(told).toContain('Autre chose')
    expect(told).not.toContain('LISIBLES')
  })

  it('tells how far it is', () => {
    const here = writing('paul').says('marie', { do: 'heading-write', heading: 'titre', text: 'Un titre' })
    expect(here.sees(theRoom).body).toMatchObject({ progress: { with: { filled: 1, total: 3 } } })
  })

  it('opens its dialogs to the organising team and to nobody else', () => {
    const here = writing('paul').says('paul', propose('titre', 'Un titre'))
    expect(dialogFor(here, 'marie', 'heading', 'titre')).toMatchObject({
      sourcesChoices: [{ value: 'canevas/paul#1' }],
    })
    expect(dialogFor(here, 'paul', 'heading', 'titre')).toBeUndefined()
    expect(dialogFor(here, 'paul', 'canvas')).toBeUndefined()
    expect(dialogFor(here, 'marie', 'heading', 'nowhere')).toBeUndefined()
  })

  it('takes someone who joins late', () => {
    const here = writing('paul').does('zoe', joining('zoe')).says('zoe', propose('titre', 'Moi aussi'))
    expect(JSON.stringify(here.sees(theRoom))).toContain('Moi aussi')
  })
})

describe('a canvas walked through', () => {
  const brought = (here: Stage) =>
    here.does('marie', {
      do: 'bring',
      offer: '',
      'f-titre': 'Ouvrir les données',
      'f-porte-sur': 'Les cantines',
    })

  it('starts from what was brought and shows one heading at a time, which the facilitator turns', () => {
    const here = brought(walking('paul'))
    const shown = () => (here.sees(theRoom).body as { main: { id: string }[] }).main.map((one) => one.id)
    expect(shown()).toEqual(['titre'])
    expect(here.triesTo('paul', { do: 'page-next' })).toMatchObject({ refusal: 'facilitator-only' })
    here.says('marie', { do: 'page-next', page: '0' })
    expect(here.triesTo('marie', { do: 'page-next', page: '0' })).toMatchObject({ refusal: 'already' })
    expect(shown()).toEqual(['porte-sur'])
    expect(harvest(here).map((one) => one.sentence)).toEqual(['Ouvrir les données', 'Les cantines'])
  })

  it('is completed where it is asked, without losing what stood there', () => {
    const here = brought(walking('paul')).says('paul', propose('titre', 'de la commune'))
    here.says('marie', { do: 'proposal-take', proposal: 'paul#1' })
    expect(written(here, 'titre')?.sentence).toBe('Ouvrir les données\nde la commune')
  })

  it('says under which other headings proposals wait', () => {
    const here = brought(walking('paul')).says('paul', propose('porte-sur', 'Les stades aussi'))
    expect(here.sees(theRoom).body).toMatchObject({
      elsewhere: { with: { headings: { listing: [headings[1]?.label] } } },
    })
    expect(JSON.stringify(dialogFor(here, 'marie', 'canvas'))).toContain('Les stades aussi')
  })

  it('asks whether each heading is clear', () => {
    const here = brought(walking('paul')).says('paul', { do: 'clear' })
    expect(here.sees(person('paul')).body).toMatchObject({ clarity: { mine: 'clear' } })
    here.says('marie', { do: 'page-next' })
    expect(here.sees(person('paul')).body).toMatchObject({ clarity: { mine: '' } })
  })
})
