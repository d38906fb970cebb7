import { z } from 'zod'

/** The identifier that a script gives to a format, a segment or one of its parts. */
export const slug = (most = 40) =>
  z.string().refine((id) => id.length <= most && /^[a-z][a-z0-9-]*$/u.test(id), {
    message: 'script.slug',
    params: { most },
  })

/** Tells each of a list that takes the identifier of one before it. */
export function eachItsOwn(list: { id: string }[], told: z.RefinementCtx, under: string[] = []): void {
  for (const [index, { id }] of list.entries())
    if (list.findIndex((one) => one.id === id) !== index)
      told.addIssue({
        code: 'custom',
        path: [...under, index, 'id'],
        message: 'script.twice',
        params: { id },
      })
}
