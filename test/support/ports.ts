import type { Channel, Clock, FileGiven, FileOffer, Log, Sent, Upload, View } from '../../src/ports.ts'

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

interface Chat extends Channel {
  posted: Posted[]
  offered: FileOffer[]
  given: { upload: Upload; file: FileGiven }[]
  failNext(sent: Sent): void
}

/** A chat that keeps what it is given, and fails when told. */
export function chatChannel(): Chat {
  const posted: Posted[] = []
  const offered: FileOffer[] = []
  const given: Chat['given'] = []
  const misfortunes: Sent[] = []
  const failNext = (sent: Sent) => {
    misfortunes.push(sent)
  }
  return {
    posted,
    offered,
    given,
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
    member() {},
    resume() {},
    async offerFile(_reach, offer) {
      offered.push(offer)
      return { sent: 'yes', messageId: `f${offered.length}` }
    },
    async giveFile(_reach, upload, file) {
      given.push({ upload, file })
      return 'given'
    },
  }
}

export const quietLog: Log = { info() {}, warn() {}, error() {} }
