import type { Pool } from 'pg'
import type { Sealing } from '../sealing.ts'

/** A secret that all processes share: what the first of them made. */
export async function sharedSecret(
  pool: Pool,
  { name, make, sealing }: { name: string; make(): Buffer; sealing: Sealing },
): Promise<Buffer> {
  const mine = sealing.close(make().toString('base64url'))
  await pool.query('insert into settings (name, value) values ($1, $2) on conflict do nothing', [name, mine])
  const { rows } = await pool.query<{ value: string }>('select value from settings where name = $1', [name])
  return Buffer.from(sealing.open(rows[0]?.value ?? ''), 'base64url')
}
