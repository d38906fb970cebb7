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
      for (const place of places)
        for (const topic of before[place])
          if (!after[place].includes(topic)) await shelves[place].drop(topic, name)
    },
  }
}
