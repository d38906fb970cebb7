import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Meter, Watched } from '../ports.ts'

/** Figures of one bot, and what reads them. */
export interface Metrics {
  meter: Meter
  /** Prometheus text. */
  text(): Promise<string>
  contentType: string
}

const quick = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const slow = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]

export function metrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return {
    meter: { ...activityFigures(registry), ...requestFigures(registry), ...workFigures(registry) },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

function activityFigures(registry: Registry): Pick<Meter, 'activity'> {
  const activities = counter(registry, 'activities_total', 'Activities received', ['kind', 'outcome'])
  const turns = timer(registry, 'turn_seconds', 'From an activity’s arrival to its answer', ['kind'], quick)
  return {
    activity(kind, outcome, seconds) {
      activities.inc({ kind, outcome })
      turns.observe({ kind }, seconds)
    },
  }
}

function requestFigures(registry: Registry): Pick<Meter, 'request' | 'waited' | 'retried'> {
  const requests = counter(registry, 'requests_total', 'Requests to the platform', ['kind', 'status'])
  const waits = timer(registry, 'request_wait_seconds', 'A request’s wait for its turn', ['kind'], slow)
  const retries = counter(registry, 'retries_total', 'Requests asked again', ['kind'])
  return {
    request: (kind, status) => requests.inc({ kind, status: statusClass(status) }),
    waited: (kind, seconds) => waits.observe({ kind }, seconds),
    retried: (kind) => retries.inc({ kind }),
  }
}

function workFigures(registry: Registry): Pick<Meter, 'effect' | 'saved' | 'rang' | 'document' | 'watch'> {
  const effects = counter(registry, 'effects_total', 'What became of what was to be shown', ['outcome'])
  const saves = counter(registry, 'saves_total', 'Records saved', ['outcome'])
  const saving = timer(registry, 'save_seconds', 'Until a record is on disk', [], quick)
  const rings = timer(registry, 'ring_late_seconds', 'An alarm’s delay on its time', [], slow)
  const documents = counter(registry, 'documents_total', 'Documents made', ['outcome'])
  const making = timer(registry, 'document_seconds', 'Until a document is made', [], quick)
  return {
    effect: (outcome) => effects.inc({ outcome }),
    saved(outcome, seconds) {
      saves.inc({ outcome })
      if (outcome === 'saved') saving.observe(seconds)
    },
    rang: (lateSeconds) => rings.observe(lateSeconds),
    document(outcome, seconds) {
      documents.inc({ outcome })
      making.observe(seconds)
    },
    watch: (what, read) => watched(registry, what, read),
  }
}

const helps: Record<Watched, string> = {
  'live-sessions': 'Sessions that run, over all instances',
  'waiting-requests': 'Requests that wait for their turn',
  outbox: 'What remains to be shown, over all instances, set aside included',
}

/** What cannot be told is not a number: the other figures are served all the same. */
function watched(registry: Registry, what: Watched, read: () => number | Promise<number>): void {
  const name = named(what.replace('-', '_'))
  registry.removeSingleMetric(name)
  new Gauge({
    name,
    help: helps[what],
    registers: [registry],
    async collect() {
      this.set(await Promise.resolve(read()).catch(() => Number.NaN))
    },
  })
}

/** 412 and 429 are how the platform says to slow down. */
function statusClass(status: number | null): string {
  if (status === null) return 'none'
  return status === 412 || status === 429 ? String(status) : `${Math.floor(status / 100)}xx`
}

const named = (name: string): string => `ouverture_${name}`

const counter = <Label extends string>(registry: Registry, name: string, help: string, labelNames: Label[]) =>
  new Counter({ name: named(name), help, labelNames, registers: [registry] })

const timer = <Label extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: Label[],
  buckets: number[],
) => new Histogram({ name: named(name), help, labelNames, buckets, registers: [registry] })
