import { z } from 'zod'
import { activity, type Scene } from './activities.ts'
import type { BotReply } from './bot-door.ts'
import { say } from './messages.ts'
import { keepPage } from './own-page.ts'
import type { Room } from './room.ts'
import type { Message } from './state.ts'
import type { JsonObject, Outcome } from './views.ts'

const jsonObject = z.record(z.unknown()).transform((value) => value as JsonObject)

/** What a card's button says when pressed: the author's data with what was typed. */
export const actionSchema = z.object({
  type: z.enum(['Action.Execute', 'Action.Submit']),
  id: z.string().optional(),
  verb: z.string().optional(),
  data: jsonObject.default({}),
})

export type CardAction = z.infer<typeof actionSchema>

export interface Press extends Scene {
  message: Message
  action: CardAction
  trigger: 'manual' | 'automatic'
}

export async function press(room: Room, pressed: Press): Promise<Outcome> {
  if (!pressed.conversation.botInstalled) return { kind: 'failed', status: 403 }
  if (pressed.action.type === 'Action.Execute') return execute(room, pressed)
  const teams = z.object({ type: z.string() }).safeParse(pressed.action.data.msteams)
  if (teams.data?.type === 'task/fetch') return fetchTask(room, pressed)
  if (teams.data?.type === 'imBack') return speakFor(room, pressed)
  return submit(room, pressed)
}

/** The dialog's own button. */
export async function submitTask(room: Room, scene: Scene, data: JsonObject): Promise<Outcome> {
  const reply = await room.bot.invoke(
    activity(room, scene, {
      type: 'invoke',
      name: 'task/submit',
      value: { data, context: { theme: 'default' } },
    }),
  )
  return taskOutcome(reply)
}

export interface Consent {
  message: Message
  action: 'accept' | 'decline'
  /** What the bot wants to hear again. */
  context: unknown
  /** Where she lets it put the file. */
  uploadInfo?: object
}

/** The person accepts or declines the file the bot offers to put in their files. */
export async function answerFileConsent(room: Room, scene: Scene, answer: Consent): Promise<Outcome> {
  const { message, ...value } = answer
  const reply = await room.bot.invoke(
    activity(room, scene, {
      type: 'invoke',
      name: 'fileConsent/invoke',
      replyToId: message.id,
      value: { type: 'fileUpload', ...value },
    }),
  )
  return isSuccess(reply) ? { kind: 'nothing' } : { kind: 'failed', status: reply.status }
}

async function execute(room: Room, { action, message, trigger, ...scene }: Press): Promise<Outcome> {
  const reply = await room.bot.invoke(
    activity(room, scene, {
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: message.id,
      value: { action, trigger },
    }),
  )
  const outcome = executeOutcome(reply)
  if (outcome.kind === 'card') keepPage(room, scene.conversation, message, outcome.card)
  return outcome
}

async function submit(room: Room, { action, message, ...scene }: Press): Promise<Outcome> {
  const reply = await room.bot.deliver(
    activity(room, scene, { type: 'message', replyToId: message.id, value: action.data }),
  )
  return isSuccess(reply) ? { kind: 'nothing' } : { kind: 'failed', status: reply.status }
}

async function fetchTask(room: Room, { action, message, ...scene }: Press): Promise<Outcome> {
  const reply = await room.bot.invoke(
    activity(room, scene, {
      type: 'invoke',
      name: 'task/fetch',
      replyToId: message.id,
      value: { data: action.data, context: { theme: 'default' } },
    }),
  )
  return taskOutcome(reply)
}

async function speakFor(room: Room, { action, conversation, person }: Press): Promise<Outcome> {
  const words = z.object({ value: z.string() }).safeParse(action.data.msteams)
  await say(room, conversation, person, words.data?.value ?? '')
  return { kind: 'nothing' }
}

const executeAnswer = z.union([
  z.object({
    statusCode: z.literal(200),
    type: z.literal('application/vnd.microsoft.card.adaptive'),
    value: jsonObject,
  }),
  z.object({
    statusCode: z.literal(200),
    type: z.literal('application/vnd.microsoft.activity.message'),
    value: z.string(),
  }),
])

function executeOutcome(reply: BotReply): Outcome {
  if (!isSuccess(reply)) return { kind: 'failed', status: reply.status }
  if (reply.body === undefined) return { kind: 'nothing' }
  const answer = executeAnswer.safeParse(reply.body)
  if (!answer.success) return { kind: 'failed', status: statusIn(reply.body) }
  if (answer.data.type === 'application/vnd.microsoft.card.adaptive')
    return { kind: 'card', card: answer.data.value }
  return { kind: 'notice', text: answer.data.value }
}

const size = z.union([z.number(), z.enum(['small', 'medium', 'large'])]).optional()

const taskAnswer = z.object({
  task: z.discriminatedUnion('type', [
    z.object({
      type: z.literal('continue'),
      value: z.object({
        title: z.string().default(''),
        height: size,
        width: size,
        card: z.object({ content: jsonObject }),
      }),
    }),
    z.object({ type: z.literal('message'), value: z.string().default('') }),
  ]),
})

const sizes = { small: 420, medium: 600, large: 860 }

function taskOutcome(reply: BotReply): Outcome {
  if (!isSuccess(reply)) return { kind: 'failed', status: reply.status }
  const answer = taskAnswer.safeParse(reply.body)
  if (!answer.success) return { kind: 'nothing' }
  const task = answer.data.task
  if (task.type === 'message') return task.value ? { kind: 'notice', text: task.value } : { kind: 'nothing' }
  const pixels = (wanted: z.infer<typeof size>) => (typeof wanted === 'string' ? sizes[wanted] : wanted)
  const { title, card, height, width } = task.value
  return { kind: 'dialog', title, card: card.content, height: pixels(height), width: pixels(width) }
}

function isSuccess(reply: BotReply): boolean {
  return reply.status >= 200 && reply.status < 300
}

function statusIn(body: unknown): number {
  return z.object({ statusCode: z.number() }).safeParse(body).data?.statusCode ?? 500
}
