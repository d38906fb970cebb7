import { useState } from 'preact/hooks'
import type { AttachmentView, MessageView } from '../views.ts'
import { ask } from './api.ts'
import type { Desk } from './bot-card.tsx'
import { useFailure } from './failure.ts'
import { Icon } from './icons.tsx'
import { t } from './texts.ts'

/** The bot asks before it puts a file among someone's documents. */
export function FileOffer(props: { message: MessageView; attachment: AttachmentView; desk: Desk }) {
  const { message, attachment, desk } = props
  const [state, setState] = useState<'asked' | 'busy' | 'done'>('asked')
  const [failure, setFailure] = useFailure()

  async function answer(action: 'accept' | 'decline'): Promise<void> {
    setState('busy')
    setFailure('')
    const { token, conversation } = desk
    const outcome = await ask('consent', { token, conversation, message: message.id, action })
    setState(outcome.kind === 'failed' ? 'asked' : 'done')
    if (outcome.kind === 'failed') setFailure(t('card.failed'))
  }

  return (
    <div class="card file">
      <p class="file-name">
        <Icon name="file" /> <strong>{attachment.name ?? t('chat.attachment')}</strong>
      </p>
      <p>{t('card.file-offer')}</p>
      {state !== 'done' && (
        <div class="buttons">
          <button type="button" class="primary" disabled={state === 'busy'} onClick={() => answer('accept')}>
            {t('card.accept')}
          </button>
          <button type="button" disabled={state === 'busy'} onClick={() => answer('decline')}>
            {t('card.decline')}
          </button>
        </div>
      )}
      <div role="alert">{failure && <p class="card-failed">{failure}</p>}</div>
    </div>
  )
}

export function FileInfo({ attachment }: { attachment: AttachmentView }) {
  const name = attachment.name ?? t('chat.attachment')
  return (
    <div class="card file">
      <p class="file-name">
        <Icon name="file" /> <strong>{name}</strong>
      </p>
      <a href={attachment.contentUrl ?? ''} target="_blank" rel="noopener noreferrer" download={name}>
        {t('card.open-file')}
      </a>
    </div>
  )
}
