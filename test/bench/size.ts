import type { Grounds } from './grounds.ts'

/** How much of everything a run does. */
export interface Size {
  /** Of one round of load. */
  roundMs: number
  /** Contenders take turns this many times. */
  rounds: number
  /** Meetings among which the votes of the throughput measure fall. */
  meetings: number
  /** Requests under way at once. */
  atOnce: number
  /** People who answer at the same moment; each saves every page of her form. */
  crowd: number
  /** Meetings alive in one process, and how long they are. */
  alive: number
  aliveMs: number
  /** Meetings stored, as many bots, and their turns. */
  stored: number[]
  storedRounds: number
  /** Sessions under way when the bot starts again. */
  restarted: number
  /** Times that each is started. */
  starts: number
  /** Times a card is expanded, or a set of documents made. */
  cards: number
  sets: number
  /** People of the workshop that is played through. */
  workshop: number
}

export const sizes: Record<'full' | 'quick' | 'tiny', Size> = {
  full: {
    roundMs: 2000,
    rounds: 10,
    meetings: 100,
    atOnce: 32,
    crowd: 50,
    alive: 1000,
    aliveMs: 20_000,
    stored: [10, 1000, 100_000],
    storedRounds: 6,
    restarted: 1000,
    starts: 5,
    cards: 2000,
    sets: 20,
    workshop: 10,
  },
  quick: {
    roundMs: 1000,
    rounds: 3,
    meetings: 50,
    atOnce: 32,
    crowd: 50,
    alive: 200,
    aliveMs: 10_000,
    stored: [10, 1000],
    storedRounds: 3,
    restarted: 200,
    starts: 3,
    cards: 300,
    sets: 3,
    workshop: 10,
  },
  tiny: {
    roundMs: 150,
    rounds: 1,
    meetings: 2,
    atOnce: 4,
    crowd: 4,
    alive: 3,
    aliveMs: 400,
    stored: [1, 3],
    storedRounds: 1,
    restarted: 2,
    starts: 1,
    cards: 2,
    sets: 1,
    workshop: 2,
  },
}

/** What a run was asked. */
export interface Setting {
  size: Size
  seed: number
  /** Where the bot's profile is written, if one is wanted. */
  profile: string | null
  grounds: Grounds
}
