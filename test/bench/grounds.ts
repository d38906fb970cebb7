import { databases } from './database.ts'
import { onDisk } from './files.ts'
import type { Ground } from './ground.ts'

export const kinds = ['files', 'database'] as const
export type Kind = (typeof kinds)[number]

/** The stores that are measured. */
export interface Grounds {
  kinds: readonly Kind[]
  /** In words, for the head of the tables. */
  told: string[]
  fresh(kind: Kind): Promise<Ground>
  close(): Promise<void>
}

/** What the rows of a table are called. */
export const nameOf: Record<Kind, string> = { files: 'Ouverture, files', database: 'Ouverture, PostgreSQL' }

/** `url` is a PostgreSQL server's address; null for one that is started for this run. Its databases are new, and dropped. */
export async function openGrounds(wanted: readonly Kind[], url: string | null): Promise<Grounds> {
  const server = wanted.includes('database') ? await databases(url) : null
  return {
    kinds: wanted,
    told: [
      ...(wanted.includes('files') ? ['files: lowdb, each save flushed to disk'] : []),
      ...(server ? [server.told] : []),
    ],
    fresh: async (kind) => (kind === 'database' && server ? server.fresh() : onDisk()),
    async close() {
      await server?.close()
    },
  }
}
