import type { Session } from '../session/types.ts'
import { pendingCorrections } from '../summary/review.ts'
import { type Lang, say, type Text, type ViewData } from '../text.ts'
import type { CardView } from './parts.ts'

/** Workshops on one page of the list. */
const pageSize = 6

/** « Mes ateliers »: the sessions someone organised, newest first, in her personal chat and nowhere else. */
export function libraryView(sessions: Session[], to: { lang: Lang; page: number; notice?: Text }): CardView {
  const pages = Math.max(Math.ceil(sessions.length / pageSize), 1)
  const page = Math.min(Math.max(to.page, 0), pages - 1)
  return {
    card: 'library',
    data: {
      title: say('library.title'),
      notice: to.notice ?? null,
      rows: sessions.slice(page * pageSize, (page + 1) * pageSize).map(rowOf),
      none: sessions.length === 0,
      older: page + 1 < pages ? String(page + 1) : '',
      newer: page > 0 ? String(page - 1) : '',
    },
    lang: to.lang,
    stamp: { s: null, g: null, k: 'library', n: 0 },
    personalFor: [],
    mentions: [],
  }
}

function rowOf(session: Session): { [key: string]: ViewData } {
  const waiting = pendingCorrections(session)
  return {
    meeting: session.meetingId,
    session: session.id,
    title: session.format.title,
    subject: session.context.subject ? { said: session.context.subject } : null,
    line: say('library.line', {
      group: groupOf(session),
      day: { day: session.launchedAt },
      time: { time: session.launchedAt },
      state: stateOf(session),
    }),
    waiting: waiting ? say('library.waiting', { count: waiting }) : null,
  }
}

/** Which one, where several hold the same workshop; 0 for the only one. */
const groupOf = ({ prepared }: Session): number => (prepared && prepared.groups > 1 ? prepared.group : 0)

function stateOf(session: Session): Text {
  const { status } = session.steer.position
  const people = Object.keys(session.participants).length
  if (status === 'lobby') return say('library.preparing')
  return status === 'closed' ? say('library.closed', { people }) : say('library.running', { people })
}
