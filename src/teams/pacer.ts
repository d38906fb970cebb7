import { type Log, type Meter, noMeter, noTrail, type RequestKind, type Trail } from '../ports.ts'
import { type Budget, budget, type Limit, tenantLimits } from './budget.ts'
import { type Fate, fateOf, type Reply } from './errors.ts'
import { places } from './holds.ts'

/** Something to ask of the platform. */
export interface Paced {
  tenant: string
  /** What the platform asks to wait for one thing here holds the others, and a bot that is removed asks nothing more here. */
  conversation: string
  /** Requests of one lane go one at a time, in order. */
  lane: string
  /** Several lanes may draw on one budget; each has its own unless named. */
  budget?: string
  limits: readonly Limit[]
  /** Never asked again once it may have been carried out. */
  create: boolean
  /** The message it edits: edits of it are spaced, and one that waits takes up the next. */
  message?: string
  /** Gives up after so long, in milliseconds, when someone waits for the answer. */
  patienceMs?: number
  /** Draws what is true now, and gives what asks it once; null when there is nothing to ask any more. */
  attempt(): Attempt | null
}

export type Attempt = () => Promise<Reply>

export type Outcome = Fate | { fate: 'dropped' }

/** What may be asked now, or what became of it without a word. */
type Turn = Attempt | Outcome

export interface Pacer {
  ask(request: Paced): Promise<Outcome>
  /** The bot was removed from a conversation: nothing is asked there until it is back. */
  left(conversation: string): void
  back(conversation: string): void
  /** Another process may have been asking just before this one began: what it took counts here. */
  resume(budget: string, limits: readonly Limit[]): void
  /** Nothing is being sent, nor waits to be. */
  idle(): boolean
}

interface Parts {
  /** Milliseconds on a clock that only goes forward; the platform's limits follow real time, never the room's. */
  now?: () => number
  wait?: (ms: number) => Promise<void>
  /** From 0 up to 1. */
  random?: () => number
  log?: Log
  trail?: Trail
  meter?: Meter
  /** How many processes ask of the platform as this bot, this one included. */
  sharers?: () => number
}

/** Between two edits of one message, in milliseconds. */
const editSpacing = 1000
const maxTries = 8
const backoff = { first: 500, longest: 30_000 }
/** Idle lanes are forgotten when there are more than this, once their longest window is over. */
const manyLanes = 500
/** Of the fifty that a conversation is allowed in thirty seconds, what an earlier process is taken to have used. */
const takenBefore = 42

/** All requests to the platform go through here, so that its limits hold and nothing is doubled. */
export function pacer({
  now = monotonic,
  wait = pause,
  random = Math.random,
  log,
  trail = noTrail,
  meter = noMeter,
  sharers = () => 1,
}: Parts = {}): Pacer {
  const lanes = new Map<string, Lane>()
  const budgets = new Map<string, Budget>()
  const tenants = new Map<string, Budget>()
  const held = places()
  const busy = () => [...lanes.values()].filter((lane) => lane.busy)
  meter.watch('waiting-requests', () => busy().reduce((count, { queue }) => count + queue.length, 0))

  function ask(request: Paced): Promise<Outcome> {
    const lane = laneOf(request)
    const waiting = lane.queue.find(
      (job) => request.message !== undefined && job.request.message === request.message,
    )
    const kept = {
      drawn: trail.kept(request.attempt),
      carried: trail.kept((lane: Lane, job: Job, turn: Turn) => carry(lane, job, turn)),
    }
    if (waiting) Object.assign(waiting, { request, ...kept })
    const job = waiting ?? newJob(request, now(), kept)
    if (!waiting) lane.queue.push(job)
    if (!lane.busy) void work(lane)
    return job.outcome
  }

  async function work(lane: Lane): Promise<void> {
    lane.busy = true
    for (let job = lane.queue[0]; job; job = lane.queue[0])
      await serve(lane, job).then(job.settle, (error: unknown) => {
        if (lane.queue[0] === job) lane.queue.shift()
        job?.fail(error)
      })
    lane.busy = false
  }

  /** Until its turn comes it stays in the queue, where a later edit of the same message may take its place. */
  async function serve(lane: Lane, job: Job): Promise<Outcome> {
    const first = await turn(lane, job)
    lane.queue.shift()
    meter.waited(kindOf(job.request), (now() - job.since) / 1000)
    return job.carried(lane, job, first)
  }

  /**
   * Waits until everything allows one more, and takes it; or says why it will not be asked. Drawing takes a moment, in which
   * the platform may answer something else with "wait": what was drawn is asked only if it still may be.
   */
  async function turn(lane: Lane, job: Job): Promise<Turn> {
    for (;;) {
      const { request, drawn } = job
      if (held.isAway(request.conversation)) return removed
      const ms = freeAt(lane, request) - now()
      if (ms <= 0) {
        const attempt = drawn()
        if (!attempt) return { fate: 'dropped' }
        await wait(0)
        if (job.request === request && isFree(lane, request)) return take(request, attempt)
      } else if (isTooLate(job, ms)) return tooLate
      else await wait(ms)
    }
  }

  const isFree = (lane: Lane, request: Paced): boolean =>
    !held.isAway(request.conversation) && freeAt(lane, request) <= now()

  function take(request: Paced, attempt: Attempt): Attempt {
    const taken = [budgetOf(request), tenantOf(request)]
    for (const one of taken) one.begin()
    return () =>
      attempt().finally(() => {
        for (const one of taken) one.end(now())
      })
  }

  function freeAt(lane: Lane, request: Paced): number {
    const edited = request.message === undefined ? undefined : lane.edited.get(request.message)
    return Math.max(
      budgetOf(request).nextAllowed(now()),
      tenantOf(request).nextAllowed(now()),
      held.until(request),
      lane.heldUntil,
      edited === undefined ? Number.NEGATIVE_INFINITY : edited + editSpacing,
    )
  }

  const isTooLate = ({ request, since }: Job, ms: number): boolean =>
    now() + ms - since > (request.patienceMs ?? Number.POSITIVE_INFINITY)

  /** A first attempt, and others as long as they are worth it. */
  async function carry(lane: Lane, job: Job, first: Turn): Promise<Outcome> {
    let attempt = first
    for (let tries = 1; ; tries += 1) {
      if (typeof attempt !== 'function') return attempt
      const outcome = await tryOnce(lane, job.request, attempt)
      if (!isWorthAnother(outcome, job.request)) return outcome
      const afterMs = Math.max(outcome.afterMs ?? 0, jittered(tries, random()))
      const facts = { lane: laneKind(lane), why: outcome.why, tries, afterMs: Math.round(afterMs) }
      if (tries === maxTries || isTooLate(job, afterMs)) {
        log?.error(facts, 'given up for now')
        return outcome
      }
      log?.warn(facts, 'asked again later')
      meter.retried(kindOf(job.request))
      lane.heldUntil = now() + afterMs
      attempt = await turn(lane, job)
    }
  }

  async function tryOnce(lane: Lane, request: Paced, attempt: Attempt): Promise<Fate> {
    const reply = await attempt()
    meter.request(kindOf(request), reply.answered ? reply.status : null)
    const fate = fateOf(reply)
    if (request.message !== undefined) noteEdit(lane, request.message, now())
    if ('afterMs' in fate && fate.afterMs !== null) held.hold(request, now(), fate.afterMs)
    if (fate.fate === 'never' && fate.gone) held.leave(request.conversation)
    return fate
  }

  function laneOf({ lane: name }: Paced): Lane {
    if (lanes.size > manyLanes) forgetIdle()
    const found = lanes.get(name) ?? newLane(name)
    lanes.set(name, found)
    return found
  }

  function forgetIdle(): void {
    for (const [name, one] of budgets) if (one.spentBefore(now())) budgets.delete(name)
    for (const [name, lane] of lanes)
      if (!lane.busy && !budgets.has(name) && lane.heldUntil <= now()) lanes.delete(name)
    held.forget(now())
  }

  const budgetOf = ({ lane, budget: name = lane, limits }: Paced): Budget =>
    named(budgets, name, limits, sharers)
  const tenantOf = ({ tenant }: Paced): Budget => named(tenants, tenant, tenantLimits, sharers)

  return {
    ask,
    left: held.leave,
    back: held.back,
    resume: (name, limits) => named(budgets, name, limits, sharers).charge(takenBefore, now()),
    idle: () => busy().length === 0,
  }
}

