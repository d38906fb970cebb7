import type { ParticipationPicture } from '../core/phases/contract.ts'
import { type Lang, say, type Text } from '../core/text.ts'
import { speak } from '../locales/index.ts'
import { family, ink, pngFrom, round, shortened, text, widthOf } from './drawing.ts'

/**
 * Who took part, as a PNG 1000 pixels wide: people by public, then how many of them answered in each segment. A public
 * is told by its pattern and its words, never by a colour alone. The smallest text still stands 11 pixels high on a
 * phone that shows it 340 pixels wide.
 */
export function participationPicture(picture: ParticipationPicture, lang: Lang): Buffer {
  const frame = frameOf(picture, lang)
  return pngFrom(drawn(picture, frame, lang), frame.height)
}

const width = 1000
const left = 28
const right = 972
const small = 33
const titleSize = 34

interface Frame {
  keys: Key[]
  /** Where the first segment begins. */
  top: number
  pitch: number
  height: number
  /** Where bars end, short of the longest figures; in a crowded picture, figures stand above and bars go all the way. */
  trackRight: number
  crowded: boolean
}

export const participationSvg = (picture: ParticipationPicture, lang: Lang): string =>
  drawn(picture, frameOf(picture, lang), lang)

function drawn(picture: ParticipationPicture, frame: Frame, lang: Lang): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${frame.height}" font-family="${family}">
<defs>${patterns}</defs>
<rect width="${width}" height="${frame.height}" fill="#FFFFFF"/>
${publics(picture)}
${frame.keys.map(legendKey).join('\n')}
<path d="M${left} ${frame.top - 28}H${right}" stroke="${ink.line}" stroke-width="3"/>
${picture.bars.map((bar, index) => segment(bar, { ...frame, index, people: bar.of, lang })).join('\n')}
</svg>`
}

const publicsTop = 28
const publicsHeight = 72
const keysTop = publicsTop + publicsHeight + 18
const keyLine = 50
/** Below this, a line for the title and one for the figures would touch. */
const roomy = 84

function frameOf(picture: ParticipationPicture, lang: Lang): Frame {
  const { bars } = picture
  const keys = keysOf(picture, lang)
  const lines = Math.max(0, ...keys.map(({ line }) => line + 1))
  const top = keysTop + lines * keyLine + 50
  const free = (1024 - top - 12) / Math.max(bars.length, 1)
  const pitch = Math.floor(Math.min(104, Math.max(62, free)))
  const widest = Math.max(0, ...bars.map((bar) => widthOf(figures(bar, bar.of, lang), bold)))
  const crowded = pitch < roomy
  const trackRight = crowded ? right : Math.min(560, right - widest - beforeFigures)
  return { keys, top, pitch, height: top + bars.length * pitch + 12, trackRight, crowded }
}

const bold = { size: small, bold: true }
const beforeFigures = 22

/** One look per public, in the order of the kit; the darkest first. */
const fills = ['solid', 'stripes', 'dots'] as const

const patterns = `<pattern id="stripes" width="16" height="16" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="16" height="16" fill="#FFFFFF"/><rect width="8" height="16" fill="${ink.accent}"/></pattern>
<pattern id="dots" width="18" height="18" patternUnits="userSpaceOnUse"><rect width="18" height="18" fill="${ink.tint}"/><circle cx="9" cy="9" r="4" fill="${ink.text}"/></pattern>`

function look(index: number): string {
  const name = fills[index % fills.length]
  return `fill="${name === 'solid' ? ink.accent : `url(#${name})`}" stroke="${ink.text}" stroke-width="3"`
}

/** One row of everyone, as long as each public is numerous. */
function publics({ profiles }: ParticipationPicture): string {
  const total = profiles.reduce((sum, { people }) => sum + people, 0)
  const before = (index: number) => profiles.slice(0, index).reduce((sum, { people }) => sum + people, 0)
  const xOf = (people: number) => left + (people / Math.max(total, 1)) * (right - left)
  return profiles
    .map(({ people }, index) => {
      const [from, to] = [xOf(before(index)), xOf(before(index) + people)]
      return `<g transform="translate(${round(from)} ${publicsTop})"><rect id="public-${index + 1}" width="${round(to - from)}" height="${publicsHeight}" ${look(index)}/></g>`
    })
    .join('\n')
}

/** What a pattern means. */
interface Key {
  words: string
  index: number
  x: number
  line: number
}

const swatch = 52
const keyGap = 40

/** Side by side as long as they fit, then on the next line. */
function keysOf({ profiles }: ParticipationPicture, lang: Lang): Key[] {
  let [x, line] = [left, 0]
  return profiles.map(({ label, people }, index) => {
    const told = word(say('participation.profile', { profile: label, count: people }), lang)
    const words = shortened(told, { size: titleSize }, right - left - swatch)
    const wide = swatch + widthOf(words, { size: titleSize })
    if (x > left && x + wide > right) [x, line] = [left, line + 1]
    const key = { words, index, x, line }
    x += wide + keyGap
    return key
  })
}

function legendKey({ words, index, x, line }: Key): string {
  const y = keysTop + line * keyLine
  return `<g transform="translate(${round(x)} ${y + 4})"><rect width="36" height="36" rx="5" ${look(index)}/></g>
