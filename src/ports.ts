/** Milliseconds since the Unix epoch. */
export type Instant = number

/** The only source of time. The room's clock may run faster than the wall. */
export interface Clock {
  now(): Instant
  /** Calls `ring` once, at or after `when`; returns a function that cancels it. Never rings synchronously. */
  at(when: Instant, ring: () => void): () => void
}
