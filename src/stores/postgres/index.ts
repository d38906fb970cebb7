import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from 'pg'
import { type Duties, isPending } from '../../core/duties.ts'
import { liveSession, type Meeting } from '../../core/meeting.ts'
import { peopleIn } from '../../core/personal-data.ts'
import { say } from '../../core/text.ts'
import { DamagedRecord, StaleVersion, type Store, type WorkLeft } from '../../ports.ts'
import { inTurn } from '../in-turn.ts'
import { leadersOf, readRecordText } from '../record.ts'
import { recordBytes } from '../record-bytes.ts'
import { type Sealing, unsealed } from '../sealing.ts'
import { nameFor } from '../shelf.ts'
import { addJob, keyOf, readId, removeJob, written } from './jobs.ts'

/** Parsed records remembered, so that what nobody has changed is not read again. */
const remembered = 500

/** How long, in milliseconds, a post with no answer waits for a client to show us its message before it is reported. */
const adoptionGrace = 10_000

/** Real milliseconds. */
const longestClose = 2000

/** One row per meeting, in a database that several processes share. */
export function postgresStore(pool: Pool, { sealing = unsealed }: { sealing?: Sealing } = {}): Store {
  const known = new Map<string, Meeting>()
  const turns = inTurn()

  async function load(id: string): Promise<Meeting | null> {
    const last = known.get(id)
    const { rows } = await pool.query<{ version: number; record: string | null }>({
      name: 'load',
      text: 'select version, case when version is distinct from $2 then record end as record from meetings where digest = $1',
      values: [nameFor(id), last?.version ?? 0],
    })
    const [row] = rows
    if (row && row.record === null && last) return remember(last)
    known.delete(id)
    if (!row || row.record === null) return null
    const meeting = readRecordText(sealing.open(row.record))
    if (meeting.id !== id)
      throw new DamagedRecord('the record of another meeting', say('damage.other-meeting'))
    return remember(meeting)
  }

  async function save(meeting: Meeting, duties: Duties = nothing): Promise<void> {
    const { rowCount } = await pool.query(
      meeting.version === 1
        ? { name: 'insert', text: insert, values: valuesOf(meeting, duties) }
        : { name: 'update', text: update, values: valuesOf(meeting, duties) },
    )
    if (rowCount === 0) {
      known.delete(meeting.id)
      throw new StaleVersion(`version ${meeting.version}`)
    }
    remember(meeting)
  }

  const valuesOf = (meeting: Meeting, { wakeAt, show, doubts }: Duties) => [
    nameFor(meeting.id),
    written(meeting.id),
    meeting.version,
    sealing.close(recordBytes(meeting)),
    isPending(meeting),
    wakeAt === null ? null : wakeAt / 1000,
    leadersOf(meeting).map(nameFor),
    peopleIn(meeting).map(nameFor),
    show === 'newly',
    doubts,
    liveSession(meeting) !== null,
    meeting.outbox.length,
  ]

  function remember(meeting: Meeting): Meeting {
    known.delete(meeting.id)
    known.set(meeting.id, meeting)
    const [oldest] = known.keys()
    if (known.size > remembered && oldest !== undefined) known.delete(oldest)
    return meeting
  }

  async function erase(meeting: Meeting): Promise<void> {
    known.delete(meeting.id)
    const values = [nameFor(meeting.id), meeting.version]
    const { rowCount } = await pool.query({ name: 'erase', text: eraseText, values })
    if (rowCount === 0) throw new StaleVersion(`version ${meeting.version}`)
  }

  async function idsWhere(condition: string, values: unknown[] = []): Promise<string[]> {
    const { rows } = await pool.query<{ id: string }>(`select id from meetings where ${condition}`, values)
    return rows.map(({ id }) => readId(id))
  }

  const figures: Record<WorkLeft, string> = {
    'live-sessions': 'count(*) filter (where live)',
    outbox: 'coalesce(sum(owed), 0)',
  }

  async function count(what: WorkLeft): Promise<number> {
    const text = `select (${figures[what]})::integer as count from meetings where pending`
    const { rows } = await pool.query<{ count: number }>(text)
    return rows[0]?.count ?? 0
  }

  return {
    shared: { count },
    load: (id) => turns.take(id, () => load(id)),
    save: (meeting, duties) => turns.take(meeting.id, () => save(meeting, duties)),
    erase: (meeting) => turns.take(meeting.id, () => erase(meeting)),
    pending: () => idsWhere('pending'),
    ledBy: (person) => idsWhere('leaders @> array[$1]', [nameFor(person)]),
    attendedBy: (person) => idsWhere('people @> array[$1]', [nameFor(person)]),
    // The day finds them by an index; the moment tells.
    idleSince: (when) =>
      idsWhere('saved_on <= to_timestamp($1)::date and saved_at < to_timestamp($1)', [when / 1000]),
    /** What is still asked of a database that does not answer is not waited for. */
    close: () =>
      Promise.race([turns.over().then(() => pool.end()), pause(longestClose, undefined, { ref: false })]),
  }
}

const nothing: Duties = { wakeAt: null, show: 'no', doubts: [] }

/** Whatever the platform asked to wait for is waited for, whoever saves. */
const showNow = 'greatest(now(), (select not_before from deliveries where deliveries.digest = saved.digest))'

const reportPayload = "json_build_object('meeting', saved.id, 'effect', effect)"
const afterGrace = `now() + interval '${adoptionGrace} milliseconds'`
const reportKey = "'report:' || saved.digest || ':' || effect"

/** What a save leaves to do is handed out by the statement that saves, or not at all. */
const handedOut = `
  select case when saved.wake_at is distinct from old.wake_at then
      case when saved.wake_at is null then ${removeJob(keyOf('wake', 'saved.digest'))} is not null
      else ${addJob('wake', { payload: "json_build_object('meeting', saved.id)", runAt: 'saved.wake_at', key: keyOf('wake', 'saved.digest') })} is not null end
    end as woken,
    case when $9::boolean then
      ${addJob('show', { payload: "json_build_object('meeting', saved.id)", runAt: showNow, key: keyOf('show', 'saved.digest') })} is not null
    end as shown,
    (select count(${addJob('report', { payload: reportPayload, runAt: afterGrace, key: reportKey })})
      from unnest($10::integer[]) as effect) as doubted
  from saved left join old on true`

const insert = `
  with old as (select null::timestamptz as wake_at), saved as (
    insert into meetings (digest, id, version, record, pending, wake_at, leaders, people, live, owed, saved_at, saved_on)
    values ($1, $2, $3, $4, $5, to_timestamp($6::float8), $7, $8, $11, $12, now(), current_date)
    on conflict do nothing
    returning digest, id, wake_at
  ) ${handedOut}`

const update = `
  with old as (select wake_at from meetings where digest = $1), saved as (
    update meetings set id = $2, version = $3, record = $4, pending = $5, wake_at = to_timestamp($6::float8),
      leaders = $7, people = $8, live = $11, owed = $12, saved_at = now(), saved_on = current_date
    where digest = $1 and version = $3 - 1
    returning digest, id, wake_at
  ) ${handedOut}`

const eraseText = `
  with gone as (delete from meetings where digest = $1 and version = $2 returning digest),
    delivery as (delete from deliveries using gone where deliveries.digest = gone.digest)
  select ${removeJob(keyOf('wake', 'digest'))}, ${removeJob(keyOf('show', 'digest'))} from gone`
