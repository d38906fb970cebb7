import { useEffect, useState } from 'preact/hooks'
import type { JsonObject, MessageView } from '../views.ts'
import { BotCard, type Desk } from './bot-card.tsx'
import { Icon } from './icons.tsx'
import type { Connection } from './live.ts'
import { t } from './texts.ts'

/** One card that fills the page, to be shared on a screen: as it was when it was opened, and where it stands. */
export interface LargeCard {
  conversation: string
  message: MessageView
  card: JsonObject
}

const place = 'ouverture.large'
const mark = '#large'

/** Kept by the tab, so that the page comes back after a reload; « back » leads to the conversation. */
export function useLargeCard() {
  const [large, setLarge] = useState<LargeCard | undefined>(savedCard)
  useEffect(() => {
    const follow = () => setLarge(savedCard())
    addEventListener('popstate', follow)
    return () => removeEventListener('popstate', follow)
  }, [])

  function enlarge(card: LargeCard): void {
    sessionStorage.setItem(place, JSON.stringify(card))
    history.pushState(null, '', mark)
    setLarge(card)
  }

  function reduce(): void {
    history.replaceState(null, '', location.pathname)
    setLarge(undefined)
  }

  return { large, enlarge, reduce }
}

function savedCard(): LargeCard | undefined {
  const kept = location.hash === mark ? sessionStorage.getItem(place) : null
  return kept ? (JSON.parse(kept) as LargeCard) : undefined
}

/** Milliseconds between two looks. */
const every = 5000

interface LargePageProps {
  large: LargeCard
  desk: Omit<Desk, 'conversation'>
  connection: Connection
  onClose: () => void
}

/** The card asks for its own refresh, as the client of the person who looks at it does. */
export function LargePage({ large, desk, connection, onClose }: LargePageProps) {
  const { message, card, conversation } = large
  return (
    <div class="large">
      <header class="large-bar">
        <button type="button" class="quiet" onClick={onClose}>
          <Icon name="chat" /> {t('large.close')}
        </button>
        <p role="status">
          {connection === 'lost' ? t('chat.reconnecting') : t('large.every', { seconds: every / 1000 })}
        </p>
      </header>
      <main class="large-card">
        <BotCard message={message} card={card} desk={{ ...desk, conversation }} every={every} isRecent />
      </main>
    </div>
  )
}
