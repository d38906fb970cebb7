import { join } from 'node:path'
import { isPending } from '../core/duties.ts'
import type { Meeting } from '../core/meeting.ts'
import { peopleIn } from '../core/personal-data.ts'
import { leadersOf } from './record.ts'
import { type Shelf, shelf, type Writing } from './shelf.ts'

/** The topics a meeting is found under, on each shelf. */
export type Labels = Record<Place, string[]>

/**
 * Where meetings are found without reading their records. What is said here is written before the record that makes it
 * true, and dropped after it no longer is: a crash leaves a word too many, never one too few.
 */
export interface Shelves extends Record<Place, Shelf> {
  put(name: string, meeting: string | null, labels: Labels): Promise<void>
  /** Those that are no longer true. */
  drop(name: string, before: Labels, after: Labels): Promise<void>
}

const places = ['leaders', 'people', 'pending', 'touched'] as const
export type Place = (typeof places)[number]

/** The one topic of those that have something to do. */
export const now = 'now'

/** The day a record was saved, in UTC; days sort as their names do. */
export const dayOf = (when: number): string => new Date(when).toISOString().slice(0, 10)

export const noLabels: Labels = { leaders: [], people: [], pending: [], touched: [] }

export const labelsOf = (meeting: Meeting, savedAt: number): Labels => ({
  leaders: leadersOf(meeting),
  people: peopleIn(meeting),
  pending: isPending(meeting) ? [now] : [],
  touched: [dayOf(savedAt)],
})

/** Those that were not there before. */
export const since = (before: Labels, after: Labels): Labels => ({
  leaders: rest(after.leaders, before.leaders),
  people: rest(after.people, before.people),
  pending: rest(after.pending, before.pending),
  touched: rest(after.touched, before.touched),
})

const rest = (topics: string[], known: string[]): string[] => topics.filter((one) => !known.includes(one))

export function shelvesIn(dir: string, writing: Writing): Shelves {
  const asItIs = (topic: string) => topic
  const shelves: Record<Place, Shelf> = {
    leaders: shelf(join(dir, 'leaders'), writing),
    people: shelf(join(dir, 'people'), writing),
    pending: shelf(join(dir, 'pending'), writing, asItIs),
    touched: shelf(join(dir, 'touched'), writing, asItIs),
  }

  return {
    ...shelves,
    async put(name, meeting, labels) {
      for (const place of places)
        for (const topic of labels[place]) await shelves[place].put(topic, name, meeting)
    },
    async drop(name, before, after) {
      const gone = since(after, before)
      for (const place of places) for (const topic of gone[place]) await shelves[place].drop(topic, name)
    },
  }
}
