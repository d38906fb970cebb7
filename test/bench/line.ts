/** One measure of a run, with what it is compared to: taken in the same run, on the same machine. */
export interface Line {
  what: string
  measured: string
  against: string
  /** In words; empty where nothing is asked of it. */
  goal: string
  /** Whether the goal was reached; null where there is none. */
  reached: boolean | null
}

const heads = ['what', 'measured', 'compared to, in the same run', 'goal', 'reached']

/** The lines as a Markdown table. */
export function table(lines: readonly Line[]): string {
  const rows = lines.map(({ what, measured, against, goal, reached }) => [
    what,
    measured,
    against,
    goal,
    reached === null ? '' : reached ? 'yes' : '**no**',
  ])
  return [heads, heads.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map(cell).join(' | ')} |`)
    .join('\n')
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** Of numbers in any order; `share` is from 0 to 1. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Milliseconds, as precise as they are worth reading. */
export const inMs = (ms: number): string => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`

export const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

export const perSecond = (count: number): string => `${Math.round(count)}/s`

/** How long requests took, in milliseconds. */
export const spread = (took: readonly number[]): string =>
  `p50 ${inMs(quantile(took, 0.5))}, p99 ${inMs(quantile(took, 0.99))}`
