/** Where a request goes. */
interface Where {
  tenant: string
  conversation: string
}

/** Conversations the bot was removed from, remembered at most. */
const manyAway = 10_000

/**
 * What the platform asked to wait for (`Retry-After`), by conversation. It does not say whether a whole tenant is meant:
 * it is taken to be when two of its conversations are held at once, for each keeps to its own limits.
 */
export function places() {
  const conversations = new Map<string, { tenant: string; until: number }>()
  const tenants = new Map<string, number>()
  const away = new Set<string>()

  function hold({ tenant, conversation }: Where, now: number, ms: number): void {
    const until = Math.max(now + ms, conversations.get(conversation)?.until ?? now)
    conversations.set(conversation, { tenant, until })
    const others = [...conversations].filter(
      ([id, one]) => id !== conversation && one.tenant === tenant && one.until > now,
    )
    if (others.length > 0)
      tenants.set(tenant, Math.max(until, ...others.map(([, one]) => one.until), tenants.get(tenant) ?? now))
  }

  return {
    hold,
    /** The first moment at which something may be asked there. */
    until: ({ tenant, conversation }: Where): number =>
      Math.max(
        conversations.get(conversation)?.until ?? Number.NEGATIVE_INFINITY,
        tenants.get(tenant) ?? Number.NEGATIVE_INFINITY,
      ),
    isAway: (conversation: string): boolean => away.has(conversation),
    leave(conversation: string): void {
      if (away.size >= manyAway) away.clear()
      away.add(conversation)
    },
    back: (conversation: string): void => void away.delete(conversation),
    forget(now: number): void {
      for (const [id, { until }] of conversations) if (until <= now) conversations.delete(id)
    },
  }
}
