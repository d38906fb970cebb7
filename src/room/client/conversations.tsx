import { useState } from 'preact/hooks'
import type { ConversationView } from '../views.ts'
import { post } from './api.ts'
import { Icon } from './icons.tsx'
import { t } from './texts.ts'

interface ConversationsProps {
  conversations: ConversationView[]
  current: string
  unread: string[]
  token: string
  onOpen: (id: string) => void
  onMove: (slug: string) => void
}

export function Conversations(props: ConversationsProps) {
  const { conversations, token, onMove } = props
  const meetings = conversations.filter((each) => each.kind === 'meeting')
  const chats = conversations.filter((each) => each.kind !== 'meeting')
  const start = async (kind: 'personal' | 'group') =>
    onMove((await post<{ slug: string }>('chats', { token, kind })).slug)
  return (
    <div class="conversations">
      <h2>{t('conversations.title')}</h2>
      <h3>{t('conversations.meetings')}</h3>
      <List {...props} conversations={meetings} />
      <NewMeeting token={token} onMove={onMove} />
      <h3>{t('conversations.chats')}</h3>
      <List {...props} conversations={chats} />
      {!chats.some((each) => each.kind === 'personal') && (
        <button type="button" class="quiet line" onClick={() => start('personal')}>
          <Icon name="chat" /> {t('conversations.open-personal')}
        </button>
      )}
      <button type="button" class="quiet line" onClick={() => start('group')}>
        <Icon name="plus" /> {t('conversations.open-group')}
      </button>
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

function NewMeeting({ token, onMove }: { token: string; onMove: (slug: string) => void }) {
  const [title, setTitle] = useState<string>()

  async function create(event: Event): Promise<void> {
    event.preventDefault()
    if (!title?.trim()) return
    onMove((await post<{ slug: string }>('meetings', { token, title })).slug)
    setTitle(undefined)
  }

  if (title === undefined) {
    return (
      <button
        type="button"
        class="quiet line"
        onClick={() => setTitle(t('conversations.new-meeting-suggestion'))}
      >
        <Icon name="plus" /> {t('conversations.new-meeting')}
      </button>
    )
  }
  return (
    <form class="new-meeting" onSubmit={create}>
      <label class="field small">
        <span>{t('conversations.new-meeting-title')}</span>
        <input maxLength={80} value={title} onInput={(event) => setTitle(event.currentTarget.value)} />
      </label>
      <button type="submit" class="primary">
        {t('conversations.create')}
      </button>
    </form>
  )
}
