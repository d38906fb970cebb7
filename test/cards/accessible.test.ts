import { describe, expect, test } from 'vitest'
import type { Json } from '../../src/core/patch.ts'
import type { CardJson } from '../../src/teams/cards.ts'
import { contrast } from '../support/contrast.ts'
import { draw, nodesOf, readOn, typed } from './drawn.ts'
import { play, scenes } from './scenes.ts'
import { themes } from './teams-colours.ts'

const languages = ['fr', 'en'] as const
const all = scenes().flatMap(({ name, view }) =>
  languages.map((lang) => ({ name, lang, card: draw({ ...view, lang }) })),
)
const inFrench = all.filter(({ lang }) => lang === 'fr')

describe.each(all)('the card $name in "$lang"', ({ lang, card }) => {
  test('says in which language it is to be read', () => {
    expect(card.lang).toBe(lang)
  })

  test('labels each field so that it is told from the others', () => {
    const labels = typed(card, 'Input.').map((input) => String(input.label).trim())
    expect(labels.filter((label, index) => labels.indexOf(label) !== index)).toEqual([])
    for (const label of labels) expect(label).toMatch(/\p{L}/u)
    for (const choice of typed(card, 'Input.ChoiceSet').flatMap(({ choices }) => choices as CardJson[]))
      expect(choice.title).toEqual(expect.stringMatching(/\S/u))
    for (const tick of typed(card, 'Input.Toggle'))
      expect(tick.title).toEqual(expect.stringMatching(/\p{L}/u))
  })

  test('says what is wrong with a field right under it', () => {
    for (const { node, before } of inLists(card))
      if (isProblem(node)) expect(String(before?.type), `before « ${node.text} »`).toMatch(/^Input\./u)
  })

  test('has words on every button, and no picture for a word', () => {
    for (const action of typed(card, 'Action.')) {
      expect(action.title).toEqual(expect.stringMatching(/\p{L}/u))
      expect(action).not.toHaveProperty('iconUrl')
    }
  })

  test('begins with what it is, before anything is asked', () => {
    const parts = nodesOf(card)
    const heading = parts.findIndex(({ type, style }) => type === 'TextBlock' && style === 'heading')
    const control = parts.findIndex(({ type }) => /^(Input|Action)\./u.test(String(type)))
    // A line that says what was done, and offers nothing, needs no title.
    if (control >= 0) expect(heading).toBeGreaterThanOrEqual(0)
    if (control >= 0) expect(heading).toBeLessThan(control)
  })

  test('reads in the order it is written: no column goes on under another', () => {
    for (const { columns } of typed(card, 'ColumnSet')) {
      const fields = (columns as CardJson[]).map((column) => typed(column, 'Input.').length)
      expect(Math.max(0, ...fields)).toBeLessThanOrEqual(1)
      const lines = (columns as CardJson[]).map((column) => textsOf(column).length)
      expect(lines.filter((count) => count > 2).length, JSON.stringify(lines)).toBeLessThanOrEqual(1)
    }
    expect(typed(card, 'Table')).toEqual([])
  })

  test('shows the same at every width', () => {
    for (const part of nodesOf(card)) expect(part).not.toHaveProperty('targetWidth')
  })

  test('says in words, or by a sign, whatever it colours', () => {
    for (const text of nodesOf(card).filter(({ color }) => color !== undefined))
      expect(String(text.text)).toMatch(/[\p{L}\p{N}★⇄✓↷⚠▲▼•●○!]/u)
    for (const box of nodesOf(card).filter(({ style }) => signals.has(String(style))))
      expect(readOn(box).join('')).toMatch(/\p{L}/u)
  })

  test.each(['light', 'dark'] as const)('can be read in Teams’ %s theme', (theme) => {
    for (const { text, ground, colour, subtle } of coloured(card)) {
      const found = themes[theme][ground]
      const ink = found?.text[colour]?.[subtle ? 'subtle' : 'plain']
      if (!found || !ink) throw new Error(`${theme} has no ${colour} on ${ground}`)
      if (platforms[theme].includes(`${colour} on ${ground}`)) continue
      expect(contrast(ink, found.ground), `« ${text} », ${colour} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    }
  })
})

/** Containers of these styles say something by their colour. */
const signals = new Set(['good', 'attention', 'warning', 'accent'])

/**
 * What Microsoft's own colours make too pale for AA, and the cards use all the same. Red under a field is what a mistake
 * looks like everywhere, and its words say it too.
 */
const platforms = { light: [] as string[], dark: ['attention on default', 'attention on emphasis'] }

test('the platform’s own colours are too pale where the list says so, and by so much', () => {
  const measured = (name: string) => {
    const [colour = '', ground = ''] = name.split(' on ')
    const found = themes.dark[ground]
    return Math.round(contrast(found?.text[colour]?.plain ?? '', found?.ground ?? '') * 100) / 100
  }
  expect(platforms.dark.map((name) => [name, measured(name)])).toEqual([
    ['attention on default', 3.24],
    ['attention on emphasis', 3.43],
  ])
})

test('only what is wrong with a field is red: everything else can be read in both themes', () => {
  const red = all.flatMap(({ card }) => nodesOf(card)).filter(({ color }) => color === 'Attention')
  expect(red.length).toBeGreaterThan(0)
  expect(new Set(red.map(({ type }) => type))).toEqual(new Set(['TextBlock']))
})

describe('what a picture shows', () => {
  const pictures = inFrench.flatMap(({ name, card }) =>
    typed(card, 'Image').map((image) => ({ name, card, alt: shown(image.altText) })),
  )

  test('is said instead of it: each card of the matrix and where it stands, each step of the timeline', () => {
    const matrix = pictures.find(({ name }) => name === 'matrix-revealed')
    for (const [title = ''] of play().subjects) expect(matrix?.alt).toContain(title)
    expect(matrix?.alt.match(/Désirabilité \d/gu)?.length).toBe(play().subjects.length)
    const timeline = pictures.find(({ name }) => name === 'roadmap')
    expect(timeline?.alt).toMatch(/Étape 1, .+\sdébut .+fin .+Étape 2/u)
  })

  test('is said right after it where the text instead of it only points there', () => {
    const pointing = pictures.filter(({ alt }) => alt.includes('dans la liste qui suit'))
    expect(pointing.length).toBeGreaterThan(0)
    for (const { card } of pointing) {
      const parts = nodesOf(card)
      const after = parts.slice(parts.findIndex(({ type }) => type === 'Image'))
      expect(after.flatMap(textsOf).join('\n')).toMatch(
        /Un budget que chacun comprend|Ouvrir les données de la ville/u,
      )
    }
  })
})

/** Without the marks that keep a name’s own direction apart. */
const shown = (text: Json | undefined): string => String(text).replace(/[\u2068\u2069]/gu, '')

/** Every element with the one that is read before it in the same list. */
function inLists(value: Json | undefined): { node: CardJson; before: CardJson | undefined }[] {
  if (Array.isArray(value)) {
    const list = value.filter(isCard)
    return list.flatMap((node, index) => [{ node, before: list[index - 1] }, ...inLists(node)])
  }
  if (!isCard(value)) return []
  const { fallback: _fallback, data: _data, ...rest } = value
  return Object.values(rest).flatMap(inLists)
}

const isCard = (value: Json | undefined): value is CardJson =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isProblem = (node: CardJson) => node.type === 'TextBlock' && node.color === 'Attention'

/** Texts of an element, a RichTextBlock being one. */
function textsOf(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf)
  if (!isCard(value)) return []
  if (value.type === 'TextBlock') return [String(value.text)]
  if (value.type === 'RichTextBlock')
    return [(value.inlines as CardJson[]).map(({ text }) => String(text)).join('')]
  return ['body', 'items', 'columns'].flatMap((key) => textsOf(value[key]))
}

interface Coloured {
  text: string
  /** The style of the nearest container that has one. */
  ground: string
  colour: string
  subtle: boolean
}

function coloured(value: Json | undefined, ground = 'default'): Coloured[] {
  if (Array.isArray(value)) return value.flatMap((one) => coloured(one, ground))
  if (!isCard(value)) return []
  const holds = ['Container', 'Column', 'ColumnSet'].includes(String(value.type))
  const under = holds && typeof value.style === 'string' ? value.style : ground
  const { fallback: _fallback, data: _data, ...rest } = value
  const inside = Object.values(rest).flatMap((one) => coloured(one, under))
  if (value.type !== 'TextBlock' && value.type !== 'TextRun') return inside
  const colour = String(value.color ?? 'default').toLowerCase()
  return [{ text: String(value.text), ground: under, colour, subtle: value.isSubtle === true }, ...inside]
}
