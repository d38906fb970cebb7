import type { ConversationView } from '../views.ts'
import { Press } from './press.tsx'
import { t } from './texts.ts'

interface WayBackProps {
  conversation: ConversationView
  me: string
  /** Whether something is being prepared in her own chat. */
  prepares: boolean
  onPrepare: () => Promise<void>
  onAgain: () => Promise<void>
}

/** Above the chat: from a rehearsal of hers, and from a meeting where nothing began, to what she prepares. */
export function WayBack({ conversation, me, prepares, onPrepare, onAgain }: WayBackProps) {
  const { rehearsal, members } = conversation
  if (rehearsal && members.some(({ key, role }) => key === me && role === 'Organizer')) {
    return (
      <div class="banner">
        <p role="status">{rehearsal.isOver ? t('rehearsal.over') : t('rehearsal.going')}</p>
        <Press class={rehearsal.isOver ? 'primary' : ''} onPress={onPrepare}>
          {t('rehearsal.back')}
        </Press>
        <Press class="quiet" onPress={onAgain}>
          {t('rehearsal.again')}
        </Press>
      </div>
    )
  }
  if (!prepares || !isEmptyMeeting(conversation)) return null
  return (
    <div class="banner">
      <p>{t('preparation.here')}</p>
      <Press onPress={onPrepare}>{t('preparation.resume')}</Press>
    </div>
  )
}

/** Nobody has said anything: nothing but the bot’s own welcome. */
const isEmptyMeeting = ({ kind, messages }: ConversationView): boolean =>
  kind === 'meeting' && messages.length < 2 && messages.every(({ from }) => from === 'bot')
