import { z } from 'zod'

/** How to get back to a conversation. Refreshed from every inbound activity; only what a verified one said goes in. */
export const reach = z.object({
  serviceUrl: z.string().url(),
  conversationId: z.string().min(1),
  /** Empty where the platform names none. */
  tenantId: z.string(),
  botId: z.string(),
  botName: z.string(),
  /** The platform's id of the meeting, null in a chat without one. */
  meetingId: z.string().nullable(),
  personal: z.boolean(),
})
export type Reach = z.infer<typeof reach>

/** A reply chain of a channel is the same meeting as the channel. */
export const baseOf = (conversationId: string): string => conversationId.split(';')[0] ?? conversationId

const source = z
  .object({
    serviceUrl: z.string().url(),
    conversation: z.object({
      id: z.string(),
      conversationType: z.string().nullish().catch(null),
      tenantId: z.string().nullish().catch(null),
    }),
    recipient: z.object({ id: z.string(), name: z.string().nullish() }).catch({ id: '' }),
    channelData: z
      .object({
        tenant: z.object({ id: z.string() }).nullish().catch(null),
        meeting: z.object({ id: z.string() }).nullish().catch(null),
      })
      .nullish()
      .catch(null),
  })
  .catch({ serviceUrl: '', conversation: { id: '' }, recipient: { id: '' } })

/** From an inbound activity, once its token is verified. One that says nothing of its origin leads nowhere. */
export function reachFrom(activity: unknown): Reach {
  const { serviceUrl, conversation, recipient, channelData } = source.parse(activity)
  return {
    serviceUrl,
    conversationId: conversation.id,
    tenantId: conversation.tenantId ?? channelData?.tenant?.id ?? '',
    botId: recipient.id,
    botName: recipient.name ?? '',
    meetingId: channelData?.meeting?.id ?? null,
    personal: conversation.conversationType === 'personal',
  }
}

/** The same way, with the meeting that was known there; as it is where none was. */
export function withMeeting(told: unknown, known: unknown): unknown {
  const [now, before] = [reach.safeParse(told).data, reach.safeParse(known).data]
  return now?.meetingId === null && before?.meetingId ? { ...now, meetingId: before.meetingId } : told
}
