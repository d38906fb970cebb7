import type { Channel, Clock, Log, Sent, View } from '../../src/ports.ts'

/** A clock that moves when told. */
export function handClock(start: number): Clock & { forward(milliseconds: number): void } {
  let now = start
  let alarms: { when: number; ring: () => void }[] = []
  return {
    now: () => now,
    at(when, ring) {
      const alarm = { when, ring }
      alarms.push(alarm)
      return () => {
        alarms = alarms.filter((one) => one !== alarm)
      }
    },
    forward(milliseconds) {
      now += milliseconds
      const due = alarms.filter((one) => one.when <= now)
      alarms = alarms.filter((one) => one.when > now)
      for (const one of due) one.ring()
    },
  }
}

export interface Posted {
  id: string
  card: string
  view: View
  edits: number
}

/** A chat that keeps what it is given, and fails when told. */
export function chatChannel(): Channel & { posted: Posted[]; failNext(sent: Sent): void } {
  const posted: Posted[] = []
  const misfortunes: Sent[] = []
  const failNext = (sent: Sent) => {
    misfortunes.push(sent)
  }
  return {
    posted,
    failNext,
    async post(_reach, view) {
      const failure = misfortunes.shift()
      if (failure) return failure
      const shown = view()
      if (!shown) return { sent: 'no', why: 'nothing to show', gone: false }
      const id = `m${posted.length + 1}`
      posted.push({ id, card: shown.card, view: shown, edits: 0 })
      return { sent: 'yes', messageId: id }
    },
    async edit(_reach, messageId, view) {
      const shown = view()
      const message = posted.find((one) => one.id === messageId)
      if (!shown || !message) return { sent: 'no', why: 'gone', gone: false }
      message.view = shown
      message.edits += 1
      return { sent: 'yes', messageId }
    },
  }
}

export const quietLog: Log = { info() {}, warn() {}, error() {} }
