import { useRef, useState } from 'preact/hooks'
import { post, RefusedByRoom } from './api.ts'
import { useFailure } from './failure.ts'
import { Icon, Logo } from './icons.tsx'
import { Press } from './press.tsx'
import { t } from './texts.ts'

const mention = '@Ouverture '

interface ComposeProps {
  token: string
  conversation: string
  isPersonal: boolean
}

export function Compose({ token, conversation, isPersonal }: ComposeProps) {
  const [text, setText] = useState('')
  const [failure, setFailure] = useFailure()
  const box = useRef<HTMLTextAreaElement>(null)
  const isNaming = /(^|\s)@\p{L}*$/u.test(text) && !text.endsWith(mention.trim())

  async function say(said: string): Promise<boolean> {
    setFailure('')
    try {
      await post('say', { token, conversation, text: said })
      return true
    } catch (error) {
      setFailure(t(isTooLong(error) ? 'compose.too-long' : 'card.failed'))
      return false
    }
  }

  async function send(): Promise<void> {
    const said = text.trim()
    if (!said) return
    setText('')
    if (!(await say(said))) setText(said)
  }

  function insertMention(): void {
    setText((typed) => (isNaming ? typed.replace(/@\p{L}*$/u, mention) : `${mention}${typed}`))
    box.current?.focus()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.isComposing) return
    if (isNaming && (event.key === 'Tab' || event.key === 'Enter')) {
      event.preventDefault()
      insertMention()
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      void send()
    }
  }

  return (
    <form
      class="compose"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {isNaming && <Suggestion onPick={insertMention} />}
      <div role="alert">{failure && <p class="card-failed">{failure}</p>}</div>
      {isPersonal && <OwnCommands onPick={say} />}
      <div class="compose-box">
        {!isPersonal && (
          <button
            type="button"
            class="quiet square"
            aria-label={t('compose.mention')}
            title={t('compose.mention')}
            onClick={insertMention}
          >
            <span class="at" aria-hidden="true">
              @
            </span>
          </button>
        )}
        <textarea
          id="compose"
          ref={box}
          rows={Math.min(6, text.split('\n').length)}
          value={text}
          aria-label={t('compose.label')}
          placeholder={isPersonal ? t('compose.placeholder-personal') : t('compose.placeholder')}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="submit"
          class="quiet square send"
          aria-label={t('compose.send')}
          title={t('compose.send')}
        >
          <Icon name="send" />
        </button>
      </div>
    </form>
  )
}

const isTooLong = (error: unknown) => error instanceof RefusedByRoom && error.status === 413

/** What Teams lists above the box of a chat with a bot. */
function OwnCommands({ onPick }: { onPick: (command: string) => Promise<boolean> }) {
  return (
    <fieldset class="own-commands" aria-label={t('compose.own')}>
      {t('compose.own-commands')
        .split(', ')
        .map((command) => (
          <Press key={command} class="suggestion" onPress={async () => void (await onPick(command))}>
            {command}
          </Press>
        ))}
    </fieldset>
  )
}

function Suggestion({ onPick }: { onPick: () => void }) {
  return (
    <fieldset class="suggestions" aria-label={t('compose.suggestions')}>
      <button type="button" class="suggestion" onClick={onPick}>
        <Logo size={28} /> {t('compose.suggestion')}
      </button>
    </fieldset>
  )
}
