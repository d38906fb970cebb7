import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { refreshFor } from '../refresh.ts'
import type { ConversationHeader, Json, JsonObject, MessageView, Outcome } from '../views.ts'
import { ask } from './api.ts'
import { Card, type CardAction } from './card.tsx'
import type { TaskDialog } from './dialog.tsx'
import { useFailure } from './failure.ts'
import { Icon } from './icons.tsx'
import { t } from './texts.ts'

export interface Desk {
  token: string
  mri: string
  conversation: string
  /** The page that one of its cards had become, to be asked for again. */
  page?: ConversationHeader['page']
  openDialog(dialog: TaskDialog): void
  /** Where a card that refreshes itself may fill the page. */
  enlarge?(message: MessageView, card: JsonObject): void
}

interface BotCardProps {
  message: MessageView
  card: JsonObject
  desk: Desk
  /** Only what a person would have on screen asks for its personal view by itself. */
  isRecent: boolean
  /** Milliseconds after which what refreshes itself is asked again, and again. */
  every?: number
}

/** What was pressed is replaced by another page, drawn already. */
export const turnedEvent = 'card-turned'

/** `page`: by itself, to show again what the card had become. */
type Trigger = 'manual' | 'automatic' | 'page'

const noticeLasts = 12_000

/** A card as one person sees it: everyone's, until the bot answers this person with one of their own. */
export function BotCard({ message, card, desk, isRecent, every }: BotCardProps) {
  const [personal, setPersonal] = useState<JsonObject>()
  const [isBusy, setBusy] = useState(false)
  const [notice, setNotice] = useState('')
  const [failure, setFailure] = useFailure()
  const asked = useRef(0)
  const answered = useRef(0)
  const box = useRef<HTMLDivElement>(null)
  const shown = personal ?? card
  const refresh = refreshFor(shown, desk.mri)
  const again = useRef(() => {})
  again.current = () => {
    if (refresh && !isBusy) void press(refresh.action as CardAction, 'automatic')
  }
  const isTurning = useRef(false)

  async function press(action: CardAction, trigger: Trigger): Promise<void> {
    const turn = ++asked.current
    const asks = { action, trigger: trigger === 'manual' ? 'manual' : 'automatic' }
    const body = { token: desk.token, conversation: desk.conversation, message: message.id, ...asks }
    const outcome = await ask('press', body)
    if (trigger === 'manual') setBusy(false)
    // An answer that comes after that of a later request is out of date.
    if (turn < answered.current) return
    answered.current = turn
    receive(outcome, trigger)
  }

  function receive(outcome: Outcome, trigger: Trigger): void {
    if (outcome.kind === 'card') {
      isTurning.current = trigger !== 'automatic' && headline(outcome.card) !== headline(shown)
      setPersonal((shown) => sameOr(shown, outcome.card))
    }
    if (outcome.kind === 'notice') setNotice(outcome.text)
    if (outcome.kind === 'failed' && trigger === 'manual') setFailure(t('card.failed'))
    if (outcome.kind === 'dialog')
      desk.openDialog({ ...outcome, conversation: desk.conversation, within: box, onNotice: setNotice })
  }

  async function pressByHand(action: CardAction): Promise<void> {
    setFailure('')
    setNotice('')
    setBusy(true)
    await press(action, 'manual')
  }

  useLayoutEffect(() => {
    if (isTurning.current) box.current?.dispatchEvent(new Event(turnedEvent, { bubbles: true }))
    isTurning.current = false
  }, [personal])

  // Before anything else can arrive: an answer that follows the edit by a millisecond must not be dropped.
  useLayoutEffect(() => {
    setPersonal(undefined)
    const page = desk.page?.message === message.id ? desk.page : undefined
    const refresh = page ?? refreshFor(card, desk.mri)
    if (refresh && (page || isRecent)) void press(refresh.action as CardAction, page ? 'page' : 'automatic')
  }, [message.id, message.revision])

  useEffect(() => {
    if (!every) return
    const timer = setInterval(() => again.current(), every)
    return () => clearInterval(timer)
  }, [every])

  useEffect(() => {
    if (!notice) return
    const timer = setTimeout(() => setNotice(''), noticeLasts)
    return () => clearTimeout(timer)
  }, [notice])

  return (
    <div ref={box} class={personal ? 'bot-card personal' : 'bot-card'}>
      {personal && (
        <p class="personal-mark">
          <Icon name="lock" size={14} /> {t('card.personal')}
        </p>
      )}
      <Card card={shown} busy={isBusy} onAction={pressByHand} />
      <Changes card={shown} />
      {refresh && desk.enlarge && (
        <button type="button" class="quiet enlarge" onClick={() => desk.enlarge?.(message, shown)}>
          <Icon name="tab" size={16} /> {t('large.open')}
        </button>
      )}
      <div role="status">{notice && <p class="notice">{notice}</p>}</div>
      <div role="alert">{failure && <p class="card-failed">{failure}</p>}</div>
    </div>
  )
}

/** Read out, not shown: what a card has become, when its step or its instruction changes. Its clock alone says nothing. */
function Changes({ card }: { card: JsonObject }) {
  const first = useRef(headline(card))
  const told = headline(card)
  return (
    <p class="sr-only" role="status">
      {told !== first.current && told}
    </p>
  )
}

/** What stands out on a card: its title and what it asks. */
function headline(value: Json | undefined): string {
  if (Array.isArray(value)) return value.map(headline).filter(Boolean).join(' ')
  if (typeof value !== 'object' || value === null) return ''
  if (value.type === 'TextBlock') return value.size === 'Large' ? String(value.text) : ''
  return ['body', 'items', 'columns']
    .map((key) => headline(value[key]))
    .filter(Boolean)
    .join(' ')
}

/** The same card again is not drawn anew. */
function sameOr(shown: JsonObject | undefined, next: JsonObject): JsonObject {
  return shown && JSON.stringify(shown) === JSON.stringify(next) ? shown : next
}
