import type { TimelineBar, TimelinePicture } from '../core/phases/contract.ts'
import { dayAfter } from '../core/schedule.ts'
import { type Lang, say, type Text } from '../core/text.ts'
import { speak } from '../locales/index.ts'
import { family, ink, pngFrom, round, shortened, text, widthOf } from './drawing.ts'

/**
 * The roadmap as a PNG, 1000 pixels wide and as tall as its steps ask for, each with its number and its title above its
 * bar. The smallest text still stands 11 pixels high on a phone that shows it 340 pixels wide.
 */
export function timelinePicture(picture: TimelinePicture, lang: Lang): Buffer {
  return pngFrom(timelineSvg(picture, lang), frameOf(picture).height)
}

const width = 1000
const left = 28
const right = 972
/** Where titles end, short of a horizon at the edge. */
const titleRight = right - 14
const top = 116
/** The line a title takes, above its bar. */
const titleLine = 46
/** Between a bar and the title below. */
const gap = 8
const small = 33
const titleSize = 34
/** From the number to the title, and from the sign of a warned step to it. */
const afterDisc = 54
const afterSign = 46

interface Frame {
  bars: TimelineBar[]
  /** Height of one step. */
  pitch: number
  bottom: number
  height: number
  axis: Axis
}

export function timelineSvg(picture: TimelinePicture, lang: Lang): string {
  const frame = frameOf(picture)
  const { bars, axis, height } = frame
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="${family}">
<defs><pattern id="warned" width="14" height="14" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="14" height="14" fill="#FFFFFF"/><rect width="7" height="14" fill="${ink.text}"/></pattern></defs>
<rect width="${width}" height="${height}" fill="#FFFFFF"/>
${picture.horizon ? beyond(picture.horizon, frame) : ''}
${scale(axis, frame, lang)}
${bars.map((bar, index) => barShape(bar, index, frame)).join('\n')}
${picture.horizon ? horizonLine(picture.horizon, frame, lang) : ''}
${bars.map((bar, index) => barLabel(bar, index, frame)).join('\n')}
${bars.some((bar) => bar.warned) ? legend(height - 26, lang) : ''}
</svg>`
}

function frameOf(picture: TimelinePicture): Frame {
  const bars = [...picture.bars].sort((a, b) => a.number - b.number)
  const foot = 20 + (picture.horizon ? 48 : 0) + (bars.some((bar) => bar.warned) ? 54 : 0)
  const free = (1024 - top - foot) / Math.max(bars.length, 1)
  const pitch = Math.floor(Math.min(96, Math.max(66, free)))
  const bottom = top + Math.max(bars.length, 1) * pitch
  return { bars, pitch, bottom, height: bottom + foot, axis: axisOf(picture) }
}

/** Months since the year 0, cut in cells of so many months that a label fits in each. */
interface Axis {
  first: number
  last: number
  months: number
}

const cellSizes = [
  { months: 1, narrowest: 96 },
  ...[3, 6, 12, 24, 60, 120].map((months) => ({ months, narrowest: 74 })),
]

function axisOf({ from, until }: TimelinePicture): Axis {
  const cut = (months: number): Axis => ({
    first: Math.floor(monthOf(from) / months) * months,
    last: Math.ceil((monthOf(until) + 1) / months) * months,
    months,
  })
  const fitting = cellSizes.find(({ months, narrowest }) => cellWidth(cut(months)) >= narrowest)
  return cut(fitting?.months ?? 240)
}

const monthOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1

const cellWidth = ({ first, last, months }: Axis): number => ((right - left) * months) / (last - first)

/** Where a day begins. */
function xOf(day: string, axis: Axis): number {
  const month = monthOf(day)
  const days = new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate()
  return xOfMonth(month + (Number(day.slice(8)) - 1) / days, axis)
}

const xOfMonth = (month: number, { first, last }: Axis): number =>
  left + ((month - first) / (last - first)) * (right - left)

/** Years, and under them the months, quarters or halves that fit. */
function scale(axis: Axis, { bottom }: Frame, lang: Lang): string {
  const cells = Array.from(
    { length: (axis.last - axis.first) / axis.months + 1 },
    (_, index) => axis.first + index * axis.months,
  )
  const lines = cells.map((month) => {
    const year = month % 12 === 0
    return `<path d="M${round(xOfMonth(month, axis))} ${year ? 14 : 62}V${bottom}" stroke="${year ? ink.line : ink.faint}" stroke-width="${year ? 3 : 2}"/>`
  })
  const line = `<path d="M${left} ${top - 8}H${right}" stroke="${ink.axis}" stroke-width="3"/>`
  return [...lines, line, ...years(axis), ...parts(axis, cells.slice(0, -1), lang)].join('\n')
}

function years(axis: Axis): string[] {
  const step = Math.max(axis.months, 12)
  const first = Math.floor(axis.first / step) * step
  const count = Math.ceil((axis.last - first) / step)
  return Array.from({ length: count }, (_, index) => first + index * step).map((month) => {
    const from = Math.max(month, axis.first)
    const to = Math.min(month + step, axis.last)
    const x = (xOfMonth(from, axis) + xOfMonth(to, axis)) / 2
    return text(
      { x, y: axis.months < 12 ? 50 : 78, size: titleSize, fill: ink.text, bold: true },
      yearOf(month),
    )
  })
}

const yearOf = (month: number): string => String(Math.floor(month / 12))

function parts(axis: Axis, cells: number[], lang: Lang): string[] {
  if (axis.months >= 12) return []
  return cells.map((month) =>
    text(
      { x: xOfMonth(month + axis.months / 2, axis), y: 98, size: small, fill: ink.soft },
      partName(month, axis.months, lang),
    ),
  )
}

function partName(month: number, months: number, lang: Lang): string {
  const number = Math.floor((month % 12) / months) + 1
  if (months === 3) return word(say('roadmap.quarter', { number }), lang)
  if (months === 6) return word(say('roadmap.half', { number }), lang)
  return new Intl.DateTimeFormat(lang === 'fr' ? 'fr-FR' : 'en-GB', {
    month: 'short',
    timeZone: 'UTC',
  }).format(Date.UTC(Math.floor(month / 12), month % 12, 1))
}

/** However short it is, a step is seen. */
const narrowest = 14

function barShape({ start, end, number, warned }: TimelineBar, index: number, frame: Frame): string {
  const { axis, pitch } = frame
  const [from, to] = [xOf(start, axis), xOf(dayAfter(end), axis)]
  const wide = Math.max(narrowest, to - from)
  const x = Math.min(from, right - wide)
  const fill = warned ? `fill="url(#warned)" stroke="${ink.text}" stroke-width="4"` : `fill="${ink.accent}"`
  return `<rect id="bar-${number}" x="${round(x)}" y="${top + index * pitch + titleLine}" width="${round(wide)}" height="${pitch - titleLine - gap}" rx="6" ${fill}/>`
}

/** Its number, the sign that something is to be checked, and its title, over the start of the bar where there is room. */
function barLabel({ number, title, start, warned }: TimelineBar, index: number, frame: Frame): string {
  const before = afterDisc + (warned ? afterSign : 0)
  const words = shortened(title, { size: titleSize }, titleRight - left - before)
  const wide = before + widthOf(words, { size: titleSize })
  const x = Math.max(left, Math.min(xOf(start, frame.axis), titleRight - wide))
  const y = top + index * frame.pitch
  return `<g id="label-${number}">
<circle cx="${round(x + 22)}" cy="${y + 21}" r="21" fill="${ink.disc}" stroke="#FFFFFF" stroke-width="4" paint-order="stroke"/>
${text({ x: x + 22, y: y + 32, size: small, fill: '#FFFFFF', bold: true }, String(number))}
${warned ? sign(x + afterDisc, y + 4) : ''}
${text({ x: x + before, y: y + 33, size: titleSize, fill: ink.text, anchor: 'start', halo: true }, words)}
</g>`
}

/** A triangle and its exclamation mark. */
const sign = (x: number, y: number): string =>
  `<g transform="translate(${round(x)} ${round(y)})"><path d="M19 2L36 34H2Z" fill="#FFFFFF" stroke="${ink.text}" stroke-width="4" stroke-linejoin="round"/><path d="M19 13V23M19 28.4V28.6" stroke="${ink.text}" stroke-width="4.5" stroke-linecap="round"/></g>`

function beyond(horizon: string, { axis, bottom }: Frame): string {
  const x = xOf(dayAfter(horizon), axis)
  return x < right
    ? `<rect x="${round(x)}" y="${top - 8}" width="${round(right - x)}" height="${bottom - top + 8}" fill="${ink.tint}"/>`
    : ''
}

function horizonLine(horizon: string, { axis, bottom }: Frame, lang: Lang): string {
  const x = Math.min(right, Math.max(left, xOf(dayAfter(horizon), axis)))
  const words = word(say('roadmap.legend-horizon', { end: endOf(horizon) }), lang)
  const half = widthOf(words, { size: titleSize, bold: true }) / 2
  const middle = Math.max(left + half, Math.min(x, right - half))
  return `<path id="horizon" d="M${round(x)} ${top - 30}V${bottom + 8}" stroke="${ink.text}" stroke-width="5" stroke-dasharray="12 9"/>
${text({ x: middle, y: bottom + 44, size: titleSize, fill: ink.text, bold: true }, words)}`
}

/** The month alone where it is the whole of it. */
const endOf = (day: string): Text => (dayAfter(day).endsWith('-01') ? { month: day } : { date: day })

const legend = (y: number, lang: Lang): string =>
  `${sign(left, y - 30)}<rect x="${left + 52}" y="${y - 26}" width="70" height="26" rx="6" fill="url(#warned)" stroke="${ink.text}" stroke-width="4"/>
${text({ x: left + 140, y, size: titleSize, fill: ink.text, anchor: 'start' }, word(say('roadmap.legend-warned'), lang))}`

const word = (one: Text, lang: Lang): string => speak(one, { lang, zone: 'UTC' })
