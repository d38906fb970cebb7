import type { Duties } from '../core/duties.ts'
import { emptyMeeting, type Meeting } from '../core/meeting.ts'
import { StaleVersion, type Store } from '../ports.ts'

/** A change to a meeting's record, null to keep nothing of it, and what its asker is told once that is on disk. */
export type Change<T> = (meeting: Meeting) => { meeting: Meeting | null; result: T }

export interface Mailbox {
  /** Changes happen one after the other; the promise resolves when the record is saved. */
  put<T>(change: Change<T>): Promise<T>
  idle(): boolean
}

interface Parts {
  store: Store
  dutiesOf(before: Meeting, after: Meeting | null): Duties
  /** Before anyone who waits for it is told. */
  onChange(meeting: Meeting | null, duties: Duties): void
  onRead(meeting: Meeting): void
  /** Nothing waits any more. */
  onIdle(): void
}

interface Job {
  run(meeting: Meeting): Meeting | null
  saved(): void
  failed(error: unknown): void
}

/** Another process may be first again and again; each time, one of them gets through. */
const staleRetries = 25

/**
 * One writer for one meeting. Changes that arrive while a save is under way wait together and are saved at once, so
 * that ten answers in the same millisecond cost two writes and not ten.
 */
export function mailbox(id: string, { store, dutiesOf, onChange, onRead, onIdle }: Parts): Mailbox {
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
    onIdle()
  }

  async function settle(batch: Job[], tries = 0): Promise<void> {
    const before = await current()
    const { meeting, carried } = runAll(batch, before)
    try {
      known = meeting === before ? before : await settled(meeting, before)
    } catch (error) {
      known = null
      if (!(error instanceof StaleVersion) || tries >= staleRetries) throw error
      await someTime(tries)
      return settle(carried, tries + 1)
    }
    if (known === before) onRead(before)
    else onChange(known, dutiesOf(before, known))
    for (const job of carried) job.saved()
  }

  async function current(): Promise<Meeting> {
    const stored = known && !store.shared ? known : await store.load(id)
    return stored ?? emptyMeeting(id)
  }

  async function settled(meeting: Meeting | null, before: Meeting): Promise<Meeting | null> {
    if (meeting === null) {
      await store.erase(before)
      return null
    }
    const next = { ...meeting, version: before.version + 1 }
    await store.save(next, dutiesOf(before, next))
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

/** So that two processes do not keep step with one another. */
const someTime = (tries: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * 5 * tries))

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
