import { bilingual } from '../bilingual.ts'

/** What a line of the text to publish may hold between braces. */
export const postValues = ['title', 'subject', 'people', 'count', 'priority', 'next'] as const
export type PostValue = (typeof postValues)[number]

const unknownIn = (text: string): string | undefined =>
  [...text.matchAll(/\{([^}]*)\}/gu)]
    .map(([, name = '']) => name)
    .find((name) => !postValues.some((one) => one === name))

/** One sentence of the text to publish, in both languages; it never takes a person's name. */
export const postLine = bilingual.superRefine((line, told) => {
  const wrong = unknownIn(line.fr) ?? unknownIn(line.en)
  if (wrong !== undefined)
    told.addIssue({
      code: 'custom',
      message: 'script.post-value',
      params: { wrong: `{${wrong}}`, known: postValues.map((one) => `{${one}}`).join(', ') },
    })
})

/** The lines that have all their values, filled in. Values are put in as they are: nothing in them is read again. */
export function filled(lines: string[], values: Partial<Record<string, string>>): string[] {
  const holds = (line: string) => [...line.matchAll(/\{([^}]*)\}/gu)].every(([, name = '']) => values[name])
  return lines
    .filter(holds)
    .map((line) => line.replace(/\{([^}]*)\}/gu, (_all, name: string) => values[name] ?? ''))
}
