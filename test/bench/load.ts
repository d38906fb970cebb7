import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { type EventLoopUtilization, performance } from 'node:perf_hooks'
import type { Chance } from '../fuzz/chance.ts'
import { at, bot, type Card } from '../support/connector.ts'
import { type Ballot, tenantId } from './meetings.ts'
import { pause } from './platform.ts'

/** The load generator: it runs in the process of the benchmark, each contender in one of its own. */

export interface Shot {
  url: string
  body: string
  /** A message is answered by nothing but its status. */
  expects: 'card' | 'nothing'
}

export interface Round {
  /** Of each answer, in milliseconds. */
  took: number[]
  /** Answers that were not what they should be. */
  failed: number
  ms: number
  /** How long of it the generator was at work: at the whole of it, it would be the generator that is measured. */
  busyMs: number
}

export const noRound: Round = { took: [], failed: 0, ms: 0, busyMs: 0 }

export const together = (one: Round, other: Round): Round => ({
  took: [...one.took, ...other.took],
  failed: one.failed + other.failed,
  ms: one.ms + other.ms,
  busyMs: one.busyMs + other.busyMs,
})

/** Good answers in a second. */
export const rate = ({ took, failed, ms }: Round): number => (took.length - failed) / (ms / 1000)

export const busy = ({ busyMs, ms }: Round): number => busyMs / ms

const agent = new Agent({ keepAlive: true, maxSockets: 512 })

/** `atOnce` requests under way at any moment, until the time is over or there is nothing more to send. */
export async function closedLoop(next: () => Shot | null, atOnce: number, forMs: number): Promise<Round> {
  const round = { took: [] as number[], failed: 0 }
  const [begun, loop] = [performance.now(), performance.eventLoopUtilization()]
  const one = async () => {
    while (performance.now() - begun < forMs) {
      const shot = next()
      if (!shot) return
      await fired(shot, round)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  return { ...round, ...since(begun, loop) }
}

const since = (begun: number, loop: EventLoopUtilization) => ({
  ms: performance.now() - begun,
  busyMs: performance.eventLoopUtilization(loop).active,
})

/** Once so many seconds of requests wait for their answers, nothing more is to be learnt. */
const hopelessS = 5

/**
 * Requests as people make them, whether the earlier ones were answered or not: so many a second on average. `behind` where
 * it was stopped because answers no longer kept up.
 */
export async function openLoop(
  next: () => Shot,
  { aSecond, forMs, chance }: { aSecond: number; forMs: number; chance: Chance },
): Promise<Round & { behind: boolean }> {
  const round = { took: [] as number[], failed: 0 }
  const [begun, loop] = [performance.now(), performance.eventLoopUtilization()]
  const underWay: Promise<void>[] = []
  let behind = false
  for (let due = 0; due < forMs && !behind; due += (-Math.log(1 - chance.next()) * 1000) / aSecond) {
    const early = begun + due - performance.now()
    if (early > 1) await pause(early)
    underWay.push(fired(next(), round, begun + due))
    behind = underWay.length - round.took.length > hopelessS * Math.max(aSecond, 20)
  }
  await Promise.all(underWay)
  return { ...round, ...since(begun, loop), behind }
}

/** `from` is when it was due: a generator that is late does not make an answer look early. */
async function fired(
  shot: Shot,
  round: { took: number[]; failed: number },
  from = performance.now(),
): Promise<void> {
  const right = await sent(shot).then(
    (came) => isRightFor(shot, came) || told(`${came.status} ${came.text}`),
    (error: unknown) => told(String(error)),
  )
  round.took.push(performance.now() - from)
  if (!right) round.failed += 1
}

/** What a wrong answer said, for whoever looks for its reason. */
function told(answer: string): false {
  console.error(`a wrong answer: ${answer.slice(0, 200)}`)
  return false
}

interface Came {
  status: number
  text: string
}

export function sent({ url, body }: Pick<Shot, 'url' | 'body'>): Promise<Came> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
    }
    const asking = request(url, { method: 'POST', agent, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
      response.on('error', reject)
    })
    asking.on('error', reject)
    asking.end(body)
  })
}

const isRightFor = ({ expects }: Shot, { status, text }: Came): boolean =>
  expects === 'card' ? status === 200 && at(JSON.parse(text), 'statusCode') === 200 : status < 300

/** Her vote for everything on the page, drawn at random. */
export function voteOn(
  { meeting, person, messageId, data, inputs }: Ballot,
  serviceUrl: string,
  chance: Chance,
) {
  const ratings = Object.fromEntries(inputs.map((id) => [id, String(1 + chance.below(5))]))
  return JSON.stringify({
    ...common(person, meeting, serviceUrl),
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: messageId,
    value: {
      action: { type: 'Action.Execute', verb: 'rate-save', data: { ...data, ...ratings } },
      trigger: 'manual',
    },
  } satisfies Card)
}

/** A line typed by her in the same meeting. */
export const lineFrom = ({ meeting, person }: Ballot, serviceUrl: string): string =>
  JSON.stringify({ ...common(person, meeting, serviceUrl), type: 'message', text: 'bonjour' } satisfies Card)

const common = (person: string, meeting: string, serviceUrl: string): Card => ({
  id: randomUUID(),
  timestamp: new Date().toISOString(),
  channelId: 'msteams',
  serviceUrl,
  from: { id: person, name: 'Paul Petit', aadObjectId: `aad-${person}` },
  conversation: { id: meeting, conversationType: 'groupChat', isGroup: true, tenantId },
  recipient: bot,
  locale: 'fr-FR',
  channelData: { tenant: { id: tenantId }, meeting: { id: 'MCMbench' } },
})
