import { z } from 'zod'
import { say, type Text } from '../core/text.ts'
import { type Content, contentShape } from './template.ts'

/** What the packaging itself reads of a manifest; the rest is for Microsoft's schema to judge. */
export const manifestShape = z.object({
  name: z.object({ short: z.string(), full: z.string() }),
  description: z.object({ short: z.string(), full: z.string() }),
  icons: z.object({ color: z.string(), outline: z.string() }),
  localizationInfo: z.object({ additionalLanguages: z.array(z.object({ file: z.string() })) }),
  bots: z.array(
    z.object({
      scopes: z.array(z.string()),
      commandLists: z.array(
        z.object({
          scopes: z.array(z.string()),
          commands: z.array(z.object({ title: z.string(), description: z.string() })),
        }),
      ),
    }),
  ),
})
export type Manifest = z.infer<typeof manifestShape>

/** Every text of the manifest that people read, under the name a translation gives it. */
export function textsOf({ name, description, bots }: Manifest): Record<string, string> {
  const commands = bots.flatMap(({ commandLists }, bot) =>
    commandLists.flatMap((list, at) =>
      list.commands.flatMap((one, index): [string, string][] => {
        const place = `bots[${bot}].commandLists[${at}].commands[${index}]`
        return [
          [`${place}.title`, one.title],
          [`${place}.description`, one.description],
        ]
      }),
    ),
  )
  return {
    'name.short': name.short,
    'name.full': name.full,
    'description.short': description.short,
    'description.full': description.full,
    ...Object.fromEntries(commands),
  }
}

/** The manifest as someone of that language is shown it. */
export const translated = (manifest: Content, translation: Content): Content =>
  contentShape.parse(
    Object.entries(translation)
      .filter(([key]) => key !== '$schema')
      .reduce<unknown>((whole, [key, text]) => replaced(whole, stepsOf(key), text), manifest),
  )

const stepsOf = (key: string): string[] => key.split(/[.[\]]+/u).filter((step) => step !== '')

/** The same content with one text replaced, where the steps lead to one. */
function replaced(whole: unknown, [first, ...rest]: string[], text: unknown): unknown {
  if (first === undefined) return text
  if (Array.isArray(whole))
    return whole.map((one, at) => (String(at) === first ? replaced(one, rest, text) : one))
  if (typeof whole !== 'object' || whole === null) return whole
  return Object.fromEntries(
    Object.entries(whole).map(([key, one]) => [key, key === first ? replaced(one, rest, text) : one]),
  )
}

/** A translation gives every text, and none that the manifest does not have. */
export function translationFaults(file: string, translation: object, manifest: Manifest): Text[] {
  const [wanted, given] = [textsOf(manifest), Object.keys(translation).filter((key) => key !== '$schema')]
  return [
    ...Object.keys(wanted)
      .filter((key) => !given.includes(key))
      .map((key) => say('package.untranslated', { file, key })),
    ...given.filter((key) => !(key in wanted)).map((key) => say('package.no-such-text', { file, key })),
  ]
}
