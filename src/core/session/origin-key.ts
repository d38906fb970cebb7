/** A key of an earlier session: `<generation>~<segment>/<item>`. */
const earlier = /^(\d+)~(.+)$/su

/** The same key, seen from the next session. */
export const olderKey = (key: string): string => furtherKey(earlier.test(key) ? key : `0~${key}`, 1)

/** The same key, so many generations further back. */
export function furtherKey(key: string, by: number): string {
  const [, generation, rest] = earlier.exec(key) ?? []
  return generation === undefined ? key : `${Number(generation) + by}~${rest}`
}

/** How far back the session of a key is; 0 for this one. */
export const generationOf = (key: string): number => Number(earlier.exec(key)?.[1] ?? 0)
