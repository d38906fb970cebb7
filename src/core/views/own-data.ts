import type { OwnData } from '../personal-data.ts'
import { steers } from '../session/people.ts'
import type { PersonId, Session } from '../session/types.ts'
import { type Lang, say, type ViewData } from '../text.ts'
import type { CardView } from './parts.ts'

interface To {
  who: PersonId
  lang: Lang
  /** Days a session is kept after it was last touched. */
  days: number
  /** Sessions that keep something of hers although she took no part in them. */
  carried: number
  /** What she prepared. */
  programmes: number
}

/** Workshops told one by one; the older ones are counted. */
const listed = 6

/** What is kept of someone, why and for how long: in her personal chat, or in a dialog. For her eyes only. */
export const ownDataView = (own: OwnData[], to: To): CardView =>
  standing('own-data', listOf(own, to), to.lang)

export const ownDataDialog = (own: OwnData[], to: To): CardView =>
  standing('dialogs/own-data', listOf(own, to), to.lang)

/** In the chat of a meeting nothing is told: the way to the dialog, which one opens for oneself. */
export const ownDataDoor = (lang: Lang): CardView => standing('own-data-door', {}, lang)

function listOf(own: OwnData[], { who, days, carried, programmes }: To): CardView['data'] {
  const older = own.length - listed
  return {
    none: own.length + carried + programmes === 0,
    count: own.length ? say('own-data.count', { count: own.length }) : null,
    rows: own.slice(0, listed).map(rowOf),
    carried: carried ? say('own-data.carried', { count: carried }) : null,
    programmes: programmes ? say('own-data.programmes', { count: programmes }) : null,
    more: older > 0 ? say('own-data.more', { count: older }) : null,
    until: say('own-data.until', { days }),
    address: { ownData: who },
  }
}

const rowOf = ({ title, launchedAt, identity, texts }: OwnData): ViewData => ({
  title,
  line: say('own-data.line', {
    day: { day: launchedAt },
    role: say(`role.${identity.role}`),
    count: texts.length,
  }),
})

/** Says what goes and what stays before anything is erased; what still runs is told apart. */
export function forgetDialog(
  { over, held, programmes }: { over: number; held: number; programmes: number },
  lang: Lang,
): CardView {
  return standing(
    'dialogs/forget',
    {
      goes: over ? say('own-data.forget-goes', { count: over }) : null,
      stays: over > 0,
      programmes: programmes ? say('own-data.forget-programmes', { count: programmes }) : null,
      held: held ? say('own-data.forget-held', { count: held }) : null,
    },
    lang,
  )
}

/** For who leads the session, once it is over. */
export function eraseDialog(
  session: Session,
  { by, others }: { by: PersonId /** Sessions of the same meeting she may erase with it. */; others: number },
  lang: Lang,
): CardView | null {
  if (!steers(session, by) || session.steer.position.status !== 'closed') return null
  const { meetingId, id, format, launchedAt } = session
  const drawn = standing(
    'dialogs/erase',
    {
      which: say('own-data.erase-which', { title: format.title, day: { day: launchedAt } }),
      others: others ? say('own-data.erase-others', { count: others + 1 }) : null,
      everything: { document: 'all', copy: 'organisers', of: { meeting: meetingId, session: id } },
    },
    lang,
  )
  return { ...drawn, stamp: { ...drawn.stamp, k: 'documents', m: meetingId, s: id } }
}

const standing = (card: string, data: CardView['data'], lang: Lang): CardView => ({
  card,
  data: { notice: null, ...data },
  lang,
  stamp: { s: null, g: null, k: null, n: 0 },
  personalFor: [],
  mentions: [],
})
