import { z } from 'zod'
import { Refused } from './http.ts'
import type { Conversation, Message } from './state.ts'

/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4 */
const consentType = 'application/vnd.microsoft.teams.card.file.consent'
export const infoType = 'application/vnd.microsoft.teams.card.file.info'

const offerSchema = z.object({
  name: z.string().min(1),
  content: z.object({
    description: z.string().optional(),
    sizeInBytes: z.number().nonnegative(),
    acceptContext: z.unknown(),
    declineContext: z.unknown(),
  }),
})

export type Offer = z.infer<typeof offerSchema>

/** Teams takes such a card in one-to-one chats only, and whole. */
export function refuseMisplacedOffers({ kind }: Conversation, attachments: Message['attachments']): void {
  for (const offer of attachments.filter((each) => each.contentType === consentType)) {
    if (kind !== 'personal') throw new Refused(400, 'BadArgument', 'Files are offered in personal chats only')
    const read = offerSchema.safeParse(offer)
    if (!read.success) throw new Refused(400, 'BadSyntax', read.error.message)
  }
}

export function offerIn(message: Message): Offer {
  const offer = offerSchema.safeParse(message.attachments.find((each) => each.contentType === consentType))
  if (!offer.success) throw new Refused(404, 'NoFileOffered')
  return offer.data
}

export const uniqueIdOf = (content: unknown): string | undefined =>
  z.object({ uniqueId: z.string() }).safeParse(content).data?.uniqueId

const longestName = 120

/** As it can be written to a disk, any disk: never empty, nothing that names a folder or hides its ending. */
export function safeName(name: string): string {
  const plain = name
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '')
    .replace(/[\\/:*?"<>|]+/g, '-')
    .replace(/[.\s]+$/, '')
  const ending = endingOf(plain)
  const stem = (ending ? plain.slice(0, -ending.length - 1) : plain).replace(/^[.\s]+|[.\s]+$/g, '')
  const kept = [...stem].slice(0, longestName).join('') || 'document'
  return ending ? `${kept}.${ending}` : kept
}

/** Without its dot; '' when there is none. */
export const endingOf = (name: string): string => /\.([a-z0-9]{1,10})$/i.exec(name)?.[1] ?? ''
