import { setTimeout as someTime } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { Heard } from '../../ports.ts'

/** The platform sends again within minutes; an hour is remembered. */
const kept = "interval '1 hour'"

/** How often what is too old is dropped: once in so many. */
const sweepEvery = 500

/** Real milliseconds after which what a process has in hand may be taken over, whatever keeps it. */
const longest = 10_000

/** Real milliseconds in which a process that has only just begun says that it lives. */
const begins = 2000

/** Real milliseconds between two looks at what another process has in hand: more each time. */
const look = { first: 25, longest: 250 }

/** Real milliseconds within which one gesture, sent to several processes under several ids, is one. */
const moment = 2000

interface Who {
  /** This process, as it says that it lives. */
  me: string
  /** Real milliseconds of silence after which a process is taken for dead. */
  silence: number
  pause?: (ms: number) => Promise<unknown>
}

/** What was dealt with by any of the processes, in a table from which the oldest go. */
export function heardInDatabase(pool: Pool, { me, silence, pause = someTime }: Who): Heard {
  let added = 0

  async function take(key: string, wait = look.first): Promise<boolean> {
    const values = [key, me, silence]
    const { rows } = await pool.query<Taken>({ name: 'take', text: takeText, values })
    if (rows[0]?.taken) return true
    if (rows[0]?.done) return false
    await pause(wait)
    return take(key, Math.min(wait * 2, look.longest))
  }

  return {
    take,
    async add(key, gesture) {
      const keys = gesture === undefined ? [key] : [key, gesture]
      const { rowCount } = await pool.query({ name: 'hear', text: hear, values: [keys, me, gesture] })
      added += 1
      if (added % sweepEvery === 0) await pool.query(`delete from heard where at < now() - ${kept}`)
      return rowCount === keys.length
    },
    async leave(key) {
      await pool.query({ name: 'give up', text: giveUp, values: [key, me] })
    },
  }
}

interface Taken {
  taken: boolean
  /** As it stood before: what was done at this very moment is found at the next look. */
  done: boolean
}

const ago = (ms: string) => `now() - ${ms} * interval '1 millisecond'`

const takeText = `
  with mine as (
    insert into heard as held (key, instance, at) values ($1, $2, now())
    on conflict (key) do update set instance = $2, at = now()
      where held.done_at is null and (
        held.instance = $2
        or held.at < ${ago(`${longest}`)}
        or held.at < ${ago(`${begins}`)} and not exists (
          select 1 from instances where instances.id = held.instance and seen > ${ago('$3::float8')}
        )
      )
    returning key
  )
  select exists (select 1 from mine) as taken,
    exists (select 1 from heard where key = $1 and done_at is not null) as done`

/** Nothing that another process has taken over since. */
const hear = `
  insert into heard as held (key, instance, at, done_at)
  select key, $2, now(), now() from unnest($1::text[]) as key
  on conflict (key) do update set instance = $2, at = now(), done_at = now()
    where held.done_at is null and held.instance = $2
      or held.key = $3::text and held.done_at < ${ago(`${moment}`)}`

const giveUp = 'delete from heard where key = $1 and instance = $2 and done_at is null'
