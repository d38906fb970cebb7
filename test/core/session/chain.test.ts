import { describe, expect, it } from 'vitest'
import type { Format } from '../../../src/core/format.ts'
import { carried, offersOf, startOf } from '../../../src/core/session/carry.ts'
import { chainOf } from '../../../src/core/session/chain.ts'
import type { Brought } from '../../../src/core/session/types.ts'
import { chaptersOf } from '../../../src/core/summary/index.ts'
import { dialogView } from '../../../src/core/views/index.ts'
import { formatOf, ideas, joining, person, type Stage, stage, workshopAt } from '../../support/stage.ts'

const text = (fr: string) => ({ fr, en: fr })
const heading = { id: 'titre', label: text('Titre de l’engagement'), help: text('Quelques mots.') }

const toCanvas = formatOf([
  { id: 'sujet', phase: 'subject' },
  { id: 'canevas', phase: 'canvas', options: { headings: [heading] } },
])
const fromCanvas = formatOf([
  { id: 'relecture', phase: 'canvas', options: { headings: [heading], walk: true } },
])

/** Format #1 with two subjects rated by two people; the second is the priority. */
function rated(): Stage {
  const here = workshopAt('identifier', 'paul', 'lea')
  here.says('paul', ideas('Les cantines')).says('lea', ideas('Les budgets'))
  here.does('marie', { do: 'next' }).says('marie', { do: 'cards-show-all' }).does('marie', { do: 'next' })
  const cards = Object.keys((here.session().steer.shared.qualifier as { cards: object }).cards)
  const votes = Object.fromEntries(
    cards.flatMap((id) => [
      [`d-${id}`, '5'],
      [`f-${id}`, '3'],
    ]),
  )
  here.says('paul', { do: 'rate-save', ...votes }).says('lea', { do: 'rate-save', ...votes })
  return here.says('marie', { do: 'reveal' }).says('marie', { do: 'prioritise', card: cards[1] ?? '' })
}

/** A lobby of another meeting, on this format. */
function launched(format: Format, ...people: string[]): Stage {
  const opened = stage(format).does('marie', { do: 'launch', format: format.id, name: 'Marie Durand' })
  return people.reduce((here, name) => here.does(name, joining(name)), opened)
}

function offered(here: Stage, index = 0): Brought {
  const brought = carried(here.session(), offersOf(here.session(), here.now())[index]?.id ?? '', here.now())
  if (!brought) throw new Error('nothing is offered')
  return brought
}

describe('what a session offers to the next', () => {
  it('is its subjects, ranked as on the matrix, the priority first', () => {
    const here = rated()
    expect(offersOf(here.session(), here.now()).map((one) => one.title)).toEqual([
      'Les budgets',
      'Les cantines',
    ])
    expect(startOf(here.session().format)).toBeNull()
    expect(startOf(toCanvas)?.shape).toBe('subject')
    expect(startOf(fromCanvas)?.shape).toBe('canvas')
  })

  it('holds nothing that was never shown', () => {
    const here = workshopAt('identifier', 'paul').says('paul', ideas('Sous scellé'))
    expect(offersOf(here.session(), here.now())).toEqual([])
    expect(chainOf(here.session(), ['identifier/paul#1'], here.now())[0]?.origin.title).toBe('Sous scellé')
    const seen = (about: string) =>
      dialogView('origin', null, {
        session: here.session(),
        slot: 'step/identifier/1',
        viewer: person('lea'),
        now: here.now(),
        draft: { about },
        by: 'marie',
      })
    expect(seen('identifier/paul#1')).toBeNull()
  })
})

