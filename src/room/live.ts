import type { LiveEvent } from './views.ts'

type Send = (event: LiveEvent) => void

/** Who is listening. A person may have several tabs; a simulated person none. */
export interface Live {
  connect(person: string, send: Send): () => void
  isConnected(person: string): boolean
  tell(people: string[], event: LiveEvent): void
  tellAll(event: LiveEvent): void
  /** Hears every event, whoever it is for. */
  overhear(listener: Send): void
}

export function live(): Live {
  const tabs = new Map<string, Set<Send>>()
  const listeners = new Set<Send>()

  function tell(people: string[], event: LiveEvent): void {
    for (const person of people) for (const send of tabs.get(person) ?? []) send(event)
    for (const listener of listeners) listener(event)
  }

  return {
    tell,
    tellAll: (event) => tell([...tabs.keys()], event),
    overhear: (listener) => listeners.add(listener),
    isConnected: (person) => tabs.has(person),
    connect(person, send) {
      const sends = tabs.get(person) ?? new Set()
      tabs.set(person, sends.add(send))
      return () => {
        sends.delete(send)
        if (sends.size === 0) tabs.delete(person)
      }
    },
  }
}