${text({ x: x + swatch, y: y + 34, size: titleSize, fill: ink.text, anchor: 'start' }, words)}`
}

type Bar = ParticipationPicture['bars'][number]

interface Place extends Frame {
  index: number
  people: number
  lang: Lang
}

/** From the title to the bar below it. */
const titleLine = 46
const crowdedLine = 42

/** Its title, then a cell per person, full for those who answered, and the same in words. */
function segment(bar: Bar, place: Place): string {
  const { index, top, pitch, people, lang, crowded, trackRight } = place
  const y = top + index * pitch
  const told = figures(bar, people, lang)
  const below = y + (crowded ? crowdedLine : titleLine)
  const thick = crowded ? 10 : Math.min(34, pitch - titleLine - 16)
  const room = right - left - (crowded ? widthOf(told, bold) + beforeFigures : 0)
  const beside = crowded
    ? { x: right, y: y + 31, anchor: 'end' as const }
    : { x: trackRight + beforeFigures, y: below + thick / 2 + 11, anchor: 'start' as const }
  const title = shortened(bar.title[lang], { size: titleSize }, room)
  return `<g id="segment-${index + 1}">
${text({ x: left, y: y + 31, size: titleSize, fill: ink.text, anchor: 'start' }, title)}
${track(bar, { y: below, thick, people, end: trackRight })}
${text({ ...beside, ...bold, fill: ink.text }, told)}
</g>`
}

/** Beyond this many, people are a length and not cells. */
const mostCells = 24
const cellGap = 6

interface Track {
  y: number
  thick: number
  people: number
  end: number
}

function track({ answered }: Bar, { y, thick, people, end }: Track): string {
  const box = (from: number, wide: number, fill: string) =>
    `<rect x="${round(from)}" y="${round(y)}" width="${round(wide)}" height="${thick}" rx="5" fill="${fill}" stroke="${fill === '#FFFFFF' ? ink.axis : fill}" stroke-width="2.5"/>`
  const all = Math.max(people, 1)
  const full = Math.min(answered, all)
  if (all > mostCells) {
    const length = ((end - left) * full) / all
    return box(left, end - left, '#FFFFFF') + (full > 0 ? box(left, length, ink.accent) : '')
  }
  const pitch = (end - left + cellGap) / all
  return Array.from({ length: all }, (_, index) =>
    box(left + index * pitch, pitch - cellGap, index < full ? ink.accent : '#FFFFFF'),
  ).join('')
}

function figures({ answered, contributions }: Bar, people: number, lang: Lang): string {
  const out = say('participation-picture.answered', { answered, people })
  if (contributions === null) return word(out, lang)
  return word(say('participation-picture.both', { answered: out, count: contributions }), lang)
}

const word = (one: Text, lang: Lang): string => speak(one, { lang, zone: 'UTC' })
