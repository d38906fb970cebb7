import { describe, expect, it } from 'vitest'
import type { MatrixPicture } from '../../src/core/phases/contract.ts'
import { type Disc, fanOut } from '../../src/documents/fan-out.ts'
import { matrixPicture, matrixSvg } from '../../src/documents/matrix-picture.ts'

const both = (fr: string, en: string) => ({ fr, en })
const point = (
  number: number,
  x: number,
  y: number,
  more: Partial<MatrixPicture['points'][number]> = {},
) => ({
  number,
  x,
  y,
  priority: false,
  divided: false,
  ...more,
})
const matrix = (points: MatrixPicture['points']): MatrixPicture => ({
  shape: 'matrix',
  scale: { min: 1, max: 5 },
  x: {
    title: both('Faisabilité', 'Feasibility'),
    low: both('très difficile', 'very hard'),
    high: both('très facile', 'very easy'),
  },
  y: {
    title: both('Désirabilité', 'Desirability'),
    low: both('pas envie', 'not keen'),
    high: both('très envie', 'very keen'),
  },
  corner: both('À porter en priorité', 'Carry first'),
  points,
})
const heap = (count: number) => Array.from({ length: count }, (_, index) => point(index + 1, 4.5, 4.5))
const wordsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/gu)].map((one) => one[1] ?? '')

describe('the picture of the matrix', () => {
  it.each([0, 1, 12, 60])('is a PNG that Teams takes, with %i cards', (count) => {
    const png = matrixPicture(matrix(heap(count)), 'fr')
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1000, 1000])
    expect(png.length).toBeLessThan(1_000_000)
  })

  it('is the same for the same votes, in whatever order they come', () => {
    const points = heap(12)
    expect(
      matrixPicture(matrix([...points].reverse()), 'fr').equals(matrixPicture(matrix(points), 'fr')),
    ).toBe(true)
  })

  it('names axes, ends and corner in the language of the reader', () => {
    expect(wordsOf(matrixSvg(matrix([]), 'en'))).toEqual([
      'Carry first',
      'very hard',
      'Feasibility',
      'very easy',
      'not keen',
      'Desirability',
      'very keen',
    ])
  })

  it('shows every number once, and explains the marks it uses and no other', () => {
    const plain = wordsOf(matrixSvg(matrix([point(1, 3, 3), point(2, 3, 3)]), 'fr'))
    expect(plain.slice(7)).toEqual(['1', '2'])
    const marked = wordsOf(
      matrixSvg(matrix([point(7, 1, 5, { priority: true }), point(2, 3, 3, { divided: true })]), 'fr'),
    )
    expect(marked.slice(7).filter((word) => word !== '')).toEqual(['2', '7', 'Prioritaire', 'Avis partagés'])
  })

  it('puts what is high and easy at the top right', () => {
    const [low, high] = [
      ...matrixSvg(matrix([point(1, 1, 1), point(2, 5, 5)]), 'fr').matchAll(
        /translate\(([\d.]+) ([\d.]+)\)/gu,
      ),
    ]
    expect(Number(high?.[1])).toBeGreaterThan(Number(low?.[1]))
    expect(Number(high?.[2])).toBeLessThan(Number(low?.[2]))
  })

  it('takes the words of a script as words', () => {
    const odd = { ...matrix(heap(2)), corner: both('<b> & "co" \u0000', 'x') }
    expect(wordsOf(matrixSvg(odd, 'fr'))[0]).toBe('&#60;b&#62; &#38; &#34;co&#34;  ')
    expect(matrixPicture(odd, 'fr').length).toBeGreaterThan(1000)
  })
})

describe('discs that coincide', () => {
  const frame = { left: 0, top: 0, right: 880, bottom: 750 }
  const scattered = (count: number, at: (index: number) => [number, number]): Disc[] =>
    Array.from({ length: count }, (_, index) => ({
      x: at(index)[0],
      y: at(index)[1],
      reach: index % 5 === 0 ? 46 : 34,
    }))

  const heaps: [string, Disc[]][] = [
    ['in the middle', scattered(30, () => [440, 375])],
    ['in a corner', scattered(30, () => [880, 0])],
    ['along an edge', scattered(20, (index) => [index, 750])],
    [
      'two by two',
      scattered(30, (index) => [60 + 120 * (index % 7), 60 + 150 * (Math.floor(index / 7) % 5)]),
    ],
  ]

  it.each(heaps)('are moved until none hides another, and stay in the frame: %s', (_, discs) => {
    const places = fanOut(discs, frame)
    places.forEach((one, index) => {
      expect(one.x - one.reach).toBeGreaterThanOrEqual(frame.left - 0.01)
      expect(one.x + one.reach).toBeLessThanOrEqual(frame.right + 0.01)
      expect(one.y - one.reach).toBeGreaterThanOrEqual(frame.top - 0.01)
      expect(one.y + one.reach).toBeLessThanOrEqual(frame.bottom + 0.01)
      for (const other of places.slice(index + 1))
        expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(one.reach + other.reach)
    })
  })

  it('stay close together around their place', () => {
    const nine = scattered(9, () => [440, 375])
    for (const place of fanOut(nine, frame))
      expect(Math.hypot(place.x - 440, place.y - 375)).toBeLessThan(140)
  })

  it('stay where they are when there is room', () => {
    const apart = scattered(4, (index) => [100 + index * 200, 300])
    fanOut(apart, frame).forEach((place, index) => {
      expect(Math.hypot(place.x - (apart[index]?.x ?? 0), place.y - (apart[index]?.y ?? 0))).toBeLessThan(2)
    })
  })
})
