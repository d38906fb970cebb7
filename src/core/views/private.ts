import type { Desk } from '../plain/exercise.ts'
import { deskOf } from '../plain-answers.ts'
import { facilitators, nameOf } from '../session/people.ts'
import { currentSeat } from '../session/place.ts'
import type { PersonId, Session } from '../session/types.ts'
import { say, type Text, type ViewData } from '../text.ts'
import { type CardView, stepNumber } from './parts.ts'

interface Reader {
  who: PersonId
  lang: 'fr' | 'en'
  now: number
  /** What was just done of what she wrote. */
  notice?: { text: Text; tone: 'good' | 'attention' }
  /** In reply to something she wrote: what was received of it and what is left, without what she has seen already. */
  reply?: { about?: number[] }
}

/** In her own chat: where the workshop stands, what she may write to answer, and what is kept of her so far. */
export function privateView(session: Session, { who, lang, now, notice, reply }: Reader): CardView {
  const desk = deskOf(session, who, now)
  const { how, items, mine, rest, sealed } = reply ? inReply(desk, reply.about, notice?.tone) : desk
  return standing(lang, 'private', {
    notice: notice?.text ?? null,
    good: notice?.tone === 'good',
    title: session.format.title,
    step: stepOf(session, now),
    task: reply && desk.rest ? null : taskOf(session, who, now),
    items: items.map(({ number, title, sentence }) => ({ number: String(number), title, sentence })),
    how: how ?? rest ?? (reply ? null : say('private.how')),
    again: reply && desk.items.length ? say('private.again') : null,
    mine: mine.map(({ text }) => text),
    hasMine: mine.length > 0,
    sealed: sealed && mine.length > 0 ? say('private.yours-alone') : null,
    hint: null,
  })
}

/** A short list is read again each time; of a long one, what was just answered. */
function inReply(desk: Desk, about: number[] | undefined, tone: 'good' | 'attention' | undefined): Desk {
  const numbered = desk.items.length > 0
  const mine = numbered ? desk.mine.filter(({ number }) => about?.includes(number)) : desk.mine
  const again = tone === 'attention' && desk.rest === null
  return { ...desk, items: [], mine, how: again ? desk.how : null }
}

/** She is in several workshops at once: for which one is it? */
export function whichView(sessions: Session[], lang: 'fr' | 'en', waits: boolean): CardView {
  return standing(lang, 'which', {
    hint: waits ? say('private.which-waits') : null,
    rows: sessions.map((session, index) => ({
      meeting: session.meetingId,
      session: session.id,
      number: String(index + 1),
      title: session.format.title,
      line: say('private.which-line', {
        names: { listing: facilitators(session).map((one) => nameOf(session, one.id)) },
        at: { time: session.launchedAt },
      }),
    })),
  })
}

function stepOf(session: Session, now: number): Text {
  const seat = currentSeat(session, now)
  const { position } = session.steer
  if (!seat || (position.status !== 'running' && position.status !== 'paused')) return say('lobby.name')
  return say('private.step', {
    number: stepNumber(session, position.index),
    title: seat.place.segment.title,
  })
}

function taskOf(session: Session, who: PersonId, now: number): Text {
  const seat = currentSeat(session, now)
  if (session.steer.position.status === 'paused') return say('step.task-paused')
  return seat ? typedTask(seat.phase.task(seat.place, { sees: 'person', id: who })) : say('lobby.task-wait')
}

/** There is no form here: what a card asks to fill in is asked in terms of what she types. */
function typedTask(task: Text): Text {
  const key = 'say' in task ? task.say : ''
  switch (key) {
    case 'matrix.task':
      return say('private.task-matrix')
    case 'conclusion.task':
      return say('private.task-conclusion')
    case 'canvas.task':
      return say('private.task-canvas')
    case 'sub-actions.task':
      return say('private.task-sub-actions')
    case 'roadmap.task':
      return say('private.task-roadmap')
    default:
      return task
  }
}

const standing = (lang: 'fr' | 'en', card: string, data: { [key: string]: ViewData }): CardView => ({
  card,
  data,
  lang,
  stamp: { s: null, g: null, k: card, n: 0 },
  personalFor: [],
  mentions: [],
})
