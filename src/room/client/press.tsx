import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'

/** Runs one at a time: what is asked meanwhile is let go. */
export function useOneAtATime(work: () => Promise<void>): [boolean, () => Promise<void>] {
  const [isBusy, setBusy] = useState(false)
  const running = useRef(false)

  async function run(): Promise<void> {
    if (running.current) return
    running.current = true
    setBusy(true)
    await work().finally(() => {
      running.current = false
      setBusy(false)
    })
  }

  return [isBusy, run]
}

type PressProps = { class?: string; onPress: () => Promise<void>; children: ComponentChildren }

/** A button whose work is done once, be it clicked twice. */
export function Press({ onPress, children, ...rest }: PressProps) {
  const [isBusy, run] = useOneAtATime(onPress)
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={isBusy}
      // The second click of a double click may come after the first one's work is done.
      onClick={(event) => event.detail < 2 && void run()}
    >
      {children}
    </button>
  )
}
