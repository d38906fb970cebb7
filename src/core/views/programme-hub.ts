import { groupSize, groupsFor, sharedOut } from '../programme/advice.ts'
import { places } from '../programme/dates.ts'
import { kindOf, type MilestoneKind, nextMilestone, stepOf } from '../programme/planning.ts'
import { hasRehearsed } from '../programme/rehearse.ts'
import type { Milestone, Programme, Sitting, Stage } from '../programme/types.ts'
import { said, say, type Text, type ViewData } from '../text.ts'
import type { ProgrammeLook, ProgrammePage } from './programme.ts'
import { movedNote } from './programme-moved.ts'
import { onwardLine } from './programme-onward.ts'
import { groupsOver, overSteps } from './programme-over.ts'
import { milestoneRow, sittingNotes } from './programme-plan.ts'

type Data = { [key: string]: ViewData }

/** The programme at a glance: what comes next, its path, what there is to prepare. */
export function hubPage(look: ProgrammeLook): Data {
  const { programme, now, calendar } = look
  const today = calendar.dayAt(now)
  const over = overSteps(look)
  const parts = partsOf(programme)
  // Invitations that are written are sent when the back-planning says so.
  const todo = over.includes(0)
    ? undefined
    : parts.find(({ done, page }) => !done && (page !== 'guests' || programme.guests.length === 0))
  const next = nextMilestone(programme, today, over)
  return {
    ...movedNote(look, 'hub'),
    replanned: programme.replannedAt === programme.touchedAt ? say('papers.replanned') : null,
    notes: look.draft.isDated ? sittingNotes(look) : [],
    sharing: over.includes(0) ? null : sharing(programme),
    dropped: programme.droppedAt !== null,
    next: next
      ? { ...milestoneRow(next, programme, { today, over }), ...goneTo(next, programme, todo === undefined) }
      : null,
    hasNext: next !== null,
    onward: onwardLine(programme),
    workshops: programme.path.map(({ title }, step) => ({
      number: over.includes(step) ? '✓' : String(step + 1),
      title,
      when: stageWhen(look, step, over),
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
  const { sittings, context, team, guests, done } = programme
  const isInvited = done.includes('0/invite')
  const answers = guests.filter(({ answer }) => answer !== 'waiting').length
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
      done: guests.length > 0 && (isInvited || answers === guests.length),
      line: say('programme.line-guests', {
        count: guests.length,
        said,
        sent: isInvited || answers > 0 ? 'yes' : 'no',
      }),
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

/** What the next workshop starts from is in the subjects of the groups, where there are several. */
const pageOf = (one: Milestone, { groups }: Programme): ProgrammePage | undefined =>
  kindOf(one) === 'between' && stepOf(one) === 1 && groups > 1 ? 'merged' : pageFor[kindOf(one)]

/** One accent a card: what is still to be prepared has it first. */
function goneTo(one: Milestone, programme: Programme, isPrepared: boolean): Data {
  const page = pageOf(one, programme)
  return {
    goes: page !== undefined,
    go: page ?? '',
    goTitle: page ? say(`programme.go-${page}`) : null,
    goStyle: isPrepared ? 'positive' : 'default',
  }
}

/** Row by row: three at once are cut off on a phone. */
const pages = [['plan', 'follow'], ['board', 'merged'], ['drop']] as const

const navOf = ({ groups, sittings }: Programme): ViewData[] =>
  pages
    .map((row) =>
      row
        .filter((page) => page !== 'board' || sittings.length > 0)
        .filter((page) => page !== 'merged' || (groups > 1 && sittings.length > 0))
        .map((page) => ({ page, title: say(`programme.go-${page}`) })),
    )
    .filter((row) => row.length > 0)
    .map((row) => ({ pages: row }))

/** How people are shared out, where one group would be too large; the kit's advice, never a condition. */
function sharing({ people, groups, sittings, path }: Programme): Text | null {
  const sizes = sharedOut(people, groups)
  const [most = 0, least = 0] = [sizes[0], sizes.at(-1)]
  if (groups > 1 && most <= groupSize.max)
    return say('programme.sharing', {
      groups,
      at: meetAtOnce(sittings, path) ? 'once' : 'turn',
      sizes: most === least ? said(String(most)) : say('programme.sizes', { least, most }),
    })
  if (people < 6) return say('programme.few', { people })
  return most > groupSize.max
    ? say('programme.many', { people, now: groups, groups: groupsFor(people) })
    : null
}

/** Two groups of the first workshop meet while the other does: nobody can be with both. */
const meetAtOnce = (sittings: Sitting[], [first]: Stage[]): boolean => {
  const moments = sittings.filter(({ step }) => step === 0).map(({ at }) => at)
  const lasting = (first?.minutes ?? 0) * 60_000
  return moments.some((at, index) =>
    moments.some((other, at2) => at2 > index && Math.abs(at - other) < lasting),
  )
}

function stageWhen(look: ProgrammeLook, step: number, over: number[]): Text {
  const { sittings, groups } = look.programme
  const some = sittings.filter((one) => one.step === step).toSorted((a, b) => a.at - b.at)
  const [first] = some
  if (!first) return say('programme.no-date')
  if (over.includes(step)) return say('programme.over')
  const ended = groupsOver(look, step).length
  if (ended > 0) return say('programme.partly-over', { ended, groups })
  if (step === 0 && some.length < groups)
    return say('programme.partly-dated', { dated: some.length, groups, day: { day: first.at } })
  const same = some.every(({ at }) => at === first.at)
  const when = say('programme.moment', { day: { day: first.at }, time: { time: first.at } })
  if (step > 0 || groups === 1) return when
  return same
    ? say('programme.groups-together', { groups, when })
    : say('programme.groups-apart', { groups, when })
}
