import { readdirSync, readFileSync } from 'node:fs'
import { Validator } from 'jsonschema'
import { describe, expect, test } from 'vitest'
import { phaseKinds } from '../../src/core/phases/index.ts'
import { draw, nodesOf, readOn, typed } from './drawn.ts'
import { scenes } from './scenes.ts'

const schema = JSON.parse(
  readFileSync(new URL('../fixtures/adaptive-card-1.5.0.json', import.meta.url), 'utf8'),
)
const validator = new Validator()
const all = scenes().map(({ name, view }) => ({ name, view, card: draw(view) }))

/** How Teams lays a container out where there is room; every other host stacks, and loses nothing. */
const withoutLayouts = (card: object): object =>
  JSON.parse(JSON.stringify(card, (key, value) => (key === 'layouts' ? undefined : value))) as object

/**
 * The canvas is completed from the card of another segment: that one button names the segment it opens. Each row of the
 * list of one’s workshops names its own.
 */
function stampFor(action: { [key: string]: unknown }, view: { stamp: object }): object {
  const opens = (action.data as { dialog?: string }).dialog
  if (Object.hasOwn(action.data ?? {}, 'm'))
    return { k: expect.stringMatching(/^(library|documents|which|programme\/board)$/) }
  return opens === 'canvas' ? { ...view.stamp, g: expect.stringMatching(/\S/) } : view.stamp
}

