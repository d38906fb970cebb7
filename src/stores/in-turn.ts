export interface Turns {
  /** Works on the same key go one after the other, in the order asked; on different keys, together. */
  take<T>(key: string, work: () => Promise<T>): Promise<T>
  /** Resolves once all that was asked is over. */
  over(): Promise<void>
}

export function inTurn(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return {
    take(key, work) {
      const mine = (last.get(key) ?? Promise.resolve()).then(work)
      const settled = mine
        .catch(() => {})
        .then(() => {
          if (last.get(key) === settled) last.delete(key)
        })
      last.set(key, settled)
      return mine
    },
    async over() {
      await Promise.all(last.values())
    },
  }
}
