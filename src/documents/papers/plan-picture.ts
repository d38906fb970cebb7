import type { Moment, PlanPicture, PlanRow } from '../../core/programme/plan-picture.ts'
import { say } from '../../core/text.ts'
import { type Speech, speak } from '../../locales/index.ts'
import { family, ink, pngFrom, round, shortened, text, widthOf } from '../drawing.ts'

/**
 * The back-planning as a PNG, 1000 pixels wide and as tall as its rows ask for: months, days, a mark and a few words. The
 * smallest text still stands 11 pixels high on a phone that shows it 340 pixels wide.
 */
export function planPng(picture: PlanPicture, to: Speech): Buffer {
  return pngFrom(planSvg(picture, to), frameOf(picture).height)
}

const width = 1000
const left = 30
const right = 974
const top = 134
const lineX = 206
const wordsX = 250
const small = 33
const titleSize = 34
const monthHeight = 84
const pitch = 56

interface Frame {
  months: { month: string; y: number }[]
  rows: { row: PlanRow; y: number }[]
  height: number
}

function frameOf({ rows }: PlanPicture): Frame {
  const frame: Frame = { months: [], rows: [], height: 0 }
  let y = top
  for (const row of rows) {
    if (frame.months.at(-1)?.month !== row.day.slice(0, 7)) {
      frame.months.push({ month: row.day.slice(0, 7), y })
      y += monthHeight
    }
    frame.rows.push({ row, y: y + pitch / 2 })
    y += pitch
  }
  return { ...frame, height: y + 108 }
}

export function planSvg(picture: PlanPicture, to: Speech): string {
  const { months, rows, height } = frameOf(picture)
  const name = shortened(speak(picture.name, to), { size: small }, right - left)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="${family}">
<rect width="${width}" height="${height}" fill="#FFFFFF"/>
${text({ x: left, y: 58, size: 42, fill: ink.text, bold: true, anchor: 'start' }, speak(say('planning.title'), to))}
${text({ x: left, y: 106, size: small, fill: ink.soft, anchor: 'start' }, name)}
${months.map((one, index) => monthShape(one, rows, months[index + 1]?.y ?? Number.POSITIVE_INFINITY, to)).join('\n')}
${rows.map((one, index) => rowShape(one, rows[index - 1]?.row, to)).join('\n')}
${legend(height - 40, to)}
</svg>`
}

/** The name of the month over a rule, and the line on which its marks stand. */
function monthShape(
  { month, y }: Frame['months'][number],
  rows: Frame['rows'],
  until: number,
  to: Speech,
): string {
  const within = rows.filter((one) => one.y > y && one.y < until)
  const last = within.at(-1)?.y ?? y
  return `${text({ x: left, y: y + 54, size: titleSize, fill: ink.accent, bold: true, anchor: 'start' }, speak({ month: `${month}-01` }, to))}
<path d="M${left} ${y + 70}H${right}" stroke="${ink.line}" stroke-width="3"/>
<path d="M${lineX} ${within[0]?.y ?? y}V${last}" stroke="${ink.line}" stroke-width="5"/>`
}

/** A day is named once, whatever there is to do on it. */
function rowShape({ row, y }: Frame['rows'][number], earlier: PlanRow | undefined, to: Speech): string {
  const bold = row.moment === 'workshop'
  const look = { size: titleSize, bold }
  const words = shortened(speak(row.title, to), look, right - wordsX)
  const day =
    earlier?.day === row.day
      ? ''
      : text({ x: left, y: y + 12, size: small, fill: ink.soft, anchor: 'start' }, dayName(row.day, to))
  return `<g>${day}
${mark(row.moment, row.done, lineX, y)}
${text({ x: wordsX, y: y + 12, ...look, fill: ink.text, anchor: 'start' }, words)}</g>`
}

/** A circle before, a full diamond for a workshop, a square after: told by their shapes. What is done is full, with a tick. */
function mark(moment: Moment, done: boolean, x: number, y: number): string {
  const look = done
    ? `fill="${ink.disc}" stroke="${ink.disc}" stroke-width="4"`
    : `fill="#FFFFFF" stroke="${ink.text}" stroke-width="4"`
  const tick = done
    ? `<path d="M${x - 8} ${y + 1}L${x - 2} ${y + 7}L${x + 9} ${y - 6}" fill="none" stroke="#FFFFFF" stroke-width="4.5" stroke-linecap="round" stroke-linejoin="round"/>`
    : ''
  switch (moment) {
    case 'before':
      return `<circle data-mark="before" cx="${x}" cy="${y}" r="16" ${look}/>${tick}`
    case 'workshop':
      return `<path data-mark="workshop" d="M${x} ${y - 23}L${x + 23} ${y}L${x} ${y + 23}L${x - 23} ${y}Z" fill="${ink.accent}" stroke="#FFFFFF" stroke-width="3"/>${tick}`
    case 'after':
      return `<rect data-mark="after" x="${x - 15}" y="${y - 15}" width="30" height="30" ${look}/>${tick}`
  }
}

function legend(y: number, to: Speech): string {
  const items = [
    { sign: (x: number) => mark('before', false, x, y - 11), key: 'planning.legend-before' },
    { sign: (x: number) => mark('workshop', false, x, y - 11), key: 'planning.legend-workshop' },
    { sign: (x: number) => mark('after', false, x, y - 11), key: 'planning.legend-after' },
    { sign: (x: number) => mark('before', true, x, y - 11), key: 'planning.legend-done' },
  ]
  let x = left
  const drawn = items.map(({ sign, key }) => {
    const words = speak(say(key), to)
    const shape = `${sign(x + 20)}${text({ x: x + 52, y, size: small, fill: ink.soft, anchor: 'start' }, words)}`
    x = round(x + 52 + widthOf(words, { size: small }) + 44)
    return shape
  })
  return `<path d="M${left} ${y - 56}H${right}" stroke="${ink.faint}" stroke-width="3"/>${drawn.join('\n')}`
}

/** « lun. 22 », « jeu. 1er ». */
function dayName(day: string, { lang }: Speech): string {
  const words = new Intl.DateTimeFormat(lang === 'fr' ? 'fr-FR' : 'en-GB', {
    weekday: 'short',
    day: 'numeric',
    timeZone: 'UTC',
  }).format(Date.parse(`${day}T00:00:00Z`))
  return lang === 'fr' && day.endsWith('-01') ? `${words}er` : words
}
