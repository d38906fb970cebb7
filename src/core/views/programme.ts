import type { Format } from '../format.ts'
import { groupsFor, sharedOut } from '../programme/advice.ts'
import type { Calendar } from '../programme/calendar.ts'
import { places } from '../programme/decide.ts'
import type { Decided } from '../programme/decided.ts'
import { groupOf, isLate, kindOf, type MilestoneKind, nextMilestone, stepOf } from '../programme/planning.ts'
import { hasRehearsed } from '../programme/rehearse.ts'
import {
  destinations,
  type Guest,
  guestAnswers,
  type Milestone,
  type Programme,
  type Sitting,
  startingPoints,
  teamRoles,
} from '../programme/types.ts'
import { contextKeys } from '../session/context.ts'
import type { Context, Session } from '../session/types.ts'
import { type Lang, said, say, type Text, type ViewData } from '../text.ts'
import type { CardView } from './parts.ts'
import { boardPage } from './programme-board.ts'
import { datesPage } from './programme-dates.ts'
import { dayText, dueRows, followPage, numberedRow } from './programme-follow.ts'
import { mergedPage } from './programme-merged.ts'
import { lettersPage, planPapers, teamPapers } from './programme-papers.ts'
import { type RehearsalAt, rehearsePage } from './programme-rehearsal.ts'

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
  /** Which part of a long list, from 0. */
  at?: number
}

/** The pages of a programme, in the order in which they are filled in. */
export const programmePages = [
  'dates',
  'content',
  'team',
  'guests',
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
    from: {
      value: draft.typed?.from ?? 'novice',
      choices: startingPoints.map((one) => ({ value: one, title: say(`programme.from-${one}`) })),
      problem: draft.problems?.from ?? null,
    },
    to: {
      value: draft.typed?.to ?? 'subject',
      choices: destinations.map((one) => ({ value: one, title: say(`programme.to-${one}`) })),
      problem: draft.problems?.to ?? null,
    },
    people: Number(draft.typed?.people ?? 10) || 0,
    peopleProblem: draft.problems?.people ?? null,
  })

/** Her programmes, the latest first. */
export const programmesView = (programmes: Programme[], lang: Lang, notice: Text | null = null): CardView =>
  card('programme/list', lang, {
    notice,
    rows: programmes
      .filter(({ droppedAt }) => droppedAt === null)
      .toReversed()
      .map((one) => ({
        id: one.id,
        title: titleOf(one),
        line: say('plan.listed', { number: one.id, size: sizeOf(one) }),
        when: whenOf(one),
      })),
    none: programmes.every(({ droppedAt }) => droppedAt !== null),
  })

