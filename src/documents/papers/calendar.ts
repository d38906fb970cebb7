import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator'
import { nameOf, sittingOf, written } from '../../core/programme/parts.ts'
import { groupOf, kindOf, sittingKey, stepOf } from '../../core/programme/planning.ts'
import type { Milestone, Sitting } from '../../core/programme/types.ts'
import { say, type Text } from '../../core/text.ts'
import { milestoneTitle } from '../../core/views/index.ts'
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
  for (const one of look.programme.former.sittings) calendar.createEvent(takenOut(one, look))
  return calendar.toString().replace(/(?:\r\n)?$/u, '\r\n')
}

/** The same event each time, told again. Seconds since the programme began count its changes. */
const known = ({ key }: Pick<Milestone, 'key'>, { home, programme, now }: PaperLook) => ({
  id: `${keyOf(['programme', home, programme.id, key])}@ouverture`,
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
    description: clean(say(`milestone.${kindOf(one)}-help`), look),
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
function takenOut({ step, group, at }: Sitting, look: PaperLook) {
  const { programme } = look
  const key = sittingKey(step, group)
  const title = milestoneTitle({ key }, { ...programme, groups: Math.max(programme.groups, group) })
  return {
    ...known({ key }, look),
    start: new Date(at),
    end: new Date(at + (programme.path[step]?.minutes ?? 0) * 60_000),
    status: ICalEventStatus.CANCELLED,
    transparency: ICalEventTransparency.TRANSPARENT,
    summary: clean(say('planning.calendar-cancelled', { title }), look),
  }
}
