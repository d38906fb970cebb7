/** What is measured together, as one table: ours and what it is compared to, in the same run and on the same machine. */
export interface Group {
  title: string
  /** How it was measured, in a sentence. */
  told: string
  /** Of the cells of each row. */
  heads: string[]
  rows: Row[]
}

export interface Row {
  who: string
  cells: string[]
  /** Null where nothing is asked of it: others are compared to it. */
  goal: Goal | null
}

export interface Goal {
  says: string
  reached: boolean
}

/** A group as Markdown. */
export function written({ title, told, heads, rows }: Group): string {
  const table = [
    ['', ...heads, 'goal', 'reached'],
    ['---', ...heads.map(() => '---:'), '---', '---'],
    ...rows.map(({ who, cells, goal }) => [who, ...cells, ...asked(goal)]),
  ]
  return [`**${title}.** ${told}`, '', ...table.map((cells) => `| ${cells.map(cell).join(' | ')} |`)].join(
    '\n',
  )
}

const asked = (goal: Goal | null): string[] =>
  goal === null ? ['', ''] : [goal.says, goal.reached ? 'yes' : '**no**']

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

export const percent = (share: number): string => `${Math.round(share * 100)} %`

/** How long requests took, in milliseconds: two cells. */
export const spread = (took: readonly number[]): string[] => [
  inMs(quantile(took, 0.5)),
  inMs(quantile(took, 0.99)),
]