const removed: Fate = { fate: 'never', why: 'the bot was removed from the conversation', gone: true }
const tooLate: Fate = { fate: 'later', why: 'held for longer than anyone waits', afterMs: null }

function named(
  budgets: Map<string, Budget>,
  name: string,
  limits: readonly Limit[],
  sharers: () => number,
): Budget {
  const found = budgets.get(name) ?? budget(limits, sharers)
  budgets.set(name, found)
  return found
}

interface Lane {
  name: string
  queue: Job[]
  /** What failed here is asked again then. */
  heldUntil: number
  /** When each message was last edited. */
  edited: Map<string, number>
  busy: boolean
}

const newLane = (name: string): Lane => ({
  name,
  queue: [],
  heldUntil: Number.NEGATIVE_INFINITY,
  edited: new Map(),
  busy: false,
})

interface Job {
  request: Paced
  since: number
  outcome: Promise<Outcome>
  settle(outcome: Outcome): void
  fail(error: unknown): void
  /** Draws it, and carries it out, in its asker's name. */
  drawn(): Attempt | null
  carried(lane: Lane, job: Job, turn: Turn): Promise<Outcome>
}

function newJob(request: Paced, since: number, kept: Pick<Job, 'drawn' | 'carried'>): Job {
  let settle: Job['settle'] = () => {}
  let fail: Job['fail'] = () => {}
  const outcome = new Promise<Outcome>((resolve, reject) => {
    settle = resolve
    fail = reject
  })
  return { request, since, outcome, settle, fail, ...kept }
}

const kindOf = ({ create, message }: Paced): RequestKind =>
  create ? 'post' : message === undefined ? 'read' : 'edit'

/** The rest of a lane's name says whose it is. */
const laneKind = ({ name }: Lane): string => name.split(' ')[0] ?? ''

const isWorthAnother = (
  outcome: Outcome,
  { create }: Paced,
): outcome is Extract<Fate, { afterMs: number | null }> =>
  outcome.fate === 'later' || (outcome.fate === 'unsure' && !create)

function noteEdit({ edited }: Lane, message: string, now: number): void {
  for (const [other, at] of edited) if (at + editSpacing <= now) edited.delete(other)
  edited.set(message, now)
}

/** Doubles from try to try; half of it is chance, so that many who wait do not come back together. */
const jittered = (tries: number, random: number): number =>
  Math.min(backoff.longest, backoff.first * 2 ** (tries - 1)) * (0.5 + random / 2)

const monotonic = (): number => performance.now()

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
