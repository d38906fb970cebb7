import { createRequire } from 'node:module'
import { Resvg } from '@resvg/resvg-js'
import { describe, expect, it } from 'vitest'
import { planPicture } from '../../src/core/programme/plan-picture.ts'
import { ink } from '../../src/documents/drawing.ts'
import { matrixSvg } from '../../src/documents/matrix-picture.ts'
import { planSvg } from '../../src/documents/papers/plan-picture.ts'
import { participationSvg } from '../../src/documents/participation-picture.ts'
import { timelineSvg } from '../../src/documents/timeline-picture.ts'
import { contrast } from '../support/contrast.ts'
import { prepared, whole } from '../support/programme.ts'

const both = (fr: string) => ({ fr, en: fr })
const axis = (title: string) => ({ title: both(title), low: both('peu'), high: both('beaucoup') })
const bar = (number: number, warned: boolean, end = '2027-08-31') => ({
  number,
  title: `Étape ${number}`,
  start: '2027-03-01',
  end,
  warned,
})

const pictures = {
  matrix: matrixSvg(
    {
      shape: 'matrix',
      scale: { min: 1, max: 5 },
      x: axis('Faisabilité'),
      y: axis('Désirabilité'),
      corner: both('À porter en priorité'),
      points: [
        { number: 1, x: 5, y: 5, priority: true, divided: false },
        { number: 2, x: 4, y: 4, priority: false, divided: true },
        { number: 3, x: 4, y: 4.1, priority: false, divided: false },
        { number: 4, x: 1, y: 2, priority: true, divided: true },
      ],
    },
    'fr',
  ),
  timeline: timelineSvg(
    {
      shape: 'timeline',
      from: '2027-01-01',
      until: '2029-12-31',
      horizon: '2028-12-31',
      bars: [bar(1, false), bar(2, true), bar(3, true, '2029-08-31'), bar(4, false, '2027-03-10')],
    },
    'fr',
  ),
  'back-planning': planSvg(planPicture(prepared(whole)), { lang: 'fr', zone: 'Europe/Paris' }),
  participation: participationSvg(
    {
      shape: 'participation',
      profiles: ['Agents publics', 'Société civile', 'Citoyens'].map((label) => ({
        label: both(label),
        people: 3,
      })),
      bars: [
        { title: both('Écrire'), answered: 9, of: 9, contributions: 12 },
        { title: both('Classer'), answered: 2, of: 9, contributions: null },
      ],
    },
    'fr',
  ),
}

/** Guide lines: what they help to see is said in words too. */
const faint = new Set([ink.line, ink.faint])
const grounds = ['#FFFFFF', ink.tint]

describe.each(Object.entries(pictures))('the picture of the %s', (_name, svg) => {
  it('has no text too pale for what it is written on', () => {
    const texts = svg.match(/<text[^>]*>[^<]+<\/text>/gu) ?? []
    expect(texts.length).toBeGreaterThan(3)
    const bare = pixels(svg.replace(/<text[^>]*>[^<]*<\/text>/gu, ''))
    for (const text of texts) {
      const fill = attribute(text, 'fill')
      for (const ground of groundsOf(svg, text, bare))
        expect(contrast(fill, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('draws what it means to show in inks that stand out from their ground', () => {
    const shapes = svg.replace(/<text[^>]*>[^<]*<\/text>/gu, '').match(/(?:fill|stroke)="#[^"]{6}"/gu) ?? []
    const inks = [...new Set(shapes.map((one) => one.split('"')[1] ?? ''))]
    const meant = inks.filter((one) => !faint.has(one) && !grounds.includes(one))
    expect(meant.length).toBeGreaterThan(0)
    for (const one of meant)
      for (const ground of grounds) expect(contrast(one, ground), one).toBeGreaterThanOrEqual(3)
  })
})

const attribute = (tag: string, name: string): string =>
  new RegExp(` ${name}="([^"]*)"`, 'u').exec(tag)?.[1] ?? ''

/** Colours under the letters of one text: its halo where it has one, else whatever is drawn where they stand. */
function groundsOf(svg: string, text: string, bare: Buffer): string[] {
  const halo = attribute(text, 'stroke')
  if (halo) return [halo]
  const black = text.replace(/ fill="[^"]*"/u, ' fill="#000000"')
  const placed = svg
    .replace(text, '\uE000')
    .replace(/<text[^>]*>[^<]*<\/text>/gu, '')
    .replace(/(fill|stroke)="(?!none)[^"]*"/gu, '$1="#FFFFFF"')
    .replace('\uE000', black)
  const letters = pixels(placed)
  const counted = new Map<string, number>()
  for (let at = 0; at < letters.length; at += 4) {
    if ((letters[at] ?? 255) > 60) continue
    const colour = `#${bare.subarray(at, at + 3).toString('hex')}`
    counted.set(colour, (counted.get(colour) ?? 0) + 1)
  }
  const all = [...counted.values()].reduce((sum, one) => sum + one, 0)
  expect(all, `${text} is drawn`).toBeGreaterThan(0)
  // What smooths the edge of a shape is no ground.
  return [...counted].filter(([, count]) => count > all / 20).map(([colour]) => colour)
}

const pixels = (svg: string): Buffer =>
  new Resvg(svg, {
    font: {
      loadSystemFonts: false,
      fontFiles: ['400Regular/SourceSans3_400Regular', '700Bold/SourceSans3_700Bold'].map((name) =>
        createRequire(import.meta.url).resolve(`@expo-google-fonts/source-sans-3/${name}.ttf`),
      ),
    },
  }).render().pixels
