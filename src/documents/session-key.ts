import { createHash } from 'node:crypto'
import type { Session } from '../core/session/types.ts'

/** Names a session, or something in it, always the same way, without telling the meeting or anyone’s account. */
export function sessionKey({ meetingId, id }: Session, ...within: string[]): string {
  const whole = JSON.stringify([meetingId, id, ...within])
  return createHash('sha256').update(whole).digest('hex').slice(0, 32)
}
