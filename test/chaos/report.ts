import { cpus } from 'node:os'
import type { Outcome } from './chaos.ts'
import type { Findings } from './checker.ts'

const rows: [what: string, of: (outcome: Outcome) => number | string][] = [
  ['workshops played, so many at once', ({ counts, plan }) => `${counts.workshops}, ${plan.workshops}`],
  ['processes killed with `-9`', ({ toll }) => toll.kills],
  [
    'database stopped and restarted',
    ({ toll, plan }) => (plan.store === 'files' ? '–' : toll.databaseRestarts),
  ],
  ['instances frozen and thawed', ({ toll, plan }) => (plan.store === 'files' ? '–' : toll.freezes)],
  ['activities sent', ({ counts }) => counts.sent],
  ['of which delivered twice', ({ counts }) => counts.twice],
  ['of which overtaken by later ones', ({ counts }) => counts.overtaken],
  ['times someone was told that something is kept', ({ counts }) => counts.told],
  ['deadlines that rang', ({ counts }) => counts.rings],
  ['messages posted', ({ counts }) => counts.posts],
  ['requests refused or unanswered by the platform', ({ counts }) => counts.refused],
  ['creates nobody can vouch for', ({ found }) => found.ambiguous.length],
  ['**acknowledged answers lost**', ({ found }) => found.lost.length],
  ['**answers counted twice**', ({ found }) => found.twice.length],
  ['**rings missed, doubled or for a wrong deadline**', ({ found }) => found.rings.length],
  ['**messages posted twice**', ({ found }) => found.doubled.length],
  ['**limits of the platform broken**', ({ found }) => found.limits.length],
  ['**workshops that did not end as they should**', ({ found }) => found.ends.length],
]

/** A Markdown table, a column for each store. */
export function table(outcomes: readonly Outcome[]): string {
  const heads = [
    '',
    ...outcomes.map(({ plan }) => (plan.store === 'files' ? 'files' : 'PostgreSQL, two instances')),
  ]
  const lines = rows.map(([what, of]) => [what, ...outcomes.map((one) => String(of(one)))])
  return [heads, heads.map((_, index) => (index === 0 ? '---' : '---:')), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

/** On what it was run, and how it is run again. */
export const heading = (outcomes: readonly Outcome[]): string => {
  const [first] = outcomes
  const took = outcomes.map(({ tookMs }) => `${Math.round(tookMs / 60_000)} min`).join(', ')
  return `Seed ${first?.plan.seed}; ${took}; ${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, Node.js ${process.version}`
}

const faults = ['lost', 'twice', 'rings', 'doubled', 'limits', 'ends'] as const

export const faultsIn = (found: Findings): string[] =>
  faults.flatMap((what) => found[what].map((line) => `${what}: ${line}`))
