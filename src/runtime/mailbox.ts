import { emptyMeeting, type Meeting } from '../core/meeting.ts'
import { StaleVersion, type Store } from '../ports.ts'

/** A change to a meeting's record, null to keep nothing of it, and what its asker is told once that is on disk. */
export type Change<T> = (meeting: Meeting) => { meeting: Meeting | null; result: T }

export interface Mailbox {
  /** Changes happen one after the other; the promise resolves when the record is saved. */
  put<T>(change: Change<T>): Promise<T>
  idle(): boolean
}

interface Job {
  run(meeting: Meeting): Meeting | null
  saved(): void
  failed(error: unknown): void
}

const staleRetries = 5

/**
 * One writer for one meeting. Changes that arrive while a save is under way wait together and are saved at once, so
 * that ten answers in the same millisecond cost two writes and not ten.
 */
export function mailbox(id: string, store: Store, onChange: (meeting: Meeting | null) => void): Mailbox {
  let known: Meeting | null = null
  let waiting: Job[] = []
  let working = false

  async function work(): Promise<void> {
    working = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      await settle(batch).catch((error) => {
        known = null
        for (const job of batch) job.failed(error)
      })
    }
    working = false
  }

  async function settle(batch: Job[], tries = 0): Promise<void> {
    const before = known ?? (await store.load(id)) ?? emptyMeeting(id)
    const { meeting, carried } = runAll(batch, before)
    try {
      known = meeting === before ? before : await settled(meeting, before)
    } catch (error) {
      known = null
      if (error instanceof StaleVersion && tries < staleRetries) return settle(carried, tries + 1)
      throw error
    }
    for (const job of carried) job.saved()
    if (known !== before || tries > 0) onChange(known)
  }

  async function settled(meeting: Meeting | null, before: Meeting): Promise<Meeting | null> {
    if (meeting === null) {
      await store.erase(before)
      return null
    }
    const next = { ...meeting, version: before.version + 1 }
    await store.save(next)
    return next
  }

  return {
    put<T>(change: Change<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        let result: T
        waiting.push({
          run(meeting) {
            const done = change(meeting)
            result = done.result
            return done.meeting
          },
          saved: () => resolve(result),
          failed: reject,
        })
        if (!working) void work()
      })
    },
    idle: () => !working && waiting.length === 0,
  }
}

/** A change that throws fails alone; the others of its batch go on. */
function runAll(batch: Job[], before: Meeting): { meeting: Meeting | null; carried: Job[] } {
  let meeting: Meeting | null = before
  const carried: Job[] = []
  for (const job of batch) {
    try {
      meeting = job.run(meeting ?? emptyMeeting(before.id))
      carried.push(job)
    } catch (error) {
      job.failed(error)
    }
  }
  return { meeting, carried }
}
