import type { AttachmentView, JsonObject, MessageView } from '../views.ts'
import { FileInfo, FileOffer } from './attachments.tsx'
import { Avatar } from './avatar.tsx'
import { BotCard, type Desk } from './bot-card.tsx'
import { markdownToHtml } from './markdown.ts'
import { dayAndTime, t } from './texts.ts'

interface MessageProps {
  message: MessageView
  desk: Desk
  me: string
  today: number
  isRecent: boolean
  /** The one before is by the same person, a moment ago: no need to say who speaks again. */
  continues: boolean
}

export function Message({ message, desk, me, today, isRecent, continues }: MessageProps) {
  const isMine = message.from === me
  const time = dayAndTime(message.at, today)
  const kind = isMine ? 'mine' : message.from === 'bot' ? 'by-bot' : 'by-other'
  return (
    <article
      class={`message ${kind} ${continues ? 'continues' : ''}`}
      aria-label={t('chat.message-from', { name: message.fromName, time })}
    >
      {!isMine && !continues && <Avatar person={message.from} name={message.fromName} />}
      <div class="message-content">
        {!continues && (
          <p class="message-head">
            {!isMine && <strong>{message.fromName}</strong>}
            {message.from === 'bot' && <span class="badge">{t('chat.robot')}</span>}
            <time dateTime={new Date(message.at).toISOString()}>{time}</time>
          </p>
        )}
        {message.text && <Text message={message} />}
        {message.attachments.map((attachment, index) => (
          <Attachment key={index} {...{ attachment, message, desk, isRecent }} />
        ))}
        {message.edited && <p class="edited">{t('chat.edited')}</p>}
      </div>
    </article>
  )
}

function Text({ message }: { message: MessageView }) {
  if (message.format === 'plain') return <p class="bubble plain">{withMentions(message.text)}</p>
  // Safe: the markdown renderer lets no HTML through.
  return <div class="bubble" dangerouslySetInnerHTML={{ __html: markdownToHtml(message.text) }} />
}

function withMentions(text: string) {
  return text.split(/(@ouverture\b)/i).map((part, index) =>
    index % 2 ? (
      <span key={index} class="mention">
        {part.slice(1)}
      </span>
    ) : (
      part
    ),
  )
}

const cardType = 'application/vnd.microsoft.card.adaptive'
const consentType = 'application/vnd.microsoft.teams.card.file.consent'
const infoType = 'application/vnd.microsoft.teams.card.file.info'

type AttachmentProps = Pick<MessageProps, 'message' | 'desk' | 'isRecent'> & { attachment: AttachmentView }

function Attachment({ attachment, message, desk, isRecent }: AttachmentProps) {
  const { contentType, content, contentUrl, name } = attachment
  if (contentType === cardType) {
    return <BotCard message={message} card={content as JsonObject} desk={desk} isRecent={isRecent} />
  }
  if (contentType === consentType) return <FileOffer message={message} attachment={attachment} desk={desk} />
  if (contentType === infoType) return <FileInfo attachment={attachment} desk={desk} />
  if (contentType.startsWith('image/'))
    return <img class="picture" src={contentUrl} alt={name ?? t('chat.image')} />
  return contentUrl ? <FileInfo attachment={attachment} desk={desk} /> : null
}
