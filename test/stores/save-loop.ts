import { lowdbStore } from '../../src/stores/lowdb.ts'
import { record } from './records.ts'

/** A process to be killed: saves version after version of one meeting, and says which ones are on disk. */
const [dir = '', length = '20000'] = process.argv.slice(2)
const store = lowdbStore(dir)
const stored = await store.load('m')
for (let version = (stored?.version ?? 0) + 1; ; version += 1) {
  const seen = [`${version}`, 'x'.repeat(Number(length))]
  await store.save(record('m', version, { seen })).catch((error) => {
    process.stdout.write(`${error.code}\n`)
    process.exit(3)
  })
  process.stdout.write(`${version}\n`)
}
