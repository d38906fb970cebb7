import WebSocket from 'ws'
import type { RoomClock, RunningRoom } from '../../src/room/index.ts'
import { roomClock, startRoom } from '../../src/room/index.ts'
import type {
  ConversationView,
  Entry,
  JsonObject,
  LiveEvent,
  MessageView,
  Outcome,
} from '../../src/room/views.ts'
import { type Behaviour, type TinyBot, tinyBot } from './tiny-bot.ts'

export interface Bench {
  room: RunningRoom
  bot: TinyBot
  clock: RoomClock
  close(): Promise<void>
}

/** A room and a tiny bot on free ports. */
export async function bench(
  options: { behave?: Behaviour; dataDir?: string; leaveAfter?: number } = {},
): Promise<Bench> {
  const { behave, ...rest } = options
  const bot = await tinyBot(behave)
  const clock = roomClock()
  const room = await startRoom({ port: 0, botUrl: bot.url, clock, random: () => 0, ...rest })
  return {
    room,
    bot,
    clock,
    close: async () => {
      await room.close()
      await bot.close()
    },
  }
}

/** One person at a tab, without the browser. */
export interface Seat {
  token: string
  mri: string
  chat(): ConversationView
  /** Resolves once the chat looks like that. */
  sees<T>(find: (chat: ConversationView) => T | undefined | false): Promise<T>
  seesMessage(matches: (message: MessageView) => boolean): Promise<MessageView>
  say(text: string): Promise<void>
  press(message: MessageView, action: JsonObject, trigger?: 'manual' | 'automatic'): Promise<Outcome>
  post(path: string, body: object): Promise<Response>
  leave(): void
}

export async function sit(
  room: { url: string },
  name: string,
  entry: Entry = 'attendee',
  slug?: string,
): Promise<Seat> {
  const entered = await send(room.url, 'enter', {
    name,
    entry,
    language: 'fr',
    slug: slug ?? (await firstSlug(room.url)),
  })
  const { token, slug: where } = (await entered.json()) as { token: string; slug: string }
  return open(room, token, where)
}

export async function open(room: { url: string }, token: string, slug: string): Promise<Seat> {
  const tab = new WebSocket(
    `${room.url.replace('http', 'ws')}api/room/live?${new URLSearchParams({ token, slug })}`,
  )
  const chats = new Map<string, ConversationView>()
  const waiting = new Set<() => void>()
  let current = ''
  let mri = ''

  const opened = new Promise<void>((resolve, reject) => {
    tab.on('error', reject)
    tab.on('close', () => reject(new Error('closed')))
    tab.on('message', (data) => {
      const event = JSON.parse(String(data)) as LiveEvent
      if (event.type === 'snapshot') {
        for (const chat of event.conversations) chats.set(chat.id, chat)
        current = event.current
        mri = event.me.mri
        resolve()
      }
      apply(chats, event)
      for (const check of waiting) check()
    })
  })
  await opened

  const chat = () => chats.get(current) as ConversationView
  const sees = <T>(find: (chat: ConversationView) => T | undefined | false) =>
    new Promise<T>((resolve) => {
      const check = () => {
        const found = find(chat())
        if (found === undefined || found === false) return
        waiting.delete(check)
        resolve(found)
      }
      waiting.add(check)
      check()
    })
  const post = (path: string, body: object) => send(room.url, path, { token, conversation: current, ...body })

  return {
    token,
    mri,
    chat,
    sees,
    seesMessage: (matches) => sees((seen) => seen.messages.find(matches)),
    say: async (text) => void (await post('say', { text })),
    press: async (message, action, trigger = 'manual') =>
      (await (await post('press', { message: message.id, action, trigger })).json()) as Outcome,
    post,
    leave: () => tab.close(),
  }
}

export async function firstSlug(url: string): Promise<string> {
  const page = await (await fetch(url)).text()
  return /"slug":"([^"]*)"/.exec(page)?.[1] ?? ''
}

function send(url: string, path: string, body: object): Promise<Response> {
  return fetch(`${url}api/room/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

function apply(chats: Map<string, ConversationView>, event: LiveEvent): void {
  if (event.type === 'conversation') {
    const messages = chats.get(event.conversation.id)?.messages ?? []
    chats.set(event.conversation.id, { ...event.conversation, messages })
  }
  const chat =
    'conversation' in event && typeof event.conversation === 'string' && chats.get(event.conversation)
  if (!chat) return
  if (event.type === 'message') {
    chat.messages = [...chat.messages.filter((each) => each.id !== event.message.id), event.message]
  }
  if (event.type === 'message-gone') chat.messages = chat.messages.filter((each) => each.id !== event.id)
}