/** One page of a programme. */
export function programmeView(asked: ProgrammePage, look: ProgrammeLook): CardView {
  const { programme, lang, draft } = look
  const page = programme.path.length === 0 ? 'follow' : asked
  const drawn = card(`programme/${page}`, lang, {
    id: programme.id,
    title: titleOf(programme),
    notice: draft.notice ?? null,
    refused: draft.isRefusal === true,
    ...bodyOf(page, look),
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
      return hub(look)
    case 'dates':
      return { notes: sittingNotes(look.programme, look.calendar), ...datesPage(look) }
    case 'content':
      return contentPage(look)
    case 'team':
      return teamPage(look)
    case 'guests':
      return guestsPage(look)
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
      return rehearsePage(look.programme, { lang: look.lang, rehearsalAt: look.rehearsalAt ?? nowhere })
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

function hub(look: ProgrammeLook): Data {
  const { programme, now, calendar } = look
  const today = calendar.dayAt(now)
  const parts = partsOf(programme)
  const todo = parts.find(({ done }) => !done)
  const next = nextMilestone(programme, today)
  return {
    size: sizeOf(programme),
    sharing: sharing(programme),
    dropped: programme.droppedAt !== null,
    next: next ? { ...milestoneRow(next, programme, today), ...goneTo(next, todo === undefined) } : null,
    hasNext: next !== null,
    workshops: programme.path.map(({ title }, step) => ({
      number: String(step + 1),
      title,
      when: stageWhen(programme, step),
    })),
    parts: parts.map(({ page, done, line }) => ({
      page,
      title: say(`programme.part-${page}`),
      mark: done ? '✓' : '○',
      done,
      line,
      go: say(`programme.go-${page}`),
      style: page === todo?.page ? 'positive' : 'default',
    })),
    nav: navOf(programme),
  }
}

/** What there is to prepare, in the order in which it is easiest. */
function partsOf(programme: Programme): { page: ProgrammePage; done: boolean; line: Text }[] {
  const { sittings, context, team, guests } = programme
  const dated = places(programme).length
  const said = guests.filter(({ answer }) => answer === 'yes').length
  return [
    {
      page: 'dates',
      done: sittings.length === dated,
      line: say('programme.line-dates', { dated: sittings.length, of: dated }),
    },
    {
      page: 'content',
      done: context.objective !== '',
      line: say('programme.line-content', {
        count: Object.values(context).filter((one) => one !== '').length,
      }),
    },
    { page: 'team', done: team.length > 0, line: say('programme.line-team', { count: team.length }) },
    {
      page: 'guests',
      done: guests.length > 0,
      line: say('programme.line-guests', { count: guests.length, said }),
    },
    {
      page: 'rehearse',
      done: hasRehearsed(programme),
      line: say(hasRehearsed(programme) ? 'programme.line-rehearsed' : 'programme.line-rehearse'),
    },
  ]
}

/** Where what is to be done next is done. */
const pageFor: Partial<Record<MilestoneKind, ProgrammePage>> = {
  invite: 'guests',
  chase: 'guests',
  brief: 'team',
  rehearse: 'rehearse',
  eve: 'guests',
}

/** One accent a card: what is still to be prepared has it first. */
function goneTo(one: Milestone, isPrepared: boolean): Data {
  const page = pageFor[kindOf(one)]
  return {
    goes: page !== undefined,
    go: page ?? '',
    goTitle: page ? say(`programme.go-${page}`) : null,
    goStyle: isPrepared ? 'positive' : 'default',
  }
}

const pages = ['plan', 'follow', 'board', 'merged', 'drop'] as const

const navOf = ({ groups, sittings }: Programme): ViewData[] =>
  pages
    .filter((page) => page !== 'board' || sittings.length > 0)
    .filter((page) => page !== 'merged' || groups > 1)
    .map((page) => ({ page, title: say(`programme.go-${page}`) }))

/** How people are shared out, where one group would be too large; the kit's advice, never a condition. */
function sharing({ people, groups }: Programme): Text | null {
  const sizes = sharedOut(people, groups)
  const [most = 0, least = 0] = [sizes[0], sizes.at(-1)]
  if (groups > 1)
    return say('programme.sharing', {
      groups,
      sizes: most === least ? said(String(most)) : say('programme.sizes', { least, most }),
    })
  if (people < 6) return say('programme.few', { people })
  return people > 10 ? say('programme.many', { people, groups: groupsFor(people) }) : null
}

function stageWhen({ sittings, groups }: Programme, step: number): Text {
  const some = sittings.filter((one) => one.step === step).toSorted((a, b) => a.at - b.at)
  const [first] = some
  if (!first) return say('programme.no-date')
  const same = some.every(({ at }) => at === first.at)
  const when = say('programme.moment', { day: { day: first.at }, time: { time: first.at } })
  if (step > 0 || groups === 1) return when
  return same
    ? say('programme.groups-together', { groups, when })
    : say('programme.groups-apart', { groups, when })
}

type MilestoneRow = Data & { ticks: boolean; done: boolean; late: boolean; day: Text }

/** A milestone as it is told: what it is, by when, and whether that is over. */
export function milestoneRow(one: Milestone, programme: Programme, today: string): MilestoneRow {
  const kind = kindOf(one)
  const done = programme.done.includes(one.key)
  const late = isLate(one, programme, today)
  return {
    key: one.key,
    title: milestoneTitle(one, programme),
    help: say(`milestone.${kind}-help`),
    day: dayText(one.day, late),
    done,
    late,
    ticks: kind !== 'sitting',
    mark: done ? '✓' : kind === 'sitting' ? '●' : '○',
  }
}

export function milestoneTitle(one: Milestone, programme: Programme): Text {
  const kind = kindOf(one)
  const stage = programme.path[stepOf(one)]
  const group = groupOf(one)
  return say(`milestone.${kind}`, {
    number: stepOf(one) + 1,
    workshops: programme.path.length,
    title: stage?.title ?? said(''),
    group: programme.groups > 1 && stepOf(one) === 0 ? (group ?? 0) : 0,
  })
}

/** Pointed out, never refused: a public holiday, a week-end, an invitation that leaves too late. */
export function sittingNotes({ sittings, path, milestones }: Programme, calendar: Calendar): Text[] {
  const days = [...new Set(sittings.map(({ at }) => calendar.dayAt(at)))].sort()
  const off = days
    .filter((day) => !calendar.isWorkingDay(day))
    .map((day) => {
      const name = calendar.holiday(day)
      const date = { date: day }
      return name ? say('programme.holiday', { date, name: said(name) }) : say('programme.week-end', { date })
    })
  const close = path.slice(1).flatMap((_, index) => {
    const [before, after] = [lastDay(sittings, index, calendar), lastDay(sittings, index + 1, calendar)]
    return before && after && gap(before, after) < 5
      ? [say('programme.close', { number: index + 2, days: gap(before, after) })]
      : []
  })
  return milestones.length ? [...off, ...close] : off
}

const lastDay = (sittings: Sitting[], step: number, calendar: Calendar): string | undefined =>
  sittings
    .filter((one) => one.step === step)
    .map(({ at }) => calendar.dayAt(at))
    .sort()
    .at(-1)

const gap = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)

function contentPage({ programme, formats, draft }: ProgrammeLook): Data {
  const keys = [
    ...new Set(
      programme.path.flatMap(({ format }) => {
        const script = formats[format]
        return script ? contextKeys({ format: script }) : []
      }),
    ),
  ].filter((key) => key !== 'horizonStart' && key !== 'horizonEnd')
  return {
    fields: keys.map((key) => ({
      id: key,
      label: say(`context.${key}`),
      hint: say(`context.${key}-hint`),
      multiline: !singleLines.has(key),
      value: said(draft.typed ? (draft.typed[key] ?? '') : programme.context[key]),
      problem: draft.problems?.[key] ?? null,
    })),
  }
}

const singleLines: ReadonlySet<keyof Context> = new Set(['questionnaire', 'subject', 'contact'])

function teamPage({ programme, draft }: ProgrammeLook): Data {
  return {
    ...teamPapers(programme),
    roles: teamRoles.map((role) => ({
      id: role,
      label: say(`team.${role}`),
      help: say(`team.${role}-does`),
      value: said(
        draft.typed
          ? (draft.typed[role] ?? '')
          : (programme.team.find((one) => one.role === role)?.name ?? ''),
      ),
      problem: draft.problems?.[role] ?? null,
    })),
  }
}

/** People on one page of the list: with two choices each, more would weigh too much for one card. */
const guestsShown = 24

function guestsPage({ programme, draft }: ProgrammeLook): Data {
  const { guests, groups } = programme
  const yes = guests.filter(({ answer }) => answer === 'yes').length
  const no = guests.filter(({ answer }) => answer === 'no').length
  const last = Math.max(Math.ceil(guests.length / guestsShown) - 1, 0)
  const at = Math.min(Math.max(draft.at ?? 0, 0), last)
  return {
    at: String(at),
    newer: at > 0 ? String(at - 1) : '',
    older: at < last ? String(at + 1) : '',
    count: guests.length ? say('programme.answers', { count: guests.length, yes, no }) : null,
    typed: said(draft.typed?.guests ?? ''),
    guestsProblem: draft.problems?.guests ?? null,
    several: groups > 1,
    groups: Array.from({ length: groups }, (_, index) => ({
      value: String(index + 1),
      title: say('programme.group', { group: index + 1 }),
    })),
    group: draft.typed?.group ?? '',
    answers: guestAnswers.map((one) => ({ value: one, title: say(`programme.answer-${one}`) })),
    rows: guests
      .slice(at * guestsShown, (at + 1) * guestsShown)
      .map((one) => ({ ...guestRow(one), several: groups > 1 })),
  }
}

const guestRow = ({ id, name, organisation, group, answer }: Guest): Data => ({
  id,
  name: said(name),
  full: organisation ? said(`${name}, ${organisation}`) : said(name),
  group: String(group),
  answer,
})

function planPage({ programme, now, calendar }: ProgrammeLook): Data {
  const today = calendar.dayAt(now)
  return {
    ...planPapers(programme),
    notes: sittingNotes(programme, calendar),
    none: programme.milestones.length === 0,
    rows: tickable(programme.milestones.map((one) => milestoneRow(one, programme, today))).map(numberedRow),
  }
}

/** Far ahead, nothing is to be ticked off yet: a button a line would hide what is due. */
function tickable(rows: MilestoneRow[]): MilestoneRow[] {
  const soon = rows.filter(({ ticks, done, late }) => ticks && !done && !late).slice(0, soonest)
  return rows.map((one) => ({
    ...one,
    isMoment: !one.ticks,
    ticks: one.ticks && (one.done || one.late || soon.includes(one)),
  }))
}

const soonest = 3

/** What is called to mind on a day: what is due then, and what was still to be done before it. */
export function reminderView(programme: Programme, day: string, lang: Lang): CardView | null {
  const due = programme.milestones.filter((one) => one.day === day && !programme.done.includes(one.key))
  const { followed, left } = dueRows(programme, day)
  const owed = programme.milestones.filter((one) => isLate(one, programme, day)).length + left
  if (programme.droppedAt !== null || due.length + owed + followed.length === 0) return null
  const drawn = card('programme/reminder', lang, {
    id: programme.id,
    title: say('reminder.title', { title: titleOf(programme) }),
    day: { date: day },
    rows: due.map((one, index) => ({
      ...milestoneRow(one, programme, day),
      // Groups that meet on one day are told once what to do.
      ...(index > 0 && kindOf(one) === kindOf(due[index - 1] ?? one) ? { help: null } : {}),
    })),
    owed: owed ? say('reminder.owed', { count: owed }) : null,
    followed,
    confirmed: due.some((one) => kindOf(one) === 'sitting' || kindOf(one) === 'eve')
      ? confirmedLine(programme)
      : null,
  })
  return stampedFor(programme, drawn)
}

/** With the change it was drawn at: the same press on the same message is another one once something changed since. */
const stampedFor = ({ id, touchedAt }: Programme, drawn: CardView): CardView => ({
  ...drawn,
  stamp: { ...drawn.stamp, p: id, n: touchedAt },
})

const confirmedLine = ({ guests }: Programme): Text | null =>
  guests.length
    ? say('programme.answers', {
        count: guests.length,
        yes: guests.filter(({ answer }) => answer === 'yes').length,
        no: guests.filter(({ answer }) => answer === 'no').length,
      })
    : null

const card = (name: string, lang: Lang, data: Data): CardView => ({
  card: name,
  data,
  lang,
  stamp: { s: null, g: null, k: 'programme', n: 0 },
  personalFor: [],
  mentions: [],
})
