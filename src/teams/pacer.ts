import { type Log, type Meter, noMeter, noTrail, type RequestKind, type Trail } from '../ports.ts'
import { type Budget, budget, type Limit, tenantLimits } from './budget.ts'
import { type Fate, fateOf, type Reply } from './errors.ts'

/** Something to ask of the platform. */
export interface Paced {
  tenant: string
  /** Requests of one lane go one at a time, in order, within one budget. */
  lane: string
  limits: readonly Limit[]
  /** Never asked again once it may have been carried out. */
  create: boolean
  /** The message it edits: edits of it are spaced, and one that waits takes up the next. */
  message?: string
  /** Gives up after so long, in milliseconds, when someone waits for the answer. */
  patienceMs?: number
  /** Makes one attempt with what is true now; null when there is nothing to ask any more. */
  attempt(): Promise<Reply> | null
}

export type Outcome = Fate | { fate: 'dropped' }

export interface Pacer {
  ask(request: Paced): Promise<Outcome>
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
}

/** Between two edits of one message, in milliseconds. */
const editSpacing = 1000
const maxTries = 8
const backoff = { first: 500, longest: 30_000 }
/** Idle lanes are forgotten when there are more than this, once their longest window is over. */
const manyLanes = 500
const longestWindow = 3_600_000

/** All requests to the platform go through here, so that its limits hold and nothing is doubled. */
export function pacer({
  now = monotonic,
  wait = pause,
  random = Math.random,
  log,
  trail = noTrail,
  meter = noMeter,
}: Parts = {}): Pacer {
  const lanes = new Map<string, Lane>()
  const tenants = new Map<string, Budget>()
  const busy = () => [...lanes.values()].filter((lane) => lane.busy)
  meter.watch('waiting-requests', () => busy().reduce((count, { queue }) => count + queue.length, 0))

  function ask(request: Paced): Promise<Outcome> {
    const lane = laneOf(request)
    const waiting = lane.queue.find(
      (job) => request.message !== undefined && job.request.message === request.message,
    )
    const carried = trail.kept((lane: Lane, job: Job) => carry(lane, job))
    if (waiting) Object.assign(waiting, { request, carried })
    const job = waiting ?? newJob(request, now(), carried)
    if (!waiting) lane.queue.push(job)
    if (!lane.busy) void work(lane)
    return job.outcome
  }

  async function work(lane: Lane): Promise<void> {
    lane.busy = true
    for (let job = lane.queue[0]; job; job = lane.queue[0]) {
      await turn(lane, job.request)
      lane.queue.shift()
      meter.waited(kindOf(job.request), (now() - job.since) / 1000)
      await job.carried(lane, job).then(job.settle, job.fail)
    }
    lane.busy = false
  }

  /** Waits until the lane, the message and the tenant all allow one more. */
  async function turn(lane: Lane, request: Paced): Promise<void> {
    for (let ms = laneWait(lane, request, now()); ms > 0; ms = laneWait(lane, request, now())) await wait(ms)
    const tenant = tenantOf(request)
    const at = tenant.nextAllowed(now())
    tenant.take(at)
    if (at > now()) await wait(at - now())
  }

  async function carry(lane: Lane, job: Job): Promise<Outcome> {
    for (let tries = 1; ; tries += 1) {
      const outcome = await tryOnce(lane, job.request)
      if (!isWorthAnother(outcome, job.request)) return outcome
      const afterMs = outcome.afterMs ?? jittered(tries, random())
      const facts = { lane: laneKind(lane), why: outcome.why, tries, afterMs: Math.round(afterMs) }
      const tooLate = now() + afterMs - job.since > (job.request.patienceMs ?? Number.POSITIVE_INFINITY)
      if (tries === maxTries || tooLate) {
        log?.error(facts, 'given up for now')
        return outcome
      }
      log?.warn(facts, 'asked again later')
      meter.retried(kindOf(job.request))
      lane.heldUntil = now() + afterMs
      await turn(lane, job.request)
    }
  }

  async function tryOnce(lane: Lane, request: Paced): Promise<Outcome> {
    const attempt = request.attempt()
    if (!attempt) return { fate: 'dropped' }
    const reply = await attempt
    meter.request(kindOf(request), reply.answered ? reply.status : null)
    const fate = fateOf(reply)
    // Counted when it ended: it reached the platform then at the latest, so the windows hold there too.
    lane.budget.take(now())
    if (request.message !== undefined) noteEdit(lane, request.message, now())
    if ('afterMs' in fate && fate.afterMs !== null) lane.heldUntil = now() + fate.afterMs
    return fate
  }

  function laneOf({ lane: name, limits }: Paced): Lane {
    if (lanes.size > manyLanes) forgetIdle(lanes, now())
    const found = lanes.get(name) ?? newLane(name, limits)
    lanes.set(name, found)
    return found
  }

  function tenantOf({ tenant: name }: Paced): Budget {
    const found = tenants.get(name) ?? budget(tenantLimits)
    tenants.set(name, found)
    return found
  }

  return { ask, idle: () => busy().length === 0 }
}

interface Lane {
  name: string
  budget: Budget
  queue: Job[]
  /** The platform asked to wait until then. */
  heldUntil: number
  /** When each message was last edited. */
  edited: Map<string, number>
  busy: boolean
}

const newLane = (name: string, limits: readonly Limit[]): Lane => ({
  name,
  budget: budget(limits),
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
  /** Carries it out in its asker's name. */
  carried(lane: Lane, job: Job): Promise<Outcome>
}

function newJob(request: Paced, since: number, carried: Job['carried']): Job {
  let settle: Job['settle'] = () => {}
  let fail: Job['fail'] = () => {}
  const outcome = new Promise<Outcome>((resolve, reject) => {
    settle = resolve
    fail = reject
  })
  return { request, since, outcome, settle, fail, carried }
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

function laneWait(lane: Lane, { message }: Paced, now: number): number {
  const edited = message === undefined ? undefined : lane.edited.get(message)
  const spaced = edited === undefined ? now : edited + editSpacing
  return Math.max(lane.budget.nextAllowed(now), lane.heldUntil, spaced) - now
}

function noteEdit({ edited }: Lane, message: string, now: number): void {
  for (const [other, at] of edited) if (at + editSpacing <= now) edited.delete(other)
  edited.set(message, now)
}

function forgetIdle(lanes: Map<string, Lane>, now: number): void {
  for (const [name, lane] of lanes) {
    const last = Math.max(lane.budget.lastTaken() + longestWindow, lane.heldUntil)
    if (!lane.busy && last <= now) lanes.delete(name)
  }
}

/** Doubles from try to try; half of it is chance, so that many who wait do not come back together. */
const jittered = (tries: number, random: number): number =>
  Math.min(backoff.longest, backoff.first * 2 ** (tries - 1)) * (0.5 + random / 2)

const monotonic = (): number => performance.now()

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
