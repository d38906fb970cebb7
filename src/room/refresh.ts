import { z } from 'zod'
import type { JsonObject, Refresh } from './views.ts'

/** The request for a personal view, if this card offers one to this person. */
export function refreshFor(card: unknown, mri: string): Refresh | undefined {
  const found = refreshSchema.safeParse(card)
  if (!found.success || !found.data.refresh.userIds.includes(mri)) return undefined
  return { action: found.data.refresh.action }
}

const data = z
  .record(z.unknown())
  .default({})
  .transform((value) => value as JsonObject)

const refreshSchema = z.object({
  refresh: z.object({
    userIds: z.array(z.string()).max(60),
    action: z.object({
      type: z.literal('Action.Execute'),
      id: z.string().optional(),
      verb: z.string().optional(),
      data,
    }),
  }),
})
