import { useEffect, useReducer, useState } from 'preact/hooks'
import type { ClockView, ConversationHeader, ConversationView, LiveEvent, Me, MessageView } from '../views.ts'
import type { Seat } from './api.ts'

export interface Tab {
  me: Me
  current: string
  conversations: ConversationView[]
  clock: ClockView
  /** Conversations with something new since last looked at. */
  unread: string[]
  /** Real time of the bot's last sign of writing, by conversation. */
  typing: Record<string, number>
  undelivered: string[]
}

export type TabEvent = LiveEvent | { type: 'open'; id: string }

export type Connection = 'connecting' | 'open' | 'lost' | 'refused'

export function useTab(seat: Seat): { tab: Tab | undefined; connection: Connection; open(id: string): void } {
  const [tab, dispatch] = useReducer(reduce, undefined)
  const [connection, setConnection] = useState<Connection>('connecting')
  useEffect(() => connect(seat, dispatch, setConnection), [seat.token, seat.slug])
  return { tab, connection, open: (id) => dispatch({ type: 'open', id }) }
}

const unknownPerson = 4001
const retryAfter = 700

function connect(
  seat: Seat,
  dispatch: (event: TabEvent) => void,
  setConnection: (connection: Connection) => void,
): () => void {
  let closed = false
  let timer = 0
  let socket: WebSocket

  function open(): void {
    const address = `ws://${location.host}/api/room/live?${new URLSearchParams({ ...seat })}`
    socket = new WebSocket(address)
    socket.onopen = () => setConnection('open')
    socket.onmessage = (event) => dispatch(JSON.parse(event.data) as LiveEvent)
    socket.onclose = (event) => {
      if (closed) return
      setConnection(event.code === unknownPerson ? 'refused' : 'lost')
      if (event.code !== unknownPerson) timer = window.setTimeout(open, retryAfter)
    }
  }

  open()
  return () => {
    closed = true
    clearTimeout(timer)
    socket.close()
  }
}

export function reduce(tab: Tab | undefined, event: TabEvent): Tab | undefined {
  if (event.type === 'snapshot') return fromSnapshot(tab, event)
  if (!tab) return undefined
  switch (event.type) {
    case 'open':
      return { ...tab, current: event.id, unread: tab.unread.filter((id) => id !== event.id) }
    case 'conversation':
      return { ...tab, conversations: withHeader(tab.conversations, event.conversation) }
    case 'conversation-gone':
      return { ...tab, conversations: tab.conversations.filter((each) => each.id !== event.id) }
    case 'message':
      return withMessage(tab, event.conversation, event.message)
    case 'message-gone':
      return changed(tab, event.conversation, (messages) => messages.filter((each) => each.id !== event.id))
    case 'typing':
      return { ...tab, typing: { ...tab.typing, [event.conversation]: Date.now() } }
    case 'undelivered':
      return { ...tab, undelivered: [...tab.undelivered, event.conversation] }
    case 'clock':
      return { ...tab, clock: event.clock }
  }
}

/** After a lost connection, messages that did not change stay the same objects, so that what is typed in their cards stays. */
function fromSnapshot(tab: Tab | undefined, event: Extract<LiveEvent, { type: 'snapshot' }>): Tab {
  const known = new Map(
    tab?.conversations.flatMap((each) => each.messages.map((message) => [message.id, message])),
  )
  const same = (message: MessageView) => {
    const old = known.get(message.id)
    return old && old.revision === message.revision && old.from === message.from ? old : message
  }
  return {
    me: event.me,
    clock: event.clock,
    current: event.current,
    conversations: event.conversations.map((each) => ({ ...each, messages: each.messages.map(same) })),
    unread: (tab?.unread ?? []).filter((id) => id !== event.current),
    typing: {},
    undelivered: [],
  }
}

function withHeader(conversations: ConversationView[], header: ConversationHeader): ConversationView[] {
  const isKnown = conversations.some((each) => each.id === header.id)
  if (!isKnown) return [...conversations, { ...header, messages: [] }]
  return conversations.map((each) => (each.id === header.id ? { ...each, ...header } : each))
}

function withMessage(tab: Tab, id: string, message: MessageView): Tab {
  const next = changed(tab, id, (messages) => {
    const isKnown = messages.some((each) => each.id === message.id)
    return isKnown
      ? messages.map((each) => (each.id === message.id ? message : each))
      : [...messages, message]
  })
  const unread = id === tab.current || tab.unread.includes(id) ? tab.unread : [...tab.unread, id]
  return {
    ...next,
    unread,
    typing: { ...tab.typing, [id]: 0 },
    undelivered: tab.undelivered.filter((each) => each !== id),
  }
}

function changed(tab: Tab, id: string, change: (messages: MessageView[]) => MessageView[]): Tab {
  const conversations = tab.conversations.map((each) =>
    each.id === id ? { ...each, messages: change(each.messages) } : each,
  )
  return { ...tab, conversations }
}

/** Ticks often enough for a clock that may run sixty times too fast. */
export function useRoomTime(clock: ClockView): number {
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  return clock.virtualAt + (Date.now() - clock.realAt) * clock.speed
}
