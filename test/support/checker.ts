import type { Recorded } from './connector.ts'
import { at, wordsIn } from './words.ts'

/**
 * What Teams documents, counted on the platform's side from what reached it; nothing of the bot's own counting is used.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
 */
const documented = {
  sends: [
    [7, 1000],
    [8, 2000],
    [60, 30_000],
    [1800, 3_600_000],
  ],
  reads: [
    [14, 1000],
    [16, 2000],
    [120, 30_000],
    [3600, 3_600_000],
  ],
  tenant: [[50, 1000]],
} as const

/** The most that ever fell in a window of this length. */
export function most(times: readonly number[], perMs: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  let from = 0
  return sorted.reduce((worst, time, index) => {
    while ((sorted[from] ?? time) <= time - perMs) from += 1
    return Math.max(worst, index - from + 1)
  }, 0)
}

/** Every limit that these requests of one tenant broke, in words. */
export function broken(requests: readonly Recorded[]): string[] {
  const calls = requests.filter((one) => one.path.startsWith('/v3/'))
  const places = [...new Set(calls.map(placeOf))]
  const within = places.flatMap((place) => {
    const those = calls.filter((one) => placeOf(one) === place)
    return [
      ...over(`sends to ${place}`, those.filter(isSend), documented.sends),
      ...over(
        `reads of ${place}`,
        those.filter((one) => !isSend(one)),
        documented.reads,
      ),
      ...tooEarly(place, those),
    ]
  })
  return [...within, ...over('the tenant', requests, documented.tenant)]
}

const over = (
  what: string,
  requests: readonly Recorded[],
  windows: readonly (readonly [number, number])[],
): string[] =>
  windows.flatMap(([count, perMs]) => {
    const found = most(
      requests.map((one) => one.at),
      perMs,
    )
    return found > count ? [`${what}: ${found} in ${perMs} ms`] : []
  })

/** Requests that came before the platform said they might. */
const tooEarly = (place: string, requests: readonly Recorded[]): string[] =>
  requests.flatMap((holder) => {
    const { held } = holder
    const until = held === null ? 0 : held.at + held.seconds * 1000
    return requests
      .filter((one) => held !== null && one.at > held.at && one.at < until)
      .map((one) => `${one.method} to ${place} ${until - one.at} ms too early, after a ${holder.method}`)
  })

const isSend = ({ method }: Recorded): boolean => method !== 'GET'

const placeOf = ({ path }: Recorded): string => path.split('/')[3] ?? ''

/** A message that stands in the chat, and when it got there. */
export interface Stood {
  what: string
  at: number
}

/** Every message that was posted, by its card's place in the workshop, else by what it says. */
export const posted = (requests: readonly Recorded[]): Stood[] =>
  requests
    .filter((one) => one.messageId !== null)
    .map((one) => ({ what: whatIs(at(one.body, 'attachments', 0, 'content')), at: one.at }))

function whatIs(card: Parameters<typeof wordsIn>[0]): string {
  const place = /"s":"([^"]*)"[^{}]*"k":"([^"]+)"|"k":"([^"]+)"[^{}]*"s":"([^"]*)"/u.exec(
    JSON.stringify(card),
  )
  return place ? `${place[1] ?? place[4]} ${place[2] ?? place[3]}` : wordsIn(card)
}

/** Someone asked to see a card again; it may have been read at any moment between the two. */
export interface Asked {
  from: number
  to: number
}

/** What stands twice although nobody asked to see it again between the two. */
export function doubled(messages: readonly Stood[], asked: readonly Asked[]): string[] {
  return messages
    .filter((one, index) => {
      const before = messages.slice(0, index).findLast(({ what }) => what === one.what)
      return before !== undefined && !asked.some(({ from, to }) => to >= before.at && from <= one.at)
    })
    .map(({ what }) => what)
}

/** Posts that got no answer which says whether they were carried out. */
export const ambiguous = (requests: readonly Recorded[]): Recorded[] =>
  requests.filter(
    ({ method, status }) => method === 'POST' && (status === null || status === 502 || status === 504),
  )

/** Requests that the bot's own client did not make: it is Node's, and gives no other name. */
export const notItsOwn = (requests: readonly Recorded[]): Recorded[] =>
  requests.filter(({ headers }) => headers['user-agent'] !== 'node')
