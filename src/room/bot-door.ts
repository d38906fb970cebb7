import type { Activity } from './activities.ts'

export interface BotReply {
  /** HTTP status, or 0 when the bot could not be reached in time. */
  status: number
  body: unknown
}

export interface BotDoor {
  /** Delivered in order within its conversation, and again while the bot is not up. */
  announce(activity: Activity): void
  /** Waits for what was announced in this conversation, so that nobody speaks before the bot is in. */
  deliver(activity: Activity): Promise<BotReply>
  /** The bot's HTTP answer is the invoke's answer. */
  invoke(activity: Activity): Promise<BotReply>
  close(): void
}

const answerWithin = 15_000
const retryAfter = [200, 500, 1000, 2000, 4000, 8000]

export function botDoor(botUrl: string, log: (line: string) => void): BotDoor {
  const announcements = new Map<string, Promise<unknown>>()
  const closing = new AbortController()

  async function post(activity: Activity): Promise<BotReply> {
    try {
      const response = await fetch(botUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(activity),
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(answerWithin)]),
      })
      return { status: response.status, body: parsed(await response.text()) }
    } catch {
      return { status: 0, body: undefined }
    }
  }

  async function insist(activity: Activity): Promise<void> {
    for (const wait of retryAfter) {
      const reply = await post(activity)
      if (reply.status !== 0 || closing.signal.aborted) return report(activity, reply)
      await pause(wait, closing.signal)
    }
    log(`room: the bot did not answer at ${botUrl}`)
  }

  function report(activity: Activity, reply: BotReply): void {
    if (reply.status >= 300)
      log(`room: the bot answered ${reply.status} to ${activity.type} ${activity.name ?? ''}`)
  }

  return {
    announce(activity) {
      const id = activity.conversation.id
      const earlier = announcements.get(id) ?? Promise.resolve()
      announcements.set(
        id,
        earlier.then(() => insist(activity)),
      )
    },
    async deliver(activity) {
      await announcements.get(activity.conversation.id)
      const reply = await post(activity)
      report(activity, reply)
      return reply
    },
    invoke: post,
    close: () => closing.abort(),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      stop.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    stop.addEventListener('abort', done)
  })
}
