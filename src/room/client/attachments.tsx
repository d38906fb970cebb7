import { useRef, useState } from 'preact/hooks'
import type { AttachmentView, Json, MessageView } from '../views.ts'
import { ask } from './api.ts'
import type { Desk } from './bot-card.tsx'
import { useFailure } from './failure.ts'
import { Icon } from './icons.tsx'
import { fileSize, t } from './texts.ts'

type FileProps = { message: MessageView; attachment: AttachmentView; desk: Desk }

/** The bot asks before it puts a file among someone's documents. Answered once, the question stays as a trace. */
export function FileOffer({ message, attachment, desk }: FileProps) {
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useFailure()
  const box = useRef<HTMLFieldSetElement>(null)
  const { answered } = message

  async function answer(action: 'accept' | 'decline'): Promise<void> {
    setBusy(true)
    setFailure('')
    const { token, conversation } = desk
    const outcome = await ask('consent', { token, conversation, message: message.id, action })
    setBusy(false)
    if (outcome.kind === 'failed') setFailure(t('card.failed'))
    // The button that was pressed is gone: the next key must not start from the top of the page.
    else box.current?.focus()
  }

  return (
    <fieldset ref={box} class="card file" tabIndex={-1} aria-label={t('card.file-offered')}>
      <FileHead name={nameOf(attachment)} bytes={numberIn(attachment.content, 'sizeInBytes')} />
      <FileDescription content={attachment.content} />
      {!answered && <p>{t('card.file-offer')}</p>}
      {!answered && (
        <div class="buttons">
          <button type="button" class="primary" disabled={isBusy} onClick={() => answer('accept')}>
            {t('card.accept')}
          </button>
          <button type="button" disabled={isBusy} onClick={() => answer('decline')}>
            {t('card.decline')}
          </button>
        </div>
      )}
      <div role="status">{answered && <p class="file-answered">{t(`card.file-${answered}`)}</p>}</div>
      <div role="alert">{failure && !answered && <p class="card-failed">{failure}</p>}</div>
    </fieldset>
  )
}

/** A file that is there: one of hers, which only she opens, or one that lies elsewhere. */
export function FileInfo({ attachment, desk }: Omit<FileProps, 'message'>) {
  const name = nameOf(attachment)
  const own = ownPath(attachment.contentUrl)
  return (
    <div class="card file file-tile">
      <FileHead name={name} bytes={attachment.bytes} />
      {own ? (
        <a class="button" href={`${own}?${new URLSearchParams({ token: desk.token })}`} download={name}>
          {t('card.download')}
          <span class="sr-only"> {name}</span>
        </a>
      ) : (
        <a class="button" href={attachment.contentUrl ?? ''} target="_blank" rel="noopener noreferrer">
          {t('card.open-file')}
          <span class="sr-only"> {name}</span>
        </a>
      )}
    </div>
  )
}

function FileHead({ name, bytes }: { name: string; bytes: number | undefined }) {
  return (
    <p class="file-name">
      <Icon name="file" size={24} />
      <span>
        <strong>{name}</strong>
        {bytes !== undefined && <span class="file-size">{fileSize(bytes)}</span>}
      </span>
    </p>
  )
}

function FileDescription({ content }: { content: Json | undefined }) {
  const description = fieldOf(content, 'description')
  return typeof description === 'string' && description ? <p class="file-about">{description}</p> : null
}

const nameOf = ({ name }: AttachmentView): string => name || t('chat.attachment')

/** The room may have come back at another port: its own files are asked for where it is now. */
function ownPath(address: string | undefined): string | undefined {
  const path = address && URL.canParse(address) ? new URL(address).pathname : ''
  return path.startsWith('/api/room/files/') ? path : undefined
}

function numberIn(content: Json | undefined, field: string): number | undefined {
  const value = fieldOf(content, field)
  return typeof value === 'number' ? value : undefined
}

const fieldOf = (content: Json | undefined, field: string): Json | undefined =>
  typeof content === 'object' && content !== null && !Array.isArray(content) ? content[field] : undefined
