import { EventEmitter } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { type Runner, run, type TaskList, type WorkerEvents } from 'graphile-worker'
import type { Pool } from 'pg'
import { z } from 'zod'
import { DamagedRecord, type Hands, type Log, type Work } from '../../ports.ts'
import { nameFor } from '../shelf.ts'
import { schemas } from './database.ts'
import { engineLogger } from './engine-logger.ts'
import { addJob, keyOf, readId, type Task, written } from './jobs.ts'

/** Jobs under way at once: most of them wait for the platform. */
const handsAtWork = 40

/** Real milliseconds between two looks for jobs whose time has come, of each hand; together they look often. */
const pollInterval = 2000

/** Real milliseconds: how often a process says that it lives, and how long its silence is taken for a delay. */
export const beat = { every: 1000, missed: 6000 }

/** Real milliseconds for which what a process asked of the platform before it went still counts there. */
const leftOver = 60_000

/** Real milliseconds before a job looks again whether another process has finished showing. */
const lookAgain = 250

/** Real milliseconds before what failed by surprise is tried again: longer each time. The engine alone would come to wait for hours. */
const retry = { first: 2000, longest: 300_000 }

/** How often the database is asked again before a job is given back. */
const heldAtMost = 120

interface Parts {
  pool: Pool
  /** This process, as it says that it lives. */
  me: string
  log: Log
}

/**
 * Several processes share what is to be done: each job goes to whichever is free. What there is to show of one meeting is
 * shown by one of them at a time, the one its row in `deliveries` names, for as long as that one lives.
 */
export function postgresWork({ pool, me, log }: Parts, hands: Hands): Work & { instances(): number } {
  const workers = new Set<string>()
  const events: WorkerEvents = new EventEmitter()
  // Jobs are locked in the name of the pool, whoever of its workers has them in hand.
  events.on('pool:create', ({ workerPool }) => void workers.add(workerPool.id))
  let runner: Runner | null = null
  let lastBeat = 0
  /** How many were seen, and when so many last were. */
  const crowd = new Map<number, number>()
  let beating: NodeJS.Timeout | undefined
  let stopped = false
  const isAlive = () => !stopped && Date.now() - lastBeat < beat.missed

  const tasks: TaskList = {
    wake: patiently('wake', async ({ id }) => void (await woken(id))),
    'take-up': patiently('take-up', async ({ id }) => {
      const duties = await woken(id)
      if (duties.show !== 'no') await add('show', id, 0)
      for (const effect of duties.doubts) await add('report', id, 10_000, { effect })
    }),
    show: patiently('show', ({ id }) => showing(id, 'show')),
    touch: patiently('touch', ({ id }) => showing(id, 'touch')),
    report: patiently('report', ({ id, effect }) => hands.report(id, effect)),
  }

  /** What fails is tried again. A record that cannot be read is left to the engine, which comes back to it ever more rarely. */
  function patiently(task: Task, work: (job: Job) => Promise<void>): (payload: unknown) => Promise<void> {
    return async (payload) => {
      const job = read(payload)
      const { id, effect, tries } = job
      try {
        await work(job)
      } catch (error) {
        const isDamaged = error instanceof DamagedRecord
        log.error(
          { meeting: id, error, tries },
          isDamaged ? 'meeting set aside' : 'what was due is tried again',
        )
        if (isDamaged) throw error
        const after = Math.min(retry.first * 2 ** tries, retry.longest)
        await held(() => add(task, id, after, { effect, tries: tries + 1 }))
      }
    }
  }

  /**
   * A job is kept in hand while the database is away. Given back to the engine, it would wait for as long as it was taken before,
   * and more: minutes, after a few processes died with it.
   */
  async function held(ask: () => Promise<unknown>, tries = 0): Promise<unknown> {
    try {
      return await ask()
    } catch (error) {
      if (stopped || tries >= heldAtMost) throw error
      await pause(beat.every)
      return held(ask, tries + 1)
    }
  }

  async function woken(id: string) {
    let touched = false
    const { version, duties } = await hands.wake(id, () => {
      touched = true
    })
    const values = [nameFor(id), version, duties.wakeAt === null ? null : duties.wakeAt / 1000]
    await pool.query({ name: 'rearm', text: rearm, values })
    if (touched) await add('touch', id, 0)
    return duties
  }

  async function showing(id: string, task: 'show' | 'touch'): Promise<void> {
    const digest = nameFor(id)
    const { rows } = await pool.query<Claimed>({ name: 'claim', text: claim, values: [digest, me] })
    const [claimed] = rows
    if (!claimed) return add(task, id, lookAgain)
    let wait: number | null = claimed.wait > 0 ? Math.ceil(claimed.wait) : null
    try {
      if (wait !== null) return await add(task, id, wait)
      if (claimed.from !== null && claimed.from !== me) await hands.resume(id)
      wait = await hands.show(id, { touched: task === 'touch', isOurs: isAlive })
      // No save hands out what waits already: what is left here would be shown by nobody.
      if (wait !== null) await add('show', id, Math.max(wait, lookAgain))
    } finally {
      await pool.query({ name: 'leave', text: leave, values: [digest, me, wait] })
    }
  }

  async function add(task: Task, id: string, afterMs: number, { effect = 0, tries = 0 } = {}) {
    const values = [nameFor(id), written(id), afterMs, effect, tries]
    await pool.query({ name: `add ${task}`, text: adding[task], values })
  }

  async function live(): Promise<void> {
    await pool.query({ name: 'beat', text: beatText, values: [me, [...workers]] })
    lastBeat = Date.now()
    const { rows } = await pool.query<{ dead: number }>({
      name: 'inherit',
      text: inherit,
      values: [beat.missed],
    })
    if (rows[0]?.dead) log.warn({ why: 'it says no more that it lives' }, 'another process is gone')
    await count()
  }

  /** One that fails is made up for by the next. */
  const beats = () => live().catch((error: unknown) => log.warn({ error }, 'the database does not answer'))

  async function count(): Promise<void> {
    const { rows } = await pool.query<{ count: number }>('select count(*)::integer as count from instances')
    crowd.set(rows[0]?.count ?? 1, Date.now())
    for (const [seen, at] of crowd) if (at < Date.now() - leftOver) crowd.delete(seen)
  }

  /** A job for each meeting that has something to do: what it lacks is found then. */
  const takeUp = () => pool.query(takeUpText)

  async function engine(): Promise<void> {
    runner = await run({
      pgPool: pool,
      schema: schemas.jobs,
      taskList: tasks,
      concurrency: handsAtWork,
      pollInterval,
      noHandleSignals: true,
      // Told one by one, what it cannot tell a database that is away would be nobody's to catch, and end the process.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      logger: engineLogger(log),
      events,
    })
    void runner.promise.catch(() => {}).then(again)
    await beats()
  }

  /** The engine gives up when it can no longer tell the database what it has done: what it held is done again. */
  async function again(): Promise<void> {
    if (stopped) return
    const lost = [...workers]
    workers.clear()
    await pause(beat.every)
    try {
      await pool.query(`select ${schemas.jobs}.force_unlock_workers($1::text[])`, [lost])
      await engine()
      await takeUp()
    } catch (error) {
      log.warn({ error }, 'the job engine could not be started')
      for (const one of lost) workers.add(one)
      return again()
    }
  }

  return {
    instances: () => Math.max(1, ...crowd.keys()),
    async begin() {
      await live()
      beating = setInterval(() => void beats(), beat.every)
      beating.unref()
      await takeUp()
      await engine()
    },
    // The statement that saved handed it out.
    saved() {},
    async stop(withinMs) {
      stopped = true
      clearInterval(beating)
      const finished = (runner?.stop() ?? Promise.resolve()).then(
        () => true,
        () => false,
      )
      // What it leaves unfinished, others do once it has been silent, as for one that was killed.
      if (await Promise.race([finished, pause(withinMs, false, { ref: false })]))
        await pool.query('delete from instances where id = $1', [me]).catch(() => {})
    },
  }
}

