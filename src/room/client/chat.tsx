import { Fragment } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { ConversationView, MessageView } from '../views.ts'
import { type Desk, turnedEvent } from './bot-card.tsx'
import { Icon } from './icons.tsx'
import { Message } from './message.tsx'
import { dayName, isSameDay, t } from './texts.ts'

interface ChatProps {
  conversation: ConversationView
  desk: Desk
  me: string
  now: number
  isTyping: boolean
  called: Called | undefined
}

/** The message whose card one is led to; another object each time. */
export interface Called {
  message: string
}

/** Only these ask for their personal view on arrival; older ones are far up. */
const recent = 30

export function Chat({ conversation, desk, me, now, isTyping, called }: ChatProps) {
  const { messages } = conversation
  const hasPages = conversation.kind === 'personal'
  const { log, hasNewBelow, scrollDown } = useStickToEnd(messages, me, hasPages)
  useEffect(() => {
    const index = messages.findIndex(({ id }) => id === called?.message)
    if (index >= 0) lead(log.current?.querySelectorAll('.message')[index])
  }, [called])
  return (
    <div class="chat-area">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <div ref={log} class="log" role="log" aria-label={t('chat.messages')} tabIndex={0}>
        <div class="log-content">
          {messages.length === 0 && <Empty conversation={conversation} />}
          {messages.map((message, index) => (
            <Fragment key={message.id}>
              {startsDay(messages[index - 1], message) && <p class="day">{dayName(message.at)}</p>}
              <Message
                {...{ message, desk, me, today: now }}
                isRecent={index >= messages.length - recent}
                continues={continuesFrom(messages[index - 1], message)}
              />
            </Fragment>
          ))}
          <p class="typing" aria-hidden={!isTyping}>
            {isTyping && t('chat.typing')}
          </p>
        </div>
      </div>
      {hasNewBelow && (
        <button type="button" class="new-below" onClick={scrollDown}>
          <Icon name="down" size={16} /> {t('chat.new-below')}
        </button>
      )}
    </div>
  )
}

/** Brings a message to the top of the chat, gives its card the focus, and shows for a moment which one it is. */
function lead(message: Element | undefined): void {
  const card = message?.querySelector<HTMLElement>('.card')
  if (!card) return
  card.dispatchEvent(new Event(turnedEvent, { bubbles: true }))
  card.querySelector<HTMLElement>('.card-body')?.focus({ preventScroll: true })
  card.animate([{ boxShadow: '0 0 0 3px #5b5fc7' }, { boxShadow: '0 0 0 3px transparent' }], ledFor)
}

const ledFor = 2000

function Empty({ conversation }: { conversation: ConversationView }) {
  const isPersonal = conversation.kind === 'personal'
  return (
    <div class="empty">
      <p class="empty-title">{isPersonal ? t('conversations.personal') : t('chat.empty-title')}</p>
      <p>{isPersonal ? t('chat.personal-empty') : t('chat.empty')}</p>
    </div>
  )
}

const moment = 5 * 60_000

function continuesFrom(before: MessageView | undefined, message: MessageView): boolean {
  if (before?.from !== message.from || message.from === 'bot') return false
  return message.at - before.at < moment
}

function startsDay(before: MessageView | undefined, message: MessageView): boolean {
  return before !== undefined && !isSameDay(before.at, message.at)
}

/**
 * Stays at the end as things arrive, unless the person is reading above or filling a card. Where a card turns into the next
 * page, that is read from its top.
 */
function useStickToEnd(messages: MessageView[], me: string, hasPages: boolean) {
  const log = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  const [hasNewBelow, setNewBelow] = useState(false)

  function scrollDown(): void {
    if (log.current) log.current.scrollTop = log.current.scrollHeight
    isAtEnd.current = true
    setNewBelow(false)
  }

  useLayoutEffect(() => {
    const box = log.current
    if (!box?.firstElementChild) return
    let lastTop = box.scrollTop
    const onScroll = () => {
      const isNearEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 60
      // Only going up is leaving the end: content that grows under us is not.
      if (isNearEnd) isAtEnd.current = true
      else if (box.scrollTop < lastTop) isAtEnd.current = false
      lastTop = box.scrollTop
      if (isNearEnd) setNewBelow(false)
    }
    const onTurned = ({ target }: Event) => {
      if (!hasPages || !(target instanceof HTMLElement)) return
      // The chat alone moves: bringing an element into view would move the page around it too.
      box.scrollTop += target.getBoundingClientRect().top - box.getBoundingClientRect().top - 8
      isAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 1
      lastTop = box.scrollTop
    }
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current && !isFilling(box)) scrollDown()
    })
    box.addEventListener('scroll', onScroll)
    box.addEventListener(turnedEvent, onTurned)
    observer.observe(box.firstElementChild)
    observer.observe(box)
    return () => {
      observer.disconnect()
      box.removeEventListener('scroll', onScroll)
      box.removeEventListener(turnedEvent, onTurned)
    }
  }, [])

  const last = messages.at(-1)
  useEffect(() => {
    const isBusy = log.current && isFilling(log.current)
    if (last?.from === me || (isAtEnd.current && !isBusy)) scrollDown()
    else setNewBelow(true)
  }, [last?.id])

  return { log, hasNewBelow, scrollDown }
}

function isFilling(box: HTMLElement): boolean {
  const focused = document.activeElement
  return box.contains(focused) && (focused?.matches('input, textarea, select') ?? false)
}