describe('a session that starts from another', () => {
  it('keeps the subject, its author and its votes, in another meeting', () => {
    const next = launched(toCanvas, 'tom')
    expect(next.brings('marie', offered(rated()))).toBeNull()
    next.does('marie', { do: 'start' })
    const [subject, ranked, card, idea] = chainOf(next.session(), ['sujet/subject'], next.now())
    expect(subject?.origin).toMatchObject({ title: 'Les budgets', phase: 'subject' })
    expect(ranked?.origin).toMatchObject({ phase: 'matrix', mean: { y: 5, x: 3 }, votes: 2, priority: true })
    expect(ranked?.from).toMatchObject({ meeting: '19:meeting', session: '1' })
    expect(card?.origin).toMatchObject({ phase: 'subject-cards' })
    expect(idea?.origin).toMatchObject({
      phase: 'silent-ideation',
      authors: [{ id: 'lea', name: 'Lea Martin' }],
    })
  })

  it('keeps the whole chain over two generations', () => {
    const second = launched(toCanvas, 'tom')
    second.brings('marie', offered(rated()))
    second.does('marie', { do: 'start' }).does('marie', { do: 'next' })
    second
      .says('tom', { do: 'propose', heading: 'titre', text: 'Un budget en images' })
      .says('marie', { do: 'proposal-take', proposal: 'tom#1' })
    const third = launched(fromCanvas, 'zoe')
    expect(third.brings('marie', offered(second))).toBeNull()
    third.does('marie', { do: 'start' })
    const links = chainOf(third.session(), ['relecture/titre'], third.now())
    expect(links.map(({ origin }) => origin.phase)).toEqual([
      'canvas',
      'canvas',
      'canvas',
      'matrix',
      'subject-cards',
      'silent-ideation',
    ])
    expect(links.at(-1)?.origin.authors).toEqual([{ id: 'lea', name: 'Lea Martin' }])
    expect(third.session().steer.brought?.lineage).toHaveLength(2)
    expect(links.at(-1)?.from?.title.fr).toBe('J’identifie des sujets Gouvernement Ouvert')
    const origins = chaptersOf(third.session(), 'participants', third.now()).find(
      (one) => one.id === 'origins',
    )
    expect(JSON.stringify(origins)).toContain('Lea Martin')
  })

  it('takes what the archive found and nothing a card sent', () => {
    const next = launched(toCanvas)
    expect(next.tries('marie', { do: 'bring', offer: '19:meeting|1|c1-0' })).toMatchObject({
      refusal: 'unknown',
    })
    expect(next.brings('marie', null)).toMatchObject({ refusal: 'unknown' })
    const forged = { do: 'bring', offer: 'x', material: offered(rated()) }
    expect(next.tries('marie', forged as never)).toMatchObject({ refusal: 'unknown' })
    expect(next.session().steer.brought).toBeNull()
  })

  it('does not start from what has another shape, nor for someone who does not lead', () => {
    const material = offered(rated())
    expect(launched(fromCanvas).brings('marie', material)).toMatchObject({ refusal: 'unknown' })
    expect(launched(toCanvas, 'paul').brings('paul', material)).toMatchObject({ refusal: 'facilitator-only' })
  })

  it('can be launched straight from the last one', () => {
    const next = stage(toCanvas)
    const ask = { do: 'launch' as const, format: 'test-format', name: 'Marie', offer: 'any' }
    expect(next.brings('marie', offered(rated()), ask)).toBeNull()
    expect(next.session().steer.brought?.fields[0]).toMatchObject({ key: 'title', text: 'Les budgets' })
    expect(stage(fromCanvas).brings('marie', offered(rated()), ask)).toMatchObject({ refusal: 'unknown' })
    expect(stage(toCanvas).brings('marie', null, ask)).toMatchObject({ refusal: 'unknown' })
  })
})

describe('what was carried over', () => {
  const started = () => {
    const next = launched(toCanvas, 'tom')
    next.brings('marie', offered(rated()))
    return next
  }
  const amend = (title: string, more: Record<string, unknown> = {}) => ({
    do: 'amend' as const,
    'f-title': title,
    'f-sentence': 'Pour les budgets.',
    ...more,
  })

  it('is amended with a trace of what stood there before, and by whom', () => {
    const next = started().does('marie', amend('Les budgets de la commune', { was: 0 }))
    const { brought } = next.session().steer
    expect(brought?.fields[0]).toMatchObject({ text: 'Les budgets de la commune' })
    expect(brought?.changes).toMatchObject([
      { key: 'title', before: 'Les budgets', after: 'Les budgets de la commune', name: 'Marie Durand' },
    ])
    expect(brought?.fields[0]?.sources).not.toEqual([])
    const chapter = chaptersOf(next.session(), 'participants', next.now()).find((one) => one.id === 'start')
    expect(JSON.stringify(chapter)).toContain('Les budgets de la commune')
  })

  it('is never overwritten by someone who has not seen the last change', () => {
    const next = started().does('marie', amend('Un', { was: 0 }))
    expect(next.tries('marie', amend('Deux', { was: 0 }))?.problems).toMatchObject({
      'f-title': { say: 'carry.changed' },
    })
  })

  it('can be typed in when nothing came before, and says what is wrong', () => {
    const next = launched(toCanvas, 'tom')
    expect(next.tries('marie', amend(' '))?.problems).toMatchObject({ 'f-title': { say: 'problem.empty' } })
    expect(next.tries('marie', amend('x'.repeat(200)))?.problems).toHaveProperty('f-title')
    next.does('marie', amend('Les cantines', { 'f-why': 'Tout le monde y mange.' }))
    expect(next.sees(person('tom')).start).toMatchObject({ title: { said: 'Les cantines' }, from: null })
    expect(next.tries('tom', amend('Autre chose'))).toMatchObject({ refusal: 'facilitator-only' })
  })

  it('is given back by undo when another choice replaced it', () => {
    const next = started().does('marie', amend('Mes mots', { was: 0 }))
    next.brings('marie', offered(rated(), 1))
    expect(next.session().steer.brought?.fields[0]).toMatchObject({ text: 'Les cantines' })
    next.does('marie', { do: 'undo' })
    expect(next.session().steer.brought?.fields[0]).toMatchObject({ text: 'Mes mots' })
    expect(next.session().steer.brought?.changes).toHaveLength(1)
  })
})
