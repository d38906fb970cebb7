import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { type Kind, kinds, openGrounds } from './grounds.ts'
import { written } from './line.ts'
import { measures } from './measures.ts'
import { sizes } from './size.ts'

/**
 * `npm run bench -- --only votes --store files --quick --seed 7 --profile /tmp/profile`: Markdown tables of what the bot
 * takes on each store, with what it is compared to. The load generator and the platform are this process; each contender
 * has its own.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: Object.keys(measures) },
    store: { type: 'string', default: 'both' },
    quick: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    stored: { type: 'string' },
    profile: { type: 'string' },
  },
})

const stores: Record<string, readonly Kind[]> = { files: ['files'], database: ['database'], both: kinds }
const chosen = stores[values.store]
const unknown = values.only.filter((name) => !(name in measures))
if (unknown.length)
  refuse(`no such measure: ${unknown.join(', ')}; there are ${Object.keys(measures).join(', ')}`)
if (!chosen) refuse(`no such store: ${values.store}; there are ${Object.keys(stores).join(', ')}`)

const size = sizes[values.quick ? 'quick' : 'full']
const begun = performance.now()
const grounds = await openGrounds(chosen, process.env.DATABASE_URL?.trim() || null).catch((error: unknown) =>
  refuse(error instanceof Error ? error.message : String(error)),
)
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void grounds.close().finally(() => process.exit(1)))
const setting = {
  size: values.stored === undefined ? size : { ...size, stored: values.stored.split(',').map(Number) },
  seed: Number(values.seed),
  profile: values.profile ?? null,
  grounds,
}

const [processor] = cpus()
const machine = `${cpus().length} × ${processor?.model ?? 'processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node.js ${process.version}`
console.log(`${[machine, ...grounds.told, `seed ${setting.seed}`].join('; ')}.`)
try {
  for (const name of values.only) {
    console.error(`${name}, after ${Math.round((performance.now() - begun) / 1000)} s…`)
    for (const group of (await measures[name]?.(setting)) ?? []) console.log(`\n${written(group)}`)
  }
} finally {
  await grounds.close()
}
// Connections of the generator that are kept alive would keep it alive too.
process.exit(0)

function refuse(why: string): never {
  console.error(why)
  process.exit(1)
}
