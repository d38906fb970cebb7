import { describe, expect, test } from 'vitest'
import { bounds } from '../../../src/core/bounds.ts'
import type { Draft } from '../../../src/core/phases/contract.ts'
import type { Ask } from '../../../src/core/session/asks.ts'
import { fingerprintOf, ownFields } from '../../../src/core/session/review.ts'
import { dialogView } from '../../../src/core/views/index.ts'
import { draw } from '../../cards/drawn.ts'
import { joining, lobbyWith, person, type Stage, workshopOf } from '../../support/stage.ts'

const text = (fr: string) => ({ fr, en: fr })
const headings = Array.from({ length: 12 }, (_, index) => ({
  id: `h${index}`,
  label: text(`Rubrique ${index + 1}`),
  help: text('Ce que vous voulez.'),
  max: 1200,
}))

const dialog = (here: Stage, name: string, by: string, draft: Draft = {}) =>
  dialogView(name, null, {
    session: here.session(),
    slot: '',
    viewer: person(by),
    now: here.now(),
    draft,
    by,
  })

const read = (here: Stage, name: string, by: string, draft: Draft = {}): string =>
  JSON.stringify(dialog(here, name, by, draft)?.data ?? null)

const choices = (here: Stage, name: string, by: string, about?: string) =>
  (dialog(here, name, by, about === undefined ? {} : { about })?.data.choices ?? []) as { value: string }[]

/** A canvas filled by the scribe from what Awa proposed to each heading, as long as they may be. */
function filled(): Stage {
  const here = workshopOf([{ id: 'canevas', phase: 'canvas', options: { headings } }], 'awa', 'luc')
  here.says('luc', { do: 'propose', heading: 'h0', text: 'Une idée de Luc.' })
  for (const { id } of headings) here.says('awa', { do: 'propose', heading: id, text: long(id) })
  for (let n = 1; n <= headings.length; n += 1)
    here.says('marie', { do: 'proposal-take', proposal: `awa#${n}` })
  return here.does('marie', { do: 'end' })
}

const long = (start: string) => `${start} ${'«é">&\\ '.repeat(200)}`.slice(0, 1190).trim()

function corrected(here: Stage, who: string, place: number, after: string): Stage {
  const shown = ownFields(here.session(), who, here.now())
  const ask: Ask = {
    do: 'correct',
    was: fingerprintOf(shown.slice(place, place + 1)),
    shown: String(place),
    [`f-${place}`]: after,
  }
  return here.does(who, ask)
}

describe('the dialog of one’s corrections', () => {
  test('holds one’s own words, and nobody else’s', () => {
    const here = filled()
    corrected(here, 'luc', 0, 'Lucien')
    expect(read(here, 'correct', 'luc')).toContain('Une idée de Luc.')
    expect(read(here, 'correct', 'luc')).toContain('Lucien')
    for (const about of [undefined, 'canevas/h0', 'canevas/luc#1', 'people/luc', 'canevas:0', '../x']) {
      const seen = read(here, 'correct', 'awa', about === undefined ? {} : { about })
      for (const absent of ['Une idée de Luc.', 'Lucien', 'Luc Martin']) expect(seen).not.toContain(absent)
    }
  })

  test('offers to choose a text where there are many, and saves the one that is chosen', () => {
    const here = filled()
    const values = choices(here, 'correct', 'awa').map(({ value }) => value)
    expect(values).toEqual(expect.arrayContaining(['people/awa', 'canevas/h0', 'canevas/awa#1']))
    const shown = dialog(here, 'correct', 'awa', { about: 'canevas/h3' })?.data
    expect(shown).toMatchObject({ choices: [], about: 'canevas/h3', shown: '7' })
    here.does('awa', {
      do: 'correct',
      was: String(shown?.was),
      shown: String(shown?.shown),
      'f-7': 'Plus court.',
    })
    expect(here.session().review.amendments).toMatchObject([{ item: 'h3', after: 'Plus court.' }])
    expect(read(here, 'correct', 'awa')).toContain('"say":"review.waiting"')
  })

  test('opens for nobody before the end, nor for who did not take part', () => {
    const here = lobbyWith('awa').does('marie', { do: 'start' })
    for (const name of ['correct', 'corrections', 'complete']) expect(dialog(here, name, 'marie')).toBeNull()
    here.does('marie', { do: 'end' })
    expect(dialog(here, 'correct', 'zoe')).toBeNull()
  })

  test('keeps what was typed and refused, next to what the documents still say', () => {
    const here = lobbyWith('awa').does('marie', { do: 'start' }).does('marie', { do: 'end' })
    const seen = read(here, 'correct', 'awa', { typed: { 'f-0': '', 'f-1': 'Diop' } })
    expect(seen).toContain('Diop')
    expect(seen).toContain('"say":"review.stands","with":{"text":{"said":"Martin"}}')
  })

  test('does not hold out again the words a facilitator has refused meanwhile', () => {
    const here = lobbyWith('awa').does('marie', { do: 'start' }).does('marie', { do: 'end' })
    corrected(here, 'awa', 1, 'Diop')
    const waiting = here.session().review.amendments[0]?.id ?? ''
    here.does('marie', { do: 'settle', correction: waiting, accept: 'false' })
    const typed = { 'f-0': 'Hawa', 'f-1': 'Diop' }
    const stale = dialog(here, 'correct', 'awa', { typed, problems: { form: { say: 'review.changed' } } })
    const fields = JSON.stringify(stale?.data.groups)
    expect(fields).toContain('"value":{"said":"Hawa"}')
    expect(fields).toContain('"value":{"said":"Martin"}')
    expect(fields).not.toContain('Diop')
    expect(stale?.data.formProblem).toBeNull()
    const more = { form: { say: 'review.changed' }, 'f-0': { say: 'problem.empty' } }
    const both = dialog(here, 'correct', 'awa', { typed, problems: more })
    expect(both?.data.formProblem).toEqual({ say: 'review.changed' })
  })
})

