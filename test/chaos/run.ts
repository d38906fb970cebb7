import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chaos, type Outcome } from './chaos.ts'
import { faultsIn, heading, table } from './report.ts'

/**
 * `npm run chaos -- --workshops 8 --kills 200 --store both --seed 7 --minutes 60 --keep /tmp/chaos`: a Markdown report of
 * what became of workshops whose bot is killed all the time. The exit code is 1 when anything was lost, doubled or missed.
 */
const { values } = parseArgs({
  options: {
    workshops: { type: 'string', default: '4' },
    kills: { type: 'string', default: '100' },
    store: { type: 'string', default: 'both' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    minutes: { type: 'string', default: '60' },
    keep: { type: 'string' },
  },
})

const stores = (['files', 'database'] as const).filter((one) => [one, 'both'].includes(values.store))
if (stores.length === 0) {
  console.error(`no such store: ${values.store}; there are files, database and both`)
  process.exit(1)
}

const outcomes: Outcome[] = []
for (const store of stores) {
  const outcome = await chaos({
    store,
    workshops: Number(values.workshops),
    kills: Number(values.kills),
    seed: Number(values.seed),
    stays: 3,
    withinMs: Number(values.minutes) * 60_000,
    tell: (what) => console.error(`${store}: ${what}`),
  })
  if (values.keep !== undefined) keep(outcome, values.keep)
  outcomes.push(outcome)
}

console.log(`${heading(outcomes)}\n\n${table(outcomes)}`)
for (const { plan, found } of outcomes) list(`Creates nobody can vouch for, ${plan.store}`, found.ambiguous)
const faults = outcomes.flatMap(({ plan, found }) => faultsIn(found).map((line) => `${plan.store}: ${line}`))
list('Faults', faults)
process.exit(faults.length > 0 ? 1 : 0)

function list(title: string, lines: readonly string[]): void {
  if (lines.length > 0) console.log(`\n${title}:\n\n${lines.map((line) => `- ${line}`).join('\n')}`)
}

/** What the report was made from, to look into. */
function keep({ plan, remains }: Outcome, folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const { ledger, record, requests, chat } of remains) {
    const asked = requests.map(({ raw: _, headers: __, ...rest }) => rest)
    const name = `${plan.store}-${ledger.meeting.replaceAll(/\W/gu, '_')}.json`
    const left = { ledger, record: record && JSON.parse(record), requests: asked, chat }
    writeFileSync(join(folder, name), JSON.stringify(left, null, 1))
  }
}
