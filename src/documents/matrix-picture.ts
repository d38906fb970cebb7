import type { MatrixPicture } from '../core/phases/contract.ts'
import { type Lang, say } from '../core/text.ts'
import { speak } from '../locales/index.ts'
import { family, ink, pngFrom, round, text } from './drawing.ts'
import { type Disc, type Frame, fanOut } from './fan-out.ts'

/**
 * The matrix as a PNG of 1000 × 1000: numbers only, never a word that people wrote. Sizes are chosen so that the
 * smallest text still stands 11 pixels high on a phone that shows it 340 pixels wide.
 */
export function matrixPicture(picture: MatrixPicture, lang: Lang): Buffer {
  return pngFrom(matrixSvg(picture, lang), size)
}

const size = 1000
const plot: Frame = { left: 88, top: 92, right: 972, bottom: 836 }
const middle = { x: (plot.left + plot.right) / 2, y: (plot.top + plot.bottom) / 2 }
/** From the edge of the plot to the end of the scale, so that a disc at the end is whole. */
const inset = 66
/** How far a disc moves before a line tells where it belongs. */
const worthALine = 26

type Point = MatrixPicture['points'][number]

interface Placed {
  point: Point
  home: { x: number; y: number }
  at: Disc
}

export function matrixSvg(picture: MatrixPicture, lang: Lang): string {
  const placed = placedPoints(picture)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" font-family="${family}">
<rect width="${size}" height="${size}" fill="#FFFFFF"/>
${corner(picture.corner[lang])}
${ground()}
${axisX(picture.x, lang)}
${axisY(picture.y, lang)}
${placed.map(leader).join('')}
${placed
  .filter(({ point }) => !point.priority)
  .map(disc)
  .join('')}
${placed
  .filter(({ point }) => point.priority)
  .map(disc)
  .join('')}
${legend(picture.points, lang)}
</svg>`
}

function placedPoints({ points, scale }: MatrixPicture): Placed[] {
  const share = (value: number) => (value - scale.min) / (scale.max - scale.min || 1)
  const sorted = [...points].sort((a, b) => a.number - b.number)
  const homes = sorted.map(({ x, y }) => ({
    x: plot.left + inset + share(x) * (plot.right - plot.left - 2 * inset),
    y: plot.bottom - inset - share(y) * (plot.bottom - plot.top - 2 * inset),
  }))
  const radius = radiusFor(points.length)
  const places = fanOut(
    sorted.map((point, index) => ({
      x: 0,
      y: 0,
      ...homes[index],
      reach: radius + (isMarked(point) ? ring : 0),
    })),
    plot,
  )
  return sorted.flatMap((point, index) => {
    const [home, at] = [homes[index], places[index]]
    return home && at ? [{ point, home, at }] : []
  })
}

const radiusFor = (count: number): number => (count > 30 ? 28 : 34)
/** Width of what is drawn around a marked disc. */
const ring = 12
const isMarked = ({ priority, divided }: Point): boolean => priority || divided

function corner(name: string): string {
  const [x, y, width, height] = [middle.x, 24, plot.right - middle.x, middle.y - 24]
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="14" fill="${ink.tint}"/>
${text({ x: x + width / 2, y: 70, size: fitted(name, 38, width - 24), fill: ink.accent, bold: true }, name)}`
}

function ground(): string {
  const { left, top, right, bottom } = plot
  return `<g fill="none" stroke-linecap="round">
<path d="M${middle.x} ${top}V${bottom}M${left} ${middle.y}H${right}" stroke="${ink.line}" stroke-width="3" stroke-dasharray="2 10"/>
<path d="M${left} ${top - 8}V${bottom}H${right + 8}" stroke="${ink.axis}" stroke-width="4" stroke-linejoin="round"/>
<path d="M${left - 11} ${top + 6}L${left} ${top - 10}L${left + 11} ${top + 6}M${right - 6} ${bottom - 11}L${right + 10} ${bottom}L${right - 6} ${bottom + 11}" stroke="${ink.axis}" stroke-width="4" stroke-linejoin="round"/>
</g>`
}

type Axis = MatrixPicture['x']

function axisX(axis: Axis, lang: Lang): string {
  return axisLine(axis, lang, { from: plot.left, to: plot.right, y: plot.bottom + 48 })
}

