import { tooManyRequests, withFaults } from './faults.ts'
import { type Answer, type Asked, Refused } from './http.ts'
import { budget, rosterWindows, sendWindows, tenantWindows } from './limits.ts'
import { botMessageSchema } from './messages.ts'
import type { Room } from './room.ts'
import type { TrafficKind } from './traffic.ts'

export type Work = (asked: Asked) => Answer

/** Every request is counted, limited, and may meet an injected fault. */
export function guarded(room: Room) {
  const tenant = budget(tenantWindows)
  const budgets = { send: budget(sendWindows), roster: budget(rosterWindows), creation: budget(sendWindows) }

  return (kind: TrafficKind, work: Work) =>
    async (asked: Asked): Promise<Answer> => {
      const conversation = asked.params.cid ?? asked.params.mid ?? ''
      const group = budgetOf[kind]
      const wait = tenant.take('all') || (group ? budgets[group].take(conversation) : 0)
      const answer = wait
        ? tooManyRequests(wait)
        : await withFaults(room.faults, room.random, async () => refusalAsAnswer(() => work(asked)))
      const status = answer.kind === 'broken' ? 0 : answer.status
      room.traffic.note({
        at: Date.now(),
        method: methodOf[kind],
        kind: counted(kind, asked),
        conversation,
        status,
      })
      return answer
    }
}

const budgetOf: Partial<Record<TrafficKind, 'send' | 'roster' | 'creation'>> = {
  'create-conversation': 'creation',
  create: 'send',
  reply: 'send',
  update: 'send',
  delete: 'send',
  members: 'roster',
  member: 'roster',
  'paged-members': 'roster',
}

const methodOf: Record<TrafficKind, string> = {
  'create-conversation': 'POST',
  create: 'POST',
  reply: 'POST',
  typing: 'POST',
  update: 'PUT',
  delete: 'DELETE',
  members: 'GET',
  member: 'GET',
  'paged-members': 'GET',
  meeting: 'GET',
  participant: 'GET',
}

function counted(kind: TrafficKind, asked: Asked): TrafficKind {
  const isTyping = botMessageSchema.safeParse(asked.body).data?.type === 'typing'
  return isTyping && (kind === 'create' || kind === 'reply') ? 'typing' : kind
}

function refusalAsAnswer(work: () => Answer): Answer {
  try {
    return work()
  } catch (error) {
    if (error instanceof Refused) return error.answer
    throw error
  }
}
