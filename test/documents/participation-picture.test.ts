import { describe, expect, it } from 'vitest'
import type { ParticipationPicture } from '../../src/core/phases/contract.ts'
import { participationPictureOf } from '../../src/core/summary/participation.ts'
import { say } from '../../src/core/text.ts'
import { widthOf } from '../../src/documents/drawing.ts'
import { participationPicture, participationSvg } from '../../src/documents/participation-picture.ts'
import { firstPlayed } from '../support/chained.ts'

type Bar = ParticipationPicture['bars'][number]

const title = (fr: string) => ({ fr, en: fr })
type Line = Omit<Bar, 'of'>
const bar = (name: string, answered: number, contributions: number | null = null): Line => ({
  title: title(name),
  answered,
  contributions,
})
const picture = (people: number, bars: Line[], publics = [people, 0, 0]): ParticipationPicture => ({
  shape: 'participation',
  profiles: (['agent', 'civil-society', 'citizen'] as const)
    .map((profile, index) => ({ label: say(`profile.${profile}`), people: publics[index] ?? 0 }))
    .filter((one) => one.people > 0),
  bars: bars.map((one) => ({ ...one, of: people })),
})

const long =
  'Identifier les sujets d’engagement de mon administration et de toutes celles qui travaillent avec elle'
const many = (count: number, people: number): Line[] =>
  Array.from({ length: count }, (_, index) =>
    bar(index % 2 ? long : `Temps ${index}`, (index * 7) % (people + 1), index % 3 ? 1200 : null),
  )

interface Box {
  words: string
  size: number
  left: number
  right: number
  top: number
  bottom: number
}

