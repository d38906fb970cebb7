import type { Format } from '../format.ts'
import type { Calendar } from '../programme/calendar.ts'
import type { Decided } from '../programme/decided.ts'
import { marksOf, standing } from '../programme/form.ts'
import { isLate, kindOf, stepsOver } from '../programme/planning.ts'
import { type Programme, teamRoles } from '../programme/types.ts'
import { contextKeys } from '../session/context.ts'
import type { Context, Session } from '../session/types.ts'
import { type Lang, said, say, type Text, type ViewData } from '../text.ts'
import type { CardView } from './parts.ts'
import { boardPage } from './programme-board.ts'
import { datesPage } from './programme-dates.ts'
import { dueRows, followPage } from './programme-follow.ts'
import { answersLine, guestsPage } from './programme-guests.ts'
import { hubPage } from './programme-hub.ts'
import { mergedPage } from './programme-merged.ts'
import { movedNote } from './programme-moved.ts'
import { onwardPage } from './programme-onward.ts'
import { lettersPage, teamPapers } from './programme-papers.ts'
import { milestoneRow, planPage, sittingNotes } from './programme-plan.ts'
import { type RehearsalAt, rehearsePage } from './programme-rehearsal.ts'
import { pathQuestions, sizePage, sizeStanding } from './programme-size.ts'

/** What every card of a programme is drawn from. */
export interface ProgrammeLook {
  programme: Programme
  lang: Lang
  now: number
  calendar: Calendar
  formats: Record<string, Format>
  draft: ProgrammeDraft
  /** The chat it is kept in, and the sessions that were launched for it, for the pages that tell of them. */
  home?: string
  held?: Session[]
  rehearsalAt?: RehearsalAt
  /** She has other programmes: what is written elsewhere names this one. */
  isOneOfSeveral?: boolean
  /** On the page of what follows: what its sessions decided. */
  decided?: Decided
}

/** What a form shows besides what is stored. */
export interface ProgrammeDraft {
  typed?: Record<string, string>
  problems?: Record<string, Text>
  notice?: Text
  /** The sentence tells of something refused. */
  isRefusal?: boolean
  /** Whose letters are shown. */
  group?: string
  /** The dates were just given: what is to be said of them is said. */
  isDated?: boolean
  /** Which part of a long list, from 0. */
  at?: number
  /** What stands in the form that adds to a list without anyone having typed it: what was just taken off. */
  putBack?: Record<string, string>
  /** She was told that something is not saved. */
  isWarned?: boolean
}

/** The pages of a programme, in the order in which they are filled in. */
export const programmePages = [
  'dates',
  'content',
  'team',
  'size',
  'guests',
  'onward',
  'letters',
  'plan',
  'follow',
  'board',
  'merged',
  'rehearse',
  'hub',
] as const
export type ProgrammePage = (typeof programmePages)[number]

type Data = { [key: string]: ViewData }

/** The two questions of the kit (§4), and how many people there will be. */
export const chooseView = (lang: Lang, draft: ProgrammeDraft = {}): CardView =>
  card('programme/choose', lang, {
    notice: draft.notice ?? null,
    refused: draft.isRefusal === true,
    ...pathQuestions(draft, { from: 'novice', to: 'subject' }),
    isCounted: !draft.typed || Boolean(draft.typed.people),
    people: Number(draft.typed?.people ?? 10) || 0,
    peopleProblem: draft.problems?.people ?? null,
  })

/** Her programmes, the latest first; those she set aside come last, to be taken up again. */
export const programmesView = (programmes: Programme[], lang: Lang, notice: Text | null = null): CardView =>
  card('programme/list', lang, {
    notice,
    rows: programmes
      .toReversed()
      .sort((a, b) => Number(a.droppedAt !== null) - Number(b.droppedAt !== null))
      .map((one) => ({
        id: one.id,
        title: titleOf(one),
        line: say('plan.listed', { number: one.id, size: sizeOf(one) }),
        when: one.droppedAt === null ? whenOf(one) : say('programme.is-dropped'),
      })),
    none: programmes.length === 0,
  })

/** One page of a programme. */
export function programmeView(asked: ProgrammePage, look: ProgrammeLook): CardView {
  const { programme, lang, draft } = look
  const page = programme.path.length === 0 ? 'follow' : asked
  const body = bodyOf(page, look)
  const drawn = card(`programme/${page}`, lang, {
    id: programme.id,
    title: titleOf(programme),
    notice: draft.notice ?? null,
    refused: draft.isRefusal === true,
    shown: '',
    ...body,
    leaving: { marks: leavingMarks(page, look, body), sure: draft.isWarned ? 'yes' : '' },
  })
  // Only what holds no field is drawn anew when it is seen again: what is being typed elsewhere would be lost.
  const kept = page === 'board' ? { ...drawn.stamp, k: 'programme/board' } : drawn.stamp
  const stamped = stampedFor(programme, { ...drawn, stamp: kept })
  if (page === 'board') return { ...stamped, personalFor: [programme.owner], follows: true }
  return page === 'hub' ? { ...stamped, personalFor: [programme.owner] } : stamped
}

