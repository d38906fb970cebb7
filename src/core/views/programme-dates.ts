import { places } from '../programme/dates.ts'
import { marksOf, type Standing, standing } from '../programme/form.ts'
import type { Programme, Sitting } from '../programme/types.ts'
import { said, say, type Text, type ViewData } from '../text.ts'
import type { ProgrammeLook } from './programme.ts'

type Asked = Pick<ProgrammeLook, 'programme' | 'calendar' | 'draft'>
type Data = { [key: string]: ViewData }
type Row = ReturnType<typeof dateRow>

/**
 * One date is enough: the others follow from it, and are folded as long as nothing is known of them. What is wrong is never
 * folded.
 */
export function datesPage({ programme, calendar, draft }: Asked): Data {
  const stands = standing(programme, calendar)
  const workshops = programme.path.map((stage, step) => ({
    title: say('programme.workshop', { number: step + 1, title: stage.title }),
    rows: places(programme)
      .filter((one) => one.step === step)
      .map((one) => dateRow(one, { programme, draft, stands })),
  }))
  const rows = workshops.flatMap((one) => one.rows)
  const [first, ...others] = rows
  const rest = workshops
    .map(({ title, rows: some }, step) => ({
      title: step === 0 ? null : title,
      rows: some.filter((one) => one !== first),
    }))
    .filter((one) => one.rows.length > 0)
  return {
    first: { title: workshops[0]?.title ?? null, row: first ?? null },
    rest,
    restHint:
      others.length && !isKnown(others)
        ? restHint(programme.groups, programme.path.length)
        : someMeetWithFirst(programme)
          ? say('programme.rest-follow')
          : null,
    restShown: isKnown(others),
    links: rows,
    shown: marksOf(
      rows.flatMap(({ name }) => [`date-${name}`, `time-${name}`, `link-${name}`]),
      stands,
    ),
    linksShown: rows.some(({ link, linkProblem }) => link.said !== '' || linkProblem !== null),
  }
}

const someMeetWithFirst = ({ sittings }: Programme): boolean => {
  const [first, ...others] = sittings.filter(({ step }) => step === 0).toSorted((a, b) => a.group - b.group)
  return others.some(({ at }) => at === first?.at)
}

const isKnown = (rows: Row[]): boolean =>
  rows.some(({ date, time, dateProblem, timeProblem }) => Boolean(date || time || dateProblem || timeProblem))

const restHint = (groups: number, workshops: number): Text =>
  say(
    groups === 1
      ? 'programme.rest-workshops'
      : workshops === 1
        ? 'programme.rest-groups'
        : 'programme.rest-both',
  )

type Drawn = Pick<Asked, 'programme' | 'draft'> & { stands: Standing }

function dateRow({ step, group }: Pick<Sitting, 'step' | 'group'>, { programme, draft, stands }: Drawn) {
  const name = `${step}-${group}`
  const field = (kind: 'date' | 'time' | 'link'): string =>
    draft.typed?.[`${kind}-${name}`] ?? stands[`${kind}-${name}`] ?? ''
  const problem = (kind: 'date' | 'time' | 'link'): Text | null => draft.problems?.[`${kind}-${name}`] ?? null
  const about = {
    step: step + 1,
    workshops: programme.path.length,
    group,
    groups: step === 0 ? programme.groups : 1,
  }
  return {
    name,
    dateLabel: say('programme.date', about),
    timeLabel: say('programme.time', about),
    linkLabel: say('programme.link', about),
    date: field('date'),
    time: field('time'),
    link: said(field('link')),
    dateProblem: problem('date'),
    timeProblem: problem('time'),
    linkProblem: problem('link'),
    align: problem('date') || problem('time') ? 'Top' : 'Bottom',
  }
}
