import { describe, expect, it } from 'vitest'
import type { TimelineBar, TimelinePicture } from '../../src/core/phases/contract.ts'
import { timelinePicture, timelineSvg } from '../../src/documents/timeline-picture.ts'
import { type Box, overlap, texts } from '../support/svg.ts'

const bar = (number: number, more: Partial<TimelineBar> = {}): TimelineBar => ({
  number,
  title: `Étape ${number}`,
  start: '2027-03-01',
  end: '2027-08-31',
  warned: false,
  ...more,
})
const timeline = (bars: TimelineBar[], more: Partial<TimelinePicture> = {}): TimelinePicture => ({
  shape: 'timeline',
  from: '2027-01-01',
  until: '2029-12-31',
  horizon: '2029-12-31',
  bars,
  ...more,
})

const long =
  'Ouvrir la plateforme de participation aux associations du département et à leurs adhérents volontaires'
const widest = 'W'.repeat(120)
const titles = [
  'Bilan',
  long,
  widest,
  '<b>"&"</b> \u0000 ${x}',
  'سلمى الحداد',
  '👩🏽‍💻 d’abord 🇫🇷',
  'שלום (1) monde',
  '\u202Eenvers',
]
/** Steps of every length, one every month, every title in turn. */
const many = (count: number): TimelineBar[] =>
  Array.from({ length: count }, (_, index) => {
    const start = `${2027 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`
    const end = index % 3 === 0 ? start : index % 3 === 1 ? `${start.slice(0, 8)}28` : '2029-12-31'
    return bar(index + 1, { title: titles[index % titles.length] ?? '', start, end, warned: index % 4 === 0 })
  })

const number = (value: string | undefined) => Number(value)

const bars = (svg: string): (Box & { number: number; fill: string })[] =>
  [
    ...svg.matchAll(
      /<rect id="bar-(\d+)" x="([\d.-]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" rx="6" fill="([^"]+)"/gu,
    ),
  ].map(([, id, x, y, width, height, fill = '']) => ({
    number: number(id),
    left: number(x),
    right: number(x) + number(width),
    top: number(y),
    bottom: number(y) + number(height),
    fill,
  }))