function bodyOf(page: ProgrammePage, look: ProgrammeLook): Data {
  const { draft } = look
  switch (page) {
    case 'hub':
      return { size: sizeOf(look.programme), ...hubPage(look) }
    case 'dates':
      return {
        ...movedNote(look, 'dates'),
        notes: sittingNotes(look),
        ...datesPage(look),
      }
    case 'content':
      return contentPage(look)
    case 'team':
      return teamPage(look)
    case 'size':
      return sizePage(look)
    case 'guests':
      return guestsPage(look)
    case 'onward':
      return onwardPage(look)
    case 'letters':
      return lettersPage({ ...look, group: draft.group ?? '' })
    case 'plan':
      return planPage(look)
    case 'follow':
      return followPage(look)
    case 'board':
      return boardPage(look)
    case 'merged':
      return mergedPage(look)
    case 'rehearse':
      return rehearsePage({ ...look, rehearsalAt: look.rehearsalAt ?? nowhere })
  }
}

/** How the fields of a page stand before anyone types: whoever leaves it is told of what she typed and did not save. */
function leavingMarks(
  page: ProgrammePage,
  { programme, draft }: ProgrammeLook,
  { shown = '' }: Data,
): string {
  const put = draft.putBack ?? {}
  switch (page) {
    case 'guests':
      return `${shown} ${marksOf(['guests'], put)}`
    case 'follow':
      return marksOf(['text'], put)
    case 'size':
      return marksOf(['from', 'to', 'people', 'groups'], sizeStanding(programme))
    default:
      return String(shown)
  }
}

const nowhere: RehearsalAt = () => null

/** As people call it: by its subject, else by what it leads to. */
export function titleOf({ context, to, path }: Programme): Text {
  if (path.length === 0) return say('programme.apart')
  return context.subject === '' ? say(`programme.to-${to}-title`) : said(context.subject)
}

const sizeOf = ({ path, people, groups, followUps }: Programme): Text =>
  path.length === 0
    ? say('programme.to-come', { count: followUps.filter(({ done }) => !done).length })
    : say('programme.size', { workshops: path.length, people, groups })

const whenOf = ({ sittings }: Programme): Text | null => {
  const [first] = sittings.toSorted((a, b) => a.at - b.at)
  return first ? say('programme.first-on', { day: { day: first.at }, time: { time: first.at } }) : null
}

function contentPage({ programme, formats, draft, calendar }: ProgrammeLook): Data {
  const keys = [
    ...new Set(
      programme.path.flatMap(({ format }) => {
        const script = formats[format]
        return script ? contextKeys({ format: script }) : []
      }),
    ),
  ].filter((key) => key !== 'horizonStart' && key !== 'horizonEnd')
  const stands = standing(programme, calendar)
  return {
    shown: marksOf(keys, stands),
    fields: keys.map((key) => ({
      id: key,
      label: say(`context.${key}`),
      hint: say(`context.${key}-hint`),
      multiline: !singleLines.has(key),
      value: said(draft.typed?.[key] ?? stands[key] ?? ''),
      problem: draft.problems?.[key] ?? null,
    })),
  }
}

const singleLines: ReadonlySet<keyof Context> = new Set(['questionnaire', 'subject', 'contact'])

function teamPage({ programme, draft, calendar }: ProgrammeLook): Data {
  const stands = standing(programme, calendar)
  return {
    ...teamPapers(programme),
    shown: marksOf([...teamRoles], stands),
    roles: teamRoles.map((role) => ({
      id: role,
      label: say(`team.${role}`),
      help: say(`team.${role}-does`),
      value: said(draft.typed?.[role] ?? stands[role] ?? ''),
      problem: draft.problems?.[role] ?? null,
    })),
  }
}

/** What is called to mind on a day: what is due then, and what was still to be done before it. */
export function reminderView(programme: Programme, day: string, lang: Lang): CardView | null {
  const due = programme.milestones.filter((one) => one.day === day && !programme.done.includes(one.key))
  const { followed, left } = dueRows(programme, day)
  const over = stepsOver(programme, day)
  const owed = programme.milestones.filter((one) => isLate(one, programme, day, over)).length + left
  if (programme.droppedAt !== null || due.length + owed + followed.length === 0) return null
  const drawn = card('programme/reminder', lang, {
    id: programme.id,
    title: say('reminder.title', { title: titleOf(programme) }),
    day: { date: day },
    rows: due.map((one, index) => ({
      ...milestoneRow(one, programme, { today: day, over }),
      // Groups that meet on one day are told once what to do.
      ...(index > 0 && kindOf(one) === kindOf(due[index - 1] ?? one) ? { help: null } : {}),
    })),
    owed: owed ? say('reminder.owed', { count: owed }) : null,
    followed,
    confirmed: due.some((one) => kindOf(one) === 'sitting' || kindOf(one) === 'eve')
      ? answersLine(programme)
      : null,
  })
  return stampedFor(programme, drawn)
}

/** With the change it was drawn at: the same press on the same message is another one once something changed since. */
const stampedFor = ({ id, touchedAt }: Programme, drawn: CardView): CardView => ({
  ...drawn,
  stamp: { ...drawn.stamp, p: id, n: touchedAt },
})

const card = (name: string, lang: Lang, data: Data): CardView => ({
  card: name,
  data,
  lang,
  stamp: { s: null, g: null, k: 'programme', n: 0 },
  personalFor: [],
  mentions: [],
})
