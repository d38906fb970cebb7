import { randomBytes, randomUUID } from 'node:crypto'
import { codeOf } from '../flushed-file.ts'
import { DatabaseRefused, type Hands, type Heard, type Log, type Store, type Work } from '../ports.ts'
import { heardIn } from './heard.ts'
import { lowdbStore } from './lowdb.ts'
import { openDatabase } from './postgres/database.ts'
import { heardInDatabase } from './postgres/heard.ts'
import { postgresStore } from './postgres/index.ts'
import { sharedSecret } from './postgres/secret.ts'
import { beat, postgresWork } from './postgres/work.ts'
import { sealing } from './sealing.ts'

/** Where records are kept, and all that goes with them. */
export interface Storage {
  store: Store
  heard: Heard
  /** What other processes that serve the same meetings share with this one; null for a process on its own. */
  shared: {
    work(hands: Hands): Work
    secret: Buffer
    /** How many processes serve these meetings, this one included. */
    instances(): number
    answers(): Promise<boolean>
  } | null
}

interface Where {
  dataDir: string
  /** Null for files in the folder. */
  databaseUrl: string | null
  /** The first seals; each opens. Empty for none. */
  dataKeys: readonly Buffer[]
  log: Log
}

const secretBytes = 32

/** Throws `DatabaseRefused` where the database does not answer, or cannot be brought up to date. */
export async function openStorage({ dataDir, databaseUrl, dataKeys, log }: Where): Promise<Storage> {
  const sealed = sealing(dataKeys)
  if (databaseUrl === null) {
    const warn = (file: string, error: unknown) => log.warn({ file, error }, 'a file was skipped')
    return { store: lowdbStore(dataDir, { warn, sealing: sealed }), heard: heardIn(dataDir), shared: null }
  }
  const pool = await openDatabase(databaseUrl, log).catch((error: unknown) => {
    throw new DatabaseRefused(codeOf(error))
  })
  const make = () => randomBytes(secretBytes)
  const me = randomUUID()
  let instances = () => 1
  return {
    store: postgresStore(pool, { sealing: sealed }),
    heard: heardInDatabase(pool, { me, silence: beat.missed }),
    shared: {
      secret: await sharedSecret(pool, { name: 'link-secret', make, sealing: sealed }),
      work(hands) {
        const work = postgresWork({ pool, me, log }, hands)
        instances = work.instances
        return work
      },
      instances: () => instances(),
      answers: () =>
        pool.query('select 1').then(
          () => true,
          () => false,
        ),
    },
  }
}
