/** Contrast of two colours as WCAG 2 computes it, from 1 to 21. A colour is `#rgb`, `#rrggbb`, or `#aarrggbb` as a host configuration has it. */
export function contrast(text: string, ground: string): number {
  const below = channelsOf(ground)
  const [light = 0, dark = 0] = [luminance(over(channelsOf(text), below)), luminance(below)].toSorted(
    (a, b) => b - a,
  )
  return (light + 0.05) / (dark + 0.05)
}

interface Channels {
  rgb: number[]
  opacity: number
}

function channelsOf(colour: string): Channels {
  const digits = colour.replace('#', '').replace(/^(.)(.)(.)$/u, '$1$1$2$2$3$3')
  if (!/^([\da-f]{6}|[\da-f]{8})$/iu.test(digits)) throw new Error(`no colour: ${colour}`)
  const pairs = (digits.padStart(8, 'f').match(/../gu) ?? []).map((pair) => Number.parseInt(pair, 16))
  const [alpha = 255, ...rgb] = pairs
  return { rgb, opacity: alpha / 255 }
}

const over = ({ rgb, opacity }: Channels, ground: Channels): Channels => ({
  rgb: rgb.map((value, index) => value * opacity + (ground.rgb[index] ?? 0) * (1 - opacity)),
  opacity: 1,
})

function luminance({ rgb }: Channels): number {
  const [red = 0, green = 0, blue = 0] = rgb
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
