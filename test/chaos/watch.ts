import { z } from 'zod'
import type { Ledger } from './ledger.ts'
import type { Moments } from './workshop.ts'

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

/** Notes where the record says the workshop stands, each time it says otherwise. */
export function watched(
  book: Ledger,
  read: (meeting: string) => Promise<string | null>,
  moments: Pick<Moments, 'deadline'>,
): { stop(): Promise<void> } {
  let stopped = false
  let last = ''
  const watching = (async () => {
    for (; !stopped; await new Promise((resolve) => setTimeout(resolve, everyMs))) {
      const at = Date.now()
      const text = await read(book.meeting).catch(() => null)
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