describe.each(all)('the card "$name"', ({ view, card }) => {
  test('is a valid Adaptive Card 1.5', () => {
    const { msteams: _teamsOnly, ...standard } = card
    expect(validator.validate(withoutLayouts(standard), schema).errors.map((error) => error.stack)).toEqual(
      [],
    )
  })

  test('shows nothing unfinished: no expression, no mark, no missing value', () => {
    const drawn = JSON.stringify(card)
    expect(drawn).not.toMatch(/\$\{|undefined|\[object|[\uE000\uE001]/)
    expect(nodesOf(card).flatMap((node) => Object.values(node))).not.toContain(null)
  })

  test('labels every input, describes every picture, names every action', () => {
    for (const input of typed(card, 'Input.')) expect(input.label).toEqual(expect.stringMatching(/\S/))
    for (const image of typed(card, 'Image')) expect(image.altText).toEqual(expect.stringMatching(/\S/))
    for (const action of typed(card, 'Action.')) expect(action.title).toEqual(expect.stringMatching(/\S/))
  })

  test('leaves checking to the bot, which answers with a sentence', () => {
    for (const input of typed(card, 'Input.')) {
      expect(input.id).not.toBe('verb')
      for (const hint of ['isRequired', 'maxLength', 'regex']) expect(input).not.toHaveProperty(hint)
    }
  })

  test('names each input and each foldable part once', () => {
    const ids = nodesOf(card).flatMap((node) => (typeof node.id === 'string' && node.type ? [node.id] : []))
    expect(new Set(ids).size).toBe(ids.length)
    for (const fold of typed(card, 'Action.ToggleVisibility'))
      for (const target of fold.targetElements as string[]) expect(ids).toContain(target)
  })

  test('stamps every action, with a form older clients understand', () => {
    for (const action of typed(card, 'Action.Execute')) {
      expect(action.data).toMatchObject({ ...stampFor(action, view), verb: action.verb })
      expect(action.fallback).toMatchObject({ type: 'Action.Submit', title: action.title, data: action.data })
      expect(action.fallback).toHaveProperty('associatedInputs', action.associatedInputs)
    }
    for (const action of typed(card, 'Action.Submit'))
      expect(action.data).toMatchObject(stampFor(action, view))
  })

  test('shows six actions at most in a row, and stays far below the size of a message', () => {
    for (const node of nodesOf(card)) {
      const actions = Array.isArray(node.actions) ? node.actions : []
      expect(actions.filter((one) => !(one as { mode?: string }).mode).length).toBeLessThanOrEqual(6)
    }
    expect(JSON.stringify(card).length).toBeLessThan(40_000)
  })

  test('is read in plain words: no identifier is shown', () => {
    for (const text of readOn(card).filter((one) => one.includes(' ')))
      expect(text).not.toMatch(/\bu\d\b|\bc\d+-\d\b/)
  })
})

describe('the templates', () => {
  const files = (folder: string) =>
    readdirSync(new URL(`../../cards/${folder}`, import.meta.url))
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.replace('.json', ''))

  test('are all drawn by some scene', () => {
    const drawn = new Set(all.map(({ view }) => view.card))
    for (const name of files('.').filter((one) => one !== 'step')) expect(drawn).toContain(name)
    for (const name of files('phases')) expect(drawn).toContain(`step:${name}`)
    for (const name of files('forms')) expect(drawn).toContain(`forms/${name}`)
    for (const name of files('dialogs')) expect(drawn).toContain(`dialogs/${name}`)
  })

  test('cover every exercise', () => {
    expect(files('phases').sort()).toEqual(phaseKinds().sort())
  })
})

describe('what a card is for', () => {
  const texts = (name: string) => readOn(all.find((one) => one.name === name)?.card ?? {}).join('\n')

  test('the control room is on the facilitator’s card and on nobody else’s', () => {
    expect(texts('tour-facilitator')).toContain('Régie')
    for (const name of ['tour-mine', 'tour-waiting', 'tour-room', 'cards-note-taker'])
      expect(texts(name)).not.toContain('Régie')
  })

  test('a silence that has not begun is told apart from one that has, for whoever waits to write', () => {
    const told = (id: string) => all.filter(({ card }) => JSON.stringify(card).includes(`"id":"${id}"`))
    const begins = all.filter(({ card }) => JSON.stringify(card).includes('"verb":"silence"'))
    expect(begins.length).toBeGreaterThan(0)
    expect(begins.filter((one) => !told('silence-awaited').includes(one))).toEqual([])
    expect(told('silence').length).toBeGreaterThan(0)
  })

  test('a name that is too long is told once, by its own field', () => {
    expect(texts('join-long-name').match(/\b305\b/gu)).toHaveLength(1)
    expect(texts('join-problems')).toContain('Certains champs')
  })

  test('the help fits a phone: what the moment waits for, and all the rest at a touch', () => {
    const card = all.find((one) => one.name === 'help')?.card ?? {}
    const folded = nodesOf(card).filter((node) => node.isVisible === false)
    expect(folded.flatMap(readOn).join('\n')).toContain('pause')
    expect(folded.flatMap(readOn).join('\n')).not.toContain('suivant')
    expect(typed(card, 'Action.ToggleVisibility').map((one) => one.targetElements)).toEqual([['help-more']])
    expect(texts('help-private')).not.toContain('Tout ce que vous pouvez m’écrire')
  })

  test('someone who has not joined is offered to', () => {
    expect(texts('tour-outsider')).toContain('Rejoindre l’atelier')
    expect(texts('tour-waiting')).not.toContain('Rejoindre l’atelier')
  })

  test('the card the whole room gets offers to show one’s own, where a client does not do it by itself', () => {
    for (const name of ['lobby-room', 'tour-room']) expect(texts(name)).toContain('Afficher ma carte')
    for (const name of [
      'lobby-facilitator',
      'tour-mine',
      'tour-outsider',
      'join',
      'matrix-form',
      'summary',
      'past',
    ])
      expect(texts(name)).not.toContain('Afficher ma carte')
  })

  test('what is refused on the card of a past step says where to go on', () => {
    expect(texts('past-refused')).toContain('@Ouverture étape')
    expect(texts('introduction-over-facilitator')).not.toContain('plus bas')
  })

  test('a finished step is one line', () => {
    expect(texts('past')).toMatch(/Introduction\n✓ Terminé\nen 13\u00A0min/)
  })
})