/** Every text, as wide as it is drawn. */
const texts = (svg: string): Box[] =>
  [
    ...svg.matchAll(
      /<text x="([\d.-]+)" y="([\d.]+)" font-size="([\d.]+)" fill="[^"]+" font-weight="(\d+)" text-anchor="(\w+)"[^>]*>([^<]*)</gu,
    ),
  ].map(([, x, y, size, weight, anchor, escaped = '']) => {
    const words = escaped.replace(/&#(\d+);/gu, (_sign, code) => String.fromCodePoint(Number(code)))
    const wide = widthOf(words, { size: Number(size), bold: weight === '700' })
    const left = Number(x) - (anchor === 'end' ? wide : 0)
    const [top, bottom] = [Number(y) - Number(size) * 0.72, Number(y) + Number(size) * 0.22]
    return { words, size: Number(size), left, right: left + wide, top, bottom }
  })

const words = (svg: string): string[] => texts(svg).map((one) => one.words.replaceAll('\u00A0', ' '))

/** Bars and their cells, per segment: how many in all, and how many are full. */
const cells = (svg: string): { all: number; full: number }[] =>
  [...svg.matchAll(/<g id="segment-\d+">([\s\S]*?)<\/g>/gu)].map(([, inside = '']) => ({
    all: [...inside.matchAll(/<rect/gu)].length,
    full: [...inside.matchAll(/<rect[^>]*fill="#0B5FA5"/gu)].length,
  }))

const cases: [string, ParticipationPicture][] = [
  ['one person', picture(1, [bar('Introduction', 0), bar('Conclusion', 1)])],
  ['ten people', picture(10, many(7, 10), [5, 3, 2])],
  ['sixty people, twelve segments', picture(60, many(12, 60), [41, 18, 1])],
  ['nobody who answered', picture(8, [bar('Introduction', 0)], [0, 8, 0])],
]

describe('the picture of participation', () => {
  it.each(cases)('is a PNG that Teams takes, the same each time: %s', (_what, one) => {
    const png = participationPicture(one, 'fr')
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect(png.readUInt32BE(16)).toBe(1000)
    expect(png.readUInt32BE(20)).toBeLessThanOrEqual(1024)
    expect(participationPicture(one, 'fr').equals(png)).toBe(true)
  })

  it.each(cases)(
    'stands 11 pixels high on a phone, and no word leaves it or covers another: %s',
    (_what, one) => {
      for (const lang of ['fr', 'en'] as const) {
        const drawn = texts(participationSvg(one, lang))
        for (const box of drawn) {
          expect((box.size * 340) / 1000).toBeGreaterThanOrEqual(11)
          expect(box.left).toBeGreaterThanOrEqual(20)
          expect(box.right).toBeLessThanOrEqual(980)
        }
        const covered = drawn.flatMap((a, index) =>
          drawn
            .slice(index + 1)
            .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
            .map((b) => `${a.words} / ${b.words}`),
        )
        expect(covered).toEqual([])
      }
    },
  )

  it('tells each public by its pattern and its words', () => {
    const svg = participationSvg(picture(10, [bar('Introduction', 10)], [5, 3, 2]), 'fr')
    expect(words(svg).slice(0, 3)).toEqual(['Agent public (5)', 'Société civile (3)', 'Citoyen (2)'])
    const fills = [...svg.matchAll(/<rect id="public-\d"[^>]*fill="([^"]+)"/gu)].map(([, fill]) => fill)
    expect(fills).toEqual(['#0B5FA5', 'url(#stripes)', 'url(#dots)'])
    const wide = [...svg.matchAll(/<rect id="public-\d" width="([\d.]+)"/gu)].map(([, one]) => Number(one))
    expect(wide.map((one) => Math.round((one / 944) * 10))).toEqual([5, 3, 2])
  })

  it('gives a cell to each person, full for those who answered, and says it in words', () => {
    const svg = participationSvg(picture(10, [bar('Un', 8), bar('Deux', 0, 14), bar('Trois', 10, 1)]), 'fr')
    expect(cells(svg)).toEqual([
      { all: 10, full: 8 },
      { all: 10, full: 0 },
      { all: 10, full: 10 },
    ])
    expect(words(svg).slice(1)).toEqual([
      'Un',
      '8 sur 10',
      'Deux',
      '0 sur 10 · 14 contributions',
      'Trois',
      '10 sur 10 · 1 contribution',
    ])
  })

  it('draws a length instead where people are too many for cells', () => {
    const svg = participationSvg(picture(60, [bar('Un', 15), bar('Deux', 0)]), 'en')
    expect(cells(svg)).toEqual([
      { all: 2, full: 1 },
      { all: 1, full: 0 },
    ])
    const [whole, part] = [
      ...svg.matchAll(/<rect[^>]*width="([\d.]+)"[^>]*rx="5"[^>]*stroke-width="2.5"/gu),
    ].map(([, wide]) => Number(wide))
    expect(Number(part) / Number(whole)).toBeCloseTo(0.25, 2)
    expect(words(svg)).toContain('15 of 60')
  })

  it('never fills more than there is, whoever left in between', () => {
    expect(cells(participationSvg(picture(3, [bar('Un', 5)]), 'fr'))).toEqual([{ all: 3, full: 3 }])
    const wide = [
      ...participationSvg(picture(60, [bar('Un', 90)]), 'fr').matchAll(/ width="([\d.]+)"[^>]*rx="5" fill/gu),
    ]
    expect(wide.at(-1)?.[1]).toBe(wide.at(-2)?.[1])
  })

  it('shortens a title that does not fit, and only that one', () => {
    const svg = participationSvg(picture(4, [bar(long, 1), bar('Introduction', 2)]), 'fr')
    expect(words(svg)[1]).toMatch(/^Identifier les sujets d’engagement de mon administration .*…$/u)
    expect(words(svg)[3]).toBe('Introduction')
    expect(participationSvg(picture(4, [bar('</text><script>', 1)]), 'fr')).not.toContain('<script')
  })

  it('shows the figures of the session', () => {
    const here = firstPlayed()
    const drawn = participationPictureOf(here.session(), here.now())
    if (!drawn) throw new Error('nobody answered')
    const told = words(participationSvg(drawn, 'fr'))
    expect(told.slice(0, 3)).toEqual(['Agent public (2)', 'Société civile (1)', 'Citoyen (1)'])
    expect(told).toContain('2 sur 3 · 2 contributions')
  })
})
