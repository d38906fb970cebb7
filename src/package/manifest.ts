import { z } from 'zod'

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

/** A translation gives every text, and none that the manifest does not have. */
export function translationFaults(file: string, translation: object, manifest: Manifest): string[] {
  const [wanted, given] = [textsOf(manifest), Object.keys(translation).filter((key) => key !== '$schema')]
  return [
    ...Object.keys(wanted)
      .filter((key) => !given.includes(key))
      .map((key) => `manifest/${file}  ${key} is not translated`),
    ...given
      .filter((key) => !(key in wanted))
      .map((key) => `manifest/${file}  ${key} is no text of the manifest`),
  ]
}
