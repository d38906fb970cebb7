import { createHash } from 'node:crypto'
import type { Session } from '../core/session/types.ts'

/** Names a session, or something in it, always the same way, without telling the meeting or anyone’s account. */
export function sessionKey({ meetingId, id }: Session, ...within: string[]): string {
  return keyOf([meetingId, id, ...within])
}

export const keyOf = (names: string[]): string =>
  createHash('sha256').update(JSON.stringify(names)).digest('hex').slice(0, 32)
