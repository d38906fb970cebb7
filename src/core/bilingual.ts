import { z } from 'zod'

/** A text of a format script, in both languages. */
export const bilingual = z.object({ fr: z.string().trim().min(1), en: z.string().trim().min(1) }).strict()
