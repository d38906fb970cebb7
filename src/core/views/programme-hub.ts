import { groupSize, groupsFor, sharedOut } from '../programme/advice.ts'
import { places } from '../programme/dates.ts'
import { kindOf, type MilestoneKind, nextMilestone } from '../programme/planning.ts'
import { hasRehearsed } from '../programme/rehearse.ts'
import type { Milestone, Programme } from '../programme/types.ts'
import { said, say, type Text, type ViewData } from '../text.ts'
import type { ProgrammeLook, ProgrammePage } from './programme.ts'
import { movedNote } from './programme-moved.ts'
import { milestoneRow } from './programme-plan.ts'

type Data = { [key: string]: ViewData }

/** The programme at a glance: what comes next, its path, what there is to prepare. */
export function hubPage(look: ProgrammeLook): Data {
  const { programme, now, calendar } = look
  const today = calendar.dayAt(now)
  const parts = partsOf(programme)
  const todo = parts.find(({ done }) => !done)
  const next = nextMilestone(programme, today)
  return {
    ...movedNote(look, 'hub'),
    replanned: programme.replannedAt === programme.touchedAt ? say('papers.replanned') : null,
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
function sharing({ people, groups }: Programme): Text | null {
  const sizes = sharedOut(people, groups)
  const [most = 0, least = 0] = [sizes[0], sizes.at(-1)]
  if (groups > 1 && most <= groupSize.max)
    return say('programme.sharing', {
      groups,
      sizes: most === least ? said(String(most)) : say('programme.sizes', { least, most }),
    })
  if (people < 6) return say('programme.few', { people })
  return most > groupSize.max
    ? say('programme.many', { people, now: groups, groups: groupsFor(people) })
    : null
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
