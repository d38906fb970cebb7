import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { say, type Text } from '../core/text.ts'

/** https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package#app-icons */
export const sides = { color: 192, outline: 32 } as const
export type Icon = keyof typeof sides

/** An icon as its SVG draws it: the same bytes on every machine. */
export const drawn = (root: string, icon: Icon): Buffer =>
  new Resvg(readFileSync(join(root, 'manifest', `${icon}.svg`), 'utf8')).render().asPng()

/** What Teams would refuse of an icon. */
export function iconFaults(icon: Icon, file: string, png: Buffer): Text[] {
  const side = sides[icon]
  const size = sizeOf(png)
  if (!size) return [say('package.no-picture', { file })]
  if (size.width !== side || size.height !== side) return [say('package.size', { file, ...size, side })]
  return icon === 'outline' && !isWhiteOnNothing(png, side) ? [say('package.outline', { file })] : []
}

const signature = '89504e470d0a1a0a'

/** Width and height stand in the header, right after the signature. */
function sizeOf(png: Buffer): { width: number; height: number } | null {
  if (png.length < 24 || png.toString('hex', 0, 8) !== signature) return null
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) }
}

function isWhiteOnNothing(png: Buffer, side: number): boolean {
  const pixels = pixelsOf(png, side)
  return pixels.some(([, , , alpha]) => alpha === 0) && pixels.every(isWhite)
}

/** Red, green and blue come multiplied by the alpha. */
const isWhite = ([red, green, blue, alpha]: Pixel): boolean =>
  red === alpha && green === alpha && blue === alpha

export type Pixel = [red: number, green: number, blue: number, alpha: number]

/** The pixels of a square PNG, line by line. */
export function pixelsOf(png: Buffer, side: number): Pixel[] {
  const picture = `<image width="${side}" height="${side}" href="data:image/png;base64,${png.toString('base64')}"/>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">${picture}</svg>`
  const { pixels } = new Resvg(svg).render()
  return Array.from({ length: side * side }, (_, at) => [
    pixels[at * 4] ?? 0,
    pixels[at * 4 + 1] ?? 0,
    pixels[at * 4 + 2] ?? 0,
    pixels[at * 4 + 3] ?? 0,
  ])
}
