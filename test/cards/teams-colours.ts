import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** What a theme of Teams draws text with: a ground for each container style, and each colour on it, plain and subtle. */
export type Theme = Record<
  string,
  { ground: string; text: Record<string, { plain: string; subtle: string }> }
>

const published = z.object({
  containerStyles: z.record(
    z.object({
      backgroundColor: z.string(),
      foregroundColors: z.record(z.object({ default: z.string(), subtle: z.string() })),
    }),
  ),
})

/** Microsoft's own file, as the room draws cards with. */
function light(): Theme {
  const file = new URL('../../src/room/client/teams-host-config-light.json', import.meta.url)
  const { containerStyles } = published.parse(JSON.parse(readFileSync(file, 'utf8')))
  return Object.fromEntries(
    Object.entries(containerStyles).map(([style, { backgroundColor, foregroundColors }]) => [
      style,
      {
        ground: backgroundColor,
        text: Object.fromEntries(
          Object.entries(foregroundColors).map(([name, { default: plain, subtle }]) => [
            name,
            { plain, subtle },
          ]),
        ),
      },
    ]),
  )
}

const one = (plain: string, subtle = plain) => ({ plain, subtle })

const onDark = {
  default: one('#ffffff', '#bfffffff'),
  accent: one('#a6a7dc', '#8b8cc7'),
  attention: one('#d74654', '#e5d74654'),
  good: one('#92c353', '#e592c353'),
  warning: one('#f8d22a', '#e5f8d22a'),
}
/** The dark theme keeps pale grounds for what is signalled, with dark text on them. */
const onPale = { ...onDark, default: one('#201f1f', '#2d2c2c') }

/** The colours of the dark configuration Microsoft publishes beside the light one. */
const dark: Theme = {
  default: { ground: '#2d2c2c', text: onDark },
  emphasis: { ground: '#292828', text: onDark },
  accent: { ground: '#c7def9', text: onPale },
  good: { ground: '#ccffcc', text: onPale },
  attention: { ground: '#ffc5b2', text: onPale },
  warning: { ground: '#ffe2b2', text: onPale },
}

/** High contrast has no published configuration: there the client replaces every colour by the reader's own few. */
export const themes: Record<'light' | 'dark', Theme> = { light: light(), dark }
