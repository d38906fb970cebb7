import { bounds } from '../bounds.ts'
import { contextKeys } from '../session/context.ts'
import { nameOf, present, scribes, steers } from '../session/people.ts'
import { begun, currentSegmentId, leftIn, seatOf } from '../session/place.ts'
import { type Context, type PersonId, roles, type Session } from '../session/types.ts'
import { said, say, type ViewData } from '../text.ts'
import { amendDialog, bringDialog, continueDialog, originDialog } from './carry.ts'
import { documentsDialog } from './documents.ts'
import { joinView } from './lobby.ts'
import { type CardView, input, type Look, langOf, stampOf } from './parts.ts'
import { completeDialog, correctDialog, correctionsDialog, letterDialog } from './review.ts'
import { controls } from './step.ts'

/** A form opened in a dialog, or null where this person may not open it. */
export function dialogView(
  name: string,
  segmentId: string | null,
  look: Look & { by: PersonId },
): CardView | null {
  const data = dialogData(name, segmentId, look)
  if (!data) return null
  return {
    card: `dialogs/${name}`,
    data: { notice: look.draft.notice ?? null, ...data },
    lang: langOf(look),
    stamp: { ...stampOf(look, segmentId), d: name },
    personalFor: [],
    mentions: [],
  }
}

function dialogData(
  name: string,
  segmentId: string | null,
  look: Look & { by: PersonId },
): { [key: string]: ViewData } | null {
  const { session, by } = look
  switch (name) {
    case 'join':
      return joinView({ ...look, draft: { ...look.draft, edit: true } }).data
    case 'guide':
      return steers(session, by) ? guideData(session, segmentId) : null
    case 'more':
      return steers(session, by) ? { controls: controls(look) } : null
    case 'onward':
      return steers(session, by) ? onwardData(look) : null
    case 'documents':
      return documentsDialog(look, by)
    case 'bring':
      return bringDialog(look, by)
    case 'amend':
      return amendDialog(look, by)
    case 'continue':
      return continueDialog(look, by)
    case 'origin':
      return originDialog(look, by)
    case 'correct':
      return correctDialog(look, by)
    case 'corrections':
      return correctionsDialog(look, by)
    case 'complete':
      return completeDialog(look, by)
    case 'letter':
      return letterDialog(look, by)
    case 'note':
      return scribes(session, by) ? noteData(look) : null
    case 'prepare':
      return steers(session, by) ? prepareData(look, contextKeys(session)) : null
    case 'horizon':
      return steers(session, by) ? prepareData(look, ['horizonStart', 'horizonEnd']) : null
    case 'group':
      return steers(session, by) ? groupData(session) : null
    case 'team':
      return steers(session, by) ? teamData(session) : null
    default:
      return phaseDialog(name, segmentId, look)
  }
}

function phaseDialog(
  name: string,
  segmentId: string | null,
  { session, now, by, draft }: Look & { by: PersonId },
): { [key: string]: ViewData } | null {
  const seat = seatOf(session, segmentId ?? currentSegmentId(session) ?? '', now)
  const open = seat && (seat.place.current || (seat.phase.late !== undefined && isLive(session)))
  return open && begun(session, seat.place.segment.id) ? seat.phase.dialog(name, seat.place, by, draft) : null
}

/** What the script tells the facilitator of this segment: in a dialog, because a card that is edited folds what it unfolded. */
function guideData(session: Session, segmentId: string | null): { [key: string]: ViewData } | null {
  const segment = session.format.segments.find((one) => one.id === (segmentId ?? currentSegmentId(session)))
  if (!segment) return null
  return {
    title: segment.title,
    objective: segment.objective,
    guide: segment.guide,
    attention: segment.attention,
  }
}

/** Before the workshop moves on: what nobody has seen, shown first, or left so. */
function onwardData(look: Look): { [key: string]: ViewData } {
  const { session, now } = look
  const left = leftIn(session, currentSegmentId(session) ?? '', now)
  return {
    left: left?.text ?? say('onward.nothing-left'),
    asks: left !== null,
    verb: left?.show.verb ?? '',
    show: left?.show.title ?? null,
    controls: controls(look),
  }
}

const isLive = ({ steer: { position } }: Session): boolean =>
  position.status === 'running' || position.status === 'paused'

function noteData(look: Look): { [key: string]: ViewData } {
  const { session } = look
  return {
    note: input(look, 'text', '').value,
    problem: look.draft.problems?.text ?? null,
    max: say('field.at-most', { max: bounds.note }),
    notes: session.notes
      .slice(-5)
      .reverse()
      .map((note) => ({ text: said(note.text), where: whereOf(session, note.segment) })),
  }
}

const whereOf = (session: Session, segmentId: string | null) =>
  session.format.segments.find((one) => one.id === segmentId)?.title ?? say('lobby.name')

const prepareData = (look: Look, keys: (keyof Context)[]): { [key: string]: ViewData } => ({
  fields: keys.map((key) => ({
    id: key,
    label: say(`context.${key}`),
    hint: say(`context.${key}-hint`),
    date: key === 'horizonStart' || key === 'horizonEnd',
    multiline: key !== 'questionnaire' && key !== 'subject' && key !== 'contact',
    ...input(look, key, look.session.context[key]),
  })),
})

/** Which group of its programme this meeting is; null where it has one only. */
function groupData({ prepared }: Session): { [key: string]: ViewData } | null {
  if (!prepared || prepared.groups < 2) return null
  return {
    group: String(prepared.group),
    groups: Array.from({ length: prepared.groups }, (_, index) => ({
      value: String(index + 1),
      title: say('programme.group', { group: index + 1 }),
    })),
  }
}

/** Anyone of the roster can be named, joined or not. */
function teamData(session: Session): { [key: string]: ViewData } {
  const joined = present(session).map((one) => one.id)
  const listed = Object.keys(session.roster).filter((id) => session.participants[id] === undefined)
  return {
    people: [...joined, ...listed].map((id) => ({ title: nameOf(session, id), value: id })),
    roles: roles.map((role) => ({ title: say(`role.${role}`), value: role })),
    lines: present(session)
      .filter((one) => one.role !== 'participant')
      .map((one) => ({ name: nameOf(session, one.id), role: say(`role.${one.role}`) })),
  }
}
