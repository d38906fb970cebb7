import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { table } from './line.ts'
import { measures } from './measures.ts'
import { type Setting, sizes } from './size.ts'

/**
 * `npm run bench -- --only votes --quick --seed 7 --profile /tmp/profile`: a Markdown table of what the bot takes, each
 * line with what it is compared to. The load generator and the platform are this process; each contender has its own.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: Object.keys(measures) },
    quick: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    stored: { type: 'string' },
    profile: { type: 'string' },
  },
})

const size = sizes[values.quick ? 'quick' : 'full']
const setting: Setting = {
  size: values.stored === undefined ? size : { ...size, stored: values.stored.split(',').map(Number) },
  seed: Number(values.seed),
  profile: values.profile ?? null,
  env: process.env,
}

const unknown = values.only.filter((name) => !(name in measures))
if (unknown.length) {
  console.error(`no such measure: ${unknown.join(', ')}; there are ${Object.keys(measures).join(', ')}`)
  process.exit(1)
}

const lines = []
for (const name of values.only) {
  console.error(`${name}…`)
  lines.push(...((await measures[name]?.(setting)) ?? []))
}
const [processor] = cpus()
console.log(
  `${cpus().length} × ${processor?.model ?? 'processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node.js ${process.version}; seed ${setting.seed}\n`,
)
console.log(table(lines))
// Connections of the generator that are kept alive would keep it alive too.
process.exit(0)
