export type TrafficKind =
  | 'create-conversation'
  | 'create'
  | 'reply'
  | 'typing'
  | 'update'
  | 'delete'
  | 'members'
  | 'member'
  | 'paged-members'
  | 'meeting'
  | 'participant'

export interface TrafficLine {
  /** Real time: this is what the limits count. */
  at: number
  method: string
  kind: TrafficKind
  conversation: string
  status: number
}

export interface TrafficReport {
  total: number
  byKind: Record<string, number>
  /** Accepted requests by conversation and kind, and how many were refused. */
  byConversation: Record<string, Record<string, number>>
  latest: TrafficLine[]
}

export interface Traffic {
  note(line: TrafficLine): void
  report(): TrafficReport
}

const kept = 5000

/** What the bot asked of the room since it started; the last 5,000 requests in full. */
export function traffic(): Traffic {
  const latest: TrafficLine[] = []
  const report = { total: 0, byKind: {}, byConversation: {} as Record<string, Record<string, number>> }

  return {
    note(line) {
      latest.push(line)
      if (latest.length > kept) latest.shift()
      report.total += 1
      const kind = line.status < 300 ? line.kind : 'refused'
      count(report.byKind, kind)
      report.byConversation[line.conversation] ??= {}
      count(report.byConversation[line.conversation] ?? {}, kind)
    },
    report: () => ({ ...report, latest }),
  }
}

function count(counts: Record<string, number>, kind: string): void {
  counts[kind] = (counts[kind] ?? 0) + 1
}
