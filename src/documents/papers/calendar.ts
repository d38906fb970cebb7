import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator'
import { pathFor } from '../../core/programme/advice.ts'
import { nameOf, sittingOf, written } from '../../core/programme/parts.ts'
import { renumberedKey } from '../../core/programme/path.ts'
import { groupOf, kindOf, stepOf } from '../../core/programme/planning.ts'
import { type Milestone, startingPoints } from '../../core/programme/types.ts'
import { say, type Text } from '../../core/text.ts'
import { milestoneHelp, milestoneTitle } from '../../core/views/index.ts'
import { clean } from '../calendar.ts'
import { keyOf } from '../session-key.ts'
import type { PaperLook } from './look.ts'

/** Every milestone as a day, every workshop of every group at its hour; what is downloaded later replaces it. */
export function planCalendar(look: PaperLook): string {
  const { programme, lang } = look
  const calendar = ical({
    prodId: { company: 'Ouverture', product: 'Ouverture', language: lang.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
    x: [{ key: 'X-WR-CALNAME', value: clean(say('planning.calendar', { name: nameOf(programme) }), look) }],
  })
  for (const one of programme.milestones)
    calendar.createEvent({
      ...known(one, look),
      ...(kindOf(one) === 'sitting' ? sitting(one, look) : day(one, look)),
    })
  for (const one of programme.former.milestones) calendar.createEvent(takenOut(one, look))
  return calendar.toString().replace(/(?:\r\n)?$/u, '\r\n')
}

/**
 * The same event each time, told again, wherever its workshop comes in the path. Seconds since the programme began count its
 * changes.
 */
const known = ({ key }: Pick<Milestone, 'key'>, { home, programme, now }: PaperLook) => ({
  id: `${keyOf(['programme', home, programme.id, renumberedKey(key, startingPoints.indexOf(programme.from))])}@ouverture`,
  stamp: new Date(now),
  sequence: Math.floor((programme.touchedAt - programme.createdAt) / 1000),
})

/** Something to do by a day takes no one's time. */
function day(one: Milestone, look: PaperLook) {
  const title = milestoneTitle(one, look.programme)
  const done = look.programme.done.includes(one.key)
  return {
    start: new Date(`${one.day}T00:00:00Z`),
    allDay: true,
    transparency: ICalEventTransparency.TRANSPARENT,
    summary: clean(done ? say('planning.calendar-done', { title }) : title, look),
    description: clean(milestoneHelp(one, look.programme), look),
  }
}

function sitting(one: Milestone, look: PaperLook) {
  const { programme } = look
  const step = stepOf(one)
  const held = sittingOf(programme, step, groupOf(one) ?? 1)
  const stage = programme.path[step]
  const start = held?.at ?? one.at
  const link = written(held?.link)
  const about: Text[] = [
    ...(link ? [say('planning.calendar-link', { link })] : []),
    ...(stage ? [say('brief.deliverable', { deliverable: stage.deliverable })] : []),
  ]
  return {
    start: new Date(start),
    end: new Date(start + (stage?.minutes ?? 0) * 60_000),
    transparency: ICalEventTransparency.OPAQUE,
    summary: clean(milestoneTitle(one, programme), look),
    description: clean({ lines: about }, look),
    ...(link ? { location: clean(link, look), url: held?.link ?? '' } : {}),
  }
}

/** A calendar that has it takes it off. */
function takenOut(one: Milestone, look: PaperLook) {
  const { programme, formats } = look
  const [step, group] = [stepOf(one), groupOf(one)]
  const base = startingPoints.indexOf(programme.from)
  const whole = pathFor('novice', 'roadmap', formats)
  const stage = whole[step + base]
  const title = milestoneTitle(
    { key: step < 0 ? renumberedKey(one.key, base) : one.key },
    { path: whole, groups: Math.max(programme.groups, group ?? 1) },
    stage,
  )
  const held = programme.former.sittings.find((was) => was.step === step && was.group === group)
  const when = held
    ? { start: new Date(held.at), end: new Date(held.at + (stage?.minutes ?? 0) * 60_000) }
    : { start: new Date(`${one.day}T00:00:00Z`), allDay: true }
  return {
    ...known(one, look),
    ...when,
    status: ICalEventStatus.CANCELLED,
    transparency: ICalEventTransparency.TRANSPARENT,
    summary: clean(say('planning.calendar-cancelled', { title }), look),
  }
}
