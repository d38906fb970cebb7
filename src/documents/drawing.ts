import { createRequire } from 'node:module'
import { Resvg } from '@resvg/resvg-js'

/** What every picture is drawn with: one face, a few inks, and text that is only ever text. */
export const family = 'Source Sans 3'

export const ink = {
  text: '#1B2733',
  soft: '#4A5968',
  faint: '#E1E7EC',
  line: '#C5D0DA',
  axis: '#5B6B7A',
  accent: '#0B5FA5',
  tint: '#E3EEF7',
  disc: '#465564',
}

export interface Look {
  x: number
  y: number
  size: number
  fill: string
  bold?: boolean
  anchor?: 'start' | 'middle' | 'end'
  /** White around each letter, over what it crosses. */
  halo?: boolean
}

export function text({ x, y, size, fill, bold, anchor = 'middle', halo }: Look, words: string): string {
  const around = halo ? ' stroke="#FFFFFF" stroke-width="8" stroke-linejoin="round" paint-order="stroke"' : ''
  return `<text x="${round(x)}" y="${round(y)}" font-size="${round(size)}" fill="${fill}" font-weight="${bold ? 700 : 400}" text-anchor="${anchor}"${around}>${escaped(words)}</text>`
}

/** The words as far as the width goes, cut between two letters as people see them, with an ellipsis. */
export function shortened(words: string, { size, bold }: Pick<Look, 'size' | 'bold'>, width: number): string {
  const fits = (some: string) => widthOf(some, { size, bold }) <= width
  const known = drawable(words)
  if (fits(known)) return known
  const letters = [...segments.segment(known)].map(({ segment }) => segment)
  const cut = (count: number) => `${letters.slice(0, count).join('').trimEnd()}…`
  let [least, most] = [0, letters.length]
  while (least < most) {
    const middle = Math.ceil((least + most) / 2)
    if (fits(cut(middle))) least = middle
    else most = middle - 1
  }
  return cut(least)
}

/** How wide words are drawn, in pixels. */
export function widthOf(words: string, { size, bold }: { size: number; bold?: boolean | undefined }): number {
  if (words.trim() === '') return 0
  const look = { x: 0, y: 0, size, fill: ink.text, anchor: 'start' as const, ...(bold ? { bold } : {}) }
  const one = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" font-family="${family}">${text(look, words)}</svg>`
  const box = new Resvg(one, { font }).getBBox()
  return box ? box.x + box.width : 0
}

/** A PNG, made smaller where it would be taller than Teams shows (1024 pixels). */
export function pngFrom(svg: string, height: number): Buffer {
  const tallest = 1024
  const fitTo = height > tallest ? ({ mode: 'height', value: tallest } as const) : undefined
  return new Resvg(svg, { font, ...(fitTo ? { fitTo } : {}) }).render().asPng()
}

export const round = (value: number): number => Math.round(value * 10) / 10

const font = {
  loadSystemFonts: false,
  fontFiles: ['400Regular/SourceSans3_400Regular', '700Bold/SourceSans3_700Bold'].map((name) =>
    createRequire(import.meta.url).resolve(`@expo-google-fonts/source-sans-3/${name}.ttf`),
  ),
  defaultFontFamily: family,
}

const segments = new Intl.Segmenter('fr', { granularity: 'grapheme' })

/**
 * What the face has a letter for: anything else would be an empty box. The text that stands next to every picture
 * says it all.
 */
const drawable = (words: string): string =>
  words
    .replace(/[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\u0020-\u024F‐-―‘-‚“-„†-•…‰′″‹›€→]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()

const escaped = (words: string): string =>
  words.replace(/[&<>"']/gu, (sign) => `&#${sign.codePointAt(0)};`).replace(/\p{Cc}/gu, ' ')
