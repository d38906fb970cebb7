import { useEffect, useRef, useState } from 'preact/hooks'
import type { ConversationView } from '../views.ts'
import { post } from './api.ts'
import { useFailure } from './failure.ts'
import { Icon } from './icons.tsx'
import { Press, useOneAtATime } from './press.tsx'
import { t } from './texts.ts'

interface ConversationsProps {
  conversations: ConversationView[]
  current: string
  unread: string[]
  token: string
  onOpen: (id: string) => void
  onMove: (slug: string) => void
  onPrepare: () => Promise<void>
}

export function Conversations(props: ConversationsProps) {
  const { conversations, token, onMove, onPrepare } = props
  const meetings = conversations.filter((each) => each.kind === 'meeting')
  const chats = conversations.filter((each) => each.kind !== 'meeting')
  const start = async (kind: 'personal' | 'group') =>
    onMove((await post<{ slug: string }>('chats', { token, kind })).slug)
  return (
    <div class="conversations">
      <h2>{t('conversations.title')}</h2>
      <Press class="primary wide" onPress={onPrepare}>
        <Icon name="plus" /> {t('conversations.prepare')}
      </Press>
      <h3>{t('conversations.meetings')}</h3>
      <List {...props} conversations={meetings} />
      <NewMeeting token={token} number={meetings.length + 1} onMove={onMove} />
      <h3>{t('conversations.chats')}</h3>
      <List {...props} conversations={chats} />
      {!chats.some((each) => each.kind === 'personal') && (
        <Press class="quiet line" onPress={() => start('personal')}>
          <Icon name="chat" />
          <span class="line-title">
            {t('conversations.open-personal')} <small>{t('conversations.personal-hint')}</small>
          </span>
        </Press>
      )}
      <Press class="quiet line" onPress={() => start('group')}>
        <Icon name="plus" /> {t('conversations.open-group')}
      </Press>
    </div>
  )
}

export function titleOf(conversation: ConversationView): string {
  return conversation.title || t('conversations.personal')
}

const iconOf = { meeting: 'meeting', personal: 'chat', group: 'people' } as const

function List({ conversations, current, unread, onOpen }: ConversationsProps) {
  return (
    <ul>
      {conversations.map((conversation) => (
        <li key={conversation.id}>
          <button
            type="button"
            class="quiet line"
            aria-current={conversation.id === current ? 'page' : undefined}
            onClick={() => onOpen(conversation.id)}
          >
            <Icon name={iconOf[conversation.kind]} />
            <span class="line-title">{titleOf(conversation)}</span>
            {unread.includes(conversation.id) && (
              <span class="dot" role="img" aria-label={t('conversations.unread')} />
            )}
          </button>
        </li>
      ))}
    </ul>
  )
}

type NewMeetingProps = { token: string; number: number; onMove: (slug: string) => void }

function NewMeeting({ token, number, onMove }: NewMeetingProps) {
  const [title, setTitle] = useState<string>()
  const [failure, setFailure] = useFailure()
  const box = useRef<HTMLInputElement>(null)
  const isOpen = title !== undefined
  const suggested = t('conversations.new-meeting-suggestion', { number })

  // The title that is offered is there to be typed over.
  useEffect(() => {
    box.current?.focus()
    box.current?.select()
  }, [isOpen])

  const [, create] = useOneAtATime(async () => {
    if (!title?.trim()) return
    try {
      onMove(
        (await post<{ slug: string }>('meetings', { token, title, isSuggested: title === suggested })).slug,
      )
      setTitle(undefined)
    } catch {
      setFailure(t('card.failed'))
    }
  })

  if (!isOpen) {
    return (
      <button type="button" class="quiet line" onClick={() => setTitle(suggested)}>
        <Icon name="plus" /> {t('conversations.new-meeting')}
      </button>
    )
  }
  return (
    <form
      class="new-meeting"
      onSubmit={(event) => {
        event.preventDefault()
        void create()
      }}
    >
      <label class="field small">
        <span>{t('conversations.new-meeting-title')}</span>
        <input
          ref={box}
          maxLength={80}
          value={title}
          onInput={(event) => setTitle(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="primary">
        {t('conversations.create')}
      </button>
      <div role="alert">{failure && <p class="card-failed">{failure}</p>}</div>
    </form>
  )
}
