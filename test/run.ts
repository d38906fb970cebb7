import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

/** Runs every test and closes with one line that counts them: `N passed, N failed, N skipped`. */
const folder = mkdtempSync(join(tmpdir(), 'ouverture-tests-'))
const report = join(folder, 'report.json')
const vitest = join(import.meta.dirname, '../node_modules/vitest/vitest.mjs')
const run = spawnSync(
  process.execPath,
  [
    vitest,
    'run',
    '--reporter=verbose',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
)

const totals = z
  .object({
    success: z.boolean(),
    numPassedTests: z.number(),
    numFailedTests: z.number(),
    numPendingTests: z.number(),
    numTodoTests: z.number(),
  })
  .parse(JSON.parse(readFileSync(report, 'utf8')))
rmSync(folder, { recursive: true })

const failed = totals.numFailedTests + (totals.success || totals.numFailedTests ? 0 : 1)
console.log(
  `${totals.numPassedTests} passed, ${failed} failed, ${totals.numPendingTests + totals.numTodoTests} skipped`,
)
process.exitCode = run.status ?? 1
