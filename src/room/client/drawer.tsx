import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { wayBack } from './focus.ts'
import { Icon } from './icons.tsx'
import { t } from './texts.ts'

type Props = { title: string; side: 'left' | 'right'; children: ComponentChildren; onClose: () => void }

/** On a narrow screen, what is beside the chat comes over it. */
export function Drawer({ title, side, children, onClose }: Props) {
  const box = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const goBack = wayBack()
    box.current?.showModal()
    return () => void setTimeout(goBack)
  }, [])
  return (
    <dialog ref={box} class={`drawer ${side}`} aria-label={title} onClose={onClose}>
      <button
        type="button"
        class="quiet square drawer-close"
        aria-label={t('card.close')}
        onClick={() => box.current?.close()}
      >
        <Icon name="close" />
      </button>
      {children}
    </dialog>
  )
}
