import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/** `npm run fuzz -- --count 100000 --seed 7`: more hostile activities; others each time, or the same ones again. */
const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } })
const vitest = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs')
const run = spawnSync(process.execPath, [vitest, 'run', 'test/e2e/fuzz.test.ts'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    ...(values.count === undefined ? {} : { FUZZ_COUNT: values.count }),
    FUZZ_SEED: values.seed ?? String(Date.now() % 1_000_000),
  },
})
process.exitCode = run.status ?? 1
