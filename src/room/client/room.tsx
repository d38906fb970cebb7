import { useEffect, useRef, useState } from 'preact/hooks'
import type { ConversationView } from '../views.ts'
import type { Seat } from './api.ts'
import { Avatar } from './avatar.tsx'
import type { Desk } from './bot-card.tsx'
import { type Called, Chat } from './chat.tsx'
import { Compose } from './compose.tsx'
import { Conversations, titleOf } from './conversations.tsx'
import { Demo } from './demo.tsx'
import { type TaskDialog, TaskDialogBox } from './dialog.tsx'
import { Drawer } from './drawer.tsx'
import { ConnectionContext } from './failure.ts'
import { Icon, Logo } from './icons.tsx'
import { LargePage, useLargeCard } from './large.tsx'
import { type Connection, type Tab, useRoomTime, useTab } from './live.ts'
import { Participants } from './participants.tsx'
import { goPrepare } from './preparation.ts'
import { rehearseAgain } from './rehearsal.ts'
import { clockTime, currentLanguage, dayName, isSameDay, setLanguage, shortDayName, t } from './texts.ts'
import { WayBack } from './way-back.tsx'

interface RoomPageProps {
  seat: Seat
  onMove: (seat: Seat) => void
  onRefused: () => void
}

export function RoomPage({ seat, onMove, onRefused }: RoomPageProps) {
  const { tab, connection, open } = useTab(seat)

  useEffect(() => {
    if (connection === 'refused') onRefused()
  }, [connection])

  useEffect(() => {
    if (tab) document.title = `${tab.me.name} · ${t('product.name')}`
  }, [tab?.me.name])

  if (!tab) return <div class="loading" />
  if (tab.me.language !== currentLanguage()) setLanguage(tab.me.language)
  const current = tab.conversations.find((each) => each.id === tab.current) ?? tab.conversations[0]
  if (!current) return <div class="loading" />
  return (
    <ConnectionContext.Provider value={connection}>
      <OpenRoom {...{ tab, current, seat, connection, open, onMove }} />
    </ConnectionContext.Provider>
  )
}

interface OpenRoomProps {
  tab: Tab
  current: ConversationView
  seat: Seat
  connection: Connection
  open: (id: string) => void
  onMove: (seat: Seat) => void
}

function OpenRoom({ tab, current, seat, connection, open, onMove }: OpenRoomProps) {
  const [drawer, setDrawer] = useState<'left' | 'right'>()
  const [dialog, setDialog] = useState<TaskDialog>()
  const [called, setCalled] = useState<Called>()
  const isRailOpen = useMedia('(min-width: 1180px)')
  const isPanelOpen = useMedia('(min-width: 820px)')
  const now = useRoomTime(tab.clock)
  const { token } = seat
  const { large, enlarge, reduce } = useLargeCard()
  const desk: Desk = {
    token,
    mri: tab.me.mri,
    conversation: current.id,
    page: current.page,
    openDialog: setDialog,
    // Her own chat: nothing of what a card tells one person of a meeting is shown to all by mistake.
    ...(current.kind === 'personal'
      ? { enlarge: (message, card) => enlarge({ conversation: current.id, message, card }) }
      : {}),
  }

  function move(slug: string): void {
    const known = tab.conversations.find((each) => each.slug === slug)
    setDrawer(undefined)
    if (known) open(known.id)
    onMove({ token, slug })
  }

  async function prepare(): Promise<void> {
    const { slug, message } = await goPrepare(token)
    move(slug)
    if (message) setCalled({ message })
  }

  const rail = (
    <Conversations
      {...{ token, conversations: tab.conversations, current: current.id, unread: tab.unread }}
      onOpen={(id) => move(tab.conversations.find((each) => each.id === id)?.slug ?? '')}
      onMove={move}
      onPrepare={prepare}
    />
  )
  const panel = (
    <>
      <Participants conversation={current} me={tab.me.key} />
      <Demo
        conversation={current}
        token={token}
        speed={tab.clock.speed}
        now={now}
        isMeeting={tab.conversations.some((each) => each.kind === 'meeting' && each.running)}
      />
    </>
  )

  if (large)
    return (
      <>
        <LargePage
          large={large}
          desk={{ token, mri: tab.me.mri, openDialog: setDialog }}
          connection={connection}
          onClose={reduce}
        />
        {dialog && <TaskDialogBox dialog={dialog} token={token} onClose={() => setDialog(undefined)} />}
      </>
    )
  return (
    <div class="room">
      <button type="button" class="skip" onClick={toLatestCard}>
        {t('header.skip-to-card')}
      </button>
      <a class="skip" href="#compose">
        {t('header.skip')}
      </a>
      <TopBar tab={tab} />
      {isRailOpen && (
        <nav class="rail" aria-label={t('conversations.title')}>
          {rail}
        </nav>
      )}
      <main class="center">
        <ChatHeader
          conversation={current}
          now={now}
          speed={tab.clock.speed}
          hasUnread={tab.unread.length > 0}
          onRail={isRailOpen ? undefined : () => setDrawer('left')}
          onPanel={isPanelOpen ? undefined : () => setDrawer('right')}
        />
        <Banners tab={tab} current={current} connection={connection} />
        <WayBack
          conversation={current}
          me={tab.me.key}
          prepares={tab.conversations.some(({ page }) => page)}
          onPrepare={prepare}
          onAgain={async () => move((await rehearseAgain(token, current)).slug)}
        />
        <Chat
          key={current.id}
          {...{ conversation: current, desk, me: tab.me.key, now, called }}
          isTyping={Date.now() - (tab.typing[current.id] ?? 0) < 3000}
        />
        <Compose
          key={`compose-${current.id}`}
          token={token}
          conversation={current.id}
          isPersonal={current.kind === 'personal'}
        />
      </main>
      {isPanelOpen && (
        <aside class="panel" aria-label={t('header.open-panel')}>
          {panel}
        </aside>
      )}
      {drawer && (
        <Drawer
          side={drawer}
          title={drawer === 'left' ? t('header.open-conversations') : t('header.open-panel')}
          onClose={() => setDrawer(undefined)}
        >
          {drawer === 'left' ? rail : panel}
        </Drawer>
      )}
      {dialog && <TaskDialogBox dialog={dialog} token={token} onClose={() => setDialog(undefined)} />}
    </div>
  )
}

