/** The mean, or null of nothing. */
export const mean = (values: number[]): number | null =>
  values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : null

/** The mean in which each value counts for its weight; the plain mean where none weighs anything, null of nothing. */
export function weightedMean(some: { value: number; weight: number }[]): number | null {
  const total = some.reduce((sum, { weight }) => sum + weight, 0)
  if (total === 0) return mean(some.map(({ value }) => value))
  return some.reduce((sum, { value, weight }) => sum + value * weight, 0) / total
}

export function median(values: number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  const upper = sorted[half]
  if (upper === undefined) return null
  return sorted.length % 2 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2
}

/** The population standard deviation; 0 of fewer than two values. */
export function spread(values: number[]): number {
  const centre = mean(values)
  if (centre === null || values.length < 2) return 0
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length)
}

/** The share of values that stand within `reach` of their median, from 0 to 1; 1 of nothing. */
export function withinShare(values: number[], reach: number): number {
  const centre = median(values)
  if (centre === null) return 1
  return values.filter((value) => Math.abs(value - centre) <= reach).length / values.length
}
