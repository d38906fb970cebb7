/** A terminal, npm and the loader may each pass on the same signal: within this many milliseconds it is one. */
const oneSignal = 500

/** The first signal to end finishes what is under way; a second one, from someone who will not wait, ends at once. */
export function endings(close: () => Promise<void>): void {
  let since: number | null = null
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (since !== null) {
        if (performance.now() - since > oneSignal) process.exit(1)
        return
      }
      since = performance.now()
      void close().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
}
