import { z } from 'zod'
import type { Ledger } from './ledger.ts'
import type { Moments } from './scene.ts'

const everyMs = 400

const record = z.object({
  sessions: z.array(
    z.object({
      steer: z.object({
        position: z.object({
          status: z.string(),
          index: z.number().default(-1),
          deadline: z.number().optional(),
          rang: z.boolean().optional(),
        }),
      }),
    }),
  ),
})

interface Watched {
  book: Ledger
  /** The text of a meeting's record. */
  read(meeting: string): Promise<string | null>
  /** What each card of the chat says now. */
  said(): string[]
  moments: Pick<Moments, 'deadline'>
}

/** Notes where the record says the workshop stands, and until when the chat says a step lasts, each time it changes. */
export function watched({ book, read, said, moments }: Watched): { stop(): Promise<void> } {
  let stopped = false
  let last = ''
  let seen = ''
  function look(): void {
    const [, step, until] = timed(said()) ?? []
    if (step === undefined || until === undefined || seen === `${step} ${until}`) return
    seen = `${step} ${until}`
    book.entries.push({ did: 'saw', step: Number(step), until, at: Date.now() })
  }
  const watching = (async () => {
    for (; !stopped; await new Promise((resolve) => setTimeout(resolve, everyMs))) {
      look()
      const text = await read(book.meeting).catch(() => null)
      // It was so at some moment of the reading: a ring read while its deadline passed is not before it.
      const at = Date.now()
      const position = text && record.parse(JSON.parse(text)).sessions[0]?.steer.position
      if (!position || JSON.stringify(position) === last) continue
      last = JSON.stringify(position)
      const { status, index, deadline = null, rang = false } = position
      book.entries.push({ did: 'read', at, status, step: index + 1, deadline, rang })
      if (deadline !== null && !rang) moments.deadline(deadline)
    }
  })()
  return {
    async stop() {
      stopped = true
      await watching
    },
  }
}

/** The step whose time is told, and the minute: « 14:05 ». */
function timed(cards: string[]): [string, string, string] | null {
  for (const words of cards) {
    const [, step] = /Étape (\d) sur \d/u.exec(words) ?? []
    const [all = '', hour, minute = '00'] = /Fin à (\d+)\sh(?:\s(\d\d))?/u.exec(words) ?? []
    if (step !== undefined && hour !== undefined) return [all, step, `${hour.padStart(2, '0')}:${minute}`]
  }
  return null
}
