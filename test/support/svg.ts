import { widthOf } from '../../src/documents/drawing.ts'

/** Where something is drawn, in pixels. */
export interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

const number = (value: string | undefined) => Number(value)

/** Every text, as wide as it is drawn. */
export const texts = (svg: string): (Box & { words: string; size: number })[] =>
  [
    ...svg.matchAll(
      /<text x="([\d.-]+)" y="([\d.]+)" font-size="([\d.]+)" fill="[^"]+" font-weight="(\d+)" text-anchor="(\w+)"[^>]*>([^<]*)</gu,
    ),
  ].map(([, x, y, size, weight, anchor, words = '']) => {
    const read = words.replace(/&#(\d+);/gu, (_sign, code) => String.fromCodePoint(Number(code)))
    const wide = widthOf(read, { size: number(size), bold: weight === '700' })
    const left = number(x) - (anchor === 'middle' ? wide / 2 : anchor === 'end' ? wide : 0)
    const top = number(y) - number(size) * 0.75
    return {
      words: read,
      size: number(size),
      left,
      right: left + wide,
      top,
      bottom: number(y) + number(size) * 0.22,
    }
  })

export const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