describe('what is for the organising team', () => {
  test('opens for nobody else', () => {
    const here = filled().does('marie', { do: 'name-role', person: 'luc', role: 'note-taker' })
    const open = (name: string, by: string) => dialog(here, name, by, { about: 'post' }) !== null
    for (const name of ['complete', 'letter', 'corrections'])
      expect([name, open(name, 'awa'), open(name, 'zoe'), open(name, 'marie')]).toEqual([
        name,
        false,
        false,
        true,
      ])
    expect([open('complete', 'luc'), open('letter', 'luc'), open('corrections', 'luc')]).toEqual([
      true,
      true,
      false,
    ])
  })

  test('names every text that may be completed, by its place where there are many', () => {
    const here = filled()
    for (let n = 0; n < 95; n += 1) here.does('marie', { do: 'note', text: `Note ${n}` })
    const parts = choices(here, 'complete', 'marie').map(({ value }) => value)
    expect(parts).toEqual(['context:0', 'people:0', 'canevas:0', 'notes:0', 'notes:1', 'notes:2'])
    const items = parts.flatMap((about) => choices(here, 'complete', 'marie', about))
    expect(new Set(items.map(({ value }) => value)).size).toBe(7 + 3 + 12 + 13 + 95)
    for (const about of items.map(({ value }) => value))
      expect(dialog(here, 'complete', 'marie', { about })?.data).toMatchObject({ target: about, choices: [] })
  })

  test('lists the corrections that wait first, then the settled ones, page after page, each once', () => {
    const here = filled()
    for (let place = 0; place < 12; place += 1) corrected(here, 'awa', place + 4, `Nouveau ${place}`)
    const settled = here.session().review.amendments[0]?.id ?? ''
    here.does('marie', { do: 'settle', correction: settled, accept: 'true' })
    const pages = ['0', '1', '2'].map((about) => dialog(here, 'corrections', 'marie', { about })?.data)
    const listed = pages.flatMap((page) => [...ids(page?.waiting), ...ids(page?.settled)])
    expect(new Set(listed).size).toBe(12)
    expect(listed.at(-1)).toBe(settled)
    expect(pages.map((page) => [page?.earlier, page?.later])).toEqual([
      ['', '1'],
      ['0', '2'],
      ['1', ''],
    ])
    for (const about of ['99', '-3', 'x'])
      expect(dialog(here, 'corrections', 'marie', { about })).not.toBeNull()
  })

  test('stays far below the size of a message with the longest texts', () => {
    const here = filled()
    for (let place = 4; place < 16; place += 1) corrected(here, 'awa', place, long('Nouveau'))
    for (let n = 0; n < 300 - here.session().notes.length; n += 1)
      here.does('marie', { do: 'note', text: long('') })
    const views = [
      dialog(here, 'corrections', 'marie'),
      dialog(here, 'correct', 'awa'),
      dialog(here, 'complete', 'marie', { about: 'notes:0' }),
      dialog(here, 'letter', 'marie', { about: 'thanks', typed: { text: 'é'.repeat(bounds.letter) } }),
    ]
    for (const view of views) expect(view && JSON.stringify(draw(view)).length).toBeLessThan(28_000)
  })
})

const ids = (rows: unknown): string[] =>
  (rows as { correction: string }[]).map(({ correction }) => correction)

test('someone without a word of her own in the exercises may still correct her name', () => {
  const here = lobbyWith('awa')
    .does('zoe', joining('zoe'))
    .does('marie', { do: 'start' })
    .does('marie', { do: 'end' })
  expect(read(here, 'correct', 'zoe')).toContain('"id":"f-3"')
})