describe('the picture of a roadmap', () => {
  it.each([1, 5, 12, 30])('is a PNG that Teams takes, with %i steps', (count) => {
    const png = timelinePicture(timeline(many(count)), 'fr')
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect(png.readUInt32BE(16)).toBeLessThanOrEqual(1000)
    expect(png.readUInt32BE(20)).toBeLessThanOrEqual(1024)
    expect(png.length).toBeLessThan(1_000_000)
  })

  it('is 1000 pixels wide as long as it is not too tall, and taller with each step', () => {
    const size = (count: number) => {
      const png = timelinePicture(timeline(many(count)), 'fr')
      return [png.readUInt32BE(16), png.readUInt32BE(20)]
    }
    const [one, five] = [size(1), size(5)]
    expect([one[0], five[0]]).toEqual([1000, 1000])
    expect(five[1]).toBeGreaterThan(one[1] ?? 0)
  })

  it('is the same for the same steps, in whatever order they come', () => {
    const picture = (steps: TimelineBar[]) => timelinePicture(timeline(steps), 'fr')
    expect(picture(many(12).reverse()).equals(picture(many(12)))).toBe(true)
  })

  it.each([1, 5, 12, 30])('hides no text behind another, nor outside, with %i steps', (count) => {
    const svg = timelineSvg(timeline(many(count)), 'fr')
    const all = texts(svg)
    const height = number(/height="(\d+)"/u.exec(svg)?.[1])
    all.forEach((one, index) => {
      expect([one.words, one.left >= 0 && one.right <= 1000 && one.bottom <= height]).toEqual([
        one.words,
        true,
      ])
      for (const other of all.slice(index + 1))
        expect([one.words, other.words, overlap(one, other)]).toEqual([one.words, other.words, false])
      for (const shape of bars(svg)) expect([one.words, overlap(one, shape)]).toEqual([one.words, false])
    })
  })

  it('can be read on a phone that shows it 340 pixels wide', () => {
    for (const { size } of texts(timelineSvg(timeline(many(30)), 'en')))
      expect((size * 340) / 1000).toBeGreaterThanOrEqual(11)
  })

  it('shows a step of one day, and keeps every step within the picture', () => {
    const steps = [
      bar(1, { start: '2027-01-01', end: '2027-01-01' }),
      bar(2, { start: '2029-12-31', end: '2029-12-31' }),
    ]
    for (const one of bars(timelineSvg(timeline(steps), 'fr'))) {
      expect(one.right - one.left).toBeGreaterThanOrEqual(14)
      expect(one.right).toBeLessThanOrEqual(972)
    }
  })

  it('puts what comes later further right, and a longer step wider', () => {
    const svg = timelineSvg(
      timeline([
        bar(1),
        bar(2, { start: '2028-03-01', end: '2028-05-31' }),
        bar(3, { start: '2027-03-01', end: '2028-02-29' }),
      ]),
      'fr',
    )
    const [one, later, longer] = bars(svg)
    expect(later?.left).toBeGreaterThan(one?.right ?? 0)
    expect(longer?.right).toBeCloseTo(later?.left ?? 0, 0)
  })

  it('tells a step to check by its pattern and its sign, explained below', () => {
    const plain = timelineSvg(timeline([bar(1)]), 'fr')
    expect(texts(plain).map(({ words }) => words)).not.toContain('Dates à vérifier')
    const svg = timelineSvg(timeline([bar(1), bar(2, { warned: true })]), 'fr')
    expect(bars(svg).map(({ fill }) => fill)).toEqual(['#0B5FA5', 'url(#warned)'])
    expect(svg.slice(svg.indexOf('id="label-2"'))).toMatch(/^[^§]*<path d="M19 2L36 34H2Z"/u)
    expect(texts(svg).map(({ words }) => words)).toContain('Dates à vérifier')
  })

  it('names the horizon, where there is one, as a month or as a day', () => {
    const named = (horizon: string | null, lang: 'fr' | 'en' = 'fr') =>
      texts(timelineSvg(timeline([bar(1)], { horizon }), lang))
        .map(({ words }) => words)
        .filter((words) => words.startsWith('Horizon'))
    expect(named('2028-12-31')).toEqual(['Horizon\u00A0: décembre 2028'])
    expect(named('2028-12-15', 'en')).toEqual(['Horizon: 15 December 2028'])
    expect(named(null)).toEqual([])
  })

  it.each([
    ['months', '2027-07-31', ['2027', 'janv.', 'févr.', 'mars']],
    ['quarters', '2029-12-31', ['2027', '2028', '2029', 'T1', 'T2', 'T3']],
    ['halves', '2031-12-31', ['2027', '2028', '2029', '2030', '2031', 'S1', 'S2']],
    ['years', '2036-12-31', ['2027', '2028', '2029', '2030']],
    ['pairs of years', '2046-12-31', ['2026', '2028', '2030']],
  ])('cuts its line in %s when that is what fits', (_what, until, first) => {
    const svg = timelineSvg(timeline([bar(1, { end: '2027-03-31' })], { until, horizon: null }), 'fr')
    expect(
      texts(svg)
        .map(({ words }) => words)
        .slice(0, first.length),
    ).toEqual(first)
  })
})

describe('the titles people wrote', () => {
  const drawn = (title: string) => texts(timelineSvg(timeline([bar(1, { title })]), 'fr')).at(-1)?.words

  it('are words, whatever they look like', () => {
    expect(drawn('<b>"&"</b> \u0000 ${x}')).toBe('<b>"&"</b> ${x}')
    expect(timelineSvg(timeline([bar(1, { title: '</text><script>' })]), 'fr')).not.toContain('<script')
  })

  it('are cut where they are too long, and only there', () => {
    expect(drawn('Former deux cents agents')).toBe('Former deux cents agents')
    expect(drawn(long)).toMatch(/^Ouvrir la plateforme de participation .*\S…$/u)
    expect(drawn(widest)).toMatch(/^W{20,40}…$/u)
  })

  it('lose only what the face has no letter for: the number and the list next to the picture tell the rest', () => {
    expect(drawn('👩🏽‍💻 d’abord 🇫🇷')).toBe('d’abord')
    expect(drawn('\u202Eenvers')).toBe('envers')
    expect(drawn('Ελλάδα, Київ, Łódź')).toBe('Ελλάδα, Київ, Łódź')
    expect(drawn('سلمى الحداد')).toBe('')
  })
})