function axisY(axis: Axis, lang: Lang): string {
  const line = axisLine(axis, lang, { from: -plot.bottom, to: -plot.top, y: plot.left - 34 })
  return `<g transform="rotate(-90)">${line}</g>`
}

/** "low … Title … high" on one line, smaller when the words are long. */
function axisLine(
  { title, low, high }: Axis,
  lang: Lang,
  { from, to, y }: { from: number; to: number; y: number },
): string {
  const words = [low[lang], title[lang], high[lang]]
  const most = fitted(words.join('      '), 38, to - from)
  const ends = { y, size: Math.min(34, most), fill: ink.soft }
  return [
    text({ ...ends, x: from, anchor: 'start' }, low[lang]),
    text({ y, size: most, fill: ink.text, bold: true, x: (from + to) / 2 }, title[lang]),
    text({ ...ends, x: to, anchor: 'end' }, high[lang]),
  ].join('')
}

function leader({ home, at }: Placed): string {
  if (Math.hypot(home.x - at.x, home.y - at.y) < worthALine) return ''
  return `<path d="M${round(home.x)} ${round(home.y)}L${round(at.x)} ${round(at.y)}" stroke="${ink.axis}" stroke-width="3"/>
<circle cx="${round(home.x)}" cy="${round(home.y)}" r="6" fill="${ink.axis}"/>`
}

function disc({ point, at }: Placed): string {
  const radius = at.reach - (isMarked(point) ? ring : 0)
  return mark({ ...point, x: at.x, y: at.y, radius }, String(point.number))
}

interface Mark {
  x: number
  y: number
  radius: number
  priority: boolean
  divided: boolean
}

/** Priority is a star and a solid ring, divided a dashed ring: each can be told without its colour. */
function mark({ x, y, radius, priority, divided }: Mark, numeral: string): string {
  const fill = priority ? ink.accent : ink.disc
  const around = `fill="#FFFFFF" stroke="${fill}" stroke-width="5"${divided ? ' stroke-dasharray="11 8"' : ''}`
  return `<g transform="translate(${round(x)} ${round(y)})">
${priority || divided ? `<circle r="${radius + 8}" ${around}/>` : `<circle r="${radius + 3}" fill="#FFFFFF"/>`}
<circle r="${radius}" fill="${fill}"/>
${text({ x: 0, y: radius * 0.36, size: radius * (numeral.length > 2 ? 0.82 : 1.08), fill: '#FFFFFF', bold: true }, numeral)}
${priority ? star(radius) : ''}
</g>`
}

function star(radius: number): string {
  const corners = Array.from({ length: 10 }, (_, index) => {
    const [angle, length] = [(index * Math.PI) / 5 - Math.PI / 2, index % 2 === 0 ? 19 : 8.5]
    return `${round(Math.cos(angle) * length)},${round(Math.sin(angle) * length)}`
  })
  const off = (radius + 8) * 0.78
  return `<polygon transform="translate(${round(off)} ${round(-off)})" points="${corners.join(' ')}" fill="${ink.accent}" stroke="#FFFFFF" stroke-width="5" stroke-linejoin="round" paint-order="stroke"/>`
}

/** Explains the marks that are in the picture, and no other. */
function legend(points: Point[], lang: Lang): string {
  const entries = [
    ...(points.some((one) => one.priority)
      ? [{ priority: true, divided: false, key: 'matrix.mark-priority' }]
      : []),
    ...(points.some((one) => one.divided)
      ? [{ priority: false, divided: true, key: 'matrix.mark-divided' }]
      : []),
  ]
  return entries
    .map(({ key, ...marks }, index) =>
      legendEntry({ ...marks, x: plot.left + 40 + index * 430 }, wordOf(key, lang)),
    )
    .join('')
}

const legendLine = 952

const legendEntry = (marks: Omit<Mark, 'y' | 'radius'>, word: string): string =>
  `${mark({ ...marks, y: legendLine, radius: 22 }, '')}${text({ x: marks.x + 46, y: legendLine + 12, size: 34, fill: ink.text, anchor: 'start' }, word)}`

function wordOf(key: string, lang: Lang): string {
  const word = speak(say(key), { lang, zone: 'UTC' })
  return word.charAt(0).toLocaleUpperCase(lang) + word.slice(1)
}

/** The size at which words fit a width; letters of this face are half as wide as high, all in all. */
const fitted = (words: string, most: number, width: number): number =>
  Math.min(most, width / (words.length * 0.52))
