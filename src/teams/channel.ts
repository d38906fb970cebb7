import type { CloudAdapter } from 'botbuilder'
import { z } from 'zod'
import type { Channel, FileGiven, Given, Log, Sent, Upload, View } from '../ports.ts'
import { sendLimits } from './budget.ts'
import { type Call, connectorClient } from './connector-client.ts'
import { fileMessage, offerMessage, onceEach, uploader } from './files.ts'
import { type Drawing, messageOf, weightOf } from './message.ts'
import type { Outcome, Paced, Pacer } from './pacer.ts'
import { baseOf, type Reach, reach as reachShape } from './reach.ts'

interface Parts {
  adapter: CloudAdapter
  appId: string
  /** Origins of the services it may speak to; null for this machine's only. */
  services?: readonly string[] | null
  pacer: Pacer
  log: Log
  zone: string
  /** Gives, for a view shown in a meeting, the public address of its pictures and documents. */
  address(view: View, meetingId: string): Drawing['address']
  /** Milliseconds after which nobody waits for an answer any more. */
  timeoutMs?: number
}

/** About 100 KB in UTF-16 is refused by the platform; this leaves room for what it adds. */
const heaviest = 80 * 1024

/** The way out to Teams. */
export function teamsChannel(parts: Parts): Channel {
  const connector = connectorClient(parts)
  const put = uploader({ appId: parts.appId, log: parts.log })
  const give = onceEach(given)

  async function shown(raw: unknown, view: () => View | null, messageId: string | null): Promise<Sent> {
    const reach = reachShape.safeParse(raw)
    if (!reach.success) return refused('nobody knows how to reach this conversation')
    const send = sending(reach.data, view, messageId)
    try {
      return sentOf(
        await parts.pacer.ask(send.request),
        send.refusal() ?? 'nothing to show any more',
        messageId,
      )
    } catch (error) {
      parts.log.error({ conversation: reach.data.conversationId, error }, 'a view could not be drawn')
      return refused('it could not be drawn')
    }
  }

  /** The view is drawn at each attempt; one that is too heavy is not sent at all. */
  function sending(reach: Reach, view: () => View | null, messageId: string | null) {
    let refusal: string | null = null
    const request: Paced = {
      ...laneOf(reach),
      create: messageId === null,
      ...(messageId === null ? {} : { message: messageId }),
      attempt() {
        const now = view()
        if (!now) return null
        const message = addressed(messageOf(now, drawing(now, reach)), reach)
        if (weightOf(message) > heaviest) {
          refusal = `its card is too heavy (${Math.ceil(weightOf(message) / 1024)} KB)`
          return null
        }
        return () => connector(reach.serviceUrl, callFor(reach, message, messageId))
      },
    }
    return { request, refusal: () => refusal }
  }

  /** A message that is no view: it says the same whenever it leaves. */
  async function handed(raw: unknown, message: object): Promise<Sent> {
    const reach = reachShape.safeParse(raw)
    if (!reach.success) return refused('nobody knows how to reach this conversation')
    if (!reach.data.personal) return refused('files are for personal chats')
    const body = addressed(message, reach.data)
    const attempt = () => () => connector(reach.data.serviceUrl, callFor(reach.data, body, null))
    const outcome = await parts.pacer.ask({ ...laneOf(reach.data), create: true, attempt })
    return sentOf(outcome, 'nothing to show any more', null)
  }

  /** Once it is among her files she has it, even if the chat does not take the message that says so. */
  async function given(raw: unknown, upload: Upload, file: FileGiven): Promise<Given> {
    const reach = reachShape.safeParse(raw)
    if (!reach.success || !reach.data.personal) return 'refused'
    const came = await put(reach.data.serviceUrl, upload, file)
    if (came !== 'given') return came
    const sent = await handed(raw, fileMessage(upload))
    if (sent.sent !== 'yes') parts.log.warn({ why: sent.why }, 'a file that was given is not shown')
    return 'given'
  }

  const drawing = (view: View, reach: Reach): Drawing => ({
    zone: parts.zone,
    address: parts.address(view, baseOf(reach.conversationId)),
  })

  return {
    post: (raw, view) => shown(raw, view, null),
    edit: (raw, messageId, view) => shown(raw, view, messageId),
    member: withReach(({ conversationId }, isIn: boolean) =>
      isIn ? parts.pacer.back(baseOf(conversationId)) : parts.pacer.left(baseOf(conversationId)),
    ),
    resume: withReach((reach) => parts.pacer.resume(laneOf(reach).lane, sendLimits)),
    offerFile: (raw, offer) => handed(raw, offerMessage(offer)),
    giveFile: give,
  }
}

/** What is kept of a conversation may be no way to it. */
const withReach =
  <Given extends unknown[]>(act: (reach: Reach, ...given: Given) => void) =>
  (raw: unknown, ...given: Given): void => {
    const reach = reachShape.safeParse(raw)
    if (reach.success) act(reach.data, ...given)
  }

const laneOf = ({ tenantId, conversationId }: Reach) => ({
  tenant: tenantId,
  conversation: baseOf(conversationId),
  lane: `send ${conversationId}`,
  limits: sendLimits,
})

const addressed = (message: object, { botId, botName, conversationId }: Reach) => ({
  ...message,
  from: { id: botId, name: botName },
  conversation: { id: conversationId },
})

function callFor({ conversationId }: Reach, body: object, messageId: string | null): Call {
  const activities = `v3/conversations/${encodeURIComponent(conversationId)}/activities`
  return messageId === null
    ? { method: 'POST', path: activities, body }
    : {
        method: 'PUT',
        path: `${activities}/${encodeURIComponent(messageId)}`,
        body: { ...body, id: messageId },
      }
}

const posted = z.object({ id: z.string().min(1) })

function sentOf(outcome: Outcome, dropped: string, messageId: string | null): Sent {
  switch (outcome.fate) {
    case 'done': {
      const id = messageId ?? posted.safeParse(outcome.body).data?.id
      return id === undefined
        ? { sent: 'unsure', why: 'the platform gave no id' }
        : { sent: 'yes', messageId: id }
    }
    case 'dropped':
      return refused(dropped)
    case 'never':
      return { sent: 'no', why: outcome.why, gone: outcome.gone }
    case 'later':
    case 'unsure':
      return { sent: outcome.fate, why: outcome.why }
  }
}

const refused = (why: string): Sent => ({ sent: 'no', why, gone: false })
