/** Choices that look free and are always the same. */
export const pick = <T>(list: T[], index: number): T => list[index % list.length] as T

/** FNV-1a: spread well enough, and the same everywhere. */
export function hash(text: string): number {
  let sum = 2166136261
  for (let index = 0; index < text.length; index++) {
    sum = Math.imul(sum ^ text.charCodeAt(index), 16777619) >>> 0
  }
  return sum
}