function toLatestCard(): void {
  const cards = document.querySelectorAll<HTMLElement>('.log .card-body')
  cards[cards.length - 1]?.focus()
}

function TopBar({ tab }: { tab: Tab }) {
  return (
    <header class="top">
      <Logo size={24} />
      <span class="top-name">{t('product.name')}</span>
      <span class="top-local">{t('product.local')}</span>
      <span class="top-me">
        <span class="top-me-name">{t('header.you', { name: tab.me.name })}</span>
        <Avatar person={tab.me.key} name={tab.me.name} />
      </span>
    </header>
  )
}

interface ChatHeaderProps {
  conversation: ConversationView
  now: number
  speed: number
  /** Something new in another conversation. */
  hasUnread: boolean
  onRail: (() => void) | undefined
  onPanel: (() => void) | undefined
}

function ChatHeader({ conversation, now, speed, hasUnread, onRail, onPanel }: ChatHeaderProps) {
  const title = useRef<HTMLHeadingElement>(null)
  // The door is gone, with the button that was pressed: one starts where one has come.
  useEffect(() => title.current?.focus(), [])

  return (
    <div class="chat-header">
      {onRail && (
        <button
          type="button"
          class="quiet square"
          aria-label={t('header.open-conversations')}
          onClick={onRail}
        >
          <Icon name="chat" />
          {hasUnread && <span class="dot" role="img" aria-label={t('conversations.unread')} />}
        </button>
      )}
      <div class="chat-title">
        <h1 ref={title} tabIndex={-1}>
          {titleOf(conversation)}
        </h1>
        <p>{stateOf(conversation)}</p>
      </div>
      <Clock now={now} speed={speed} />
      {onPanel && (
        <button type="button" class="quiet square" aria-label={t('header.open-panel')} onClick={onPanel}>
          <Icon name="people" />
        </button>
      )}
    </div>
  )
}

/** The room's own day is told as soon as it is another than outside. */
function Clock({ now, speed }: { now: number; speed: number }) {
  const isToday = isSameDay(now, Date.now())
  const time = isToday
    ? clockTime(now)
    : t('header.day-and-time', { day: dayName(now), time: clockTime(now) })
  const told = speed === 1 ? t('header.clock', { time }) : t('header.clock-fast', { time, speed })
  return (
    <p class={speed === 1 ? 'clock' : 'clock fast'} title={told}>
      <span class="sr-only">{told}</span>
      <span aria-hidden="true">
        <Icon name="clock" size={16} />
        {!isToday && <span class="clock-day">{shortDayName(now)}</span>}
        <span>
          {clockTime(now)} {speed !== 1 && <b>{t('demo.speed-value', { speed })}</b>}
        </span>
      </span>
    </p>
  )
}

function stateOf(conversation: ConversationView): string {
  if (conversation.kind === 'personal') return t('header.personal')
  if (conversation.kind === 'group') return t('header.group')
  const present = conversation.members.filter((member) => member.present).length
  const state = conversation.running ? t('header.running') : t('header.ended')
  return `${state} · ${t('header.people', { count: present })}`
}

function Banners({ tab, current, connection }: Pick<OpenRoomProps, 'tab' | 'current' | 'connection'>) {
  const banners = [
    ...(connection === 'lost' ? [t('chat.reconnecting')] : []),
    ...(current.botInstalled ? [] : [t('chat.bot-out')]),
    ...(tab.undelivered.includes(current.id) ? [t('chat.undelivered')] : []),
  ]
  return (
    <div class="banners" role="status">
      {banners.map((banner) => (
        <p key={banner}>{banner}</p>
      ))}
    </div>
  )
}

function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const media = matchMedia(query)
    const update = () => setMatches(media.matches)
    media.addEventListener('change', update)
    return () => media.removeEventListener('change', update)
  }, [query])
  return matches
}
