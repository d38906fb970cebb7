import { isPending } from '../core/duties.ts'
import { peopleIn } from '../core/personal-data.ts'
import { StaleVersion, type Store } from '../ports.ts'
import { leadersOf, readRecordText } from './record.ts'

/** A store that forgets, for unit tests. Two stores on the same `records` are the same store, reopened. */
export function memoryStore(
  records = new Map<string, string>(),
  now: () => number = Date.now,
  savedAt = new Map<string, number>(),
): Store {
  const read = (id: string) => {
    const text = records.get(id)
    return text === undefined ? null : readRecordText(text)
  }

  return {
    load: async (id) => read(id),
    async save(meeting) {
      const stored = read(meeting.id)?.version ?? 0
      if (meeting.version !== stored + 1) throw new StaleVersion(`version ${meeting.version} over ${stored}`)
      records.set(meeting.id, JSON.stringify(meeting))
      savedAt.set(meeting.id, now())
    },
    pending: async () => [...records.keys()].filter((id) => isPending(readRecordText(records.get(id) ?? ''))),
    ledBy: async (person) =>
      [...records.keys()].filter((id) => leadersOf(readRecordText(records.get(id) ?? '')).includes(person)),
    attendedBy: async (person) =>
      [...records.keys()].filter((id) => peopleIn(readRecordText(records.get(id) ?? '')).includes(person)),
    idleSince: async (when) => [...records.keys()].filter((id) => (savedAt.get(id) ?? 0) < when),
    async erase(meeting) {
      const stored = read(meeting.id)?.version ?? 0
      if (meeting.version !== stored) throw new StaleVersion(`version ${meeting.version} over ${stored}`)
      records.delete(meeting.id)
    },
    async close() {},
  }
}