const payloadShape = z.object({
  meeting: z.string(),
  effect: z.number().int().default(0),
  tries: z.number().int().default(0),
})

interface Job {
  id: string
  effect: number
  /** How often it failed. */
  tries: number
}

function read(payload: unknown): Job {
  const { meeting, ...job } = payloadShape.parse(payload)
  return { id: readId(meeting), ...job }
}

interface Claimed {
  /** Who showed there before; null where nobody did since it was left. */
  from: string | null
  /** Milliseconds before anything may be shown there. */
  wait: number
}

/** A row when it is ours: nobody else who lives shows there. */
const claim = `
  with before as (select instance from deliveries where digest = $1)
  insert into deliveries as held (digest, instance) values ($1, $2)
  on conflict (digest) do update set instance = $2
    where held.instance is null or held.instance = $2
      or not exists (select 1 from instances where instances.id = held.instance)
  returning (select instance from before) as from,
    coalesce(extract(epoch from held.not_before - now()) * 1000, 0)::float8 as wait`

const leave = `
  update deliveries set instance = null, not_before = now() + $3::float8 * interval '1 millisecond'
  where digest = $1 and instance = $2`

const rearm = `
  with armed as (
    update meetings set wake_at = case when $3::float8 is not null then
      greatest(to_timestamp($3::float8), now() + interval '1 millisecond') end
    where digest = $1 and version = $2 returning digest, id, wake_at
  )
  select ${addJob('wake', { payload: "json_build_object('meeting', id)", runAt: 'wake_at', key: keyOf('wake', 'digest') })}
  from armed where wake_at is not null`

const addOne = (task: Task, key = keyOf(task, '$1::text')) => `
  select ${addJob(task, {
    payload: "json_build_object('meeting', $2::text, 'effect', $4::integer, 'tries', $5::integer)",
    runAt: "now() + $3::float8 * interval '1 millisecond'",
    key,
  })}
  where $1::text is not null and $4::integer is not null`

const adding: Record<Task, string> = {
  wake: addOne('wake'),
  'take-up': addOne('take-up'),
  show: addOne('show'),
  touch: addOne('touch'),
  report: addOne('report', "'report:' || $1::text || ':' || $4::integer"),
}

const beatText = `
  insert into instances (id, seen, workers) values ($1, now(), $2)
  on conflict (id) do update set seen = now(), workers = $2`

const addTakeUp = addJob('take-up', {
  payload: "json_build_object('meeting', id)",
  runAt: 'now()',
  key: keyOf('take-up', 'digest'),
})

const takeUpText = `select ${addTakeUp} from meetings where pending`

/**
 * What a process that died was doing is done again by others: it is forgotten and taken over at once, or not at all. It may
 * have died before it said in whose name it works: no job stays in hands that nobody who lives calls his own.
 */
const inherit = `
  with dead as (delete from instances where seen < now() - $1 * interval '1 millisecond' returning workers)
  select (select count(*) from dead)::integer as dead,
    (select count(${schemas.jobs}.force_unlock_workers(workers)) from dead) as freed,
    (select ${schemas.jobs}.force_unlock_workers(array_agg(locked_by)) from ${schemas.jobs}.jobs
      where locked_at < now() - $1 * interval '1 millisecond' and not exists (
        select from instances where locked_by = any(workers)
          and seen >= now() - $1 * interval '1 millisecond')) is null as lost,
    (select count(${addTakeUp}) from meetings where pending and exists (select from dead)) as given`
