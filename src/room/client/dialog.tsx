import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { JsonObject, Outcome } from '../views.ts'
import { ask } from './api.ts'
import { Card, type CardAction } from './card.tsx'
import { useFailure } from './failure.ts'
import { wayBack } from './focus.ts'
import { Icon } from './icons.tsx'
import { t } from './texts.ts'

export interface TaskDialog {
  conversation: string
  title: string
  card: JsonObject
  height?: number | undefined
  width?: number | undefined
  /** The card it was opened from, which may be drawn anew meanwhile. */
  within: RefObject<HTMLElement | null>
  onNotice(text: string): void
}

type Props = { dialog: TaskDialog; token: string; onClose: () => void }

/** The platform's own modal dialog: it holds the focus, hides the rest and closes on Escape. */
export function TaskDialogBox({ dialog, token, onClose }: Props) {
  const box = useRef<HTMLDialogElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const [shown, setShown] = useState(dialog)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useFailure()

  // Once it is gone, and nothing is modal any more.
  useLayoutEffect(() => {
    const goBack = wayBack(dialog.within.current)
    return () => void setTimeout(goBack)
  }, [])
  useEffect(() => box.current?.showModal(), [])
  // A form that comes back says at its top what to mend.
  useEffect(() => body.current?.scrollTo({ top: 0 }), [shown.card])

  async function submit(action: CardAction): Promise<void> {
    setFailure('')
    setBusy(true)
    const outcome = await ask('dialog', { token, conversation: dialog.conversation, data: action.data })
    setBusy(false)
    receive(outcome)
  }

  function receive(outcome: Outcome): void {
    if (outcome.kind === 'failed') setFailure(t('card.failed'))
    else if (outcome.kind === 'dialog') setShown({ ...shown, ...outcome })
    else close(outcome.kind === 'notice' ? outcome.text : '')
  }

  function close(notice: string): void {
    if (notice) dialog.onNotice(notice)
    box.current?.close()
  }

  return (
    <dialog ref={box} class="task" aria-labelledby="task-title" style={sizeOf(shown)} onClose={onClose}>
      <header class="task-bar">
        <h2 id="task-title">{shown.title || t('card.dialog')}</h2>
        <button
          type="button"
          class="quiet square"
          aria-label={t('card.close')}
          onClick={() => box.current?.close()}
        >
          <Icon name="close" />
        </button>
      </header>
      <div ref={body} class="task-body">
        <Card card={shown.card} busy={isBusy} onAction={submit} />
        <div role="alert">{failure && <p class="card-failed">{failure}</p>}</div>
      </div>
    </dialog>
  )
}

function sizeOf({ width, height }: TaskDialog) {
  return { '--task-width': `${width ?? 600}px`, ...(height ? { '--task-height': `${height + 60}px` } : {}) }
}
